"""Reads a rulebook file into scripts.rulebooks.model, or tells every fault of it at once."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from scripts import conditions
from scripts.conditions import Condition
from scripts.door import shaped
from scripts.faults import Fault, FaultyFileError
from scripts.labels import CODES, code_of
from scripts.outcomes import Outcome
from scripts.rulebooks.model import (
    Calling,
    CaseClass,
    CoolingOff,
    Deadline,
    Family,
    FirstCall,
    Kind,
    Retry,
    Rulebook,
    Trigger,
)
from scripts.rulebooks.schema import ClassShape, FamilyShape, RulebookShape, TriggerShape, clock
from scripts.yamlfile import Document, Place
from scripts.yamlfile import load as load_yaml
from scripts.yamlfile import parse as parse_yaml

LIBRARY = Path(__file__).parent

#: What a rule of the cooling-off period may look at: the plan knows no more of a policy.
_COOLING_OFF_FACTS = ("channel", "product_type")


def rulebooks() -> list[str]:
    """The ids of the rulebooks that ship with the package."""
    return sorted(path.stem for path in LIBRARY.glob("*.yaml"))


def load(name_or_path: str | Path) -> Rulebook:
    """A shipped rulebook by its id, or a file. Raises FaultyFileError with all faults."""
    path = Path(name_or_path)
    if isinstance(name_or_path, str) and name_or_path in rulebooks():
        path = LIBRARY / f"{name_or_path}.yaml"
    return _Reading(load_yaml(path)).rulebook()


def read(text: str, name: str = "rulebook") -> Rulebook:
    """A rulebook from its text. Raises FaultyFileError with all faults."""
    return _Reading(parse_yaml(text, name)).rulebook()


class _Reading:
    """One file being read; collects faults instead of stopping at the first."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.shape = shaped(document, RulebookShape)
        self.faults: list[Fault] = []

    def rulebook(self) -> Rulebook:
        self._names()
        self._triggers_fit()
        self._retries_complete()
        rulebook = self._rulebook()
        if self.faults:
            raise FaultyFileError(self.faults)
        return rulebook

    def _rulebook(self) -> Rulebook:
        shape = self.shape
        return Rulebook(
            id=shape.id,
            version=shape.version,
            classes=tuple(_class(part) for part in shape.classes),
            families=tuple(_family(part) for part in shape.families),
            kinds=tuple(Kind(k.id, k.family, k.number, k.name) for k in shape.kinds),
            triggers=tuple(_trigger(part) for part in shape.triggers),
            precedence=tuple(shape.precedence),
            clean_class=shape.clean_class,
            success=frozenset(shape.success),
            retries={o: Retry(**part.model_dump()) for o, part in shape.retries.items()},
            calling=self._calling(),
            cooling_off=tuple(self._cooling_off()),
            cooling_off_start=shape.cooling_off_start,
            first_call=FirstCall(shape.first_call.counts_from, shape.first_call.after_days),
            exhausted_kind=shape.exhausted_kind,
        )

    def _calling(self) -> Calling:
        shape = self.shape.calling
        opens, closes = clock(shape.opens), clock(shape.closes)
        if opens >= closes:
            self._fault("bad-rule", "calling closes before it opens", ("calling", "closes"))
        rest = shape.model_dump(exclude={"opens", "closes"})
        return Calling(opens=opens, closes=closes, **rest)

    def _cooling_off(self) -> Iterable[CoolingOff]:
        for index, part in enumerate(self.shape.cooling_off):
            place: Place = ("cooling_off", index)
            yield CoolingOff(part.days, self._conditions(part.when, place))
        if self.shape.cooling_off[-1].when:
            message = "the last rule must have no 'when', so that every policy has a period"
            self._fault("bad-rule", message, ("cooling_off",))

    def _conditions(self, sources: list[str], place: Place) -> tuple[Condition, ...]:
        result = []
        for source in sources:
            try:
                result.append(_cooling_off_condition(source))
            except ValueError as error:
                self._fault("bad-condition", str(error), place)
        return tuple(result)

    def _names(self) -> None:
        shape = self.shape
        classes = self._ids("classes", [part.id for part in shape.classes])
        families = self._ids("families", [part.id for part in shape.families])
        kinds = self._ids("kinds", [part.id for part in shape.kinds])
        self._known("families", "class", [f.class_id for f in shape.families], classes)
        self._known("kinds", "family", [k.family for k in shape.kinds], families)
        self._known("triggers", "kind", [t.kind for t in shape.triggers], kinds)
        self._known("precedence", "family", shape.precedence, families)
        self._one("clean_class", shape.clean_class, classes)
        self._one("exhausted_kind", shape.exhausted_kind, kinds)
        for family in sorted(families - set(shape.precedence)):
            message = f"'precedence' does not say where the family {family!r} stands"
            self._fault("bad-rule", message, ("precedence",))

    def _ids(self, section: str, ids: Sequence[str]) -> set[str]:
        for index, wanted in enumerate(ids):
            if wanted in ids[:index]:
                message = f"the id {wanted!r} is used twice in {section}"
                self._fault("duplicate-id", message, (section, index), wanted)
        return set(ids)

    def _known(self, section: str, what: str, names: Sequence[str], known: set[str]) -> None:
        for index, name in enumerate(names):
            if name not in known:
                self._fault("unknown-name", f"there is no {what} {name!r}", (section, index))

    def _one(self, key: str, name: str, known: set[str]) -> None:
        if name not in known:
            self._fault("unknown-name", f"{key}: there is no {name!r}", (key,))

    def _triggers_fit(self) -> None:
        for index, part in enumerate(self.shape.triggers):
            place: Place = ("triggers", index)
            if bool(part.outcomes) is bool(part.codes or part.statuses):
                message = "a trigger has either outcomes, or codes and statuses"
                self._fault("bad-rule", message, place, part.kind)
            for code in part.codes:
                if code_of(code) not in CODES:
                    message = f"{code!r} is no question code"
                    self._fault("bad-code", message, place, part.kind)

    def _retries_complete(self) -> None:
        missing = [outcome for outcome in Outcome if outcome not in self.shape.retries]
        if missing:
            message = f"'retries' does not say what follows {', '.join(missing)}"
            self._fault("bad-rule", message, ("retries",))

    def _fault(self, code: str, message: str, place: Place, name: str | None = None) -> None:
        line = self.document.line(place)
        self.faults.append(Fault(code, message, self.document.name, name, line))


def _cooling_off_condition(source: str) -> Condition:
    condition = conditions.parse(source)
    if condition.fact not in _COOLING_OFF_FACTS:
        allowed = " and ".join(_COOLING_OFF_FACTS)
        raise ValueError(f"the cooling-off period cannot depend on {condition.fact}: use {allowed}")
    return condition


def _class(shape: ClassShape) -> CaseClass:
    return CaseClass(shape.id, shape.name, shape.opens_case, shape.next_action)


def _family(shape: FamilyShape) -> Family:
    limit = shape.deadline
    deadline = Deadline(limit.days, limit.calendar) if limit else None
    return Family(
        shape.id,
        shape.class_id,
        shape.name,
        deadline,
        shape.owner,
        shape.seller_may_handle,
        shape.proof,
    )


def _trigger(shape: TriggerShape) -> Trigger:
    return Trigger(
        kind_id=shape.kind,
        codes=frozenset(shape.codes),
        statuses=frozenset(shape.statuses),
        doubts=frozenset(shape.doubts),
        outcomes=frozenset(shape.outcomes),
        values=frozenset(shape.values),
    )
