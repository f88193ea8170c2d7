"""The headline of a call: all its findings are kept, and the rulebook says which one gives the
class (件别). Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cases.findings import Finding
from scripts.outcomes import Outcome
from scripts.rulebooks import CaseClass, Deadline, Family, Kind, Rulebook


@dataclass(frozen=True, slots=True)
class Ended:
    """How the attempt ended, what the last answer carried, and whether no attempt is left."""

    outcome: Outcome
    value: str | None = None
    exhausted: bool = False


@dataclass(frozen=True, slots=True)
class Headline:
    """The class of a call and, unless it is clean, the family and kind that give it."""

    case_class: CaseClass
    family: Family | None = None
    kind: Kind | None = None

    @property
    def opens_case(self) -> bool:
        """Whether somebody has to act."""
        return self.case_class.opens_case

    @property
    def deadline(self) -> Deadline | None:
        """By when, as the family says."""
        return self.family.deadline if self.family else None


def classify(
    findings: Iterable[Finding], ended: Ended | None, rulebook: Rulebook
) -> Headline | None:
    """The headline of a call, or None while it is neither clean nor a case.

    None is the ordinary end of an attempt that only has to be repeated: busy, not answered.
    """
    kinds = [kind for finding in findings if (kind := kind_of_finding(finding, rulebook))]
    if ended is not None:
        kinds.extend(kinds_of_end(ended, rulebook))
    if kinds:
        return headline(kinds, rulebook)
    if ended is not None and ended.outcome in rulebook.success.outcomes:
        clean = next(c for c in rulebook.classes if c.id == rulebook.clean_class)
        return Headline(clean)
    return None


def headline(kind_ids: Sequence[str], rulebook: Rulebook) -> Headline:
    """The gravest of several kinds: first by the rulebook's order of families, then by number."""
    order = {family: place for place, family in enumerate(rulebook.precedence)}
    gravest = min(
        (rulebook.kind(kind_id) for kind_id in kind_ids),
        key=lambda kind: (order.get(kind.family_id, len(order)), kind.number),
    )
    return Headline(rulebook.class_of(gravest.id), rulebook.family_of(gravest.id), gravest)


def kind_of_finding(finding: Finding, rulebook: Rulebook) -> str | None:
    """The first trigger of the rulebook that fits the finding names its kind."""
    doubted = {*finding.doubts, finding.label}
    return rulebook.kind_of_answer(finding.question_id, finding.status, doubted)


def kinds_of_end(ended: Ended, rulebook: Rulebook) -> list[str]:
    """What the end of the attempt adds to the findings."""
    kind = rulebook.kind_of_end(ended.outcome, ended.value)
    if kind is None and ended.exhausted:
        kind = rulebook.kind_when_exhausted(ended.outcome)
    return [] if kind is None else [kind]
