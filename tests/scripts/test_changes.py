"""What differs between two scripts is found, whatever it is, and told in words for a supervisor:
the law first."""

from dataclasses import fields, replace
from typing import Any

import pytest

from scripts import slots
from scripts.changes import Change, ChangeKind, changes
from scripts.changes_words import pieces, policies, sentence
from scripts.conditions import parse
from scripts.model import (
    Event,
    Limits,
    Move,
    Phrases,
    Routes,
    Saying,
    Script,
    Step,
    Translation,
)
from scripts.outcomes import Outcome
from scripts.reader import library, load_script


def with_question(script: Script, name: str, **changed: Any) -> Script:
    """The script with one question changed."""
    return replace(
        script,
        questions=tuple(
            replace(question, **changed) if question.id == name else question
            for question in script.questions
        ),
    )


def with_ending(script: Script, name: str, **changed: Any) -> Script:
    """The script with one ending changed."""
    return replace(
        script,
        endings=tuple(replace(one, **changed) if one.id == name else one for one in script.endings),
    )


def told(old: Script, new: Script) -> list[str]:
    """The sentences."""
    return [sentence(change) for change in changes(old, new)]


def routes(own: Routes, event: Event, *steps: Step) -> dict[Event, tuple[Step, ...]]:
    """A table with one row changed."""
    return {**own, event: steps}


def test_the_same_script_has_no_differences(standard: Script) -> None:
    assert changes(standard, standard) == []


def test_changed_words_are_marked(standard: Script) -> None:
    before = slots.parse("犹豫期一共十天，请问您清楚吗？")
    after = slots.parse("犹豫期一共十五天，请问您清楚吗？")
    old = with_question(standard, "HESITATION.length", says=before)
    new = with_question(standard, "HESITATION.length", says=after)

    assert told(old, new) == [
        "HESITATION.length now says 「犹豫期一共【十五】天，请问您清楚吗？」;"
        " before: 「犹豫期一共【十】天，请问您清楚吗？」"
    ]


def test_slots_and_numbers_stay_whole() -> None:
    assert pieces("共{{ cooling_off.days }}。", "共{{ cooling_off.ends_on }}。") == (
        (("共", False), ("{{ cooling_off.days }}", True), ("。", False)),
        (("共", False), ("{{ cooling_off.ends_on }}", True), ("。", False)),
    )
    assert pieces("", "好") == ((), (("好", True),))


def test_a_question_left_out_is_told_with_the_laws_item_first(standard: Script) -> None:
    new = replace(
        standard, questions=tuple(q for q in standard.questions if q.id != "SURRENDER_LOSS")
    )
    question = standard.question("SURRENDER_LOSS")
    assert question is not None

    assert told(standard, new) == [
        "the law's item 5 (退保损失) is now asked of nobody; before: every policy",
        f"SURRENDER_LOSS is no longer asked; it said 「{question.says.source}」",
    ]
    assert told(new, standard)[:2] == [
        "the law's item 5 (退保损失) is now asked of every policy; before: nobody",
        f"SURRENDER_LOSS is new and says 「{question.says.source}」",
    ]


def test_other_policies_are_told_in_words(standard: Script) -> None:
    only = (parse("double_recorded"), parse("product_type in [health, universal]"))
    new = with_question(standard, "RECORDED", when=only)
    words = (
        "policies where the sale was recorded (双录) and the product is health or universal;"
        " before: policies where the sale was recorded (双录)"
    )
    assert told(standard, new) == [
        f"the law's item recorded (接受录音录像) is now asked of {words}",
        f"RECORDED is now asked of {words}",
    ]


def test_an_item_that_another_question_confirms_too_is_no_change_of_the_law(
    standard: Script,
) -> None:
    tips = standard.question("READ.tips")
    assert tips is not None
    more = replace(tips, id="READ.again", when=(parse("instalments"),))
    new = replace(standard, questions=(*standard.questions, more))

    kinds = [change.kind for change in changes(standard, new)]
    assert kinds == [ChangeKind.ADDED, ChangeKind.ASKED_OF]


def test_who_is_on_the_line_does_not_prove_the_identity(standard: Script) -> None:
    new = replace(standard, questions=tuple(q for q in standard.questions if q.id != "ID_VERIFY"))

    assert told(standard, new)[0] == (
        "the law's item 1 (投保人本人) is now asked of nobody; before: every policy"
    )


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (None, "nobody"),
        ("", "every policy"),
        ("not instalments", "policies where the premium is paid once"),
        ("holder_age >= 65", "policies where at least 65 years of the holder's age"),
        ("days_since_issue <= 18", "policies where at most 18 days since the issue"),
        ("not channel in [bank]", "policies where the channel is not bank"),
        ("doubted in [AWARE, READ]", "policies where a doubt was told on AWARE or READ"),
        ("seller_known", "policies where the seller is known"),
        (
            "elderly, resumed | verified",
            "policies where the holder is elderly and an earlier call was broken off;"
            " or where the identity is proved",
        ),
    ],
)
def test_conditions_in_words(when: str | None, words: str) -> None:
    assert policies(when) == words


def test_what_follows_an_answer(standard: Script) -> None:
    aware = standard.question("AWARE")
    assert aware is not None
    now = (Step(Move.EXPLAIN), Step(Move.AGAIN), Step(Move.END, "unaware"))
    new = with_question(
        standard,
        "AWARE",
        on=routes(aware.on, Event.DENY, *now),
        on_with_care=routes(aware.on_with_care, Event.DENY, *now),
    )
    assert told(standard, new) == [
        "AWARE: after a no (deny) comes now the explanation and the question again,"
        " then the question in plainer words, then the ending unaware;"
        " before: the explanation and the question again, then the ending unaware"
    ]


