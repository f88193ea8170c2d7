"""What the plan is told of policies, numbers and the rulebook, and what the console shows of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import delete, select

from operations.place_call import place_next
from operations.plan import preview, refresh, sweep
from operations.rules import scheduling_rules
from scheduler.cooling_off import days_of
from scheduler.may_dial import Decision
from scheduler.reasons import Why
from scripts import rulebooks
from scripts.facts import Channel, ProductType
from scripts.rulebooks import FirstCallFrom, Rulebook
from scripts.rulebooks.reader import LIBRARY
from store.columns import LOCAL
from store.tables import Agenda, Attempt, Policy
from tests.operations.rig import NOW, SOMEBODY_ELSE, YES, Rig

STANDARD = (LIBRARY / "standard.yaml").read_text(encoding="utf-8")


def changed(old: str, new: str) -> Rulebook:
    """The standard rulebook with a rule changed."""
    assert old in STANDARD
    return rulebooks.read(STANDARD.replace(old, new, 1))


def decision(rig: Rig, number: str = "P0001", at: datetime | None = None) -> Decision:
    """What the plan says of one policy."""
    plan = preview(rig.line, at)
    every = (*plan.due, *plan.held, *plan.cannot_make_it)
    return next(one for one in every if one.number == number)


def why(rig: Rig, number: str = "P0001", at: datetime | None = None) -> list[Why]:
    return [reason.code for reason in decision(rig, number, at).reasons]


def test_six_policies_on_one_phone_are_rung_as_one(rig: Rig) -> None:
    """Two calls a day to the number, half an hour of rest between them, for three days."""
    rig.import_rows(*({"保单号": f"P000{n}"} for n in range(1, 7)))
    rang: list[datetime] = []
    while rig.clock.now < NOW.replace(day=21, hour=0):
        refresh(rig.line)
        if place_next(rig.line):
            assert not place_next(rig.line)
            rang.append(rig.clock.now)
            rig.caller().status("busy")
        rig.clock.tick(300)

    days = [moment.astimezone(LOCAL).date() for moment in rang]
    assert {day: days.count(day) for day in days} == dict.fromkeys(days, 2)
    assert len(set(days)) == 3
    gaps = [later - sooner for sooner, later in pairwise(rang)]
    assert min(gaps) == timedelta(minutes=30)
    assert len({attempt.policy_id for attempt in rig.all(Attempt)}) > 1


def test_the_console_says_why_a_policy_waits_for_its_number(rig: Rig) -> None:
    other = {"保单号": "P0003", "手机": "13900000003", **SOMEBODY_ELSE}
    rig.import_rows({}, {"保单号": "P0002"}, other)
    rig.ring().status("busy")
    assert why(rig, "P0002") == [Why.GAP]
    assert decision(rig, "P0002").at == NOW + timedelta(minutes=30)
    assert why(rig, "P0003") == [Why.DUE]

    rig.clock.tick(30 * 60)
    rig.ring().status("busy")
    assert Why.DAILY_LIMIT in why(rig, "P0002")
    assert decision(rig, "P0002").at == NOW.replace(day=19, hour=9)


def test_a_number_is_asked_about_again_at_the_moment_of_dialling(rig: Rig) -> None:
    """Planned under one rulebook and dialled under a stricter one."""
    rig.import_rows({}, {"保单号": "P0002"})
    rig.ring().status("no-answer")
    rig.clock.tick(30 * 60)
    assert rig.due == ["P0002"]
    strict = replace(rig.line, rulebook=changed("per_day: 2", "per_day: 1"))

    assert not place_next(strict)
    assert len(rig.phone.dials) == 1


def test_what_never_rang_needs_no_rest(rig: Rig) -> None:
    rig.import_rows({}, {"保单号": "P0002"})
    rig.ring().status("canceled")

    assert why(rig, "P0002") == [Why.DUE]


def test_a_running_call_is_told(rig: Rig) -> None:
    rig.import_rows({}, {"保单号": "P0002"})
    rig.ring()

    assert why(rig) == [Why.IN_CALL]
    assert why(rig, "P0002") == [Why.PERSON_IN_CALL]


def test_a_callback_after_the_period_is_made_before_its_end(rig: Rig) -> None:
    """Called on the last but one day, "the day after tomorrow" is too late; tomorrow is not."""
    rig.import_rows({})
    rig.clock.now = NOW.replace(day=21)
    caller = rig.ring()
    caller.picks_up()
    caller.talks({"CONSENT": "我在开会，后天下午三点打", **YES})
    caller.hangs_up()

    assert rig.one(Attempt).callback_at == NOW.replace(day=23, hour=15)
    assert why(rig) == [Why.CALLBACK_EARLIER]
    rig.clock.now = NOW.replace(day=22, hour=14)
    rig.ring()
    reasons = [reason["code"] for reason in rig.one(Attempt, -1).reasons]
    assert reasons == ["due", "callback-before-deadline"]


@pytest.mark.parametrize(
    ("counts_from", "first"),
    [("receipt", 13), ("receipt-returned", 15), ("issue", 12)],
)
def test_the_first_call_counts_from_what_the_rulebook_says(
    rig: Rig, counts_from: str, first: int
) -> None:
    rig.import_rows({"承保日期": "2026-11-10", "回执回销日期": "2026-11-14"})
    book = changed("counts_from: receipt-returned,", f"counts_from: {counts_from},")
    rig.line = replace(rig.line, rulebook=book)
    midnight = NOW.replace(day=first, hour=0)

    assert scheduling_rules(book).first_call_from is FirstCallFrom(counts_from)
    assert Why.FIRST_CALL in why(rig, at=midnight - timedelta(seconds=1))
    assert Why.FIRST_CALL not in why(rig, at=midnight)


@pytest.mark.parametrize(
    ("when", "channel", "product", "days"),
    [
        ("product_type in [unit-linked, universal]", "agent", "universal", 21),
        ("product_type in [unit-linked, universal]", "bank", "unit-linked", 21),
        ("product_type in [unit-linked, universal]", "agent", "health", 15),
        ("product_type in [unit-linked, universal]", "agent", "traditional", 10),
        ("not product_type in [traditional]", "agent", "participating", 21),
        ("not channel in [agent]", "online", "traditional", 21),
        ("channel in [agent]", "agent", "health", 21),
    ],
)
def test_days_by_channel_and_product_type(when: str, channel: str, product: str, days: int) -> None:
    rule = f"cooling_off:\n  - {{days: 21, when: ['{when}']}}\n"
    rules = scheduling_rules(changed("cooling_off:\n", rule))

    assert days_of(None, Channel(channel), ProductType(product), rules.default_days) == days


def test_every_condition_of_a_rule_must_hold() -> None:
    both = "['channel in [online]', 'product_type in [health]']"
    rule = f"cooling_off:\n  - {{days: 30, when: {both}}}\n"
    rules = scheduling_rules(changed("cooling_off:\n", rule))

    assert rules.default_days[Channel.ONLINE, ProductType.HEALTH] == 30
    assert rules.default_days[Channel.ONLINE, ProductType.UNIVERSAL] == 10
    assert rules.default_days[Channel.AGENT, ProductType.HEALTH] == 15


def test_the_period_of_a_call_follows_the_rule_of_its_product(rig: Rig) -> None:
    rig.import_rows({"犹豫期天数": ""})
    rule = "cooling_off:\n  - {days: 20, when: ['product_type in [traditional]']}\n"
    rig.line = replace(rig.line, rulebook=changed("cooling_off:\n", rule))

    deadline = decision(rig).deadline
    assert deadline == datetime(2026, 12, 2, 23, 59, 59, tzinfo=LOCAL)


def test_planning_again_changes_nothing(rig: Rig) -> None:
    rig.import_rows({}, {"保单号": "P0002", "手机": "13900000003", **SOMEBODY_ELSE})
    assert refresh(rig.line) == 2
    before = rig.everything()

    assert refresh(rig.line) == 0
    assert sweep(rig.line) == 0
    assert rig.everything() == before


def test_the_agenda_says_what_a_plan_of_everything_would_say(rig: Rig) -> None:
    """However the day goes on: closing time, retries, the end of the period."""
    rig.import_rows(
        {},
        {"保单号": "P0002", "手机": "13900000003", **SOMEBODY_ELSE},
        {"保单号": "P0003", "手机": "13900000004", "回执签收日期": "", "回执回销日期": ""},
    )
    for step in range(6 * 24):
        rig.clock.now = NOW + timedelta(hours=step)
        if rig.due and step % 5 == 0:
            rig.ring_next().status("busy")
        refresh(rig.line)
        plan = preview(rig.line)
        states = rows_of(rig)
        for one in (*plan.held, *plan.cannot_make_it):
            row = states[one.number]
            closed = [reason.code for reason in one.reasons] == [Why.OUTSIDE_HOURS]
            assert row.state == ("ready" if closed else "held" if one.in_time else "late")
            assert row.rank == (one.rank.key if one.rank else "9")


def rows_of(rig: Rig) -> dict[str, Agenda]:
    """The agenda by policy."""
    with rig.line.database.reading() as session:
        found = session.execute(select(Policy.number, Agenda).join(Agenda.policy))
        return dict(found.all())


def test_what_no_event_told_is_found_by_the_sweep(rig: Rig) -> None:
    """Somebody wrote to the tables by hand; and the clock was set back."""
    rig.import_rows({}, {"保单号": "P0002", "手机": "13900000003", **SOMEBODY_ELSE})
    refresh(rig.line)
    with rig.line.database.transaction() as session:
        session.execute(delete(Agenda).where(Agenda.policy_id == 1))
        session.get_one(Policy, 2).revisit = "closed"
    refresh(rig.line)
    assert set(rows_of(rig)) == {"P0002"}
    sweep(rig.line)
    assert rig.due == ["P0001"]

    rig.clock.now -= timedelta(hours=1)
    assert sweep(rig.line) == 1
    assert rows_of(rig)["P0001"].decided_at == rig.clock.now


def test_a_person_is_rung_about_one_policy_at_a_time_and_twice_a_day(rig: Rig) -> None:
    """Two policies, two telephones, one holder."""
    rig.import_rows({}, {"保单号": "P0002", "手机": "13900000003"})
    first = rig.ring()
    assert why(rig, "P0002") == [Why.PERSON_IN_CALL]
    first.status("no-answer")
    rig.clock.tick(30 * 60)
    rig.ring().status("no-answer")

    assert [dial.to[-1] for dial in rig.phone.dials] == ["1", "3"]
    rig.clock.tick(4 * 3600)
    assert rig.due == []
    assert {Why.DAILY_LIMIT} <= set(why(rig)) & set(why(rig, "P0002"))


def test_every_decision_that_led_to_a_call_is_kept(rig: Rig) -> None:
    rig.import_rows({})
    rig.ring()
    kept = rig.one(Attempt)

    assert [reason["code"] for reason in kept.reasons] == ["due"]
    assert kept.decision == {
        "rank": kept.decision["rank"],  # type: ignore[index]
        "slots_left": 10,
        "rulebook": f"standard:{rig.line.rulebook.version}",
        "calendar": "confirmed",
    }
