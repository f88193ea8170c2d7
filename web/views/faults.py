"""What the check finds in a script's text, in the words of the page. The same text is checked
once, however many pages ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from scripts import checks, written
from scripts.faults import Fault, FaultyFileError, Severity
from scripts.written import Written
from web.languages import gettext as _
from web.words import word

#: So many faults are shown; who has more mends these first.
MOST = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """A text that was checked. ``whole`` is None when it cannot even be read as a script."""

    faults: tuple[Fault, ...]
    whole: Written | None

    @property
    def errors(self) -> int:
        """How many faults keep it from being published."""
        return sum(fault.severity is Severity.ERROR for fault in self.faults)

    @property
    def warnings(self) -> int:
        """How many faults want a person's judgement."""
        return len(self.faults) - self.errors


@dataclass(frozen=True, slots=True)
class FaultView:
    """One fault. ``place`` is where it lies in words, ``part`` the question or ending."""

    code: str
    severity: str
    meaning: str
    message: str
    line: int | None
    place: str
    part: str | None


@lru_cache(maxsize=48)
def check(text: str) -> Checked:
    """The faults of a text, their lines counted in it."""
    try:
        whole = written.of_text(text)
    except FaultyFileError as error:
        return Checked(error.faults, None)
    return Checked(tuple(checks.check(whole.script)), whole)


def fault_views(faults: Sequence[Fault]) -> list[FaultView]:
    """Errors first, each kind in the order of the text; of very many the first ones."""
    order = sorted(faults, key=lambda one: (one.severity is not Severity.ERROR, one.line or 0))
    return [_view(fault) for fault in order[:MOST]]


def _view(fault: Fault) -> FaultView:
    return FaultView(
        code=fault.code,
        severity=fault.severity,
        meaning=word("fault", fault.code),
        message=fault.message,
        line=None if fault.file else fault.line,
        place=_place(fault),
        part=fault.question,
    )


def _place(fault: Fault) -> str:
    if fault.line is None:
        return fault.file
    place = _("line %(line)d", line=fault.line)
    if fault.column is not None:
        place = _("line %(line)d, column %(column)d", line=fault.line, column=fault.column)
    return f"{fault.file} {place}" if fault.file else place
