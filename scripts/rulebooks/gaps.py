"""What a rulebook's triggers leave open: a doubt or an end that becomes no case, a trigger that is
never the first to fit, a kind that nothing leads to. Pure."""

from collections.abc import Iterator

from scripts.faults import Fault, Severity
from scripts.labels import CODES, Label
from scripts.model import Event
from scripts.outcomes import FINER, Cause, Outcome
from scripts.rulebooks.model import Kind, Rulebook
from scripts.rulebooks.vocabulary import FoundBy
from scripts.verdicts import Status
from scripts.yamlfile import Document, Place

#: What no insurer has to act on: who speaks, whether it suits, and remarks about the service.
REMARKS: frozenset[str] = frozenset(
    {
        "ID_PRESENT", "ID_VERIFY", "CONSENT", "SATISFACTION", "SUGGEST", "SMS", "CHANNELS",
        "CLOSING",
    }
)  # fmt: skip
OPEN = tuple(status for status in Status if status not in (Status.CONFIRMED, Status.NOT_ASKED))


def gaps(book: Rulebook, document: Document) -> Iterator[Fault]:
    """Answers and ends of calls that would be lost: no rulebook may be used with one."""
    for code in sorted(CODES):
        wanted = (Status.COMPLAINT,) if code in REMARKS else OPEN
        missing = [status for status in wanted if book.kind_of_answer(code, status) is None]
        if missing:
            message = f"no trigger takes up {code} {', '.join(missing)}: the answer would be lost"
            yield document.fault("doubt-without-kind", message, ("triggers",))
    for cause in book.retries:
        if _lost(book, cause):
            message = f"a call that ends {cause} is neither repeated nor a case"
            yield document.fault("end-without-kind", message, ("triggers",))


def _lost(book: Rulebook, cause: Cause) -> bool:
    """Whether nothing may follow. Where another number is rung next, there may be none."""
    outcome = FINER.get(cause) or Outcome(cause.value)
    retry, value = book.retries[cause], None
    if outcome in book.success.outcomes or (retry.again and not retry.other_number):
        return False
    if cause is Cause.WRONG_NUMBER:
        value = Event.NO_SUCH_PERSON.value
    return book.kind_of_end(outcome, value) is None


def idle(book: Rulebook, document: Document) -> Iterator[Fault]:
    """Triggers and kinds that never come into play; a warning, for they hide a slip of the pen."""
    used = _used(book)
    for index, trigger in enumerate(book.triggers):
        if index not in used:
            message = f"never the first trigger to fit: nothing becomes {trigger.kind_id} by it"
            yield _warning(document, "unused-trigger", message, ("triggers", index))
    led_to = {book.triggers[index].kind_id for index in used}
    led_to |= {book.exhausted_kind, *book.exhausted_kinds.values()}
    for index, kind in enumerate(book.kinds):
        if not _found(book, kind, led_to):
            message = f"nothing leads to it: it is said to be found by {kind.found_by}"
            yield _warning(document, "unreached-kind", message, ("kinds", index), kind.id)


def _found(book: Rulebook, kind: Kind, led_to: set[str]) -> bool:
    screened = kind.id in book.screening.values()
    by = {FoundBy.CALL: kind.id in led_to, FoundBy.SCREENING: screened, FoundBy.PERSON: True}
    return by[kind.found_by]


def _warning(
    document: Document, code: str, message: str, place: Place, part: str | None = None
) -> Fault:
    fault = document.fault(code, message, place, part)
    return Fault(
        fault.code, fault.message, fault.script, fault.question, fault.line,
        Severity.WARNING, fault.column, fault.file,
    )  # fmt: skip


def _used(book: Rulebook) -> set[int]:
    """The triggers that are the first to fit some answer or some end."""
    named = sorted({code for trigger in book.triggers for code in trigger.codes} | CODES)
    asked = sorted({label for trigger in book.triggers for label in trigger.doubts})
    doubts: list[tuple[Label, ...]] = [(), *((label,) for label in asked)]
    values = [None, *sorted({value for t in book.triggers for value in t.values})]
    first = {
        _first(t.statuses and t.fits_answer(question, status, doubt) for t in book.triggers)
        for question in named
        for status in OPEN
        for doubt in doubts
    }
    first |= {
        _first(t.fits_end(outcome, value) for t in book.triggers)
        for outcome in Outcome
        for value in values
    }
    return first - {-1}


def _first(fits: Iterator[object]) -> int:
    """The place of the first that fits; -1 for none."""
    return next((index for index, fit in enumerate(fits) if fit), -1)
