"""The walk file: one path through a script kept as a test, with the facts of the policy, what was
answered and what the call came to. Reads, writes and replays it; changes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field

from scripts import simulate, yamlfile
from scripts.door import shaped
from scripts.facts import Facts
from scripts.faults import Fault, FaultyFileError
from scripts.heard import Heard, Request, Via
from scripts.labels import Label, code_of
from scripts.model import Script
from scripts.outcomes import Outcome
from scripts.schema import Phrase, Shape
from scripts.simulate import Walk
from scripts.verdicts import Status
from scripts.walk_facts import as_plain, typed
from scripts.yamlfile import Document

#: What an answer may be written as: a label, or something that was asked for.
_ANSWERS = ", ".join((*Label, *Request))


@dataclass(frozen=True, slots=True)
class SavedWalk:
    """One kept walk. ``facts`` are the changes to a sample policy, typed as scripts.facts types
    them; ``answers`` are by question id, by code or by ``*``, the last one of each given again.
    ``script`` is the id of the script, empty where the file does not say."""

    name: str
    script: str
    about: str
    path: tuple[str, ...]
    ending: str
    outcome: Outcome
    facts: Mapping[str, object] = field(default_factory=dict)
    answers: Mapping[str, tuple[Heard, ...]] = field(default_factory=dict)
    findings: Mapping[str, Status] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()


class WalkShape(Shape):
    """One walk file."""

    script: str = ""
    about: Phrase
    facts: dict[str, Any] = Field(default_factory=dict)
    answers: dict[str, Any] = Field(default_factory=dict)
    path: list[str]
    ending: str
    outcome: Annotated[Outcome, Field(strict=False)]
    findings: dict[str, Annotated[Status, Field(strict=False)]] = Field(default_factory=dict)
    says: list[str] = Field(default_factory=list)
    never_says: list[str] = Field(default_factory=list)


def load(path: Path) -> SavedWalk:
    """A walk file. Raises FaultyFileError with every fault and its line."""
    return _saved(yamlfile.load(path))


def parse(text: str, name: str) -> SavedWalk:
    """A walk from the text of its file. Raises FaultyFileError with every fault and its line."""
    return _saved(yamlfile.parse(text, name))


def replay(script: Script, saved: SavedWalk, base_facts: Facts) -> Walk:
    """Run the script as the walk was run. ``base_facts`` is the sample policy; the facts of the
    walk are laid over it."""
    return simulate.walk(script, _over(base_facts, saved.facts), saved.answers)


def _over(base: Facts, changes: Mapping[str, Any]) -> Facts:
    return replace(base, **changes)


def differences(walk: Walk, saved: SavedWalk) -> list[str]:
    """How a walk differs from the kept one, one sentence each; empty when it goes as it was
    kept."""
    return [
        *_never_asked(walk, saved),
        *_path(walk, saved),
        *_end("the ending", walk.ending, saved.ending),
        *_end("the outcome", walk.outcome or "", saved.outcome),
        *_findings(walk, saved),
        *_words(walk, saved),
    ]


def of_walk(walk: Walk, *, name: str, about: str, base_facts: Facts) -> SavedWalk:
    """A finished walk to be kept. Facts that are as in the sample policy are left out."""
    answers: dict[str, tuple[Heard, ...]] = {}
    for turn in walk.run.turns:
        answers[turn.question_id] = (*answers.get(turn.question_id, ()), turn.heard)
    if walk.outcome is None:
        raise ValueError("the conversation has not come to an end, so there is nothing to keep")
    given = ((one.name, getattr(walk.run.facts, one.name)) for one in fields(Facts))
    return SavedWalk(
        name=name,
        script=walk.run.script.id,
        about=about,
        facts={key: value for key, value in given if value != getattr(base_facts, key)},
        answers=answers,
        path=walk.path,
        ending=walk.ending,
        outcome=walk.outcome,
        findings={verdict.question_id: verdict.status for verdict in walk.findings},
    )


def as_text(saved: SavedWalk) -> str:
    """The text of the walk's file; parsing it gives the same walk again."""
    kept: dict[str, Any] = {
        "script": saved.script,
        "about": saved.about,
        "facts": {name: as_plain(value) for name, value in saved.facts.items()},
        "answers": {key: _answers(given) for key, given in saved.answers.items()},
        "path": list(saved.path),
        "ending": saved.ending,
        "outcome": saved.outcome.value,
        "findings": {key: status.value for key, status in saved.findings.items()},
        "says": list(saved.says),
        "never_says": list(saved.never_says),
    }
    needed = ("about", "path", "ending", "outcome")
    told = {key: value for key, value in kept.items() if value or key in needed}
    return yaml.safe_dump(
        told, allow_unicode=True, sort_keys=False, width=98, default_flow_style=None
    )


