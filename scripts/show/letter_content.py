"""What a letter says, before anybody thinks of paper: the questions of a policy's path that can be
asked in writing, the policy's facts or blanks for them, and the words around. It draws nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from scripts import position, slots
from scripts.facts import Facts, Period, PeriodKind
from scripts.model import Kind, Purpose, Question, Script
from scripts.show.letter_fill import Line, fill, yuan
from scripts.show.letter_who import Numbers, only
from scripts.show.letter_words import words

#: What is asked in writing. Presence, consent and a time to call are of the telephone; the identity
#: is a field of the form.
_ASKED = frozenset({Kind.FACT, Kind.REMARK})
#: 没有别的问题的话，今天就到这里: ends a conversation, asks nothing.
_SPOKEN_ONLY = frozenset({"CLOSING"})


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends the letter, where the facts do not say it or say it otherwise. ``address`` is where
    the letter comes back to; only the sender knows it."""

    company: str | None = None
    phone: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered question. ``only`` says who answers it, "" for everybody."""

    id: str
    number: int
    says: Line
    explain: Line
    only: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. ``table`` holds the policy's facts by their labels, empty ones without facts;
    ``large`` is for the elderly."""

    title: str
    company: Line
    phone: Line
    address: str
    addressee: tuple[str, ...]
    greeting: Line
    introduction: tuple[Line, ...]
    table: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]
    insured_signs: bool
    policy_no: str
    script: str
    today: str
    large: bool


@dataclass(frozen=True, slots=True)
class _Writer:
    """What every part of one letter is written from."""

    script: Script
    facts: Facts | None
    sender: Sender

    def fill(self, text: slots.Text) -> Line:
        """A text of the script."""
        given = {"company.name": self.sender.company, "company.phone": self.sender.phone}
        return fill(text, self.facts, given)

    def plain(self, text: str) -> Line:
        """A text of letter.yaml."""
        return self.fill(slots.parse(text))


def letter(
    script: Script, facts: Facts | None, *, today: date, sender: Sender, script_hash: str
) -> Letter:
    """The letter of this day for one policy, or a form to be filled in."""
    facts = None if facts is None else replace(facts, called_on=today)
    writer = _Writer(script, facts, sender)
    return Letter(
        title=words()["titles"][script.purpose.value],
        company=writer.plain("{{ company.name }}"),
        phone=writer.plain("{{ company.phone }}"),
        address=sender.address or "",
        addressee=_addressee(facts),
        greeting=writer.plain(words()["greeting" if facts else "greeting_blank"]),
        introduction=_introduction(writer, today),
        table=_table(facts),
        items=_items(writer),
        insured_signs=facts is None or not facts.insured_is_holder,
        policy_no=facts.policy_no if facts else "",
        script=" ".join(filter(None, (script.id, script.version, script_hash[:12]))),
        today=today.isoformat(),
        large=facts is not None and position.path(script, facts).careful,
    )


def questions(script: Script, facts: Facts | None) -> tuple[Question, ...]:
    """The questions that the paper asks: those of this policy's path, or all without facts."""
    path = script.questions if facts is None else position.path(script, facts).questions
    return tuple(q for q in path if q.kind in _ASKED and q.code not in _SPOKEN_ONLY)


def _addressee(facts: Facts | None) -> tuple[str, ...]:
    if facts is None:
        return ()
    name = slots.fill(slots.parse(words()["addressee"]), facts)
    return (facts.address, name) if facts.address else (name,)


def _introduction(writer: _Writer, today: date) -> tuple[Line, ...]:
    said = words()
    texts = (
        said["introduction"][writer.script.purpose.value] + said["paper"],
        said["how"],
        _until(writer, today) + said["ring"],
    )
    return tuple(writer.plain(text) for text in texts)


def _until(writer: _Writer, today: date) -> str:
    """A revisit wants its answer within the cooling-off period (domain.md T-01)."""
    facts = writer.facts
    revisit = writer.script.purpose is Purpose.REVISIT
    end = facts.cooling_off_ends_on if facts and revisit else date.min
    said: str = words()["in_time" if today <= end else "late"]
    return said.replace("%", _day(end))


def _items(writer: _Writer) -> tuple[Item, ...]:
    asked = questions(writer.script, writer.facts)
    numbers = {question.id: number for number, question in enumerate(asked, 1)}
    return tuple(_item(writer, question, numbers) for question in asked)


def _item(writer: _Writer, question: Question, numbers: Numbers) -> Item:
    open_conditions = question.of_call if writer.facts else question.when
    return Item(
        id=question.id,
        number=numbers[question.id],
        says=writer.fill(question.says),
        explain=writer.fill(question.explain),
        only=only(open_conditions, _before(question, numbers)),
        answers=_answers(question),
    )


def _before(question: Question, numbers: Numbers) -> Numbers:
    """The numbers of the questions that stand before this one."""
    own = numbers[question.id]
    return {name: number for name, number in numbers.items() if number < own}


def _answers(question: Question) -> tuple[str, ...]:
    said = words()
    for word, answers in said["answers_where"].items():
        if word in question.says.source:
            return tuple(answers)
    return tuple(said["answers"][question.polarity.value])


def _table(facts: Facts | None) -> tuple[tuple[str, str], ...]:
    labels: Mapping[str, str] = words()["table"]
    values = {} if facts is None else _values(facts)
    return tuple((label, values.get(name, "")) for name, label in labels.items())


def _values(facts: Facts) -> dict[str, str]:
    span = f"{_day(facts.cooling_off_starts_on)}至{_day(facts.cooling_off_ends_on)}"
    return {
        "policy_no": facts.policy_no,
        "product": facts.product,
        "holder": facts.holder_name,
        "insured": facts.insured_name,
        "premium": yuan(facts.premium),
        "frequency": words()["every"][facts.frequency.value],
        "payment_period": _period(facts.payment_period),
        "cover_period": _period(facts.cover_period),
        "receipt_on": _day(facts.receipt_on),
        "cooling_off": f"{span}（{facts.cooling_off_days}天）",
    }


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _period(period: Period | None) -> str:
    if period is None:
        return "—"
    if period.kind is PeriodKind.LIFE:
        return "终身"
    return f"至{period.number}周岁" if period.kind is PeriodKind.TO_AGE else f"{period.number}年"
