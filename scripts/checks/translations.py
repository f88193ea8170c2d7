"""The languages of a script: complete, and as careful as the script's own. Whether a translation is
a good one is for people who speak the language."""

from collections.abc import Iterator
from dataclasses import replace

from scripts.checks import graph
from scripts.checks.identity import identity_faults
from scripts.checks.texts import by_person_faults, slot_faults
from scripts.faults import Fault
from scripts.forms import forms
from scripts.model import Script
from scripts.texts import in_language, texts


def translation_faults(script: Script) -> list[Fault]:
    """Texts that lack a translation, and the faults of translated texts."""
    return [*_known(script), *(f for name in script.translations for f in _of(script, name))]


def _known(script: Script) -> Iterator[Fault]:
    for language in (script.language, *script.translations):
        try:
            forms(language)
        except ValueError as error:
            field = "language" if language == script.language else "translations"
            yield graph.fault(script, "unknown-language", str(error), field=field)


def _of(script: Script, language: str) -> Iterator[Fault]:
    translated = script.translations[language].texts
    for spoken in texts(script):
        if spoken.spot not in translated:
            part = script.question(spoken.part) or script.ending(spoken.part)
            message = f"{spoken.field.partition('.')[0]} has no translation into {language}"
            yield graph.fault(script, "missing-translation", message, part, spoken.field)
    other = in_language(script, language)
    own = {(fault.code, fault.question, fault.message) for fault in _spoken(script)}
    for fault in _spoken(other):
        if (fault.code, fault.question, fault.message) not in own:
            yield replace(fault, message=f"{language}: {fault.message}")


def _spoken(script: Script) -> list[Fault]:
    told = [f for f in identity_faults(script) if f.code == "fact-before-identity"]
    return [*slot_faults(script), *told, *by_person_faults(script)]
