"""Which version of a script (话术) a conversation begins with: by the setting, or as the rulebook
says for the policy. Whatever was published, no call falls silent because of it."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from operations.line import Line
from scripts import written
from scripts.checks import check
from scripts.conditions import Value, all_hold, situation
from scripts.facts import Facts
from scripts.faults import Fault, FaultyFileError, Severity
from scripts.model import Medium, Purpose, Script
from scripts.reader import library
from scripts.rulebooks import Rulebook, choose
from scripts.written import Written
from store import scripts as store
from store.database import Session

_log = logging.getLogger(__name__)

#: Asks everything, whatever the product, the channel and the way of paying.
FALLBACK = "standard"


class ScriptTrouble(Exception):  # noqa: N818 - a fault of the input, reported in one sentence
    """Something that cannot be done with a script. The message says why and what to do."""


class NoScript(ScriptTrouble):
    """No script has this id, or no version of it is in force."""


def in_force(session: Session, script_id: str, at: datetime | None = None) -> Written:
    """The version of a script in force now, or at a moment: the newest one published and not
    retired, else the packaged one. Raises NoScript."""
    release = store.in_force(session, script_id, at)
    if release is not None:
        try:
            return read(release.hash, release.version.text)
        except FaultyFileError:
            _log.exception(
                "version %s of script %s cannot be used; the packaged one stands in",
                release.number,
                script_id,
            )
            return packaged(script_id if script_id in library() else FALLBACK)
    if script_id not in library():
        raise NoScript(f"there is no script {script_id} in force; see `huifang scripts list`")
    return packaged(script_id)


def for_policy(
    session: Session, line: Line, facts: Facts, purpose: Purpose = Purpose.REVISIT
) -> Written:
    """The script for a telephone call about this policy. One that is missing, or not made for such
    a call, is replaced by the packaged one that asks everything, and the log says so."""
    given = situation(facts)
    try:
        found = _chosen(session, line, given, purpose)
    except (NoScript, LookupError) as trouble:
        _log.error("%s; the packaged %s stands in", trouble, FALLBACK)
        return packaged(FALLBACK)
    if fits(found.script, given, purpose):
        return found
    _log.error(
        "script %s is not made for a %s call about policy %s; the packaged %s stands in",
        found.script.id,
        purpose.value,
        facts.policy_no,
        FALLBACK,
    )
    return packaged(FALLBACK)


def _chosen(session: Session, line: Line, given: Mapping[str, Value], purpose: Purpose) -> Written:
    if purpose is Purpose.REVISIT and line.script_file is not None:
        return line.script_file
    if purpose is Purpose.REVISIT and line.script_id is not None:
        return in_force(session, line.script_id)
    return in_force(session, choose(line.rulebook, given, purpose))


def named_by(rulebook: Rulebook) -> list[str]:
    """The ids of the scripts that a rulebook may choose, each once, in its order."""
    return list(dict.fromkeys(choice.script_id for choice in rulebook.scripts))


def fits(script: Script, given: Mapping[str, Value], purpose: Purpose) -> bool:
    """Whether a script may be used on the telephone for this purpose and such a policy. Another one
    would leave out what the law lists for it."""
    return rings(script, purpose) and all_hold(script.covers, given)


def rings(script: Script, purpose: Purpose = Purpose.REVISIT) -> bool:
    """Whether a script is one for telephone calls of this purpose."""
    return script.medium is Medium.PHONE and script.purpose is purpose


def shortcoming(session: Session, script_id: str) -> str | None:
    """Why the version of a script in force is not used, or should not be; None when nothing is
    wrong with it."""
    release = store.in_force(session, script_id)
    try:
        if release is None:
            found = in_force(session, script_id)
        else:
            found = read(release.hash, release.version.text)
    except (FaultyFileError, NoScript) as trouble:
        return f"{trouble}; the packaged one stands in"
    errors = [one for one in check(found.script) if one.severity is Severity.ERROR]
    return f"it is used, but: {errors[0]}" if errors else None


def todays(session: Session, line: Line, script_id: str) -> Written | None:
    """What a call with this script would run now; None when none would be made with it any more."""
    if line.script_file is not None and line.script_file.script.id == script_id:
        return line.script_file
    try:
        return in_force(session, script_id)
    except NoScript:
        return None


@lru_cache(maxsize=32)
def packaged(script_id: str) -> Written:
    """The script of this id as it ships."""
    return written.find(script_id)


@lru_cache(maxsize=64)
def read(digest: str, text: str) -> Written:
    """A stored text as a script, under the hash it was stored with. Raises FaultyFileError when
    this Huifang cannot read it any more, or when it is not the text that was published."""
    if sha256(text.encode()).hexdigest() != digest:
        message = "is not the text that was published under this hash: it was changed since"
        raise FaultyFileError([Fault("wrong-hash", message, f"version {digest[:8]}")])
    return replace(written.of_text(text, f"version {digest[:8]}"), text=text, hash=digest)
