"""``huifang kpis``: key figures by the rulebook's definitions."""

from datetime import date, datetime

import click

from cases.estimates import Share
from cases.kpis import RUNNING, Figure
from huifang.cli import json_option
from huifang.cli.output import emit, say, table
from huifang.settings import load
from huifang.wiring import make_line
from operations import kpis
from operations.kpis import GROUPINGS, Figures, Group
from scripts.rulebooks.vocabulary import NAMES
from store.columns import LOCAL

month_type = click.DateTime(["%Y-%m"])


@click.command("kpis")
@click.option("--month", type=month_type, help="Policies issued in it: 2026-11. Default: this one.")
@click.option(
    "--by",
    "grouping",
    type=click.Choice(GROUPINGS),
    default="branch",
    show_default=True,
    help="What to group by.",
)
@json_option
def kpis_command(month: datetime | None, grouping: str, as_json: bool) -> None:
    """Key figures (指标) of a month, counted now by the rulebook's definitions."""
    line = make_line(load())
    day = month.date() if month else line.clock().astimezone(LOCAL).date()
    with line.database.reading() as session:
        found = kpis.fresh(session, line, day, grouping)
    if as_json:
        emit(_document(found, day))
    else:
        _show(found)


def _document(found: Figures, day: date) -> dict[str, object]:
    return {
        "month": f"{day:%Y-%m}",
        "by": found.grouping,
        "counts": dict(found.whole.counts),
        "kpis": [_kpi(one) for one in found.whole.figures],
        "groups": [
            {"name": one.name, "counts": dict(one.counts), "kpis": [_kpi(f) for f in one.figures]}
            for one in found.groups
        ],
        "sellers": [
            {"name": one.name, "kpi": one.kpi.id, "certain": one.warned.certain,
             **_share(one.warned.share)}
            for one in found.sellers
        ],
    }  # fmt: skip


def _kpi(one: Figure) -> dict[str, object]:
    return {
        "id": one.kpi.id,
        "name": one.kpi.name,
        "definition": _definition(one),
        **(_share(one.share) if one.share else {"count": one.count}),
        "points": one.points,
        "few": one.few,
    }


def _share(share: Share) -> dict[str, object]:
    return {
        "count": share.count, "of": share.of, "rate": share.rate, "low": share.low,
        "high": share.high,
    }  # fmt: skip


def _show(found: Figures) -> None:
    whole = [
        (one.kpi.name, _value(one), _counted(one), _interval(one), one.points, _definition(one))
        for one in found.whole.figures
    ]
    title = f"key figures of {found.months[0]}"
    table(title, ("figure", "value", "counted", "95 % interval", "points", "definition"), whole)
    names = [one.kpi.name for one in found.whole.figures]
    table(f"by {found.grouping}", (found.grouping, "due", *names), list(map(_row, found.groups)))
    if found.sellers:
        rows = [
            (one.name, "warn" if one.warned.certain else "may be chance",
             f"{one.warned.share.rate:.1%}", f"{one.warned.share.count} / {one.warned.share.of}")
            for one in found.sellers
        ]  # fmt: skip
        table("sellers to look at", ("seller", "", found.sellers[0].kpi.name, "counted"), rows)
    if running := found.whole.counts.get(RUNNING, 0):
        say(f"{running} policies are still in their period: the rates may still rise")
    say("* fewer than 30 were counted: the interval counts, not the value")


def _row(group: Group) -> tuple[object, ...]:
    return (group.name or "–", group.counts.get("due", 0), *map(_value, group.figures))


def _value(one: Figure) -> str:
    if one.share is None:
        return str(one.count)
    rate = "–" if one.share.rate is None else f"{one.share.rate:.1%}"
    return f"{rate}{'*' if one.few else ''}"


def _counted(one: Figure) -> str:
    return "" if one.of is None else f"{one.count} / {one.of}"


def _interval(one: Figure) -> str:
    if one.share is None or one.share.rate is None:
        return ""
    return f"{one.share.low:.1%}–{one.share.high:.1%}"


def _definition(one: Figure) -> str:
    of = f" ÷ {NAMES[one.kpi.of]}" if one.kpi.of else ""
    return f"{NAMES[one.kpi.counts]}{of}"
