"""Which language a page is in, and the catalogues. They are read from .po files when the
first application is made, so a fresh checkout needs no compiling step."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel, Domain, get_locale
from flask_babel import gettext as _gettext
from flask_babel import ngettext as _ngettext

CATALOGUES = Path(__file__).parent / "translations"

#: Locale -> its own name, as the switch at the foot of every page shows it.
LANGUAGES = {"zh_CN": "中文", "en": "English"}

COOKIE = "language"


def install(app: Flask, default: str) -> None:
    """Give the application its languages. Raises ValueError for a default nobody translated."""
    if default not in LANGUAGES:
        raise ValueError(f"locale {default!r} is not one of {', '.join(LANGUAGES)}")
    app.config["BABEL_DEFAULT_LOCALE"] = default
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    babel = Babel(app, locale_selector=lambda: chosen(default))
    babel.domain_instance = _domain()
    app.context_processor(lambda: {"languages": LANGUAGES, "language": chosen(default)})


def chosen(default: str) -> str:
    """The language of this request: the reader's cookie, else the default."""
    wanted = request.cookies.get(COOKIE, default)
    return wanted if wanted in LANGUAGES else default


class _Domain(Domain):  # type: ignore[misc]  # flask-babel has no types
    """Finds the catalogue of a request once: a page of a list has some hundred messages, and to
    ask for the language each time took a tenth of its time."""

    def get_translations(self) -> Translations:
        found: Translations | None = getattr(g, "catalogue", None) if has_app_context() else None
        if found is None:
            found = super().get_translations()
            if has_request_context():
                g.catalogue = found
        return found


def _domain() -> Domain:
    domain = _Domain(str(CATALOGUES))
    for locale in LANGUAGES:
        domain.cache[str(Locale.parse(locale)), "messages"] = catalogue(locale)
    return domain


@cache
def catalogue(locale: str) -> Translations:
    """The messages of a language, also for whoever needs them without a request. Read once."""
    file = CATALOGUES / locale / "LC_MESSAGES" / "messages.po"
    if not file.exists():  # English: the message ids are the text
        return Translations()
    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=locale))
    compiled.seek(0)
    return Translations(fp=compiled)


def gettext(message: str, **values: Any) -> str:
    """The message in the language of the page."""
    return str(_gettext(message, **values))


def ngettext(one: str, many: str, number: int) -> str:
    """The message for so many things; ``%(num)d`` is the number."""
    return str(_ngettext(one, many, number))


def is_chinese() -> bool:
    """Whether the page is in Chinese, for what brings its own words along."""
    locale = get_locale()
    return locale is not None and locale.language == "zh"
