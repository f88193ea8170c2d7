"""What is wrong with an author's file: one value per fault, all of them reported at once. It must
not decide what to do about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """A script with an error cannot be published; a warning wants a person's judgement."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one file. ``code`` is stable and described in docs/checks.md; ``line`` counts
    from 1; ``question`` is the id of the question, ending or rule it lies in, where there is one.
    """

    code: str
    message: str
    script: str = ""
    question: str | None = None
    line: int | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = self.script + (f":{self.line}" if self.line else "")
        inside = f" {self.question}:" if self.question else ""
        return f"{place}:{inside} {self.message} [{self.code}]"


class FaultyFileError(ValueError):
    """The file cannot be used until its faults are mended; they are listed in ``faults``."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)
