"""How values look on a page: moments, lengths, money. The same digits in both languages."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context

from web import words
from web.languages import gettext as _
from web.languages import ngettext
from web.masks import mask_identity, mask_phone, mask_text
from web.troubles import said


def install(app: Flask) -> None:
    """Give the templates these filters, and one for every table of words."""
    app.jinja_env.filters.update(
        moment=moment,
        brief=brief,
        clock=clock,
        day=day,
        minutes=length,
        seconds=seconds,
        money=money,
        share=share,
        left=left,
        phone=mask_phone,
        identity=mask_identity,
        safe_text=mask_text,
        said=said,
    )
    for table in words.TABLES:
        app.jinja_env.filters[table] = _word_filter(table)


def _word_filter(table: str) -> Callable[[Context, str | None], str]:
    """A table of words as a filter. It takes the context so that the name of a value which a
    template writes out is looked up for every page: without, it would be looked up once, in the
    language of the first reader."""

    @pass_context
    def named(_context: Context, value: str | None) -> str:
        return words.word(table, value)

    return named


def moment(value: datetime | None) -> str:
    """``2026-11-21 09:05``."""
    return f"{value:%Y-%m-%d %H:%M}" if value else ""


def brief(value: datetime | None, now: datetime) -> str:
    """A moment of this year without the year, ``11-21 09:05``; else whole."""
    if value is None or value.year != now.year:
        return moment(value)
    return f"{value:%m-%d %H:%M}"


def clock(value: datetime | None) -> str:
    """``09:05:07``."""
    return f"{value:%H:%M:%S}" if value else ""


def day(value: date | None) -> str:
    """``2026-11-21``."""
    return f"{value:%Y-%m-%d}" if value else ""


def length(value: float | None) -> str:
    """Seconds as minutes and seconds: 83 -> ``1:23``."""
    if value is None:
        return ""
    minutes, rest = divmod(round(value), 60)
    return f"{minutes}:{rest:02d}"


def seconds(value: float | None) -> str:
    """A place in a recording to the tenth of a second: ``1:23.4``."""
    if value is None:
        return ""
    minutes, rest = divmod(round(value * 10), 600)
    return f"{minutes}:{rest / 10:04.1f}"


def money(value: Decimal | None) -> str:
    """Yuan: ``12,000.00``."""
    return f"{value:,.2f}" if value is not None else ""


def share(part: int, whole: int) -> str:
    """``37%``, and a dash where there is nothing to share."""
    return f"{part / whole:.0%}" if whole else "–"


def left(due: datetime | None, now: datetime) -> str:
    """How long until a deadline, or since it passed, in one unit."""
    if due is None:
        return ""
    gap = abs(due - now)
    amount = _amount(gap)
    if due >= now:
        return _("%(amount)s left", amount=amount)
    return _("%(amount)s over", amount=amount)


def _amount(gap: timedelta) -> str:
    if gap.days:
        return ngettext("%(num)d day", "%(num)d days", gap.days)
    hours, rest = divmod(gap.seconds, 3600)
    if hours:
        return ngettext("%(num)d hour", "%(num)d hours", hours)
    return ngettext("%(num)d minute", "%(num)d minutes", rest // 60)
