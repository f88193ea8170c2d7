"""投诉分析: what the complaints of a month teach, and the same as a workbook or on paper. Somebody
of a branch sees that branch's."""

import re
from datetime import date
from io import BytesIO
from typing import Literal

from flask import Blueprint, Response, render_template, request, send_file

from cases.kpis import months_back
from cases.report_files import as_pdf, as_xlsx
from operations import audit
from operations import complaint_figures as operation
from operations.rights import Action
from store import complaint_figures as store
from store.columns import LOCAL
from web.access import who
from web.at_hand import line, reading
from web.views import complaint_figures as view

pages = Blueprint("complaint_figures", __name__)

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
#: Months that can be chosen, back from this one.
CHOICES = 36


@pages.get("/complaint-figures")
def show() -> str:
    """One month, beside the month before it."""
    month = _month()
    with reading() as session:
        found = operation.figures(session, month)
        known = store.months(session)
        kept = [] if who().branch else store.reports(session)
    return render_template(
        "complaint_figures.html",
        found=found,
        month=f"{month:%Y-%m}",
        tables=view.tables(line(), found),
        rates=view.rate_rows(found.rates),
        columns=view.columns(found.trend),
        months=_choices(month, known[0].date() if known else month),
        branch=who().branch,
        bars=view.BARS,
        kept=kept,
        due=line().rulebook.monthly_report_by,
    )


@pages.get("/complaint-figures.<any(xlsx, pdf):kind>")
def report(kind: Literal["xlsx", "pdf"]) -> Response:
    """The report of the month. Noted in the audit log."""
    month = _month()
    may_hold = who().may(Action.HOLD_ACCOUNTABLE)
    made = operation.report(line(), month, who().branch, measures=may_hold)
    content = as_pdf(made) if kind == "pdf" else as_xlsx(made)
    audit.note_alone(line(), who().name, audit.EXPORTED, f"complaints:{month:%Y-%m}", kind)
    name = f"complaints-{month:%Y-%m}.{kind}"
    return send_file(BytesIO(content), as_attachment=True, download_name=name)


def _month() -> date:
    """The month of the address; anything else is this one."""
    today = line().clock().astimezone(LOCAL).date().replace(day=1)
    named = _MONTH.fullmatch(request.args.get("month", ""))
    return date(int(named[1]), int(named[2]), 1) if named else today


def _choices(month: date, first: date) -> list[str]:
    """The months that can be chosen, the newest first: from the first complaint on."""
    today = line().clock().astimezone(LOCAL).date()
    known = {day for day in months_back(today, CHOICES) if day >= first.replace(day=1)}
    return sorted({f"{day:%Y-%m}" for day in (*known, month, today)}, reverse=True)
