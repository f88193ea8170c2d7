"""What is wrong with an author's file: one value per fault, all of them reported at once. It must
not decide what to do about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

#: Characters of one message; what an author wrote is quoted in it and may be of any length.
MOST_CHARACTERS = 800


class Severity(StrEnum):
    """A script with an error cannot be published; a warning wants a person's judgement."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one file. ``code`` is stable and described in docs/checks.md; ``line`` and
    ``column`` count from 1; ``question`` is the id of the question, ending or rule it lies in,
    where there is one. ``script`` names the script, or the file while it is being read; ``file``
    is set where the place lies in another file: a shared block.
    """

    code: str
    message: str
    script: str = ""
    question: str | None = None
    line: int | None = None
    severity: Severity = Severity.ERROR
    column: int | None = None
    file: str = ""

    def __post_init__(self) -> None:
        if len(self.message) > MOST_CHARACTERS:
            half = MOST_CHARACTERS // 2
            object.__setattr__(self, "message", f"{self.message[:half]} … {self.message[-half:]}")

    def __str__(self) -> str:
        parts = (self.file or self.script, self.line, self.column)
        place = ":".join(str(part) for part in parts if part)
        inside = f" {self.question}:" if self.question else ""
        return f"{place}:{inside} {self.message} [{self.code}]"


class FaultyFileError(ValueError):
    """The file cannot be used until its faults are mended; they are listed in ``faults``."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)
