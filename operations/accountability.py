"""责任追究: who answers for what went wrong with a complaint, by which measure; the notice, the
appeal, and its decision by somebody else. What was decided stays on the file, lifted or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time

from cases.accountability import Deed, Doer, Measure, WhyNot, allowed, may_decide
from operations import audit
from operations.line import Line
from operations.rights import Action, Who
from scheduler.workdays import add_working_days
from store import accountability as store
from store import complaints
from store.columns import LOCAL
from store.database import Session
from store.tables import Accountability

LONGEST, LONGEST_NAME = 2000, 60
#: Why not, in one sentence with the mend.
WHY_NOT = {
    WhyNot.NO_RIGHT: "none of your roles allows this; a supervisor or compliance can",
    WhyNot.ABOUT_YOU: "this is about yourself; somebody else must decide",
    WhyNot.OWN_DECISION: "you have decided on this measure; somebody else must decide the appeal",
    WhyNot.TOLD_ALREADY: "the person has been told already",
    WhyNot.NOT_TOLD: "the person has not been told yet; tell them first",
    WhyNot.TOO_LATE: "the time to appeal is over; the measure stands",
    WhyNot.APPEALED_ALREADY: "this measure was contested already; it is decided once",
    WhyNot.NO_APPEAL: "nobody has appealed against this measure",
    WhyNot.DECIDED_ALREADY: "the appeal was decided already",
}


class AccountabilityTrouble(Exception):  # noqa: N818 - trouble of the form, not an error of ours
    """The measure cannot be changed like this. The message says what to do instead."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is decided: against whom, for which part, by which measure, and why."""

    who: str
    part: str
    measure: str
    because: str


def hold(line: Line, who: Who, complaint_id: int, held: Held) -> int:
    """Hold somebody accountable; the same decision again changes nothing. Returns the number of
    the measure. Raises AccountabilityTrouble."""
    held = _sound(line, held)
    _refuse(may_decide(_doer(who), held.who))
    with line.database.transaction() as session:
        if complaints.by_id(session, complaint_id) is None:
            raise AccountabilityTrouble(
                f"there is no complaint {complaint_id}; look it up in the register"
            )
        for one in store.of_complaint(session, complaint_id):
            if Held(one.who, one.part, one.measure, one.because) == held:
                return one.id
        row = Accountability(
            complaint_id=complaint_id, who=held.who, part=held.part, measure=held.measure,
            because=held.because, decided_at=line.clock(), decided_by=who.name, version=1,
        )  # fmt: skip
        session.add(row)
        session.flush()
        _note(session, line, who, "accountability-decided", row)
        return row.id


def tell(line: Line, who: Who, number: int, version: int) -> None:
    """The person was told; from now on they may appeal, until the end of the last of so many
    working days. Raises AccountabilityTrouble."""
    with _changing(line, who, number, version, Deed.TELL) as (session, row):
        now = line.clock().astimezone(LOCAL)
        last = add_working_days(now.date(), line.lessons.appeal.days, line.own_days)
        row.notified_at = now
        row.appeal_until = datetime.combine(last, time(23, 59, 59), tzinfo=LOCAL)
        _note(session, line, who, "accountability-told", row)


def appeal(line: Line, who: Who, number: int, version: int, words: str) -> None:
    """Contest a measure against oneself, or write down an appeal that came on paper. Raises
    AccountabilityTrouble."""
    words = _words(words, "the grounds are missing; write down what is contested, and why")
    with _changing(line, who, number, version, Deed.APPEAL) as (session, row):
        row.appealed_at, row.appeal = line.clock(), words
        _note(session, line, who, "accountability-appealed", row)


def decide(line: Line, who: Who, number: int, version: int, because: str, *, granted: bool) -> None:
    """Decide an appeal against somebody else's decision: lift the measure, or leave it. Raises
    AccountabilityTrouble."""
    because = _words(because, "the reason is missing; the person concerned reads it")
    with _changing(line, who, number, version, Deed.DECIDE) as (session, row):
        row.appeal_decided_at, row.appeal_decided_by = line.clock(), who.name
        row.appeal_granted, row.appeal_because = granted, because
        what = "accountability-lifted" if granted else "accountability-upheld"
        _note(session, line, who, what, row)


def measure_of(row: Accountability) -> Measure:
    """What decides about a stored measure."""
    return Measure(
        who=row.who,
        decided_by=row.decided_by,
        told_at=row.notified_at,
        appeal_until=row.appeal_until,
        appealed_at=row.appealed_at,
        granted=row.appeal_granted,
    )


def offers(line: Line, who: Who, row: Accountability) -> frozenset[Deed]:
    """What somebody can do to a measure now."""
    measure, now = measure_of(row), line.clock()
    return frozenset(deed for deed in Deed if allowed(measure, deed, _doer(who), now) is None)


@contextmanager
def _changing(
    line: Line, who: Who, number: int, version: int, deed: Deed
) -> Iterator[tuple[Session, Accountability]]:
    """A measure that this person may change so; its version counts up."""
    with line.database.transaction() as session:
        row = store.locked(session, number)
        if row is None:
            raise AccountabilityTrouble(f"there is no measure {number}; look at the list")
        _refuse(allowed(measure_of(row), deed, _doer(who), line.clock()))
        if row.version != version:
            raise AccountabilityTrouble(
                "somebody has changed this measure meanwhile, and nothing of yours was kept yet"
            )
        row.version += 1
        yield session, row


def _doer(who: Who) -> Doer:
    return Doer(who.name, who.may(Action.HOLD_ACCOUNTABLE))


def _refuse(why: WhyNot | None) -> None:
    if why is not None:
        raise AccountabilityTrouble(WHY_NOT[why])


def _sound(line: Line, held: Held) -> Held:
    who = _words(held.who, "the name of whoever answers is missing", LONGEST_NAME)
    because = _words(held.because, "what went wrong is missing; write it down")
    for given, known in ((held.part, line.lessons.parts), (held.measure, line.lessons.measures)):
        if given not in {one.id for one in known}:
            raise AccountabilityTrouble("choose the part and the measure from the list")
    return Held(who, held.part, held.measure, because)


def _words(text: str, missing: str, longest: int = LONGEST) -> str:
    found = text.replace("\0", "").strip()
    if not found:
        raise AccountabilityTrouble(missing)
    if len(found) > longest:
        raise AccountabilityTrouble(f"this text may have {longest} characters; shorten it")
    return found


def _note(session: Session, line: Line, who: Who, what: str, row: Accountability) -> None:
    audit.note(session, line, who.name, what, f"complaint:{row.complaint_id}", f"measure {row.id}")
