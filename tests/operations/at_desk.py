"""Somebody at the agent's desk, for tests: takes policies, rings, marks answers, ends."""

from dataclasses import dataclass

from operations import desk, desk_end, desk_talk
from operations.calls import run_of
from operations.desk_marks import Mark, Marked
from operations.desk_talk import OTHER_PHONE, Doubt
from operations.plan import refresh
from operations.rights import Role, Who
from scripts import run as runs
from scripts.model import Kind
from scripts.outcomes import Outcome
from scripts.run import Run
from store import desk as store
from store.tables import Interview
from tests.operations.rig import Rig

AN = Who(1, "安访员", frozenset({Role.AGENT}))
BO = Who(2, "柏访员", frozenset({Role.AGENT}))
BORN = "1985年3月6日"


@dataclass
class Desk:
    """An agent at the screen."""

    rig: Rig
    who: Who = AN
    number: int = 0

    def takes(self) -> "Desk":
        """The next policy of the queue."""
        refresh(self.rig.line)
        self.number = desk.take_next(self.rig.line, self.who) or 0
        return self

    def rings(self) -> "Desk":
        """Dial on another phone."""
        desk_talk.begin(self.rig.line, self.who, self.number, self.version, OTHER_PHONE)
        return self

    @property
    def interview(self) -> Interview:
        """As it is stored."""
        with self.rig.line.database.reading() as session:
            found = store.by_id(session, self.number)
            assert found is not None
            return found

    @property
    def version(self) -> int:
        """What the page would carry."""
        return self.interview.version

    @property
    def run(self) -> Run:
        """Where the conversation stands."""
        with self.rig.line.database.reading() as session:
            found = store.by_id(session, self.number)
            assert found is not None
            assert found.call is not None
            return run_of(session, found.call)

    @property
    def asked(self) -> str:
        """The question that waits."""
        question = runs.question(self.run)
        return question.id if question else ""

    def marks(
        self, mark: Mark = Mark.YES, words: str = "", turn: int | None = None, **more: object
    ) -> Doubt | None:
        """One answer on the page as it is now."""
        run = self.run
        at = len(run.turns) if turn is None else turn
        question = self.asked if at == len(run.turns) else run.turns[at].question_id
        self.rig.clock.tick(7)
        marked = Marked(mark, words, **more)  # type: ignore[arg-type]
        return desk_talk.answer(
            self.rig.line, self.who, self.number, self.version, at, question, marked
        )

    def proves(self) -> "Desk":
        """Through the gate."""
        self.marks()
        self.marks(words=BORN)
        return self

    def says_yes(self, until: str = "") -> "Desk":
        """Yes to everything, up to a question."""
        while self.asked and self.asked != until:
            question = self.run.script.question(self.asked)
            assert question is not None
            words = BORN if question.kind is Kind.IDENTITY else ""
            assert self.marks(words=words) is None
        return self

    def ends(self, outcome: Outcome, **more: object) -> None:
        """Choose how it ended."""
        desk_end.finish(self.rig.line, self.who, self.number, self.version, outcome, **more)  # type: ignore[arg-type]


def at_script(agent: Desk) -> Desk:
    """With the holder on the line, identity proved."""
    return agent.takes().rings().proves()
