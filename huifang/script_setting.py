"""The script (话术) that the setting names, and what is wrong with those that calls begin with."""

from pathlib import Path

from huifang.settings import Settings
from ivr.twilio import voices
from operations.choose_script import in_force, named_by, packaged, rings, shortcoming
from scripts import rulebooks, written
from scripts.checks import check
from scripts.faults import FaultyFileError, Severity
from scripts.reader import library
from scripts.written import Written
from store import scripts as store
from store.database import Database


def script_of(settings: Settings, database: Database | None) -> tuple[str | None, Written | None]:
    """The script that the setting names, by its id or as a file; neither where the rulebook
    chooses. Raises FaultyFileError for a file that must not be used."""
    name = settings.script
    if name is None:
        return None, None
    if name in library():
        return name, None
    if database is not None and _published(database, name):
        return name, None
    return None, sound_file(name)


def _published(database: Database, script_id: str) -> bool:
    with database.reading() as session:
        return store.in_force(session, script_id) is not None


def scripts_in_use(settings: Settings) -> dict[str, str | None]:
    """The scripts that calls begin with, each with what is wrong with it, for `huifang doctor`.
    Raises FaultyFileError for a file that must not be used."""
    opened = Database(settings.database)
    database = opened if opened.prepared() else None
    script_id, script_file = script_of(settings, database)
    if script_file is not None:
        return {f"{script_file.script.id} ({settings.script})": _no_call(script_file)}
    ids = [script_id] if script_id else named_by(rulebooks.load(settings.rulebook))
    if database is None:  # nothing is published yet
        return {one: _no_call(packaged(one)) if script_id else None for one in ids}
    with database.reading() as session:
        found = {one: shortcoming(session, one) or _mute(in_force(session, one)) for one in ids}
        if script_id and found[script_id] is None:
            found[script_id] = _no_call(in_force(session, script_id))
    return found


def _no_call(found: Written) -> str | None:
    if rings(found.script):
        return None
    return "is not for telephone calls of a first revisit; the packaged standard stands in"


def _mute(found: Written) -> str | None:
    """Why the carrier would speak it with another voice than it asks for."""
    return next((fault.message for fault in voices.faults(found.script)), None)


def sound_file(name: str) -> Written:
    """The script in a file. Raises FaultyFileError for one that may not be published either."""
    found = written.find(Path(name))
    faults = [*check(found.script), *voices.faults(found.script)]
    errors = [one for one in faults if one.severity is Severity.ERROR]
    if errors:
        raise FaultyFileError(errors)
    return found
