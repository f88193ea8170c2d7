"""Every text of a script that can be spoken, each with its spot. One list for the checks, the
translations, the spreadsheet and the comparison of two versions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scripts.model import Ending, Phrases, Question, Script, Spot, Translation
from scripts.slots import EMPTY, Text

#: The fields of a question that are spoken.
FIELDS = ("says", "again", "explain", "says_by_person")
_OPENINGS = ("opening", "opening_by_person")
_PHRASES = ("unclear", "silence", "keys", "keys_reversed")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One text. ``part`` is the id of its question or ending, "" for the script's own; ``field``
    is says, again, explain, sorry, says.0, opening, phrases.unclear …"""

    part: str
    field: str
    text: Text

    @property
    def spot(self) -> Spot:
        """Its name among the texts of the script."""
        return self.part, self.field


def texts(script: Script) -> Iterator[Spoken]:
    """Every text in the order of the script; empty ones are left out."""
    return (spoken for spoken in _all(script) if spoken.text is not EMPTY)


def _all(script: Script) -> Iterator[Spoken]:
    for name in _OPENINGS:
        yield Spoken("", name, getattr(script, name))
    for name in _PHRASES:
        yield Spoken("", f"phrases.{name}", getattr(script.phrases, name))
    for question in (*script.questions, *script.aside):
        for name in FIELDS:
            yield Spoken(question.id, name, getattr(question, name))
    for ending in script.endings:
        for number, saying in enumerate(ending.says):
            yield Spoken(ending.id, f"says.{number}", saying.text)
        yield Spoken(ending.id, "sorry", ending.sorry)


def languages(script: Script) -> tuple[str, ...]:
    """The languages that the script can be read in, its own first."""
    return (script.language, *script.translations)


def in_language(script: Script, language: str) -> Script:
    """The script with its texts in another of its languages; what is not translated stays as it
    is. Raises LookupError for a language that it does not have."""
    if language == script.language:
        return script
    if language not in script.translations:
        known = ", ".join(languages(script))
        raise LookupError(f"the script {script.id} has no {language!r}: it has {known}")
    other = script.translations[language]
    mark = {
        (part, field.removesuffix(f"::{language}")): mark
        for (part, field), mark in script.marks.items()
        if field.endswith(f"::{language}")
    }
    return replace(
        script,
        marks={**script.marks, **mark},
        language=language,
        voice=other.voice or script.voice,
        opening=_in(other, "", "opening", script.opening),
        opening_by_person=_in(other, "", "opening_by_person", script.opening_by_person),
        phrases=Phrases(
            **{
                name: _in(other, "", f"phrases.{name}", getattr(script.phrases, name))
                for name in _PHRASES
            }
        ),
        questions=tuple(_question(question, other) for question in script.questions),
        aside=tuple(_question(question, other) for question in script.aside),
        endings=tuple(_ending(ending, other) for ending in script.endings),
    )


def _in(other: Translation, part: str, field: str, own: Text) -> Text:
    return other.texts.get((part, field), own)


def _question(question: Question, other: Translation) -> Question:
    return replace(
        question,
        says=_in(other, question.id, "says", question.says),
        again=_in(other, question.id, "again", question.again),
        explain=_in(other, question.id, "explain", question.explain),
        says_by_person=_in(other, question.id, "says_by_person", question.says_by_person),
    )


def _ending(ending: Ending, other: Translation) -> Ending:
    says = tuple(
        replace(saying, text=_in(other, ending.id, f"says.{number}", saying.text))
        for number, saying in enumerate(ending.says)
    )
    return replace(ending, says=says, sorry=_in(other, ending.id, "sorry", ending.sorry))
