"""The text in the editor and what the check says about it, with the question under the cursor."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from operations.scripts import Draft
from scripts.model import Question, Script
from scripts.show import flow
from web.views.faults import Checked, FaultView, check, fault_views
from web.views.script import QuestionView, question_view

#: Bytes of a text that is checked while somebody types; the largest script of the library has a
#: quarter of it.
LIVE = 150_000


@dataclass(frozen=True)
class Sheet:
    """A text being edited. ``seen`` is the hash of the stored text that it began with, ``line``
    the cursor's, from 1. ``stored`` is False while it may hold something that is kept nowhere."""

    text: str
    seen: str
    line: int = 1
    note: str = ""
    stored: bool = False

    @cached_property
    def checked(self) -> Checked:
        """What the check finds in it."""
        return check(self.text)

    @property
    def faults(self) -> list[FaultView]:
        """The same for the page."""
        return fault_views(self.checked.faults)

    @property
    def question(self) -> QuestionView | None:
        """The question in which the cursor stands, as it would be read."""
        if self.checked.whole is None:
            return None
        script = self.checked.whole.script
        found = _at(script, self.line)
        if found is None:
            return None
        own = script.aside if found in script.aside else script.questions
        return question_view(script, own.index(found) + 1, found, flow.common(script))

    def after(self, stored: Draft) -> "Sheet":
        """The same text, begun anew over what is stored now."""
        return replace(self, seen=stored.hash)


def _at(script: Script, line: int) -> Question | None:
    """The part of the file that begins last before the line, if it is a question."""
    begins = [
        (mark.line, part)
        for (part, field), mark in script.marks.items()
        if part and not field and not mark.file and mark.line <= line
    ]
    return script.question(max(begins)[1]) if begins else None


def sheet_of(form: Mapping[str, str]) -> Sheet:
    """The editor's form. A text field sends every end of line as CR LF."""
    line = form.get("at", "")
    return Sheet(
        text=form.get("text", "").replace("\r\n", "\n"),
        seen=form.get("seen", ""),
        line=int(line) if line.isascii() and line.isdigit() and len(line) < 8 else 1,
        note=form.get("note", ""),
    )


def stored_sheet(draft: Draft) -> Sheet:
    """A draft as it is stored."""
    return Sheet(draft.text, draft.hash, stored=True)
