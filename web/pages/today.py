"""今日: the numbers of the day, fresh every quarter of a minute."""

from flask import Blueprint, Response, redirect, render_template, url_for

from operations.plan import preview
from store.console import today as store
from web import lists
from web.at_hand import line
from web.views.today import today_view

pages = Blueprint("today", __name__)


@pages.get("/")
def home() -> Response:
    """The console opens on today's numbers."""
    return redirect(url_for("console.today.show"))  # type: ignore[return-value]


@pages.get("/today")
def show() -> str:
    """The numbers of today, or of the earlier day that is asked for."""
    here, now = line(), line().clock()
    on = min(lists.day("day") or now.date(), now.date())
    plan = preview(here)
    with here.database.reading() as session:
        view = today_view(
            here,
            on,
            plan,
            store.anything(session),
            store.day(session, on),
            store.trouble(session, on, now),
        )
    return render_template("today.html", today=view)
