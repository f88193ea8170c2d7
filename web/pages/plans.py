"""质检计划: samples drawn for the reviewers and how far they are, drawing another one, and
calibration rounds in which several reviewers hear the same calls."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask import url_for as address_of

from cases.quality_plan import LEAST, SHARE, Wanted
from operations import quality_draw
from operations.quality_draw import LARGEST_SEED, Days
from operations.quality_trouble import QualityTrouble
from store import accounts
from store.columns import LOCAL
from store.console import reviewing as store
from web import lists
from web.access import who
from web.at_hand import line, reading
from web.languages import gettext as _
from web.troubles import said
from web.views import plans as view

pages = Blueprint("plans", __name__)

Page = str | tuple[str, int] | Response


@pages.get("/quality/plans")
def show() -> str:
    """Every plan, the newest first, and the forms for another one."""
    with reading() as session:
        part = store.plans(session, lists.skipped(), lists.SIZE)
        rows = [view.row(one) for one in part.rows]
        names = [
            one.name
            for one in accounts.every(session)
            if quality_draw.may_review(one) and one.branch is None
        ]
    today = line().clock().astimezone(LOCAL).date()
    month_ends = today.replace(day=1) - timedelta(days=1)
    return render_template(
        "plans.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        first=month_ends.replace(day=1),
        last=month_ends,
        share=f"{100 * SHARE:g}",
        least=LEAST,
        seed=secrets.randbelow(LARGEST_SEED),
        names=names,
        ticked=request.form.getlist("reviewer"),
    )


@pages.get("/quality/plans/<row:number>")
def one(number: int) -> str:
    """One plan: how it was drawn, how far it is, and for a round that is over what everybody
    said."""
    with reading() as session:
        found = store.one_plan(session, number)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        plan = view.row(found)
        sides = store.calibration(session, number) if plan.over and plan.calibration else []
        shown = view.sides(session, found.plan, sides)
        people = store.reviewers_of(session, number)
    return render_template("plan.html", plan=plan, people=people, sides=shown)


@pages.post("/quality/plans")
def draw() -> Page:
    """Draw a sample."""
    return _drawn(_wanted_sample)


@pages.post("/quality/plans/calibration")
def calibrate() -> Page:
    """Begin a calibration round."""
    return _drawn(_wanted_round)


def _drawn(make: Callable[[], quality_draw.Drawn]) -> Page:
    try:
        done = make()
    except QualityTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return show(), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Drawn: %(calls)d of %(all)d calls.", calls=done.calls, all=done.population), "good")
    there = address_of("console.plans.one", number=done.plan)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]


def _wanted_sample() -> quality_draw.Drawn:
    wanted = Wanted(
        _number("share") / 100,
        int(_number("least")),
        int(_number("by_risk")),
        _number("twice") / 100,
        every="every" in request.form,
    )
    return quality_draw.draw(line(), who().name, _days(), wanted, int(_number("seed")))


def _wanted_round() -> quality_draw.Drawn:
    names = request.form.getlist("reviewer")
    count, seed = int(_number("count")), int(_number("seed"))
    return quality_draw.calibrate(line(), who().name, _days(), count, names, seed)


def _days() -> Days:
    first, last = (lists.day_of(request.form.get(name, "")) for name in ("first", "last"))
    if first is None or last is None:
        raise QualityTrouble("a day is missing or is none; give the first and the last day")
    return Days(first, last)


def _number(name: str) -> float:
    """A number of the form; what is none is refused by whoever draws."""
    try:
        found = float(request.form.get(name, ""))
    except ValueError:
        return -1.0
    return found if abs(found) < 2**31 else -1.0
