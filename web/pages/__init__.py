"""The console's pages, one blueprint each. A page reads, makes its view and fills a template."""

from flask import Blueprint

from web.pages import (
    account,
    accounts,
    agreement,
    appeals,
    audit,
    blocked,
    board,
    calls,
    case_lists,
    case_papers,
    case_work,
    cases,
    compare,
    complaint_papers,
    complaint_work,
    complaints,
    desk,
    dialling,
    door,
    drafts,
    evidence,
    forecast,
    handovers,
    hearing,
    history,
    kpis,
    language,
    material,
    plans,
    policies,
    proposals,
    quality,
    queue,
    recordings,
    results,
    scripts,
    special,
    tasks,
    timetable,
    today,
    unmask,
)

blueprint = Blueprint("console", __name__)
for part in (
    desk, today, board, kpis, queue, policies, forecast, handovers, special, blocked, dialling,
    timetable, calls, cases, case_work, case_lists, case_papers, complaints,
    complaint_work, complaint_papers, tasks, quality, plans, agreement,
    appeals, material, results, hearing, scripts, history, compare, drafts, proposals, recordings,
    evidence, language, door, account, accounts, audit, unmask,
):  # fmt: skip
    blueprint.register_blueprint(part.pages)
