"""话术比较: any two texts of scripts side by side, in words a supervisor understands."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from operations import scripts
from web.at_hand import line
from web.editions import Edition, edition_or_none
from web.languages import gettext as _
from web.views.changes import ChangeView, changes_view
from web.views.lines import LineView, lines_view

pages = Blueprint("compare", __name__)


@dataclass(frozen=True, slots=True)
class Choice:
    """One text that can be compared, under the name that the address carries."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs: ``changes`` where both can be read as scripts, else ``lines``."""

    old: Edition
    new: Edition
    changes: list[ChangeView] | None
    lines: list[LineView]


@pages.get("/compare")
def show() -> str:
    """Two texts, chosen by the address, and what differs."""
    old, new = chosen("old"), chosen("new")
    return render_template(
        "compare.html",
        groups=groups(),
        old=request.args.get("old", ""),
        new=request.args.get("new", ""),
        found=compared(old, new) if old and new else None,
    )


def chosen(which: str) -> Edition | None:
    """The text that the address names, ``seven-steps/3``; None where it names none."""
    script_id, _slash, name = request.args.get(which, "").partition("/")
    return edition_or_none(script_id, name) if script_id and name else None


def compared(old: Edition, new: Edition) -> Comparison:
    """What differs between two texts."""
    if old.whole and new.whole:
        return Comparison(old, new, changes_view(old.script, new.script), [])
    return Comparison(old, new, None, lines_view(old.text, new.text))


def groups() -> dict[str, list[Choice]]:
    """Every text that can be compared, by script."""
    here = line()
    drafts = scripts.drafts(here, unfinished=False)
    known = scripts.ids(here)
    everything = dict.fromkeys([*known, *(draft.script_id for draft in drafts)])
    return {
        script_id: [
            *(_released(script_id) if script_id in known else ()),
            *(
                Choice(f"{script_id}/draft-{one.number}", _("draft %(number)d", number=one.number))
                for one in drafts
                if one.script_id == script_id
            ),
        ]
        for script_id in everything
    }


def _released(script_id: str) -> Iterator[Choice]:
    for one in reversed(scripts.releases(line(), script_id)):
        name = _("version %(version)s", version=one.number) if one.number else _("as it ships")
        standing = f"{name} · {_('in force')}" if one.in_force else name
        yield Choice(f"{script_id}/{one.number}", standing)
    yield Choice(f"{script_id}/active", _("in force"))
