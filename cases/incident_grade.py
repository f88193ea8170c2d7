"""How grave an incident is (突发事件分级): Ⅰ 特大 to Ⅳ 一般, computed from what is known of it,
with the sentence that decided. Pure; the thresholds are data (``cases.emergencies``)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cases.emergencies import Emergencies, Fact, Kind, Rule, Said

#: Fen in a yuan: amounts are written in yuan in the file, and whole fen everywhere else.
FEN: Final = 100


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an incident: its kind, the further kinds it involves, and what was counted
    (the amount in fen). What is not there was not counted: nothing."""

    kind: Kind
    also: frozenset[Kind] = frozenset()
    counted: Mapping[Fact, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """One rule that fits, and the number that made it fit (the amount in fen); None for a kind."""

    rule: str
    grade: int
    says: Said
    fact: Fact | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """The grade (1 is the gravest), what decided it, and what else fits."""

    by: Hit
    others: tuple[Hit, ...] = ()

    @property
    def grade(self) -> int:
        """1 to 4."""
        return self.by.grade


def graded(known: Known, rules: Emergencies) -> Graded:
    """The grade of an incident. The file has the graver grades first, and the first rule that fits
    decides: of people and amount the one that weighs more, of two grades that share a number (50
    people) the graver, and any death Ⅰ."""
    hits = [hit for rule in rules.grades if (hit := _fits(rule, known)) is not None]
    if not hits:
        other = rules.otherwise
        return Graded(Hit(other.id, other.grade, other.says))
    return Graded(hits[0], tuple(hits[1:]))


def _fits(rule: Rule, known: Known) -> Hit | None:
    if rule.fact is None:
        involved = known.kind in rule.kinds or bool(known.also & set(rule.kinds))
        return Hit(rule.id, rule.grade, rule.says) if involved else None
    number = known.counted.get(rule.fact, 0)
    scale = FEN if rule.fact is Fact.AMOUNT else 1
    if rule.at_least is not None and number < rule.at_least * scale:
        return None
    if rule.over is not None and number <= rule.over * scale:
        return None
    return Hit(rule.id, rule.grade, rule.says, rule.fact, number)
