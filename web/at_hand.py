"""What a page finds at hand: the line it belongs to, the timed jobs of its workers, and the script
files npm brought, if any."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar, cast

from flask import Flask, abort, current_app, g

from operations.line import Line
from operations.rights import Who
from operations.timed_jobs import TimedJob
from store.database import Session

Key = TypeVar("Key", int, str)

VENDOR = Path(__file__).parent / "static" / "vendor"


def install(app: Flask, line: Line, timetable: Sequence[TimedJob]) -> None:
    """Keep the line and the timetable, and tell the templates what they need on every page."""
    app.extensions["line"], app.extensions["timetable"] = line, tuple(timetable)
    present = frozenset(file.name for file in VENDOR.glob("*.js"))
    app.context_processor(
        lambda: {
            "company": line.company,
            "now": line.clock(),
            "vendor": present,
            "nonce": g.get("nonce", ""),
        }
    )


def line() -> Line:
    """The line of the running application."""
    return cast(Line, current_app.extensions["line"])


def reading() -> AbstractContextManager[Session]:
    """A session that sees what the reader may see: somebody of a branch, that branch's policies."""
    who: Who | None = g.get("who")
    return line().database.reading(who.branch if who else None)


def may_see(find: Callable[[Session, Key], object | None], key: Key) -> bool:
    """Whether the reader may see what ``find`` finds. Operations change rows of every branch: a
    form asks here first."""
    with reading() as session:
        return find(session, key) is not None


def seen(find: Callable[[Session, Key], object | None], key: Key) -> Key:
    """The key of a row that the reader may see; any other is not found, as if it were not there."""
    if not may_see(find, key):
        abort(HTTPStatus.NOT_FOUND)
    return key


def timetable() -> tuple[TimedJob, ...]:
    """The timed jobs that the console shows."""
    return cast(tuple[TimedJob, ...], current_app.extensions["timetable"])