def test_what_follows_only_with_care_is_told_as_such(standard: Script) -> None:
    aware = standard.question("AWARE")
    assert aware is not None
    changed = routes(aware.on_with_care, Event.UNCLEAR, Step(Move.END, "person"))
    (change,) = changes(standard, with_question(standard, "AWARE", on_with_care=changed))

    assert change.kind is ChangeKind.FOLLOWS_CARE
    assert "of a holder treated with care (unclear) comes now the ending person" in sentence(change)


def test_the_same_in_many_questions_is_told_once(standard: Script) -> None:
    new = replace(
        standard,
        questions=tuple(
            replace(q, on=routes(q.on, Event.REPEAT, Step(Move.END, "language")))
            for q in standard.questions
        ),
    )
    (change,) = (c for c in changes(standard, new) if c.kind is ChangeKind.FOLLOWS)

    assert change.part.split(", ") == [q.id for q in standard.questions]
    assert sentence(change).startswith(f"{len(standard.questions)} questions, first ID_PRESENT:")


def test_the_fewest_moves_explain_another_order(standard: Script) -> None:
    first, second, third, *others = standard.questions
    moved = replace(standard, questions=(*others[:-1], first, second, third, others[-1]))
    swapped = replace(standard, questions=(first, third, second, *others))

    assert [change.part for change in changes(standard, moved)] == [
        first.id, second.id, third.id
    ]  # fmt: skip
    assert told(standard, swapped) == [
        f"{second.id} now stands after {third.id}; before: after {first.id}"
    ]


def test_endings(standard: Script) -> None:
    gone = replace(standard, endings=standard.endings[1:])
    assert told(standard, gone) == ["the ending completed is gone; it came to completed"]
    assert told(gone, standard) == ["the ending completed is new and comes to completed"]

    words = (Saying(slots.parse("再会。"), (parse("doubts", frozenset({"doubts"})),)),)
    completed = standard.ending("completed")
    assert completed is not None
    new = with_ending(standard, "completed", says=(*words, completed.says[-1]))
    (change,) = changes(standard, new)
    assert (change.part, change.field, change.after) == ("completed", "says when doubts", "再会。")
    assert sentence(change).startswith("completed now has as says when doubts 「")


def test_translations(standard: Script) -> None:
    spot = ("AWARE", "says")
    old = replace(standard, translations={})
    new = replace(
        standard, translations={"fr": Translation({spot: slots.parse("Bonjour")}, "male")}
    )

    assert told(old, new) == [
        "AWARE in fr: says is now 「Bonjour」; before: nothing",
        "the script in fr: voice is now 「male」; before: nothing",
    ]


def test_hints(standard: Script) -> None:
    new = with_question(standard, "NONGUAR.participating", expects=("红利", "分红"))
    (change,) = (c for c in changes(standard, new) if c.part == "NONGUAR.participating")

    assert change.after == "分红"
    assert "now expects 分红 too and no longer expects" in sentence(change)


def other(value: Any) -> Any:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case slots.Text():
            return slots.parse(value.source + "另说")
        case str() if hasattr(value, "value"):
            return next(one for one in type(value) if one is not value)
        case str():
            return value + "x"
        case None:
            return "x"
        case Limits() | Phrases():
            first = fields(value)[0].name
            return replace(value, **{first: other(getattr(value, first))})
        case _:
            return None


def simple(part: Any) -> list[str]:
    """The fields of a part that hold one value."""
    return [
        one.name
        for one in fields(part)
        if one.compare and one.name not in ("id", "code") and other(getattr(part, one.name))
        is not None
    ]  # fmt: skip


def test_no_field_is_forgotten(standard: Script) -> None:
    question, ending = standard.questions[5], standard.endings[-1]
    for name in simple(question):
        changed = {name: other(getattr(question, name))}
        assert changes(standard, with_question(standard, question.id, **changed)), name
    for name in simple(ending):
        changed = {name: other(getattr(ending, name))}
        assert changes(standard, with_ending(standard, ending.id, **changed)), name
    for name in simple(standard):
        changed = {name: other(getattr(standard, name))}
        assert changes(standard, replace(standard, **changed)), name
    assert {"limits", "opening", "exhausted", "voice"} <= set(simple(standard))
    assert {"polarity", "barge_in", "wait_s", "again"} <= set(simple(question))


def test_who_the_script_is_for(standard: Script) -> None:
    new = replace(standard, covers=(parse("product_type in [health]"),))

    assert told(standard, new) == [
        "the script is now for policies where the product is health; before: every policy"
    ]


def test_the_law_comes_first_and_the_words_after_it(standard: Script) -> None:
    new = replace(standard, title="新", opening=slots.parse("您好。"))
    new = with_question(new, "READ", item=None, when=(parse("elderly"),), expects=("看了",))
    order = list(ChangeKind)
    found = [order.index(change.kind) for change in changes(standard, new)]

    assert found == sorted(found)
    assert changes(standard, new)[0].kind is ChangeKind.ITEM


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_kind_has_words(kind: ChangeKind) -> None:
    assert "READ" in sentence(Change(kind, "READ", "deny", None, "elderly"))


def test_endings_and_outcomes_are_settings(standard: Script) -> None:
    person = standard.ending("person")
    assert person is not None
    new = with_ending(standard, "person", otherwise=Outcome.COMPLAINT)

    assert told(standard, new) == ["person: otherwise is now complaint; before: callback"]


@pytest.mark.parametrize("name", library())
def test_the_whole_library_can_be_compared(standard: Script, name: str) -> None:
    script = load_script(name)
    between = changes(standard, script)

    assert changes(script, load_script(name)) == []
    assert (between == []) is (name == "standard")
    assert all(sentence(change) for change in between)
