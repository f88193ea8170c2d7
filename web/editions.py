"""Which text of a script an address means: the version in force, a published one, the packaged
one, or a draft as it stands. Addresses may name nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, abort
from werkzeug.routing import BaseConverter

from operations import scripts
from operations.scripts import Draft, Release
from scripts.faults import FaultyFileError
from scripts.model import Script
from scripts.written import Written
from web.at_hand import line
from web.views.faults import Checked, check

_DRAFT = "draft-"


class ScriptId(BaseConverter):
    """The id of a script in an address; whether there is one is for the page to say."""

    regex = r"[A-Za-z][A-Za-z0-9_.-]{0,59}"


class EditionName(BaseConverter):
    """``active``, ``packaged``, the number of a version, part of a hash, ``draft-7``, or ``file``:
    the one that the setting names."""

    regex = r"active|packaged|file|draft-[0-9]{1,9}|[0-9]{1,9}|[0-9a-f]{8,64}"


def install(app: Flask) -> None:
    """Let addresses carry ids and editions of scripts."""
    app.url_map.converters["script"] = ScriptId
    app.url_map.converters["edition"] = EditionName


@dataclass(frozen=True, slots=True)
class Edition:
    """One text of a script under the ``name`` of its address. ``number`` is that of the published
    version, 0 for the packaged one, None for a text that was never published; ``draft`` is None
    for anything but a draft; ``checked.whole`` is None for a text that cannot be read as a script.
    """

    script_id: str
    name: str
    text: str
    hash: str
    checked: Checked
    number: int | None = None
    draft: Draft | None = None

    @property
    def whole(self) -> Written | None:
        """The script, if the text is one."""
        return self.checked.whole

    @property
    def written(self) -> Written:
        """The script, where it is known that the text is one."""
        assert self.checked.whole is not None, self.name
        return self.checked.whole

    @property
    def script(self) -> Script:
        """The same as what is asked."""
        return self.written.script

    @property
    def title(self) -> str:
        """The script's title, or its id while it has none that can be read."""
        return self.whole.script.title if self.whole else self.script_id


def edition(script_id: str, name: str) -> Edition:
    """The text that an address means, or 404."""
    found = edition_or_none(script_id, name)
    if found is None:
        abort(404)
    return found


def edition_or_none(script_id: str, name: str) -> Edition | None:
    """The text of this name, None where there is none."""
    if name.startswith(_DRAFT):
        return _of_draft(script_id, int(name.removeprefix(_DRAFT)))
    if name == "file":
        return _of_file(script_id)
    try:
        found = scripts.text_of(line(), script_id, name)
    except scripts.NoScript:
        return None
    except FaultyFileError as error:  # published by a Huifang that could still read it
        return Edition(script_id, name, "", "", Checked(error.faults, None))
    number = _number(scripts.releases(line(), script_id), name, found.hash)
    return Edition(script_id, name, found.text, found.hash, check(found.text), number)


def _number(releases: Sequence[Release], name: str, digest: str) -> int | None:
    """The number of a version; a text that was published twice has its newest one, unless the
    address itself says the number."""
    if name.isdecimal() and any(release.number == int(name) for release in releases):
        return int(name)
    same = [release for release in releases if release.hash == digest]
    standing = [release.number for release in same if release.in_force]
    return next(iter([*standing, *(release.number for release in reversed(same))]), None)


def _of_file(script_id: str) -> Edition | None:
    found = line().script_file
    if found is None or found.script.id != script_id:
        return None
    return Edition(script_id, "file", found.text, found.hash, check(found.text))


def _of_draft(script_id: str, number: int) -> Edition | None:
    try:
        draft = scripts.draft(line(), number)
    except scripts.NoScript:
        return None
    return of_draft(draft) if draft.script_id == script_id else None


def of_draft(draft: Draft) -> Edition:
    """A draft as it stands; what is proposed is exactly what would be published."""
    text, digest = draft.frozen or draft.text, draft.frozen_hash or draft.hash
    name = f"{_DRAFT}{draft.number}"
    return Edition(draft.script_id, name, text, digest, check(text), draft=draft)


def newest(releases: Sequence[Release], drafts: Sequence[Draft]) -> str:
    """The address of what is in force, else of the last version, else of the newest draft."""
    if any(release.in_force for release in releases):
        return "active"
    return str(releases[-1].number) if releases else f"draft-{drafts[0].number}"
