"""An answer of a conversation is changed afterwards: the path is walked anew, and every later
answer that it still asks for is kept. Pure; it stores nothing and asks nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from scripts.heard import Heard, Turn
from scripts.model import Kind
from scripts.run import Run, advance, question

#: Whoever answered these proved who they are, and agreed: what follows them hangs on them.
_GATES = frozenset({Kind.PRESENCE, Kind.IDENTITY, Kind.CONSENT, Kind.TIME})


@dataclass(frozen=True, slots=True)
class Mended:
    """The run after a change. ``kept`` are the numbers of the old turns that count again, in their
    order, after the changed one; ``waiting`` those that may when the path comes to their question;
    ``gone`` those that never will."""

    run: Run
    kept: tuple[int, ...]
    waiting: tuple[int, ...]
    gone: tuple[int, ...]


def change(run: Run, number: int, heard: Heard) -> Mended:
    """The run with another answer in the place of turn ``number``. Where it tells who is on the
    line, nothing that was said after it counts any more. Raises IndexError for no such turn."""
    old = run.turns[number]
    before = Run(run.script, run.facts, run.turns[:number])
    after, _ = advance(before, heard)
    later = range(number + 1, len(run.turns))
    asked = run.script.question(old.question_id)
    if asked is None or asked.kind in _GATES:
        return Mended(after, (), (), tuple(later))
    mended, used = follow(after, [run.turns[one] for one in later])
    kept = tuple(later[one] for one in used)
    left = [one for one in later if one not in kept]
    waiting = tuple(one for one in left if _may_wait(run, run.turns[one], old.question_id))
    return Mended(mended, kept, waiting, tuple(one for one in left if one not in waiting))


def follow(run: Run, answers: Sequence[Turn]) -> tuple[Run, tuple[int, ...]]:
    """The run after those of the answers, in their order, that the path asks for from here; with
    their places. It stops at the first question that none of them answers."""
    used: list[int] = []
    while True:
        asked = question(run)
        first = used[-1] + 1 if used else 0
        places = range(first, len(answers))
        found = next((at for at in places if asked and answers[at].question_id == asked.id), None)
        if found is None:
            return run, tuple(used)
        run, _ = advance(run, answers[found].heard)
        used.append(found)


def _may_wait(run: Run, turn: Turn, changed: str) -> bool:
    """What was said after an explanation of the changed question belongs to the old answer."""
    asked = run.script.question(turn.question_id)
    return asked is not None and asked.kind not in _GATES and asked.id != changed
