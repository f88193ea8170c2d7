"""录音: how far every recording is, the list as a file, and the audio, whole or by range, so that a
player can jump."""

from flask import Blueprint, Response, abort, render_template, request, send_file

from operations import audit
from recordings.storage import StorageTrouble
from store.console import recordings as store
from store.console.calls import recording_path
from web import exports, lists, words
from web.access import who
from web.at_hand import line, reading
from web.views import recordings as view

pages = Blueprint("recordings", __name__)


@pages.get("/recordings")
def show() -> str:
    """Recordings, those that cannot be read first, narrowed by state and words."""
    wanted = wanted_recordings()
    with reading() as session:
        part = store.recording_lines(session, wanted, lists.skipped(), lists.SIZE)
        rows = [view.row(found) for found in part.rows]
    return render_template(
        "recordings.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        wanted=wanted,
        states=words.TABLES["recording"],
    )


@pages.get("/recordings.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same list with the same filters, all of it."""
    with reading() as session:
        part = store.recording_lines(session, wanted_recordings(), 0, None)
        rows = [view.cells(view.row(found)) for found in part.rows]
    return exports.send(kind, "recordings", view.titles(), rows, line().clock())


def wanted_recordings() -> store.RecordingFilter:
    """The filters in the address."""
    state = lists.one_of("state", words.TABLES["recording"])
    return store.RecordingFilter(state, lists.text("words"))


@pages.get("/recordings/<row:number>/audio")
def audio(number: int) -> Response:
    """The stored file; with ``?download=1`` as an attachment."""
    with reading() as session:
        found = recording_path(session, number)
    if found is None:
        abort(404)
    path, announced = found
    try:
        file = line().storage.file(path)
    except StorageTrouble:
        abort(404)
    audit.note_listening(line(), who().name, f"recording:{number}")
    return send_file(
        file,
        mimetype="audio/wav",
        conditional=True,
        as_attachment="download" in request.args,
        download_name=f"huifang-{announced:%Y%m%d-%H%M}-{number}{file.suffix}",
    )
