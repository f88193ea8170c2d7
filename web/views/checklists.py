"""The plan for emergencies as it is read: scenarios, grades, how is reported, whom to ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.emergencies import Emergencies, Rule, Scenario
from store.tables import HelpContact, ScenarioStep
from web.views.incident import in_words


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One scenario in the list. ``own`` counts the insurer's own steps."""

    kind: str
    title: str
    kept: str
    steps: int
    own: int


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """The page of one scenario."""

    kind: str
    title: str
    kept: str
    note: str
    do: list[str]
    avoid: list[str]
    own: list[ScenarioStep]


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One grade: the sentences that make an incident so grave, and how it is reported."""

    grade: str
    sentences: list[str]
    to: Sequence[str]
    within_minutes: int | None
    way: str
    examples: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """The page of the plan."""

    source: str
    mechanism: list[str]
    sentence: str
    police: str
    grades: list[GradeRow]
    scenarios: list[ScenarioRow]
    contacts: list[HelpContact]


def plan_view(
    book: Emergencies, own: Sequence[ScenarioStep], contacts: list[HelpContact]
) -> PlanView:
    """The page of the plan."""
    return PlanView(
        source=book.source,
        mechanism=[in_words(one) for one in book.mechanism],
        sentence=in_words(book.routes.sentence),
        police=in_words(book.police),
        grades=[_grade(book, number) for number in (1, 2, 3, 4)],
        scenarios=[_row(one, own) for one in book.scenarios],
        contacts=contacts,
    )


def scenario_view(scenario: Scenario, own: list[ScenarioStep]) -> ScenarioView:
    """The page of a scenario."""
    return ScenarioView(
        kind=scenario.id.value,
        title=in_words(scenario.title),
        kept=scenario.kept.value,
        note=in_words(scenario.note) if scenario.note else "",
        do=[in_words(one) for one in scenario.do],
        avoid=[in_words(one) for one in scenario.avoid],
        own=own,
    )


def _row(scenario: Scenario, own: Sequence[ScenarioStep]) -> ScenarioRow:
    added = sum(one.kind == scenario.id for one in own)
    steps = len(scenario.do) + len(scenario.avoid)
    title = in_words(scenario.title)
    return ScenarioRow(scenario.id.value, title, scenario.kept.value, steps, added)


def _grade(book: Emergencies, number: int) -> GradeRow:
    route = book.route(number)
    rules: list[Rule] = [one for one in book.grades if one.grade == number]
    sentences = dict.fromkeys(in_words(one.says) for one in rules)
    if book.otherwise.grade == number:
        sentences[in_words(book.otherwise.says)] = None
    return GradeRow(
        grade=str(number),
        sentences=list(sentences),
        to=route.to,
        within_minutes=route.within_minutes,
        way=route.way,
        examples=in_words(route.examples) if route.examples else "",
    )
