"""Runs a script against prepared answers and writes down what was said and heard: for walks kept
as tests, and for authors who try a script. It rings nobody and does no I/O."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scripts import run as runs
from scripts.effects import Ask, Effect, Say, Transfer
from scripts.facts import Facts
from scripts.heard import Heard, Request, Via
from scripts.labels import Label, code_of
from scripts.model import Script
from scripts.outcomes import Outcome
from scripts.run import Run, Verdict

#: Answers by question id, by code, or by ``*``; the last one of a list is given again.
Answers = Mapping[str, Sequence[Heard]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a call: who (``us`` or ``customer``), about which question, and the words."""

    who: str
    question: str | None
    words: str
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """A finished call: the lines, the questions in the order they were asked, and the end."""

    run: Run
    lines: tuple[Line, ...]

    @property
    def path(self) -> tuple[str, ...]:
        """The id of the question before every answer."""
        return tuple(turn.question_id for turn in self.run.turns)

    @property
    def ending(self) -> str:
        """The id of the ending."""
        end = runs.ended(self.run)
        return end.id if end else ""

    @property
    def outcome(self) -> Outcome | None:
        """What the call came to."""
        return runs.ending(self.run)

    @property
    def findings(self) -> tuple[Verdict, ...]:
        """The verdicts that somebody has to look at."""
        return tuple(v for v in runs.verdicts(self.run) if v.is_finding)


@dataclass(slots=True)
class Callee:
    """Somebody who answers from a table, the n-th time a question is asked with the n-th answer."""

    answers: Answers
    asked: dict[str, int] = field(default_factory=dict)

    def answer(self, question: str) -> Heard:
        """The next answer to this question; a yes when the table has none."""
        times = self.asked.get(question, 0)
        self.asked[question] = times + 1
        for key in (question, code_of(question), "*"):
            given = self.answers.get(key)
            if given:
                return given[min(times, len(given) - 1)]
        return Heard(Label.AFFIRM, "是的")


def walk(script: Script, facts: Facts, answers: Answers) -> Walk:
    """Run the script to its end with these answers."""
    callee = Callee(answers)
    run, effects = runs.start(script, facts)
    lines = list(_spoken(effects))
    while (asked := runs.question(run)) is not None:
        heard = callee.answer(asked.id)
        lines.append(Line("customer", asked.id, heard.words, heard.label))
        run, effects = runs.advance(run, heard)
        lines.extend(_spoken(effects))
    return Walk(run, tuple(lines))


def _spoken(effects: Iterable[Effect]) -> Iterable[Line]:
    for effect in effects:
        if isinstance(effect, Ask):
            yield Line("us", effect.question, effect.text)
        elif isinstance(effect, Say | Transfer):
            yield Line("us", None, effect.text)


def heard(answer: object) -> Heard:
    """One answer as walks write it: a label (``deny``), a request (``repeat``), or a mapping with
    ``label`` and perhaps ``words``, ``also``, ``request``, ``value``. Raises ValueError."""
    if isinstance(answer, str):
        return _word(answer)
    if not isinstance(answer, Mapping) or "label" not in answer:
        raise ValueError(f"{answer!r} is no answer: write a label or a mapping with 'label'")
    request = answer.get("request")
    return Heard(
        label=Label(answer["label"]),
        words=str(answer.get("words", "")),
        also=tuple(Label(label) for label in answer.get("also", ())),
        request=Request(request) if request else None,
        value=answer.get("value"),
        via=Via(answer.get("via", Via.SPEECH)),
    )


def _word(answer: str) -> Heard:
    if answer in tuple(Request):
        label = Label.EXPLAIN if answer == Request.PERSON else Label.UNCLEAR
        return Heard(label, answer, request=Request(answer))
    if answer == Label.SILENCE:
        return Heard(Label.SILENCE, via=Via.NONE)
    return Heard(Label(answer), answer)
