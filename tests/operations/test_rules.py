"""What the scheduler is told of a rulebook: the cooling-off period of each product and channel,
calling hours, limits, and what follows each end of a call, by every rulebook that ships."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from timeit import timeit

import pytest

from operations.rules import case_place, scheduling_rules
from scheduler.attempts import retry_after
from scheduler.cooling_off import Start, cooling_off, minimum_days
from scheduler.hours import EARLIEST, LATEST, SHANGHAI, is_open, windows
from scheduler.rules import Retry, Rules, Way
from scheduler.workdays import OwnDays
from scripts import rulebooks
from scripts.facts import Channel, ProductType
from scripts.outcomes import Cause
from scripts.rulebooks import FirstCallFrom, timing
from scripts.rulebooks.reader import LIBRARY
from store.tables import Case
from tests.operations.rig import Rig

STANDARD = (LIBRARY / "standard.yaml").read_text("utf-8")
SIGNED = date(2026, 11, 12)


def read(*pairs: tuple[str, str]) -> Rules:
    """The rules of the standard rulebook with these changes."""
    text = STANDARD
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return scheduling_rules(rulebooks.read(text))


def spans(rules: Rules, day: date) -> list[str]:
    return [f"{one.start:%H:%M}-{one.end:%H:%M}" for one in windows(day, rules.hours)]


OWN_START = """cooling_off:
  - {days: 20, starts: same-day, when: ['product_type in [universal]', 'channel in [agent]']}
"""


def last_day(text: str, channel: str, product: str, own: int | None = None) -> date:
    rules = scheduling_rules(rulebooks.read(text))
    return cooling_off(
        SIGNED,
        own,
        Channel(channel),
        ProductType(product),
        rules.cooling_off_start,
        rules.default_days,
    ).ends_on


@pytest.mark.parametrize(
    ("channel", "product", "own", "ends"),
    [
        ("agent", "universal", None, date(2026, 12, 1)),  # 20 days from the day of signing
        ("agent", "universal", 10, date(2026, 11, 21)),  # its own days, the rule's first day
        ("bank", "universal", None, date(2026, 11, 27)),  # 15 days from the day after
        ("agent", "traditional", None, date(2026, 11, 22)),
    ],
)
def test_a_product_and_a_channel_may_start_on_their_own_day(
    channel: str, product: str, own: int | None, ends: date
) -> None:
    text = STANDARD.replace("cooling_off:\n", OWN_START, 1)

    assert last_day(text, channel, product, own) == ends


def test_the_general_start_holds_where_a_rule_has_none() -> None:
    text = STANDARD.replace("cooling_off_start: day-after", "cooling_off_start: same-day")

    assert last_day(text, "agent", "traditional") == date(2026, 11, 21)


@pytest.mark.parametrize("name", rulebooks.rulebooks())
def test_every_rulebook_gives_every_policy_a_lawful_period(name: str) -> None:
    rules = scheduling_rules(rulebooks.load(name))
    for channel in Channel:
        for product in ProductType:
            start, days = rules.cooling_off_start, rules.default_days
            period = cooling_off(SIGNED, None, channel, product, start, days)
            assert period.days >= minimum_days(channel, product)
            first = SIGNED if name == "seven-steps" else date(2026, 11, 13)
            assert period.starts_on == first


def test_one_start_for_all_still_serves() -> None:
    for start, ends in ((Start.SIGNING_DAY, 21), (Start.NEXT_DAY, 22)):
        period = cooling_off(SIGNED, None, Channel.AGENT, ProductType.UNIVERSAL, start)
        assert period.ends_on == date(2026, 11, ends)


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 11, 13), ["09:00-12:00", "13:30-21:00"]),  # a Friday
        (date(2026, 11, 14), ["10:00-11:00"]),  # a Saturday
        (date(2026, 11, 15), ["09:30-12:00", "14:00-20:30"]),  # a Sunday
        (date(2026, 10, 10), ["09:00-12:00", "13:30-21:00"]),  # a Saturday that is worked
        (date(2026, 10, 1), []),  # 国庆节
        (date(2026, 10, 3), []),  # the Saturday in it
    ],
)
def test_hours_of_each_kind_of_day(day: date, hours: list[str]) -> None:
    rules = read(("    holiday: []\n", '    holiday: []\n    saturday: ["10:00-11:00"]\n'))

    assert spans(rules, day) == hours


def test_the_night_is_cut_off_whatever_the_rulebook_says() -> None:
    """保监发〔2013〕40号 第25条; the check of rulebooks and the hours know the same night."""
    rules = read(('"09:00-12:00", "13:30-21:00"', '"07:00-12:00", "13:30-23:00"'))

    assert spans(rules, date(2026, 11, 13)) == ["09:00-12:00", "13:30-21:00"]
    assert (timing.MORNING, timing.NIGHT) == (EARLIEST, LATEST)


def test_an_insurers_own_days_win() -> None:
    day = date(2026, 11, 13)
    own = OwnDays(days=((day, True),), calling=((day, ((time(10), time(11)),)),))
    book = rulebooks.load("standard")

    assert spans(scheduling_rules(book, own), day) == ["10:00-11:00"]
    assert spans(scheduling_rules(book), day) == ["09:00-12:00", "13:30-21:00"]
    lunch = datetime(2026, 11, 13, 12, 30, tzinfo=SHANGHAI)
    assert not is_open(lunch, scheduling_rules(book).hours)


def test_limits_and_days() -> None:
    rules = read(
        ("per_day: 2", "per_day: 1"),
        ("per_day_number: 5", "per_day_number: 3"),
        ("per_revisit: 8", "per_revisit: 7"),
        ("gap_min: 30", "gap_min: 45"),
        ("earlier_slots: 2", "earlier_slots: 4"),
        (
            "in_period: {",
            "after_period: {days: 3}\nwhole_within: {days: 9, counts_from: issue}\nin_period: {",
        ),
        ("after_days: 1, source", "after_days: 2, by_days: 6, source"),
    )

    assert (rules.per_person, rules.per_number, rules.per_revisit) == (1, 3, 7)
    assert (rules.gap, rules.risk_slots) == (timedelta(minutes=45), 4)
    assert (rules.first_call_after, rules.first_call_by) == (2, 6)
    assert (rules.whole_within, rules.whole_from) == (9, FirstCallFrom.ISSUE)
    assert (rules.after_period, rules.case_places) == (3, 4)


def test_limits_of_time_in_the_rulebooks_that_ship() -> None:
    """T-03: within ten days; T-04: by the seventh day; T-05: ten days more for questionnaire B."""
    found = {name: scheduling_rules(rulebooks.load(name)) for name in rulebooks.rulebooks()}

    whole = {name: rules.whole_within for name, rules in found.items() if rules.whole_within}
    first = {name: rules.first_call_by for name, rules in found.items() if rules.first_call_by}
    after = {name: rules.after_period for name, rules in found.items() if rules.after_period}
    assert whole == {"special-revisits": 10}
    assert first == {"two-questionnaires": 7}
    assert after == {"two-questionnaires": 10}


@pytest.mark.parametrize(
    ("cause", "retry"),
    [
        (Cause.BUSY, Retry(timedelta(minutes=30), 3, then=Way.BRANCH_CALL)),
        (Cause.EMPTY_NUMBER, Retry(timedelta(minutes=10), 3, True, Way.BRANCH_CALL)),
        (Cause.REFUSED, Retry(timedelta(0), 0, then=Way.LETTER)),
        (Cause.COMPLAINT, Retry(timedelta(0), 0)),
    ],
)
def test_four_attempts_are_three_further_calls(cause: Cause, retry: Retry) -> None:
    assert scheduling_rules(rulebooks.load("standard")).retries[cause] == retry


def test_a_finer_cause_wins_and_falls_back_on_its_outcome() -> None:
    """Nobody is rung again under a wrong number, though one whose holder was out is."""
    row = next(line for line in STANDARD.splitlines() if line.startswith("  wrong-number:"))
    never = retry_after(Cause.WRONG_NUMBER, read((row, "  wrong-number: {again: false}")))
    fallen = retry_after(Cause.WRONG_NUMBER, read((f"{row}\n", "")))

    assert never == Retry(timedelta(0), 0)
    assert fallen == Retry(timedelta(minutes=240), 2, then=Way.BRANCH_CALL)


def test_rules_are_made_once_for_each_rulebook_and_its_own_days() -> None:
    book, other, own = (
        rulebooks.load("standard"),
        rulebooks.load("standard"),
        OwnDays(((SIGNED, False),)),
    )
    rules = scheduling_rules(book)

    assert scheduling_rules(book) is rules
    assert scheduling_rules(book, own) is not rules
    assert scheduling_rules(book, own).hours.own is own
    assert scheduling_rules(other) is not rules
    assert timeit(lambda: scheduling_rules(book, own), number=1000) < 0.1  # seconds


def test_the_place_of_a_case() -> None:
    """002-j: 核实件, then last month's, then those of the month before, then all others."""
    book, today = rulebooks.load("standard"), date(2026, 3, 2)
    issued = [date(2026, 3, 1), date(2026, 2, 28), date(2026, 1, 31), date(2025, 12, 31)]

    assert [case_place(book, "problem", day, today) for day in issued] == [3, 1, 2, 3]
    assert [case_place(book, "verify", day, today) for day in issued] == [0] * 4
    assert case_place(book, "standard", today, today) == scheduling_rules(book).case_places


