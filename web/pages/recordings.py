"""The audio of a recording, whole or by range, so that a player can jump."""

from flask import Blueprint, Response, abort, request, send_file

from recordings.storage import StorageTrouble
from store.console.calls import recording_path
from web.at_hand import line

pages = Blueprint("recordings", __name__)


@pages.get("/recordings/<row:number>/audio")
def audio(number: int) -> Response:
    """The stored file; with ``?download=1`` as an attachment."""
    with line().database.reading() as session:
        found = recording_path(session, number)
    if found is None:
        abort(404)
    path, announced = found
    try:
        file = line().storage.file(path)
    except StorageTrouble:
        abort(404)
    return send_file(
        file,
        mimetype="audio/wav",
        conditional=True,
        as_attachment="download" in request.args,
        download_name=f"huifang-{announced:%Y%m%d-%H%M}-{number}{file.suffix}",
    )
