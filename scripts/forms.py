"""Amounts, dates, periods and digits in the forms of a language: Chinese ones as they are spoken,
those of other languages as Babel's tables write them. It knows no slot."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

from scripts import spoken
from scripts.facts import Frequency, Period, PeriodKind


class Forms(Protocol):
    """How one language says what a policy holds."""

    def amount(self, yuan: Decimal) -> str:
        """A premium in yuan."""

    def calendar_day(self, day: date) -> str:
        """A date."""

    def moment(self, when: datetime) -> str:
        """A date and a time of day, in the time zone it carries."""

    def period(self, value: Period) -> str:
        """A payment or cover period."""

    def days(self, value: int) -> str:
        """A number of days."""

    def every(self, frequency: Frequency) -> str:
        """How often a premium is paid."""

    def digits(self, text: str) -> str:
        """Digits read out one by one."""

    def title(self, gender: str | None) -> str | None:
        """How a person is addressed; None when the gender is not known."""

    def caller(self, by_person: bool) -> str:
        """Who speaks: a machine says that it is one (domain.md 2.10)."""


class _Chinese:
    """scripts.spoken, for every language written in Chinese characters."""

    amount = staticmethod(spoken.amount)
    calendar_day = staticmethod(spoken.calendar_day)
    moment = staticmethod(spoken.moment)
    period = staticmethod(spoken.period)
    days = staticmethod(spoken.days)
    every = staticmethod(spoken.every)
    digits = staticmethod(spoken.digits)
    title = staticmethod(spoken.title)
    caller = staticmethod(spoken.caller)


_EVERY = {
    Frequency.SINGLE: "once",
    Frequency.YEARLY: "every year",
    Frequency.HALF_YEARLY: "every half year",
    Frequency.QUARTERLY: "every quarter",
    Frequency.MONTHLY: "every month",
}


class _Written:
    """A language of Babel's. Words that its tables lack (how often, for life) are English ones: a
    translator sees them in the script and may word the sentence around them."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale

    def amount(self, yuan: Decimal) -> str:
        return str(format_currency(yuan, "CNY", locale=self.locale, currency_digits=False,
                                   format="#,##0.## ¤¤"))  # fmt: skip

    def calendar_day(self, day: date) -> str:
        return str(format_date(day, "long", locale=self.locale))

    def moment(self, when: datetime) -> str:
        return str(format_datetime(when, "d MMMM, HH:mm", locale=self.locale))

    def period(self, value: Period) -> str:
        if value.kind is PeriodKind.LIFE:
            return "for life"
        if value.number is None:
            raise ValueError(f"a period counted as {value.kind} needs a number")
        if value.kind is PeriodKind.TO_AGE:
            return f"to the age of {value.number}"
        return f"{value.number} {'year' if value.number == 1 else 'years'}"

    def days(self, value: int) -> str:
        number = format_decimal(value, locale=self.locale)
        return f"{number} {'day' if value == 1 else 'days'}"

    def every(self, frequency: Frequency) -> str:
        return _EVERY[frequency]

    def digits(self, text: str) -> str:
        return " ".join(char for char in text.upper() if char not in " -")

    def title(self, gender: str | None) -> str | None:
        return None

    def caller(self, by_person: bool) -> str:
        return "a customer agent" if by_person else "an automated voice assistant"


#: Languages written in Chinese characters, by the first part of their tag.
_IN_CHARACTERS = frozenset({"zh", "cmn", "yue", "nan", "hak", "wuu", "gan", "hsn", "cdo"})


@lru_cache(maxsize=64)
def forms(language: str) -> Forms:
    """The forms of a language tag (zh-CN, yue, en-US). Raises ValueError for an unknown one."""
    if language.partition("-")[0] in _IN_CHARACTERS:
        return _Chinese()
    try:
        return _Written(Locale.parse(language, sep="-"))
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"{language!r} is no language tag: write zh-CN, yue, en") from error
