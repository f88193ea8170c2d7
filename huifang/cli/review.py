"""``huifang review``: answers that a person must hear, and what they heard (质检)."""

from typing import Any

import click

from huifang.cli import json_option, review_calls
from huifang.cli.output import emit, say, table
from huifang.settings import load
from huifang.wiring import make_line
from scripts.labels import Label

LABELS = [label.value for label in Label]


@click.group("review")
def review_command() -> None:
    """The reviewers' work (质检)."""


@review_command.command("list")
@click.option(
    "--state",
    type=click.Choice(["waiting", "decided", "all"]),
    default="waiting",
    show_default=True,
    help="waiting, decided or all.",
)
@click.option("--blind", is_flag=True, help="Without what was heard live and in the recording.")
@json_option
def list_items(state: str, blind: bool, as_json: bool) -> None:
    """Quality items, the oldest first: disagreements and drawn answers."""
    from store.console.cases import QualityFilter, quality

    line = make_line(load())
    with line.database.reading() as session:
        found = quality(session, QualityFilter(state=state), 0, None).rows
        items = [_item(one, blind) for one in found]
    if as_json:
        emit(items)
        return
    if not items:
        say("no such item; a disagreement opens one, and so does `huifang review draw`")
        return
    columns = (
        "item",
        "reason",
        "policy",
        "call",
        "turn",
        "question",
        "live",
        "recorded",
        "decided",
    )
    rows = [[*list(one.values())[:8], _decisions(one["reviews"])] for one in items]
    table("quality items", columns, rows)


def _item(found: Any, blind: bool) -> dict[str, Any]:
    item = found.item
    return {
        "item": item.id,
        "reason": item.reason,
        "policy": found.policy.number,
        "call": item.call_id,
        "turn": item.turn_number,
        "question": item.question_id,
        "live": None if blind else item.live_label,
        "recorded": None if blind else item.recorded_label,
        "reviews": [] if blind else [_review(one) for one in found.reviews],
    }


def _review(one: Any) -> dict[str, Any]:
    from operations.review import who_was_right

    return {
        "by": one.reviewer,
        "label": one.label,
        "words": one.words,
        "note": one.note,
        "at": one.made_at,
        "right": who_was_right(one),
    }


def _decisions(reviews: list[dict[str, Any]]) -> str:
    return "; ".join(f"{one['label']} by {one['by']} (right: {one['right']})" for one in reviews)


@review_command.command("draw")
@click.option("--count", type=click.IntRange(1, 100_000), required=True, help="How many answers.")
@click.option("--seed", type=int, help="The same seed draws the same answers; default: the day.")
@json_option
def draw(count: int, seed: int | None, as_json: bool) -> None:
    """Draw agreed answers at random into the quality list, by question and recogniser."""
    from operations import review

    line = make_line(load())
    chosen = int(f"{line.clock():%Y%m%d}") if seed is None else seed
    drawn = review.draw(line, count, chosen)
    if as_json:
        emit(drawn)
        return
    say(f"{drawn.answers} answers drawn with seed {drawn.seed}, {drawn.queued} new in the list")
    say(f"{drawn.left} agreed answers are left")


@review_command.command("decide")
@click.argument("item", type=int)
@click.option("--label", type=click.Choice(LABELS), required=True, help="What was really said.")
@click.option("--by", required=True, metavar="NAME", help="Who heard it.")
@click.option("--note", default="", help="Anything worth knowing.")
@click.option("--words", help="The customer's words as you heard them.")
@click.option("--blind", is_flag=True, help="You did not know what had been heard.")
@click.option("--correct", is_flag=True, help="Replace your own earlier decision.")
@json_option
def decide(
    item: int,
    label: str,
    by: str,
    note: str,
    words: str | None,
    blind: bool,
    correct: bool,
    as_json: bool,
) -> None:
    """Decide ITEM: what the customer said, heard with your own ears. Anything but a yes is a
    finding of the call; a yes takes no finding away."""
    from operations import review

    decision = review.Decision(Label(label), by, note, words, blind, correct)
    done = review.decide(make_line(load()), item, decision)
    if as_json:
        emit(done)
        return
    kept = "decided" if done.changed else "was decided so already"
    say(f"item {done.item} {kept}: {done.label}; right: {done.right}; it counts as {done.truth}")


@review_command.command("export")
@click.option("--released", is_flag=True, help="Only words that a second person has released.")
@json_option
def export(released: bool, as_json: bool) -> None:
    """Reviewed answers as TSV (question, answer, label, source, engine), to teach the lexicon."""
    from operations import quality_material, review

    line = make_line(load())
    found = quality_material.released(line) if released else review.examples(line)
    if as_json:
        emit(found)
        return
    click.echo("question\tanswer\tlabel\tsource\tengine")
    for one in found:
        answer = " ".join(one.answer.split())
        click.echo("\t".join((one.question, answer, one.label, one.source, one.engine)))


for command in review_calls.COMMANDS:
    review_command.add_command(command)
