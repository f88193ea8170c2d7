"""报表: key figures by the rulebook's definitions, the warning list of sellers, funnel and trend,
and the monthly reports."""

import re
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from io import BytesIO
from typing import Literal

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, send_file
from flask import url_for as address_of

from cases.kpis import months_back
from operations import audit, kpis
from store import kpis as store
from store.columns import LOCAL
from web import exports, words
from web.access import who
from web.at_hand import line, reading
from web.languages import gettext as _
from web.views import kpis as view

pages = Blueprint("kpis", __name__)

_MONTH = re.compile(r"(20\d\d|19\d\d)-(0[1-9]|1[0-2])")
#: Months of the trend.
TREND = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for: so many months up to ``last``, grouped."""

    last: date
    span: int
    grouping: str

    @property
    def months(self) -> list[str]:
        """The months, the oldest first."""
        return [f"{day:%Y-%m}" for day in months_back(self.last, self.span)]

    @property
    def before(self) -> list[str]:
        """As many months before those."""
        return [f"{day:%Y-%m}" for day in months_back(self.last, 2 * self.span)[: self.span]]


@pages.get("/kpis")
def show() -> str:
    """The figures as they were counted last."""
    here, asked = line(), wanted()
    branch = who().branch
    with reading() as session:
        found = kpis.figures(session, here, asked.months, asked.grouping, branch)
        before = kpis.whole(session, here, asked.before, branch)
        months = kpis.trend(session, here, asked.last, TREND, branch)
        known = [one.month for one in store.months(session)]
        reports = [] if branch else store.reports(session)
    return render_template(
        "kpis.html",
        found=found,
        asked=asked,
        rows=view.rows(found.whole, before if before.counts.get("due") else None),
        groups=view.group_rows(found),
        heads=[view.name_of(one) for one in here.rulebook.kpis],
        sellers=view.seller_rows(found.sellers),
        threshold=view.threshold(here.rulebook),
        steps=view.funnel(found.whole),
        trends=view.trends(months),
        book=here.rulebook,
        branch=branch,
        reports=reports,
        choices=_choices(known, asked),
        groupings=words.TABLES["grouping"],
        spans=words.TABLES["span"],
    )


@pages.get("/kpis.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The table of groups with every numerator and denominator, the whole in front."""
    here, asked = line(), wanted()
    with reading() as session:
        found = kpis.figures(session, here, asked.months, asked.grouping, who().branch)
    whole = view.cells(asked.grouping, found.whole)
    rows = [[_("All"), *whole[1:]], *(view.cells(asked.grouping, one) for one in found.groups)]
    titles = view.titles(asked.grouping, here.rulebook.kpis)
    return exports.send(kind, f"kpis-{asked.months[0]}", titles, rows, here.clock())


@pages.post("/kpis/count")
def count() -> Response:
    """Count the months of the page anew."""
    here, asked = line(), wanted()
    for day in months_back(asked.last, asked.span):
        kpis.count(here, day)
    flash(_("Counted."), "good")
    there = address_of(
        "console.kpis.show", month=f"{asked.last:%Y-%m}", span=asked.span, by=asked.grouping
    )
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]


@pages.get("/kpis/report-<month>.<any(xlsx, pdf):kind>")
def report(month: str, kind: Literal["xlsx", "pdf"]) -> Response:
    """A monthly report as it was made last. It is about every branch."""
    with reading() as session:
        found = None if who().branch else store.report(session, month[:7])
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        content = found.pdf if kind == "pdf" else found.xlsx
    audit.note_alone(line(), who().name, audit.EXPORTED, f"report:{found.month}", kind)
    name = f"huifang-{found.month}.{kind}"
    return send_file(BytesIO(content), as_attachment=True, download_name=name)


def wanted() -> Wanted:
    """What the address asks for; anything else is this month by branch."""
    today = line().clock().astimezone(LOCAL).date()
    named = _MONTH.fullmatch(request.values.get("month", ""))
    last = date(int(named[1]), int(named[2]), 1) if named else today.replace(day=1)
    span = request.values.get("span", "1")
    grouping = request.values.get("by", "branch")
    return Wanted(
        last,
        int(span) if span in words.TABLES["span"] else 1,
        grouping if grouping in words.TABLES["grouping"] else "branch",
    )


def _choices(known: list[str], asked: Wanted) -> list[str]:
    """The months that can be chosen: those counted, this one and the one that is shown."""
    today = line().clock().astimezone(LOCAL).date()
    return sorted({*known, f"{today:%Y-%m}", asked.months[-1]}, reverse=True)
