"""话术: the list of scripts, and one script as a page, a flow picture, the check's result, a
checklist, and files."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, send_file

from operations import scripts
from scripts import sheets
from scripts.show import checklist, graph, letter
from scripts.show.letter import Sender
from scripts.texts import in_language, languages
from web import exports, lists, words
from web.at_hand import line
from web.editions import Edition, edition, edition_or_none, newest
from web.languages import is_chinese
from web.views import scripts as view
from web.views.faults import fault_views
from web.views.script import script_view

pages = Blueprint("scripts", __name__)

#: A picture is a document of its own: it brings its style sheet along, and nothing else.
PICTURE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
YAML, PDF = "application/yaml; charset=utf-8", "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/scripts")
def show() -> str:
    """Every script, narrowed by purpose, medium, state and words."""
    found = wanted_rows()
    shown = found[lists.skipped() : lists.skipped() + lists.SIZE]
    return render_template(
        "scripts.html",
        rows=shown,
        pages=lists.Pages(lists.page_wanted(), len(found)),
        wanted=request.args,
        purposes=words.TABLES["purpose"],
        media=words.TABLES["medium"],
        traits=words.TABLES["script_trait"],
        drafts=len(scripts.drafts(line())),
        always=line().script_file or line().script_id,
    )


@pages.get("/scripts.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same list with the same filters."""
    rows = [view.cells(row) for row in wanted_rows()]
    return exports.send(kind, "scripts", view.titles(), rows, line().clock())


def wanted_rows() -> list[view.ScriptRow]:
    """The scripts that the filters in the address leave."""
    return view.matching(
        all_rows(),
        lists.one_of("purpose", words.TABLES["purpose"]),
        lists.one_of("medium", words.TABLES["medium"]),
        lists.one_of("state", words.TABLES["script_trait"]),
        lists.text("words"),
    )


def all_rows() -> list[view.ScriptRow]:
    """The library, the insurer's own scripts, and those that are only drafts yet."""
    here = line()
    drafts = scripts.drafts(here)
    known = scripts.ids(here)
    rows = []
    for script_id in dict.fromkeys([*known, *(draft.script_id for draft in drafts)]):
        releases = scripts.releases(here, script_id) if script_id in known else []
        own = [draft for draft in drafts if draft.script_id == script_id]
        found = edition(script_id, newest(releases, own))
        rows.append(view.row(found, releases, own, here.rulebook))
    return rows


@pages.get("/scripts/<script:script_id>")
@pages.get("/scripts/<script:script_id>/<edition:name>")
def read(script_id: str, name: str = "active") -> str:
    """One script as a page, in the language asked for where it has been translated."""
    found = edition(script_id, name)
    if found.whole is None:
        return _page("script_check.html", found, faults=fault_views(found.checked.faults))
    script = found.whole.script
    spoken = languages(script)
    tongue = request.args.get("in", "")
    tongue = tongue if tongue in spoken else spoken[0]
    shown = script_view(in_language(script, tongue))
    return _page("script.html", found, script=shown, spoken=spoken, tongue=tongue)


@pages.get("/scripts/<script:script_id>/<edition:name>/flow")
def flow(script_id: str, name: str) -> str:
    """The flow picture on a page, to be zoomed and printed."""
    return _page("script_flow.html", readable(script_id, name))


@pages.get("/scripts/<script:script_id>/<edition:name>/flow.svg")
def picture(script_id: str, name: str) -> Response:
    """The flow picture itself."""
    drawn = graph.svg(readable(script_id, name).script, language="zh" if is_chinese() else "en")
    answer = Response(drawn, mimetype="image/svg+xml")
    answer.headers["Content-Security-Policy"] = PICTURE
    return answer


@pages.get("/scripts/<script:script_id>/<edition:name>/check")
def check(script_id: str, name: str) -> str:
    """What the check finds."""
    found = edition(script_id, name)
    return _page("script_check.html", found, faults=fault_views(found.checked.faults))


@pages.get("/scripts/<script:script_id>/<edition:name>/checklist")
def quality(script_id: str, name: str) -> str:
    """What a reviewer ticks off while listening."""
    found = readable(script_id, name)
    rows = checklist.rows(found.script)
    return _page("script_checklist.html", found, rows=rows, groups=list(checklist.Group))


@pages.get("/scripts/<script:script_id>/<edition:name>/file.<any(yaml, xlsx, pdf):suffix>")
def file(script_id: str, name: str, suffix: str) -> Response:
    """The script to take away: its text, its spreadsheet, its letter."""
    found = readable(script_id, name)
    make, mimetype = _FILES[suffix]
    return send_file(
        BytesIO(make(found)),
        mimetype=mimetype,
        as_attachment=True,
        download_name=f"{script_id}-{name}-{found.hash[:8]}.{suffix}",
    )


def _letter(found: Edition) -> bytes:
    here = line()
    sender = Sender(company=here.company, phone=here.company_phone)
    today = here.clock().date()
    return letter.pdf(found.script, None, today=today, sender=sender, script_hash=found.hash)


_FILES: Mapping[str, tuple[Callable[[Edition], bytes], str]] = {
    "yaml": (lambda found: found.text.encode(), YAML),
    "xlsx": (lambda found: sheets.export(found.written), XLSX),
    "pdf": (_letter, PDF),
}


def readable(script_id: str, name: str) -> Edition:
    """The edition of an address if it can be read as a script, else 404: its own page says why."""
    found = edition(script_id, name)
    if found.whole is None:
        abort(404)
    return found


def _page(template: str, found: Edition, **given: Any) -> str:
    active = edition_or_none(found.script_id, "active")
    return render_template(template, edition=found, active=active, **given)
