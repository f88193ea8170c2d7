"""The one calculator of a call: a script, the facts of a policy and what was heard so far give what
to say next. The phone, the agent's screen and the tests all drive it; it does no I/O."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from scripts import conditions, prompts, slots
from scripts import position as positions
from scripts.effects import Ask, Effect
from scripts.facts import Facts
from scripts.heard import Heard, Request, Turn, Via
from scripts.model import Ending, Kind, Question, Script
from scripts.outcomes import Outcome
from scripts.position import ABSENT_FOR_GOOD, Path, Position
from scripts.verdicts import Status, Verdict, judge

__all__ = [
    "Ended",
    "Heard",
    "Request",
    "Run",
    "Status",
    "Turn",
    "Verdict",
    "Via",
    "advance",
    "asking",
    "effects",
    "ended",
    "ending",
    "heard_out",
    "question",
    "start",
    "verdicts",
]


@dataclass(frozen=True)
class Run:
    """One call so far: keep these three, for everything else follows from them."""

    script: Script
    facts: Facts
    turns: tuple[Turn, ...] = ()

    @cached_property
    def path(self) -> Path:
        """What the facts decide: the questions of this call."""
        return positions.path(self.script, self.facts)

    @cached_property
    def position(self) -> Position:
        """Where the call stands. Raises ValueError when a turn answers another question than this
        script asks there: the turns belong to another script or version."""
        here = positions.begin(self.script, self.path)
        for number, turn in enumerate(self.turns):
            asked = positions.present(self.path, here)
            if asked is not None and asked.id != turn.question_id:
                raise ValueError(
                    f"turn {number} answers {turn.question_id}, but script {self.script.id} "
                    f"version {self.script.version} asks {asked.id} there"
                )
            here = positions.step(self.script, self.path, here, turn.heard)
        return here


@dataclass(frozen=True, slots=True)
class Ended:
    """How the conversation ended: which ending, what it comes to, and what the last answer carried
    (an ISO time, ``no-such-person``, ``deceased`` or nothing)."""

    id: str
    outcome: Outcome
    value: str | None = None
    hand_over: bool = False


def start(script: Script, facts: Facts) -> tuple[Run, tuple[Effect, ...]]:
    """A new call and the first words."""
    run = Run(script, facts)
    return run, effects(run)


def advance(run: Run, heard: Heard) -> tuple[Run, tuple[Effect, ...]]:
    """The call after one more answer, and what to say then. After the end nothing changes."""
    asked = question(run)
    if asked is not None:
        run = _advanced(run, Turn(asked.id, heard))
    return run, effects(run)


def effects(run: Run) -> tuple[Effect, ...]:
    """What is to be said and done where the call stands now."""
    return prompts.effects(run.script, run.facts, run.path, run.position)


def question(run: Run) -> Question | None:
    """The question that waits for an answer, or None after the end."""
    return positions.present(run.path, run.position)


def asking(run: Run) -> Ask | None:
    """The question as it is being asked, or None after the end."""
    first = effects(run)[0]
    return first if isinstance(first, Ask) else None


def ending(run: Run) -> Outcome | None:
    """What the call came to, or None while it goes on."""
    end = ended(run)
    return None if end is None else end.outcome


def ended(run: Run) -> Ended | None:
    """How the call ended, with what the last answer carried."""
    end: Ending | None = run.script.ending(run.position.ended or "")
    if end is None:
        return None
    value = run.position.value
    kept = value in ABSENT_FOR_GOOD or slots.time_of(value) is not None
    return Ended(end.id, end.outcome, value if kept else None, end.hand_over)


def heard_out(run: Run) -> bool:
    """Whether every question that matters has been left with an answer, so that only the closing
    words are open: whoever hangs up then has completed the call."""
    if run.position.ended is not None:
        return run.position.ended == run.script.finish
    left = _left(run)
    return run.position.aside is None and all(q.kind is Kind.REMARK for q in left)


def _left(run: Run) -> Iterator[Question]:
    """The questions still to be asked, as the call went so far."""
    given = positions.known(run.path, run.position)
    for index in range(run.position.index, len(run.path.questions)):
        if conditions.all_hold(run.path.pending.get(index, ()), given):
            yield run.path.questions[index]


def verdicts(run: Run) -> tuple[Verdict, ...]:
    """What every question of the path came to, in the order of the path. One that only a doubt
    calls for stands on the path once there is that doubt."""
    given = positions.known(run.path, run.position)
    answered = {turn.question_id for turn in run.turns}
    asked = (
        question
        for index, question in enumerate(run.path.questions)
        if question.id in answered or conditions.all_hold(run.path.pending.get(index, ()), given)
    )
    return judge(asked, run.turns)


def _advanced(run: Run, turn: Turn) -> Run:
    """One more turn. The position is handed on, so that a long call is not replayed every time;
    it equals what a replay of all turns would give."""
    after = Run(run.script, run.facts, (*run.turns, turn))
    moved = positions.step(run.script, run.path, run.position, turn.heard)
    vars(after).update(path=run.path, position=moved)
    return after
