"""Talks a script through without a telephone: typed words go the way of spoken ones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from huifang import clock
from huifang.faults import InputFault
from huifang.settings import Settings
from huifang.wiring import make_line
from ivr import conversation
from ivr.conversation import Said
from operations.facts import facts_of
from scripts import run as runs
from scripts.answers.lexicon import Book
from scripts.effects import Ask, Effect, HangUp, Say, Transfer
from scripts.facts import Channel, Facts, Frequency, Period, PeriodKind, ProductType
from scripts.model import Script
from scripts.run import Run
from store import policies


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line of a rehearsal: ``we``, the ``customer``, or what was ``heard`` and came of it."""

    who: str
    words: str
    question: str | None = None


def rehearse(
    script: Script,
    facts: Facts,
    answers: Iterable[str],
    now: datetime,
    book: Book | None = None,
) -> Iterator[Spoken]:
    """Talk through ``script``: one answer for each time something is asked, read with the lexicon
    ``book``; silence when the answers have run out. Digits alone are keys."""
    run = Run(script, facts)
    step = conversation.greet(run)
    given = iter(answers)
    while True:
        yield from _said(step.effects)
        asked = runs.asking(step.run)
        if asked is None:
            break
        words = next(given, "").strip()
        yield Spoken("customer", words or "……", asked.question)
        keys = words if words.isdigit() else None
        said = Said(asked.question, asked.turn, speech=None if keys else words, digits=keys)
        step = conversation.hear(step.run, said, now, book)
        yield Spoken("heard", _heard(step.run), asked.question)
    for verdict in runs.verdicts(step.run):
        if verdict.is_finding:
            words = f"{verdict.question_id} {verdict.status}: {verdict.words}"
            yield Spoken("finding", words, verdict.question_id)


def _said(effects: Iterable[Effect]) -> Iterator[Spoken]:
    for effect in effects:
        match effect:
            case Ask():
                yield Spoken("we", effect.text, effect.question)
            case Say() | Transfer():
                yield Spoken("we", effect.text)
            case HangUp():
                yield Spoken("end", effect.outcome)


def _heard(run: Run) -> str:
    heard = run.turns[-1].heard
    also = f" (also {', '.join(heard.also)})" if heard.also else ""
    return f"{heard.label}{also}"


def facts_for(settings: Settings, number: str | None) -> Facts:
    """The facts of a stored policy, or of an invented one. Raises InputFault."""
    today = clock.now()
    if number is None:
        return _invented(settings, today)
    line = make_line(settings)
    with line.database.reading() as session:
        policy = policies.by_number(session, number)
        if policy is None:
            raise InputFault(f"policy {number}: not stored here; import its list first")
        if policy.receipt_signed_on is None:
            raise InputFault(f"policy {number}: has no signed receipt, so it is not called yet")
        return facts_of(line, policy, today.date())


def _invented(settings: Settings, now: datetime) -> Facts:
    today = now.date()
    signed = today - timedelta(days=2)
    return Facts(
        company=settings.company,
        company_phone=settings.company_phone,
        policy_no="HF0000000001",
        product="安康两全保险（分红型）",
        product_type=ProductType.PARTICIPATING,
        channel=Channel.BANK,
        issued_on=today - timedelta(days=4),
        receipt_on=signed,
        cooling_off_days=15,
        cooling_off_starts_on=signed + timedelta(days=1),
        cooling_off_ends_on=signed + timedelta(days=15),
        premium=Decimal(12000),
        frequency=Frequency.YEARLY,
        payment_period=Period(PeriodKind.YEARS, 10),
        cover_period=Period(PeriodKind.YEARS, 20),
        holder_name="陈安平",
        holder_gender="男",
        holder_birth=today.replace(year=today.year - 40, month=3, day=6),
        holder_id_tail="0034",
        holder_age=40,
        insured_name="陈安平",
        double_recorded=True,
        seller_name="马骏",
        bank_branch="示范银行香港路支行",
        address="青岛市市南区示范路1号",
        phone_tail="0001",
        called_on=today,
    )
