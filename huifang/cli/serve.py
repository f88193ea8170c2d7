"""``huifang serve``, ``web`` and ``worker``: everything in one process, or the parts apart."""

import secrets
from contextlib import ExitStack

import click

from huifang.cli import json_option
from huifang.cli.output import emit, say
from huifang.logs import configure
from huifang.servers import Wsgi, polite_end, serving
from huifang.settings import Settings, load
from huifang.timetable import known_jobs, timetable, working
from huifang.wiring import (
    choose_speech,
    has_carrier,
    make_line,
    twilio_media,
    twilio_phone,
    webhooks,
)
from operations import accounts
from operations.accounts import Made
from operations.duties import Lead
from operations.line import Line
from web.app import create_app
from web.intake import Senders
from web.phone import blueprint


@click.command("serve")
@json_option
def serve_command(as_json: bool) -> None:
    """Console, webhooks and worker in one process."""
    _run(web=True, worker=True, as_json=as_json)


@click.command("web")
@json_option
def web_command(as_json: bool) -> None:
    """Console and webhooks only; run the worker beside it."""
    _run(web=True, worker=False, as_json=as_json)


@click.command("worker")
@json_option
def worker_command(as_json: bool) -> None:
    """The timed jobs only: plan, place calls, fetch and hear recordings."""
    _run(web=False, worker=True, as_json=as_json)


def _run(*, web: bool, worker: bool, as_json: bool) -> None:
    settings = load()
    configure(settings.log_level)
    line = _line(settings, hears=worker)
    lead = Lead(line)
    jobs = timetable(line, lead) if worker else []
    with ExitStack() as running:
        address = None
        if web:
            app = _app(settings, line)
            port = running.enter_context(serving(app, settings.host, settings.port))
            address = f"http://{settings.host}:{port}/"
        ended = polite_end()
        first = accounts.first_administrator(line) if web else None
        _announce(line, address, [job.name for job in jobs], first, as_json)
        if jobs:
            running.enter_context(working(line, lead, jobs))
        ended.wait()


def _line(settings: Settings, *, hears: bool) -> Line:
    speech = choose_speech(settings, settings.engine) if hears else None
    if not has_carrier(settings):
        return make_line(settings, speech=speech)
    phone = twilio_phone(settings)
    return make_line(settings, speech=speech, phone=phone, fetch=twilio_media(settings, phone))


def _app(settings: Settings, line: Line) -> Wsgi:
    secret = settings.secret.get_secret_value() if settings.secret else secrets.token_urlsafe(32)
    phone = blueprint(line, webhooks(settings)) if has_carrier(settings) else None
    return create_app(
        line,
        secret=secret,
        phone=phone,
        open_console=settings.open_console,
        public_url=settings.public_url,
        timetable=known_jobs(line),
        intake=Senders(
            {name: one.get_secret_value() for name, one in settings.intake_tokens.items()},
            settings.intake_per_minute,
        ),
    )


def _announce(
    line: Line, address: str | None, jobs: list[str], first: Made | None, as_json: bool
) -> None:
    if as_json:
        emit({"console": address, "jobs": jobs, "carrier": line.phone is not None,
              "first_administrator": first})  # fmt: skip
        return
    if address:
        say(f"console: {address}")
    if first:
        say(f"nobody has an account yet; sign in as {first.login} with the one-time password"
            f" {first.password}, which is shown only now")  # fmt: skip
    if line.phone is None:
        say("no carrier is configured, so nobody is called; see docs/operations.md")
    if jobs:
        say(f"jobs: {', '.join(jobs)}")
    if line.speech_why:
        say(line.speech_why)
