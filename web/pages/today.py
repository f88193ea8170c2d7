"""今日: the numbers of the day, fresh every quarter of a minute."""

from flask import Blueprint, Response, redirect, render_template, url_for

from operations.plan import preview
from store.console import today as store
from web.at_hand import line
from web.views.today import today_view

pages = Blueprint("today", __name__)


@pages.get("/")
def home() -> Response:
    """The console opens on today's numbers."""
    return redirect(url_for("console.today.show"))  # type: ignore[return-value]


@pages.get("/today")
def show() -> str:
    """Today's numbers."""
    here, now = line(), line().clock()
    plan = preview(here)
    with here.database.reading() as session:
        view = today_view(
            here,
            plan,
            store.anything(session),
            store.day(session, now.date()),
            store.trouble(session, now.date(), now),
        )
    return render_template("today.html", today=view)
