"""``huifang cases``: problem cases (问题件) with the customers' own words."""

from pathlib import Path

import click

from huifang.cli import json_option
from huifang.cli.output import emit, say, table
from huifang.cli.who import by_option, name_of
from huifang.faults import InputFault
from huifang.settings import load
from huifang.wiring import make_line
from operations import case_lists
from operations.case_lists import Results
from operations.line import Line
from operations.new_files import check_name, write_new
from operations.rights import Action, Who
from operations.sign_in import who_of
from store import accounts
from store.console import cases as console
from store.console.cases import CaseFilter
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


@cases_command.command("export")
@click.argument("ids", metavar="CASE...", nargs=-1, type=click.IntRange(1, 2**31 - 1))
@click.option("--branch", help="Without CASE: the open cases of this branch; else all open ones.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="A new file (xlsx); default: cases.xlsx."
)
@by_option
@json_option
def export_cases(
    ids: tuple[int, ...], branch: str | None, out: Path | None, by: str | None, as_json: bool
) -> None:
    """Write cases as the list (问题件处理清单) in which a branch writes what it has done. It has
    whole telephone numbers; writes over nothing."""
    line, path = make_line(load()), out or Path("cases.xlsx")
    with line.database.reading() as session:
        open_ones = CaseFilter(branch=branch)
        found = ids or console.open_ids(session, open_ones, line.clock(), case_lists.MOST + 1)
        unknown = sorted(set(ids) - set(console.seen(session, ids)))
    if unknown:
        numbers = ", ".join(map(str, unknown))
        raise InputFault(f"there is no case {numbers}; see `huifang cases list`")
    if not found:
        whose = f" of the branch {branch}" if branch else ""
        raise InputFault(f"there is no open case{whose}; see `huifang cases list`")
    check_name(path, "a list", (".xlsx",))
    who = Who(0, name_of(by), frozenset())
    write_new(path, case_lists.export_list(line, who, found))
    if as_json:
        emit({"file": str(path), "cases": len(set(found))})
    else:
        say(f"{path}: {len(set(found))} {'case' if len(set(found)) == 1 else 'cases'}")


@cases_command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--account", "login", required=True, help="Login of whoever works on them; cases become theirs."
)
@json_option
def import_cases(file: Path, login: str, as_json: bool) -> None:
    """Keep what a branch has written into a list. The same file again changes nothing; exit code 1
    when a row cannot be used, and the others are kept."""
    line = make_line(load())
    done = case_lists.import_results(line, _worker(line, login), file)
    if as_json:
        emit(done)
    else:
        _show_results(done)
    if done.faults:
        raise SystemExit(1)


def _worker(line: Line, login: str) -> Who:
    """Whose account it is. Raises InputFault."""
    with line.database.reading() as session:
        account = accounts.by_login(session, login.strip().lower())
    who = who_of(account) if account and account.active else None
    if who is None or not who.may(Action.WORK_CASES):
        raise InputFault(f"no account {login} works on cases; see `huifang accounts list`")
    return who


def _show_results(done: Results) -> None:
    if done.faults:
        rows = [(one.row, one.column, one.message) for one in done.faults]
        table("rows that cannot be used", ("row", "column", "what to do"), rows)
    say(
        f"{done.read} rows with something written: {done.talks} talks and {done.opinions} opinions"
        f" kept, {done.unchanged} known before; {done.empty} rows are still empty"
    )


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
