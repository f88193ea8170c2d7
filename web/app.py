"""Makes the Flask application: the console, and the phone's webhooks where the caller passes
them in. Reads no environment; everything it needs comes as an argument."""

from flask import Blueprint, Flask

from operations.line import Line
from web import at_hand, errors, formats, forms, guard, languages, lists
from web.pages import blueprint as console


def create_app(
    line: Line,
    *,
    secret: str,
    locale: str = "zh_CN",
    phone: Blueprint | None = None,
    open_console: bool = False,
    public_url: str | None = None,
) -> Flask:
    """The application for one line.

    ``secret`` signs cookies. ``locale`` is the language of a reader who has not chosen one.
    ``open_console`` lets other machines open the console, which has no sign-in yet: only for a
    network in which everybody may see every policy. ``public_url`` is where the carrier reaches
    us; the console never answers under that name. Raises ValueError for an unknown locale.
    """
    app = Flask("web")
    app.secret_key = secret
    app.config.update(SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_HTTPONLY=True)
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    at_hand.install(app, line)
    app.url_map.converters["row"] = lists.RowNumber
    guard.install(
        app,
        phone=phone.name if phone else None,
        open_console=open_console,
        public_url=public_url,
    )
    forms.install(app, phone=phone.name if phone else None)
    languages.install(app, locale)
    formats.install(app)
    errors.install(app)
    app.jinja_env.globals.update(link=lists.link)
    app.add_url_rule("/healthz", "health", health)
    app.register_blueprint(console)
    if phone is not None:
        app.register_blueprint(phone)
    return app


def health() -> tuple[dict[str, str], int]:
    """Alive, for whoever watches the process. Says nothing else."""
    return {"status": "ok"}, 200
