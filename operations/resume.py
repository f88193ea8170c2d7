"""A call that goes on where an earlier one stopped: which script it runs, and what is still open.
The identity is asked again in any case; nothing is taken over when there is any doubt."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from operations.calls import run_of
from operations.choose_script import fits
from scripts.conditions import situation
from scripts.facts import Facts
from scripts.faults import FaultyFileError
from scripts.model import Kind, Question
from scripts.outcomes import Outcome
from scripts.position import path
from scripts.run import Run, verdicts
from scripts.verdicts import Status
from store import calls, scripts
from store.database import Session
from store.tables import Call, Policy

_log = logging.getLogger(__name__)

#: So long a call that the robot handed to a person waits for that person to go on with it.
HANDED = timedelta(hours=2)
#: Ends in the middle after which the same holder is called again. Not among them: somebody else
#: came to the telephone, so that nobody knows who gave the answers before.
_BROKEN_OFF = frozenset({Outcome.CALLBACK, Outcome.HUNG_UP, Outcome.SILENT, Outcome.ERROR})
#: What a question came to that is asked again: silence and noise are no answers.
_UNANSWERED = frozenset({Status.NOT_ASKED, Status.UNCLEAR, Status.SILENT})
_YES = frozenset({Status.CONFIRMED, Status.RESOLVED})


@dataclass(frozen=True, slots=True)
class Continued:
    """What the next call begins with: the version of the script, and facts with its scope."""

    script_hash: str
    facts: Facts


def going_on(
    session: Session, policy: Policy, facts: Facts, *, handed_over: bool = False
) -> Continued | None:
    """How the next call about a policy goes on; None when it begins from the beginning. ``facts``
    are those of today. ``handed_over``: also after one that was handed to a person, for it is that
    person who goes on."""
    broken_off = _BROKEN_OFF | ({Outcome.TRANSFERRED} if handed_over else frozenset())
    try:
        found = _last_verified(session, policy)
        if found is None or not _may_go_on(session, *found, facts, broken_off):
            return None
    except (FaultyFileError, ValueError):
        _log.exception("policy %s begins anew: an earlier call cannot be read", policy.number)
        return None
    call, run = found
    open_ids = frozenset(_open(run, facts))
    waiting = any(one.of_call and one.id in open_ids for one in run.script.questions)
    doubted = run.position.doubted if waiting else frozenset()  # told already: not told again
    return Continued(
        call.script_hash, replace(facts, scope=open_ids, resumed=True, doubted=doubted)
    )


def _last_verified(session: Session, policy: Policy) -> tuple[Call, Run] | None:
    """The newest call in which the holder proved who they are, made on the data of today. Calls
    after it that reached nobody, or a stranger, take nothing away."""
    for call in calls.of_policy(session, policy.id, since=policy.reopened_at):
        run = run_of(session, call)
        if run.position.verified:
            return call, run
    return None


def _may_go_on(
    session: Session, call: Call, run: Run, today: Facts, broken_off: frozenset[Outcome]
) -> bool:
    """Whether what was answered still stands: broken off in the middle, after something was
    confirmed, about the same facts, in the same cooling-off period, with a script that is in use
    and made for today."""
    given = situation(today)
    return (
        call.outcome in broken_off
        and given["in_cooling_off"] is True
        and fits(run.script, given, run.script.purpose)
        and _lasting(run.facts) == _lasting(today)
        and not scripts.retired(session, call.script_hash)
        and (run.facts.resumed or _confirmed(run))
    )


def _lasting(facts: Facts) -> Facts:
    """The facts that must not have changed: all but the day, what follows from it, and the way
    here. The cooling-off period is among them."""
    return replace(
        facts,
        called_on=None,
        holder_age=None,
        phone_tail=None,
        scope=None,
        resumed=False,
        doubted=frozenset(),
        by_person=False,
    )


def _confirmed(run: Run) -> bool:
    facts = {one.id for one in run.path.questions if one.kind is Kind.FACT}
    return any(one.status in _YES and one.question_id in facts for one in verdicts(run))


def _open(run: Run, today: Facts) -> list[str]:
    """The questions of today that the earlier calls left without an answer. What an earlier scope
    left out was answered before that."""
    found = {one.question_id: one.status for one in verdicts(run)}
    broken_off = run.path.questions[run.position.index : run.position.index + 1]
    last = broken_off[0].id if broken_off else ""
    whole = path(run.script, replace(run.facts, scope=None)).questions
    before = {one.id for one in whole} - {one.id for one in run.path.questions}
    return [
        one.id
        for one in path(run.script, replace(today, scope=None)).questions
        if _is_open(one, found, last) and one.id not in before
    ]


def _is_open(question: Question, found: Mapping[str, Status], last: str) -> bool:
    if question.kind not in (Kind.FACT, Kind.REMARK):
        return False
    status = found.get(question.id, Status.NOT_ASKED)
    return status in _UNANSWERED or question.id == last
