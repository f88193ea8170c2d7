"""保单: why one policy is called, or is not, with everything that the decision rests on."""

from http import HTTPStatus

from flask import Blueprint, abort, render_template

from operations.plan import explain
from store import policies
from store.console.policies import whole_policy
from store.console.timeline import timeline
from web.at_hand import line, reading
from web.views import timeline as story
from web.views.policy import policy_view

pages = Blueprint("policies", __name__)


@pages.get("/policies/<path:number>")
def one(number: str) -> str:
    """The decision now, and every call so far with the decision that led to it."""
    here = line()
    with reading() as session:  # the decision is not behind the branch's wall
        seen = "\0" not in number and policies.by_number(session, number) is not None
    found = explain(here, number) if seen else None
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    gathered, decision = found
    with reading() as session:
        rest = whole_policy(session, gathered.policy, gathered.facts.phones, here.clock())
        policy = policy_view(here, gathered, decision, rest)
        told = story.lines(timeline(session, gathered.policy))
    return render_template("policy.html", policy=policy, story=told)
