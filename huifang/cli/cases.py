"""``huifang cases``: problem cases (问题件) with the customers' own words."""

import click

from huifang.cli import json_option
from huifang.cli.output import emit, say, table
from huifang.faults import InputFault
from huifang.settings import load
from huifang.wiring import make_line
from store.ends import CaseDetail, CaseLine, case_detail, case_lines


@click.group("cases")
def cases_command() -> None:
    """Problem cases."""


@cases_command.command("list")
@click.option("--state", default="open", show_default=True, help="open, or all.")
@click.option("--of", "assignee", help="Only those of this handler; - for nobody's.")
@click.option("--overdue", is_flag=True, help="Only those past their limit.")
@json_option
def list_cases(state: str, assignee: str | None, overdue: bool, as_json: bool) -> None:
    """Every case, the earliest deadline first."""
    line = make_line(load())
    with line.database.reading() as session:
        found = [case for case in case_lines(session) if state in ("all", case.state)]
    if assignee is not None:
        whose = None if assignee == "-" else assignee
        found = [case for case in found if case.assignee == whose]
    if overdue:
        now = line.clock()
        found = [one for one in found if one.state == "open" and one.due_at and one.due_at < now]
    if as_json:
        emit(found)
        return
    if not found:
        say("no cases; a case is opened for every answer that is not a clear yes")
        return
    columns = ("case", "policy", "class", "family", "kind", "the customer's words", "due",
               "stage", "with")  # fmt: skip
    table("problem cases", columns, [_row(case) for case in found])


@cases_command.command("show")
@click.argument("case_id", type=int)
@json_option
def show_case(case_id: int, as_json: bool) -> None:
    """One case: its findings, where in the recording the proof lies, and what was done."""
    line = make_line(load())
    with line.database.reading() as session:
        found = case_detail(session, case_id)
    if found is None:
        raise InputFault(f"there is no case {case_id}; see `huifang cases list`")
    if as_json:
        emit(found)
    else:
        _show(found)


def _row(case: CaseLine) -> tuple[object, ...]:
    due = f"{case.due_at:%Y-%m-%d}" if case.due_at else ""
    words = " / ".join(case.words)
    return (
        case.id, case.policy, case.class_name, case.family, case.kind, words, due, case.stage,
        case.assignee or "",
    )  # fmt: skip


def _show(found: CaseDetail) -> None:
    case = found.case
    say(f"case {case.id}: {case.class_name} {case.family or ''} {case.kind or ''}".rstrip())
    say(f"policy {case.policy}, opened {case.opened_at:%Y-%m-%d %H:%M}, state {case.state}")
    say(f"stage {case.stage}, with {case.assignee or 'nobody'}")
    if case.due_at:
        say(f"due {case.due_at:%Y-%m-%d}, owner {found.owner or '-'}")
    rows = [
        (e.question_id, e.status, e.words, e.source, _place(e.from_s, e.to_s), e.recording or "")
        for e in found.evidence
    ]
    table("evidence", ("question", "came to", "words", "heard", "seconds", "recording"), rows)
    if found.record:
        done = [(f"{d.at:%Y-%m-%d %H:%M}", d.by, d.what, d.words) for d in found.record]
        table("what was done", ("at", "by", "what", "words"), done)
    if found.papers:
        papers = [(one.paper, one.name, one.path) for one in found.papers]
        table("papers", ("shows", "name", "file"), papers)


def _place(from_s: float | None, to_s: float | None) -> str:
    return "" if from_s is None or to_s is None else f"{from_s:.1f}-{to_s:.1f}"
