"""Puts the parts together: from settings to a line with its database, carrier and recogniser."""

import os
import secrets
import socket
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import httpx

from cases import complaint_terms, emergencies, lessons
from huifang import clock
from huifang.faults import InputFault
from huifang.mail import Post
from huifang.script_setting import script_of
from huifang.settings import Settings
from ivr.twilio.client import TwilioPhone
from ivr.twilio.twiml import Desk
from operations.lexicon import active
from operations.line import Clock, Fetch, Line
from recordings.engines import Choice, EnginePaths, choose
from recordings.media import Carrier as MediaCarrier
from recordings.media import Media, fetch_media
from recordings.models import Progress
from recordings.storage import Storage
from scheduler.own_days import read_own_days
from scheduler.pacing import Limits
from scheduler.workdays import NO_DAYS
from scripts import guide, rulebooks, scorecards
from scripts.answers.lexicon import Book
from scripts.answers.sources import book_of
from scripts.reader import load_script
from store.database import Database
from store.lexicons import in_force
from web.phone import Carrier

#: The insurer's own words and limits: setting -> what reads its file. Each raises FaultyFileError.
INSURERS_FILES: Final[Mapping[str, Callable[[Settings], Any]]] = {
    "rulebook": lambda settings: rulebooks.load(settings.rulebook),
    "scorecard": lambda settings: scorecards.plain(settings.scorecard),
    "complaints": lambda settings: complaint_terms.load(
        settings.complaints or complaint_terms.FILE
    ),
    "emergencies": lambda settings: emergencies.load(settings.emergencies),
    "guide": lambda settings: guide.load(settings.guide),
    "lessons": lambda settings: lessons.load(settings.lessons),
}

__all__ = ["INSURERS_FILES", "choose_speech", "engine_paths", "load_script", "make_line"]


def make_line(
    settings: Settings,
    *,
    now: Clock = clock.now,
    speech: Choice | None = None,
    phone: TwilioPhone | None = None,
    fetch: Fetch | None = None,
) -> Line:
    """A line on the configured database, its tables brought up to date. Without ``speech`` or a
    carrier the line does what it can without them."""
    database = Database(settings.database)
    database.prepare()
    script_id, script_file = script_of(settings, database)
    return Line(
        database=database,
        clock=now,
        script_id=script_id,
        script_file=script_file,
        **{name: load(settings) for name, load in INSURERS_FILES.items()},
        company=settings.company,
        company_phone=settings.company_phone,
        storage=Storage(settings.home / "recordings"),
        phone=phone,
        fetch=fetch,
        speech=speech.speech if speech else None,
        speech_why=speech.why if speech else "",
        worker=f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}",
        hands_over=settings.transfer_to is not None,
        limits=limits_of(settings),
        own_days=read_own_days(settings.calendar) if settings.calendar else NO_DAYS,
        mail=post_of(settings),
        console_url=settings.console_url,
    )


def post_of(settings: Settings) -> Post | None:
    """The mail server; None where mails are off."""
    if not (settings.mail_host and settings.mail_from and settings.mail_to):
        return None
    return Post(
        host=settings.mail_host,
        port=settings.mail_port,
        sender=settings.mail_from,
        to=tuple(settings.mail_to),
        security=settings.mail_security,
        user=settings.mail_user,
        password=settings.mail_password.get_secret_value() if settings.mail_password else None,
    )


def limits_of(settings: Settings) -> Limits:
    """What the line can carry."""
    return Limits(
        calls_a_second=settings.calls_a_second,
        calls_at_once=settings.calls_at_once,
        per_branch=settings.branch_limits,
        default_per_branch=settings.calls_per_branch,
        breaker_failures=settings.breaker_failures,
        breaker_rest=timedelta(seconds=settings.breaker_rest_s),
        calls_per_agent=settings.calls_per_agent,
    )


def book_in_force(settings: Settings) -> Book | None:
    """The lexicon that calls are read with; None, for the packaged one, while there is no database
    that could hold another."""
    database = Database(settings.database)
    if not database.prepared():
        return None
    with database.reading() as session:
        return active(session)


def version_in_force(settings: Settings) -> str:
    """Which lexicon is in force, for `huifang doctor`. Raises LexiconError when it cannot be
    used."""
    database = Database(settings.database)
    if not database.prepared():
        return "the packaged lexicon"
    with database.reading() as session:
        version = in_force(session)
        if version is None:
            return "the packaged lexicon"
        book_of(version.files)
        return f"version {version.id} ({version.fingerprint}) by {version.published_by}"


def has_carrier(settings: Settings) -> bool:
    """Whether calls can be placed with these settings."""
    return None not in (
        settings.twilio_account_sid,
        settings.twilio_auth_token,
        settings.caller,
        settings.public_url,
    )


def twilio_phone(settings: Settings) -> TwilioPhone:
    """The carrier's client. Raises InputFault when a setting is missing or cannot work."""
    if not has_carrier(settings):
        raise InputFault(
            "no carrier: set HUIFANG_TWILIO_ACCOUNT_SID, HUIFANG_TWILIO_AUTH_TOKEN,"
            " HUIFANG_CALLER and HUIFANG_PUBLIC_URL, or try everything with `huifang demo`"
        )
    try:
        return TwilioPhone(
            settings.twilio_account_sid or "",
            _token(settings),
            settings.caller or "",
            settings.public_url or "",
            base_url=settings.twilio_base_url,
        )
    except ValueError as fault:
        names = "HUIFANG_CALLER, HUIFANG_PUBLIC_URL and HUIFANG_TWILIO_BASE_URL"
        raise InputFault(f"{fault} Check {names}.") from None


def twilio_media(
    settings: Settings, phone: TwilioPhone, client: httpx.Client | None = None
) -> Fetch:
    """How recordings are fetched from the same carrier. Whoever gives a ``client`` closes it."""
    http = client or httpx.Client()
    carrier = MediaCarrier(
        settings.twilio_base_url, settings.twilio_account_sid or "", _token(settings)
    )

    def fetch(recording_id: str) -> Media:
        return fetch_media(http, carrier, phone.recording_url(recording_id))

    return fetch


def webhooks(settings: Settings) -> Carrier:
    """How the carrier reaches us, and what its webhooks are signed with."""
    desk = None
    if settings.transfer_to and settings.caller:
        desk = Desk(settings.transfer_to, settings.caller)
    return Carrier(settings.public_url or "", _token(settings), desk=desk)


def _token(settings: Settings) -> str:
    token = settings.twilio_auth_token
    return token.get_secret_value() if token else ""


def engine_paths(settings: Settings) -> EnginePaths:
    """Where recognisers find their models."""
    return EnginePaths(settings.home / "models", settings.vosk_model)


def choose_speech(
    settings: Settings,
    engine: str,
    *,
    fetch: bool | None = None,
    now: datetime | None = None,
    progress: Progress = lambda done, whole: None,
) -> Choice:
    """The recogniser for an engine setting, and why. Raises SpeechTrouble."""
    return choose(
        engine,
        engine_paths(settings),
        now or clock.now(),
        may_fetch=settings.speech_fetch if fetch is None else fetch,
        progress=progress,
        workers=os.cpu_count() or 1,
    )
