"""A console on a line of its own in which scripts are written and published."""

from dataclasses import dataclass

from operations import scripts
from operations.line import Line
from operations.scripts import Draft
from tests.web.agent import Agent

WRITER, OTHER = "王芳", "李强"
#: A change of words that no check minds.
SAYS, BETTER = "请问您收到保险合同了吗？", "请问您已经收到保险合同了吗？"


@dataclass
class Desk:
    """Somebody at the console, and what the database holds."""

    line: Line
    agent: Agent

    def begun(self, script_id: str = "standard") -> int:
        """A draft of the version in force."""
        return scripts.start_draft(self.line, script_id, WRITER)

    def draft(self, number: int) -> Draft:
        """The draft as it is stored."""
        return scripts.draft(self.line, number)

    def saves(self, number: int, text: str, expect: int = 200, **form: str) -> Agent:
        """Send the editor's form with this text."""
        given = {"text": text, "seen": self.draft(number).hash, "by": WRITER, **form}
        return self.agent.opens(f"/drafts/{number}?edit=1").sends(
            f"/drafts/{number}/save", expect, **given
        )

    def better(self, number: int) -> str:
        """The draft's text with one question in better words."""
        text = self.draft(number).text
        assert SAYS in text
        return text.replace(SAYS, BETTER)

    def proposed(self) -> int:
        """A draft with better words that waits for approval."""
        number = self.begun()
        saved = scripts.save_draft(
            self.line, number, self.better(number), WRITER, self.draft(number).hash
        )
        scripts.propose(self.line, saved.number, WRITER, "措辞更明白")
        return number
