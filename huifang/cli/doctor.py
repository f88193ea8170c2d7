"""``huifang doctor``: what this machine and these settings lack, and how to mend it."""

from dataclasses import dataclass

import click

from huifang.cli import json_option
from huifang.cli.output import emit, table
from huifang.script_setting import scripts_in_use
from huifang.settings import Settings, load
from huifang.wiring import INSURERS_FILES, engine_paths, has_carrier, version_in_force
from recordings.engines import doctor as examine_speech
from scripts.answers.lexicon import LexiconError
from scripts.faults import FaultyFileError
from store import schema
from store.database import Database, DatabaseTrouble


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. ``needed``: nothing works without it."""

    ok: bool
    what: str
    sentence: str
    mend: str = ""
    needed: bool = False


@click.command("doctor")
@json_option
def doctor_command(as_json: bool) -> None:
    """Examine settings, database, the insurer's files, script, carrier and recognisers."""
    settings = load()
    checks = [_database(settings), *_files(settings), *_scripts(settings), _lexicon(settings)]
    checks.append(_carrier(settings))
    for one in examine_speech(engine_paths(settings)):
        checks.append(Check(one.ok, one.what, one.sentence, one.mend))
    if as_json:
        emit(checks)
    else:
        rows = [("ok" if c.ok else "missing", c.what, c.sentence, c.mend) for c in checks]
        table("huifang doctor", ("", "what", "", "mend"), rows)
    if any(check.needed and not check.ok for check in checks):
        raise SystemExit(1)


def _database(settings: Settings) -> Check:
    name = "database"
    try:
        database = Database(settings.database)
        present, newest = schema.current(database.engine), schema.newest()
    except Exception as fault:  # whatever the driver raises, the reader needs the sentence
        mend = "check HUIFANG_DATABASE_URL"
        return Check(False, name, f"cannot be opened: {fault}", mend, needed=True)
    if present is None:
        return Check(True, name, "empty; it is set up at the first command that needs it")
    if present != newest:
        return Check(True, name, f"at version {present}; it is brought to {newest} when used")
    return Check(True, name, f"at version {present}, the newest")


def _files(settings: Settings) -> list[Check]:
    """The insurer's own files; nothing starts with a faulty one."""
    found = list[Check]()
    for name, read in INSURERS_FILES.items():
        try:
            read(settings)
        except FaultyFileError as faulty:
            mend = f"correct the file, or unset HUIFANG_{name.upper()}"
            found += [Check(False, name, str(one), mend, needed=True) for one in faulty.faults]
        else:
            found.append(Check(True, name, "read without a fault"))
    return found


def _scripts(settings: Settings) -> list[Check]:
    """The scripts that calls begin with. A faulty one must not pass unseen: another stands in."""
    name = "script"
    mend = "publish a version that `huifang scripts check` accepts, or set HUIFANG_SCRIPT"
    try:
        found = scripts_in_use(settings)
    except DatabaseTrouble as fault:
        return [Check(False, name, f"cannot be looked up: {fault}", "mend the database first")]
    except FaultyFileError:  # told above; it is the rulebook that chooses them
        sentence = "cannot be looked up while the rulebook is faulty"
        return [Check(False, name, sentence, "mend the rulebook first")]
    return [
        Check(False, name, f"{script}: {trouble}", mend)
        if trouble
        else Check(True, name, f"{script}, in force")
        for script, trouble in found.items()
    ]


def _lexicon(settings: Settings) -> Check:
    name = "lexicon"
    try:
        version = version_in_force(settings)
    except DatabaseTrouble as fault:
        return Check(False, name, f"cannot be looked up: {fault}", "mend the database first")
    except LexiconError as fault:
        mend = "publish one that `huifang answers check` accepts; the packaged one reads meanwhile"
        return Check(False, name, str(fault), mend)
    return Check(True, name, f"{version}, in force")


def _carrier(settings: Settings) -> Check:
    if has_carrier(settings):
        return Check(True, "carrier", f"calls go through {settings.twilio_base_url}")
    names = "ACCOUNT_SID, AUTH_TOKEN (HUIFANG_TWILIO_…), HUIFANG_CALLER, HUIFANG_PUBLIC_URL"
    return Check(False, "carrier", "none configured: nobody is called", f"set {names}")
