"""Pictures as SVG, for a page or for a file of their own. They need no request: the command line
draws them too. They show what they are given and compute nothing but places."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape

from scheduler.forecast import DayLoad
from web.languages import catalogue

HERE = Path(__file__).parent
CSS = HERE / "static" / "css"
#: Left of the first day; above the tallest bar; its foot; the room below for day and numbers.
LEFT, TOP, BASE, BELOW, LEGEND = 84, 16, 176, 62, 24
#: Width of a day, and of all days together where there are many.
WIDEST, ALL = 76, 1000


@dataclass(frozen=True, slots=True)
class DayBar:
    """One day in the units of the drawing. ``over``: more calls are wanted than possible."""

    day: date
    x: float
    middle: float
    label: str
    labelled: bool
    wanted: int
    made: int
    possible: int
    wanted_high: int
    made_high: int
    possible_high: int
    over: bool
    deadlines: int
    at_risk: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole drawing."""

    days: list[DayBar]
    step: float
    gap: float
    width: int
    height: int
    left: int = LEFT
    top: int = TOP
    base: int = BASE


def load_calendar(
    days: Sequence[DayLoad],
    at_risk: Mapping[date, int] | None = None,
    *,
    language: str = "en",
    alone: bool = True,
) -> str:
    """The calendar of load against capacity: per day the calls wanted, made and possible, the
    periods that end on it, and how many of them are at risk.

    ``alone``: a file of its own, which brings its colours along, light and dark; else a piece of a
    page that has them. ``language`` is one of ``web.languages.LANGUAGES``.
    """
    drawn = _picture(days, at_risk or {}, LEGEND if alone else 0)
    template = _environment(language).get_template("calendar.svg")
    return template.render(picture=drawn, style=_style() if alone else "")


def _picture(days: Sequence[DayLoad], at_risk: Mapping[date, int], legend: int) -> Picture:
    step = round(min(WIDEST, ALL / max(1, len(days))), 1)
    most = max([1.0, *(max(day.wanted, day.possible) for day in days)])
    every = 1 if step >= 26 else 2 if step >= 14 else 4
    bars = [
        _bar(day, number, step, most, every, at_risk.get(day.day, 0))
        for number, day in enumerate(days)
    ]
    return Picture(bars, step, round(step * 0.14, 1), LEFT + ALL, BASE + BELOW + legend)


def _bar(day: DayLoad, number: int, step: float, most: float, every: int, risk: int) -> DayBar:
    x = round(LEFT + number * step, 1)
    first = number == 0 or day.day.day == 1
    return DayBar(
        day=day.day,
        x=x,
        middle=round(x + step / 2, 1),
        label=f"{day.day.month}-{day.day.day}" if first else str(day.day.day),
        labelled=number % every == 0,
        wanted=round(day.wanted),
        made=round(day.made),
        possible=round(day.possible),
        wanted_high=_high(day.wanted, most),
        made_high=_high(min(day.made, day.wanted), most),
        possible_high=_high(day.possible, most),
        over=round(day.wanted) > round(day.possible),
        deadlines=day.deadlines,
        at_risk=risk,
    )


def _high(calls: float, most: float) -> int:
    return max(1, round(calls / most * (BASE - TOP - 30))) if round(calls) else 0


@cache
def _environment(language: str) -> Environment:
    """An environment without an application: only messages and templates."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(["svg"]),
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    return made


@cache
def _style() -> str:
    """The colours of the page, light and dark, and the style of the calendar."""
    sheet = (CSS / "base.css").read_text(encoding="utf-8")
    colours = re.findall(r"^:root \{.*?^\}|^@media \(prefers-color-scheme: dark\) \{.*?^\}", sheet,
                         re.DOTALL | re.MULTILINE)  # fmt: skip
    own = (CSS / "calendar.css").read_text(encoding="utf-8")
    return "\n".join([*colours, own, ".paper { fill: var(--paper); }"])
