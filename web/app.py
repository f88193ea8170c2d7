"""Makes the Flask application: the console, and the phone's webhooks where the caller passes
them in. Reads no environment; everything it needs comes as an argument."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Flask

from operations.line import Line
from operations.timed_jobs import TimedJob
from web import (
    access,
    at_hand,
    editions,
    errors,
    formats,
    forms,
    guard,
    languages,
    lists,
)
from web.intake import Senders
from web.intake import blueprint as intake_blueprint
from web.pages import blueprint as console
from web.views import guidance


@dataclass(frozen=True, slots=True)
class ShownAccount:
    """An account with fabricated policies only: the sign-in page offers it with its password."""

    login: str
    name: str
    role: str
    password: str


#: Bytes of a form with everything in it: twice the largest script.
LARGEST_FORM = 1_000_000


def create_app(
    line: Line,
    *,
    secret: str,
    locale: str = "zh_CN",
    phone: Blueprint | None = None,
    open_console: bool = False,
    public_url: str | None = None,
    timetable: Sequence[TimedJob] = (),
    shown_accounts: Sequence[ShownAccount] = (),
    intake: Senders | None = None,
) -> Flask:
    """The application for one line.

    ``secret`` signs cookies. ``locale`` is the language of a reader who has not chosen one.
    ``open_console`` lets other machines open the console, e.g. through a proxy that speaks TLS.
    ``public_url`` is where the carrier reaches us; the console never answers under that name.
    ``timetable``: the jobs whose runs the console shows. ``shown_accounts``: those of a
    demonstration, which the sign-in page offers. ``intake``: the other systems that
    take complaints in (web.intake). Raises ValueError for an unknown locale.
    """
    app = Flask("web")
    app.secret_key = secret
    app.config.update(SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_HTTPONLY=True)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_FORM, MAX_FORM_MEMORY_SIZE=LARGEST_FORM)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    at_hand.install(app, line, timetable)
    app.url_map.converters["row"] = lists.RowNumber
    editions.install(app)
    guard.install(
        app,
        phone=phone.name if phone else None,
        open_console=open_console,
        public_url=public_url,
    )
    access.install(app, phone=phone.name if phone else None)
    app.extensions["shown_accounts"] = tuple(shown_accounts)
    forms.install(app, phone=phone.name if phone else None)
    languages.install(app, locale)
    formats.install(app)
    errors.install(app)
    app.jinja_env.globals.update(link=lists.link, guidance_for=guidance.for_signals)
    app.add_url_rule("/healthz", "health", health)
    app.register_blueprint(console)
    if phone is not None:
        app.register_blueprint(phone)
    if intake and intake.tokens:
        app.register_blueprint(intake_blueprint(intake))
    return app


def health() -> tuple[dict[str, str], int]:
    """Alive, for whoever watches the process. Says nothing else."""
    return {"status": "ok"}, 200
