"""What a demonstration shows in the terminal: progress, outcomes, cases, the check."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from huifang.cli.output import messages, say, table
from huifang.clock import CHINA
from huifang.demo.results import Results
from huifang.demo.run import Progress
from huifang.demo.session import Stage
from store.ends import CaseLine


def announce(stage: Stage) -> None:
    """What is about to happen."""
    counts = ", ".join(
        f"{count} {status}" for status, count in stage.imported.result.counts.items() if count
    )
    say(f"list: {stage.imported.result.read} rows ({counts})")
    began = stage.clock.now().astimezone(CHINA)
    again = "goes on" if stage.place.resumed else "starts"
    say(f"the exchange's clock {again} at {began:%Y-%m-%d %H:%M}; nobody is really called")
    say(f"console: http://127.0.0.1:{stage.place.web_port}/ (its sign-in page shows the accounts)")


@contextmanager
def watching(*, show: bool) -> Iterator[Callable[[Progress], None]]:
    """A bar of recordings heard, with the calls and the exchange's time beside it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, TimeElapsedColumn(), console=messages, disable=not show) as bar:
        task = bar.add_task("ringing", total=None)

        def watch(progress: Progress) -> None:
            at = progress.at.astimezone(CHINA)
            text = f"{at:%m-%d %H:%M}  {progress.calls} calls, recordings heard"
            bar.update(
                task, description=text, completed=progress.heard, total=progress.recordings or None
            )

        yield watch


def show(results: Results) -> None:
    """The tables at the end."""
    totals = results.totals
    table("outcomes", ("outcome", "policies"), list(results.outcomes.items()))
    table(
        "problem cases",
        ("policy", "class", "family", "kind", "findings", "the customer's words", "due"),
        [_case(case) for case in results.cases],
    )
    say(
        f"{totals.policies} policies, {totals.calls} calls, {totals.answered} answered,"
        f" {totals.completed} completed, {totals.recordings} recordings,"
        f" {totals.transcribed} transcribed by {results.engine},"
        f" {totals.disagreements} answers heard otherwise in the recording"
    )
    check(results)
    say(f"{results.elapsed_s} s")


def check(results: Results) -> None:
    """How many calls ended as the cast expects, and which did not."""
    compared = results.compared
    if compared.mismatches:
        table(
            "not as expected",
            ("policy", "phone", "what", "expected", "found"),
            [(m.policy, m.phone, m.what, m.expected, m.found) for m in compared.mismatches],
        )
    say(f"{compared.matched} of {compared.expected} ended as the cast expects")


def _case(case: CaseLine) -> tuple[object, ...]:
    words = " / ".join(case.words[:2]) + (" …" if len(case.words) > 2 else "")
    due = f"{case.due_at:%m-%d}" if case.due_at else ""
    return (
        case.policy,
        case.class_name,
        case.family,
        case.kind,
        " ".join(case.findings),
        words,
        due,
    )


def goodbye(stage: Stage) -> None:
    """How to look on, and how to end."""
    first = stage.began_at.astimezone(CHINA)
    address = f"http://127.0.0.1:{stage.place.web_port}"
    click.echo(f"The console is at {address}/today?day={first:%Y-%m-%d}", err=True)
    click.echo("(end with Ctrl-C)", err=True)
