"""The list of scripts: one row per script, on the page and in the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from operations.scripts import Draft, Release
from scripts.rulebooks import Rulebook
from web import formats
from web.editions import Edition
from web.exports import Cell
from web.languages import gettext as _
from web.views.script import condition_text
from web.words import word

#: What a row may be narrowed to, beside its own words.
WITH_DRAFTS, WITH_FAULTS, NOT_IN_FORCE = "drafts", "faults", "not-in-force"


@dataclass(frozen=True, slots=True)
class ScriptRow:
    """One script. ``edition`` is what its link opens: the version in force, or else the newest
    text there is; ``release`` is the version in force."""

    id: str
    edition: str
    title: str
    purpose: str
    medium: str
    covers: list[str]
    questions: int
    languages: int
    release: Release | None
    drafts: list[Draft]
    errors: int
    warnings: int
    uses: list[str]

    @property
    def traits(self) -> frozenset[str]:
        """What the list can be narrowed to."""
        found = {
            WITH_DRAFTS: bool(self.drafts),
            WITH_FAULTS: bool(self.errors or self.warnings),
            NOT_IN_FORCE: self.release is None,
        }
        return frozenset(name for name, holds in found.items() if holds)


def row(
    edition: Edition, releases: Sequence[Release], drafts: Sequence[Draft], book: Rulebook
) -> ScriptRow:
    """The row of a script, shown by this edition of it."""
    script = edition.whole.script if edition.whole else None
    return ScriptRow(
        id=edition.script_id,
        edition=edition.name,
        title=edition.title,
        purpose=script.purpose if script else "",
        medium=script.medium if script else "",
        covers=[condition_text(one) for one in script.covers] if script else [],
        questions=len(script.questions) if script else 0,
        languages=1 + len(script.translations) if script else 0,
        release=next((one for one in releases if one.in_force), None),
        drafts=list(drafts),
        errors=edition.checked.errors,
        warnings=edition.checked.warnings,
        uses=_uses(book, edition.script_id),
    )


def _uses(book: Rulebook, script_id: str) -> list[str]:
    """For what the rulebook chooses the script."""
    return [
        _(
            "%(purpose)s: %(policies)s",
            purpose=word("purpose", choice.purpose),
            policies=", ".join(map(condition_text, choice.when)) or _("every policy"),
        )
        for choice in book.scripts
        if choice.script_id == script_id
    ]


def matching(rows: Sequence[ScriptRow], purpose: str | None, medium: str | None,
             trait: str | None, words: str) -> list[ScriptRow]:  # fmt: skip
    """The rows that the filters leave, in the order of what they are for."""
    wanted = words.casefold()
    kept = [
        one
        for one in rows
        if purpose in (None, one.purpose)
        and medium in (None, one.medium)
        and (trait is None or trait in one.traits)
        and wanted in f"{one.id} {one.title}".casefold()
    ]
    return sorted(kept, key=lambda one: (_RANK.get(one.purpose, 9), one.medium != "phone", one.id))


_RANK = {"revisit": 0, "second": 1, "complaint": 2}


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Script"),
        _("Id"),
        _("Purpose"),
        _("Medium"),
        _("For which policies"),
        _("Questions"),
        _("Version in force"),
        _("Hash"),
        _("Proposed by"),
        _("Approved by"),
        _("Published (UTC+8)"),
        _("Drafts open"),
        _("Errors"),
        _("Warnings"),
        _("Chosen by the rulebook for"),
    ]


def cells(one: ScriptRow) -> list[Cell]:
    """One line of the file."""
    release = one.release
    return [
        one.title,
        one.id,
        word("purpose", one.purpose),
        word("medium", one.medium),
        ", ".join(one.covers) or _("every policy"),
        one.questions,
        release.number if release else None,
        release.hash[:8] if release else None,
        release.by if release else None,
        release.approved_by if release else None,
        _published(release.published_at) if release else None,
        len(one.drafts),
        one.errors,
        one.warnings,
        "; ".join(one.uses),
    ]


def _published(at: datetime | None) -> str:
    return formats.moment(at) or _("as it ships")