def _saved(document: Document) -> SavedWalk:
    shape = shaped(document, WalkShape)
    faults: list[Fault] = []
    saved = SavedWalk(
        name=document.name,
        script=shape.script,
        about=shape.about,
        facts=_facts(document, shape, faults),
        answers=_heard(document, shape, faults),
        path=tuple(shape.path),
        ending=shape.ending,
        outcome=shape.outcome,
        findings=shape.findings,
        says=tuple(shape.says),
        never_says=tuple(shape.never_says),
    )
    if faults:
        raise FaultyFileError(faults)
    return saved


def _facts(document: Document, shape: WalkShape, faults: list[Fault]) -> dict[str, object]:
    facts = {}
    for name, value in shape.facts.items():
        try:
            facts[name] = typed(name, value)
        except LookupError as error:
            faults.append(document.fault("unknown-key", error.args[0], ("facts", name)))
        except ValueError as error:
            faults.append(document.fault("bad-value", str(error), ("facts", name)))
    return facts


def _heard(
    document: Document, shape: WalkShape, faults: list[Fault]
) -> dict[str, tuple[Heard, ...]]:
    answers = {}
    for key, given in shape.answers.items():
        try:
            answers[key] = tuple(
                _one(one) for one in (given if isinstance(given, list) else [given])
            )
        except ValueError as error:
            message = f"the answer to {key}: {error}"
            faults.append(document.fault("bad-value", message, ("answers", key)))
    return answers


def _one(answer: object) -> Heard:
    if isinstance(answer, Mapping):
        unknown = sorted(set(answer) - {one.name for one in fields(Heard)})
        if unknown:
            raise ValueError(f"has the unknown key {unknown[0]!r}")
        if not isinstance(answer.get("value", ""), str):
            raise ValueError("write the value in quotes")
    try:
        return simulate.heard(answer)
    except (ValueError, TypeError):
        raise ValueError(
            f"{answer!r} is no answer; write one of {_ANSWERS}, or label and words"
        ) from None


def _answers(given: tuple[Heard, ...]) -> object:
    plain = [_plain(heard) for heard in given]
    return plain[0] if len(plain) == 1 else plain


def _plain(heard: Heard) -> object:
    """One answer as walk files write it; the inverse of ``simulate.heard``."""
    for short in (heard.label.value, heard.request.value if heard.request else None):
        if short is not None and simulate.heard(short) == heard:
            return short
    kept: dict[str, object] = {
        "label": heard.label.value,
        "words": heard.words,
        "also": [label.value for label in heard.also],
        "request": heard.request.value if heard.request else None,
        "value": heard.value,
        "via": None if heard.via is Via.SPEECH else heard.via.value,
    }
    return {key: value for key, value in kept.items() if value}


def _never_asked(walk: Walk, saved: SavedWalk) -> Iterable[str]:
    """Answers to a question that the script does not have: most often a slip of the pen."""
    script = walk.run.script
    ids = {question.id for question in (*script.questions, *script.aside)}
    known = {"*", *ids, *(code_of(one) for one in ids)}
    for key in saved.answers:
        if key not in known:
            yield f"answers {key}, but the script {script.id} has no such question"


def _path(walk: Walk, saved: SavedWalk) -> Iterable[str]:
    """The first place where the ways part; what comes after it says nothing more."""
    old, new = (*saved.path, None), (*walk.path, None)
    for number, (was, now) in enumerate(zip(old, new, strict=False), start=1):
        if was != now:
            after = f"after {old[number - 2]}" if number > 1 else "at the beginning"
            yield f"turn {number}, {after}: {_next(now)}; kept: {_next(was)}"
            return


def _next(question: str | None) -> str:
    return "the call ends" if question is None else f"{question} is asked"


def _end(what: str, now: str, was: str) -> Iterable[str]:
    if now != was:
        yield f"{what} is {now or 'none'}; kept: {was}"


def _findings(walk: Walk, saved: SavedWalk) -> Iterable[str]:
    found = {verdict.question_id: verdict.status for verdict in walk.findings}
    for question in dict.fromkeys((*found, *saved.findings)):
        now, was = found.get(question), saved.findings.get(question)
        if now != was:
            yield f"{question} comes to {now or 'no finding'}; kept: {was or 'no finding'}"


def _words(walk: Walk, saved: SavedWalk) -> Iterable[str]:
    spoken = "\n".join(line.words for line in walk.lines if line.who == "us")
    for words in saved.says:
        if words not in spoken:
            yield f"never says 「{words}」"
    for words in saved.never_says:
        if words in spoken:
            yield f"says 「{words}」, which it must not"