#: 电话有误 and 重复号码 in the words of each rulebook.
SCREENED = {
    "standard": ("核实件 电话有误", "核实件 重复号码"),
    "four-results": ("核实件 电话有误", "核实件 重复号码"),
    "signed-letters": ("核实件 联系电话错误", "核实件 疑似虚假电话"),
    "work-orders": ("核实件 客户电话为空错号", "核实件 客户电话为空错号"),
    "sales-tool": ("核实件 电话号码错误、查无此人", "核实件 电话号码错误、查无此人"),
    "central-calls": ("核实件 联系方式需核实", "核实件 联系方式需核实"),
    "seven-steps": ("核实件 电话有误", "核实件 重复号码"),
    "two-questionnaires": ("核实件 电话有误", "核实件 重复号码"),
    "special-revisits": (
        "问题单 联系电话位数不对、为空等明显错误",
        "问题单 联系电话位数不对、为空等明显错误",
    ),
}


@pytest.mark.parametrize("name", rulebooks.rulebooks())
def test_what_screening_objects_to_is_a_case_in_the_insurers_words(rig: Rig, name: str) -> None:
    rig.line = replace(rig.line, rulebook=rulebooks.load(name))
    rig.import_rows(
        {"手机": "12345"}, {"保单号": "P0002", "手机": "13900009102", "业务员电话": "13900009102"}
    )

    assert tuple(f"{case.class_name} {case.kind}" for case in rig.all(Case)) == SCREENED[name]
    assert {case.rulebook for case in rig.all(Case)} == {f"{name}:1"}
