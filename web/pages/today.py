"""今日: the numbers of the day, fresh every quarter of a minute."""

from flask import Blueprint, Response, redirect, render_template, url_for

from operations import incident_alarms
from operations.rights import Role
from store import complaint_clusters, corrections
from store.columns import LOCAL
from store.console import queue
from store.console import today as store
from web import lists
from web.access import may_open, who
from web.at_hand import line, reading
from web.views.today import today_view

pages = Blueprint("today", __name__)


@pages.get("/")
def home() -> Response:
    """The console opens on today's numbers; for those who only call on their desk, for those who
    only review on their work list, and for an administrator, who sees no customer, on the
    accounts."""
    own = {Role.AGENT: "console.desk.show", Role.REVIEWER: "console.tasks.show"}
    first = next((page for role, page in own.items() if who().roles == {role}), None)
    usual = "console.today.show" if may_open("console.today.show") else "console.accounts.show"
    return redirect(url_for(first or usual))  # type: ignore[return-value]


@pages.get("/today")
def show() -> str:
    """The numbers of today, or of the earlier day that is asked for."""
    here, now = line(), line().clock()
    on = min(lists.day("day") or now.date(), now.date())
    with reading() as session:
        view = today_view(
            here,
            on,
            queue.counts(session),
            store.anything(session),
            store.day(session, on),
            store.trouble(session, on, now),
        )
        clusters = complaint_clusters.open_count(session)
        late = {
            "incidents": incident_alarms.late(session, here, now),
            "corrections": corrections.overdue(session, now.astimezone(LOCAL).date()),
        }
    return render_template("today.html", today=view, clusters=clusters, late=late)
