"""How the exchange misbehaves when it is told to. Values and a seeded coin, nothing else."""

import random
from dataclasses import dataclass
from enum import StrEnum


class OnCreate(StrEnum):
    """What happens to one order for a call."""

    OK = "ok"
    TOO_MANY = "429"  # refused, nothing rings
    BROKEN = "500"  # refused, nothing rings
    BROKEN_BUT_PLACED = "500-placed"  # the answer says no, the phone rings nevertheless
    LOST = "lost"  # the phone rings, and the answer never comes


@dataclass(frozen=True, slots=True)
class Faults:
    """Every fault, none by default. Shares are parts of 1 and fall by ``seed``, the number and
    the callback, so the same run has the same faults.

    ``creates`` is used up order by order, first come first served; when it is used up, all is
    well. ``media_missing`` is how many times each recording's media is 404 after its callback.
    ``lost_answer_s`` is how long, in real seconds, a lost answer keeps its caller waiting.
    """

    seed: int = 0
    creates: tuple[OnCreate, ...] = ()
    lost_answer_s: float = 30.0
    media_missing: int = 0
    duplicate_callbacks: float = 0.0
    late_callbacks: float = 0.0
    late_s: float = 20.0
    reordered_callbacks: float = 0.0

    def falls(self, share: float, *what: object) -> bool:
        """Whether a fault of this share falls on this thing."""
        if share <= 0:
            return False
        return random.Random(f"{self.seed}:{what}").random() < share


NO_FAULTS = Faults()
