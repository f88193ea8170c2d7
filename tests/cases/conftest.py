"""The standard rulebook, and short ways to a finding."""

from collections.abc import Callable

import pytest

from cases.findings import Finding
from scripts import rulebooks
from scripts.labels import Label, code_of
from scripts.rulebooks import Rulebook
from scripts.verdicts import Status

#: The label that the answer has which makes a question come to a status.
LABELS = {
    Status.DENIED: Label.DENY,
    Status.UNSURE: Label.UNSURE,
    Status.REFUSED: Label.REFUSE,
    Status.EXPLAIN: Label.EXPLAIN,
    Status.COMPLAINT: Label.COMPLAINT,
    Status.UNCLEAR: Label.UNCLEAR,
    Status.SILENT: Label.SILENCE,
    Status.RESOLVED: Label.DENY,
}


def finding(question: str, status: str, *doubts: str) -> Finding:
    """A finding as the live conversation gives it."""
    what = Status(status)
    label = Label(doubts[0]) if doubts else LABELS[what]
    return Finding(
        question_id=question,
        code=code_of(question),
        status=what,
        label=label,
        words="没有",
        doubts=tuple(Label(doubt) for doubt in doubts) or (label,),
    )


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return rulebooks.load("standard")


@pytest.fixture(scope="session")
def found() -> Callable[..., Finding]:
    """found("READ", "denied"): see ``finding``."""
    return finding
