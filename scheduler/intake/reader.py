"""Takes the cells of one row by field and collects what is wrong with them. Pure."""

from collections.abc import Callable
from typing import TypeVar

from scheduler.intake.cells.text import Unreadable, clean, person, shown
from scheduler.intake.columns import Columns
from scheduler.intake.records import Reason, Status
from scheduler.intake.sheet import Row

T = TypeVar("T")


class RowReader:
    """One row while it is being read; ``reasons`` grows, nothing is ever raised for bad data."""

    def __init__(self, columns: Columns, row: Row) -> None:
        self.columns = columns
        self.row = row
        self.reasons: list[Reason] = []

    def complain(self, field: str, code: str, message: str, status: Status) -> None:
        """Add one reason at a field's column."""
        self.reasons.append(Reason(code, self.columns.title(field), message, status))

    def complained(self, field: str) -> bool:
        """Whether a field's column has already been found at fault."""
        return any(reason.column == self.columns.title(field) for reason in self.reasons)

    def cells(self, field: str) -> list[tuple[str, str]]:
        """(column's name, raw text) of every filled column of a field, best first."""
        found = []
        for index in self.columns.places.get(field, ()):
            raw = self.row.cells[index]
            if clean(raw):
                found.append((self.columns.headers[index], raw))
        return found

    def raw(self, field: str) -> str:
        """The first filled cell of a field, or "". Two columns of one name must agree."""
        found = self.cells(field)
        if not found:
            return ""
        name, raw = found[0]
        if any(other == name and clean(text) != clean(raw) for other, text in found[1:]):
            self.complain(
                field,
                "columns-disagree",
                f"有两列都叫“{name}”,内容却不同,请只留一列",
                Status.REJECT,
            )
        return raw

    def text(self, field: str) -> str | None:
        """Free text, or None when blank."""
        return shown(self.raw(field)) or None

    def name(self, field: str) -> str | None:
        """A person's or firm's name, or None when blank."""
        return person(self.raw(field)) or None

    def take(
        self, field: str, read: Callable[[str], T | None], bad: Status = Status.REJECT
    ) -> T | None:
        """A field's value; a cell that cannot be understood makes the row ``bad``."""
        try:
            return read(self.raw(field))
        except Unreadable as fault:
            self.complain(field, fault.code, fault.message, bad)
            return None

    def need(self, field: str, read: Callable[[str], T | None]) -> T | None:
        """As :meth:`take`, and a blank cell is a reason to reject."""
        before = len(self.reasons)
        value = self.take(field, read)
        if value is None and len(self.reasons) == before:
            column = self.columns.title(field)
            self.complain(field, "missing", f"“{column}”是空的,请补上", Status.REJECT)
        return value
