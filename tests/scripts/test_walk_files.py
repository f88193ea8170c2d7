"""A walk file says what one path through a script is; its slips are told with their lines, and a
script that goes another way is told in sentences."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from scripts import simulate, walks
from scripts.conditions import all_hold, parse, situation
from scripts.facts import Frequency, Period, PeriodKind, ProductType
from scripts.faults import FaultyFileError
from scripts.heard import Heard, Request, Via
from scripts.labels import Label
from scripts.model import Script
from scripts.outcomes import Outcome
from scripts.sample import SAMPLE, fitting
from scripts.verdicts import Status
from scripts.walk_facts import as_plain, typed
from scripts.walks import SavedWalk

TEXT = """\
script: standard
about: somebody else signed
facts:
  product_type: universal
  premium: 5000.50
  frequency: single
  payment_period: null
  cover_period: [to-age, 70]
  called_on: 2026-11-09
  scope: [SIGN_APP, READ.tips]
  phone_tail: "0138"
answers:
  SIGN_APP: [{label: deny, words: 我儿子签的, also: [unsure]}, deny]
  CONSENT: repeat
path: [ID_PRESENT, ID_VERIFY, CONSENT, CONSENT]
ending: completed
outcome: completed
findings: {SIGN_APP: denied}
says: [亲笔签]
never_says: [现金价值]
"""


def test_a_walk_file_is_read_into_typed_values() -> None:
    saved = walks.parse(TEXT, "mine.yaml")

    assert saved.facts == {
        "product_type": ProductType.UNIVERSAL,
        "premium": Decimal("5000.5"),
        "frequency": Frequency.SINGLE,
        "payment_period": None,
        "cover_period": Period(PeriodKind.TO_AGE, 70),
        "called_on": date(2026, 11, 9),
        "scope": frozenset({"SIGN_APP", "READ.tips"}),
        "phone_tail": "0138",
    }
    assert saved.answers["SIGN_APP"] == (
        Heard(Label.DENY, "我儿子签的", (Label.UNSURE,)),
        Heard(Label.DENY, "deny"),
    )
    assert saved.answers["CONSENT"][0].request is Request.REPEAT
    assert saved.outcome is Outcome.COMPLETED
    assert saved.findings == {"SIGN_APP": Status.DENIED}
    assert walks.parse(walks.as_text(saved), "mine.yaml") == saved


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("premium: 5000.50", "premium: many", 5, "premium"),
        ("[to-age, 70]", "[until, 70]", 8, "to-age"),
        ("[to-age, 70]", "[years]", 8, "[years, 20]"),
        ("[to-age, 70]", "[life, 3]", 8, "[life]"),
        ("[to-age, 70]", "[years, 20, 3]", 8, "[years, 20]"),
        ("  called_on: 2026-11-09", "  called: 2026-11-09", 9, "called_on"),
        ('"0138"', "0127", 11, "phone_tail"),
        ("CONSENT: repeat", "CONSENT: yes", 14, "affirm"),
        ("also: [unsure]", "as_well: [unsure]", 13, "as_well"),
        ("also: [unsure]", "value: 2026-11-06T10:00:00+08:00", 13, "in quotes"),
        ("outcome: completed", "outcome: done", 17, "outcome"),
        ("says: [亲笔签]", "say: [亲笔签]", 19, "say"),
    ],
)
def test_every_slip_is_told_with_its_line(old: str, new: str, line: int, told: str) -> None:
    with pytest.raises(FaultyFileError) as caught:
        walks.parse(TEXT.replace(old, new, 1), "mine.yaml")

    (fault,) = caught.value.faults
    assert (fault.script, fault.line) == ("mine.yaml", line)
    assert told in fault.message


def test_all_slips_are_told_at_once() -> None:
    text = TEXT.replace("universal", "gold").replace("CONSENT: repeat", "CONSENT: yes")
    with pytest.raises(FaultyFileError) as caught:
        walks.parse(text, "mine.yaml")

    assert [fault.line for fault in caught.value.faults] == [4, 14]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(FaultyFileError, match="cannot be read"):
        walks.load(tmp_path / "nothing.yaml")


def test_a_finished_walk_is_kept_and_goes_the_same_way_again(standard: Script) -> None:
    facts = replace(SAMPLE, insured_name="赵小示", holder_age=67)
    pressed = Heard(Label.DENY, "按键2", via=Via.KEYS)
    given = {"SIGN_APP.insured": [pressed], "CLOSING": [Heard(Label.SILENCE, via=Via.NONE)]}
    walk = simulate.walk(standard, facts, given)
    saved = walks.of_walk(walk, name="mine.yaml", about="signed by others", base_facts=SAMPLE)
    read = walks.parse(walks.as_text(saved), "mine.yaml")

    assert read == saved
    assert saved.script == "standard"
    assert saved.facts == {"insured_name": "赵小示", "holder_age": 67}
    assert saved.answers["SIGN_APP.insured"] == (pressed, pressed)
    assert saved.findings["SIGN_APP.insured"] is Status.DENIED
    assert walks.differences(walks.replay(standard, read, SAMPLE), read) == []


def test_an_unfinished_walk_is_not_kept(standard: Script) -> None:
    unfinished = simulate.Walk(simulate.runs.Run(standard, SAMPLE), ())

    with pytest.raises(ValueError, match="not come to an end"):
        walks.of_walk(unfinished, name="a", about="b", base_facts=SAMPLE)


@pytest.fixture
def kept(standard: Script) -> SavedWalk:
    given = {"AWARE": [simulate.heard("deny")]}
    walk = simulate.walk(standard, SAMPLE, given)
    return walks.of_walk(walk, name="a", about="b", base_facts=SAMPLE)


def _told(script: Script, saved: SavedWalk, **changes: object) -> list[str]:
    other = replace(saved, **changes)  # type: ignore[arg-type]
    return walks.differences(walks.replay(script, saved, SAMPLE), other)


def test_differences_name_the_place(standard: Script, kept: SavedWalk) -> None:
    path = kept.path
    assert _told(standard, kept) == []
    assert _told(standard, kept, path=path[:-1]) == [
        "turn 5, after AWARE: AWARE is asked; kept: the call ends"
    ]
    assert _told(standard, kept, path=("READ", *path)) == [
        "turn 1, at the beginning: ID_PRESENT is asked; kept: READ is asked"
    ]
    assert _told(standard, kept, ending="completed", outcome=Outcome.COMPLETED) == [
        "the ending is unaware; kept: completed",
        "the outcome is unaware; kept: completed",
    ]
    assert _told(standard, kept, findings={"READ": Status.DENIED}) == [
        "AWARE comes to denied; kept: no finding",
        "READ comes to no finding; kept: denied",
    ]
    assert _told(standard, kept, says=("存款", "没有这句")) == ["never says 「没有这句」"]
    assert _told(standard, kept, never_says=("银行存款",)) == [
        "says 「银行存款」, which it must not"
    ]


def test_an_answer_to_a_question_that_is_not_there_is_told(
    standard: Script, kept: SavedWalk
) -> None:
    answers = {**kept.answers, "LIABILITY": (), "*": (), "REED": (Heard(Label.DENY),)}

    assert _told(standard, kept, answers=answers) == [
        "answers REED, but the script standard has no such question"
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("premium", "12000.50"), ("holder_age", 67), ("double_recorded", True),
        ("payment_period", ["years", 20]), ("cover_period", ["life"]), ("payment_period", None),
        ("scope", ["LIABILITY", "READ"]), ("product_type", "health"), ("address", "青岛市"),
    ],
)  # fmt: skip
def test_facts_come_back_as_they_were_written(name: str, value: object) -> None:
    assert as_plain(typed(name, value)) == value


@pytest.mark.parametrize(
    "covers",
    [
        [], ["product_type in [unit-linked]"], ["product_type in [health]", "double_recorded"],
        ["days_since_issue >= 19", "product_type in [participating]"],
        ["holder_age >= 65", "channel in [bank]"], ["not instalments"],
    ],
)  # fmt: skip
def test_the_sample_policy_fits_what_a_script_is_for(covers: list[str]) -> None:
    conditions = tuple(parse(one) for one in covers)
    assert all_hold(conditions, situation(fitting(conditions)))


def test_the_sample_policy_stays_as_it_is_where_it_fits() -> None:
    assert fitting(()) == SAMPLE
    assert fitting((parse("resumed"),)) == SAMPLE
