"""``huifang review sample`` and ``agreement``: which whole calls reviewers hear, and how far they
agree about them."""

from datetime import datetime

import click

from cases.quality_plan import LEAST, SHARE, Wanted
from cases.raters import Agreement, AgreementLine, AgreementReport
from huifang.cli import json_option
from huifang.cli.output import emit, say, table
from huifang.cli.who import by_option, name_of
from huifang.settings import load
from huifang.wiring import make_line

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("sample")
@click.option("--from", "first", type=_DAY, required=True, help="First day of the calls.")
@click.option("--to", "last", type=_DAY, required=True, help="Last day of the calls.")
@click.option(
    "--share",
    type=click.FloatRange(0, 1),
    default=SHARE,
    show_default=True,
    help="Of all revisits, by chance.",
)
@click.option(
    "--least",
    type=click.IntRange(0, 100_000),
    default=LEAST,
    show_default=True,
    help="By chance at least; all where there are fewer.",
)
@click.option(
    "--by-risk",
    type=click.IntRange(0, 100_000),
    default=0,
    show_default=True,
    help="More, by what is known of them.",
)
@click.option("--every", is_flag=True, help="Beside those, every call with a waiting answer.")
@click.option(
    "--twice",
    type=click.FloatRange(0, 1),
    default=0.1,
    show_default=True,
    help="Share of all these for a second reviewer.",
)
@click.option("--seed", type=int, help="The same seed draws the same calls. Default: chance.")
@by_option
@json_option
def sample(
    first: datetime,
    last: datetime,
    share: float,
    least: int,
    by_risk: int,
    every: bool,
    twice: float,
    seed: int | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Draw the calls that reviewers hear: by channel and product at equal intervals, as the
    regulator's self-check does it, and more by what is known of them."""
    from operations import quality_draw

    days = quality_draw.Days(first.date(), last.date())
    wanted = Wanted(share, least, by_risk, twice, every)
    done = quality_draw.draw(make_line(load()), name_of(by), days, wanted, seed)
    if as_json:
        emit(done)
        return
    known = "" if done.new else " (drawn before, nothing was changed)"
    say(f"plan {done.plan}, seed {done.seed}{known}: {done.calls} of {done.population} calls")
    say(f"{done.twice} of them are heard by a second reviewer")


@click.command("agreement")
@click.option("--from", "first", type=_DAY, help="Reviews ended since that day.")
@click.option("--to", "last", type=_DAY, help="Reviews ended until that day.")
@click.option("--plan", type=int, help="Of this plan or calibration round only.")
@json_option
def agreement(
    first: datetime | None, last: datetime | None, plan: int | None, as_json: bool
) -> None:
    """How far reviewers who heard the same calls agree: Cohen's kappa and Krippendorff's alpha
    with 95 % intervals, by question, criterion and reviewer."""
    from operations.quality_agreement import agreement as found_of

    line = make_line(load())
    with line.database.reading() as session:
        found = found_of(session, first and first.date(), last and last.date(), plan)
    if as_json:
        emit(found)
        return
    if not found.calls:
        say("no call has been heard by two reviewers yet")
        return
    for title, one in (("answers", found.answers), ("scorecard", found.marks)):
        columns = ("of", "pairs", "same", "kappa", "95 %", "alpha", "95 %")
        table(f"{title}, {found.calls} calls", columns, [_row(row) for row in _lines(one)])


def _lines(found: AgreementReport) -> list[AgreementLine]:
    return [found.whole, *found.kinds, *found.raters]


def _row(one: AgreementLine) -> tuple[object, ...]:
    same = "" if one.same is None else f"{one.same:.1%}"
    return (one.name or "all", one.pairs, same, *_cells(one.kappa), *_cells(one.alpha))


def _cells(one: Agreement) -> tuple[str, str]:
    few = "*" if one.few else ""
    value = "" if one.value is None else f"{one.value:.2f}{few}"
    known = one.low is not None and one.high is not None
    return value, f"{one.low:.2f} to {one.high:.2f}" if known else ""


COMMANDS = (sample, agreement)
