"""How numbers and persons have been used in the course of a simulation, in the form in which
decisions ask for it. Pure; knows no policy and decides nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from scheduler.facts import UNUSED, Use
from scheduler.outcome import Subject
from scripts.outcomes import Cause


def person_of(subject: Subject) -> str | None:
    """The key under which a person stands beside the numbers."""
    return None if subject.person is None else f"person {subject.person}"


def keys_of(subject: Subject) -> tuple[str, ...]:
    """Everything whose use matters to a policy: its numbers and its holder."""
    person = person_of(subject)
    return (*subject.facts.phones, person) if person else subject.facts.phones


class Uses:
    """The use of every number and person. Calls that went on at the beginning count for their day,
    and are taken to be over unless the simulation goes on with them."""

    def __init__(self, subjects: Iterable[Subject], today: date) -> None:
        self._found: dict[str, Use] = {}
        self._days: dict[str, date] = {}
        for subject in subjects:
            self._take(subject.facts.numbers)
            person = person_of(subject)
            if person and subject.facts.person:
                self._take({person: subject.facts.person})
        self._days = dict.fromkeys((k for k, use in self._found.items() if use.today), today)

    def _take(self, uses: Mapping[str, Use]) -> None:
        for key, use in uses.items():
            if use != UNUSED:
                self._found[key] = replace(use, in_call=False) if use.in_call else use

    def of(self, key: str, today: date) -> Use:
        """The use of a number or a person on this day."""
        use = self._found.get(key, UNUSED)
        if use.today and self._days[key] != today:
            use = self._found[key] = replace(use, today=0)
        return use

    def begin(self, key: str, today: date, *, counts: bool) -> None:
        """A call begins; ``counts`` is false for one that was counted when it began."""
        use = self.of(key, today)
        more = use.today + counts
        self._days[key] = today
        self._found[key] = _changed(use, more, use.last_ended_at, in_call=True)

    def end(self, key: str, at: datetime, cause: Cause, *, rang: bool) -> None:
        """The call has ended. One that rang nobody leaves no trace."""
        use = self._found[key]
        last = at if rang else use.last_ended_at
        today = use.today if rang else max(0, use.today - 1)
        empty = cause is Cause.EMPTY_NUMBER and not key.startswith("person ")
        self._found[key] = _changed(use, today, last, dead=use.dead or empty)


def _changed(
    use: Use, today: int, last: datetime | None, *, in_call: bool = False, dead: bool | None = None
) -> Use:
    """The use with other counts; ``replace`` takes several times as long."""
    return Use(
        today,
        last,
        in_call,
        use.dead if dead is None else dead,
        use.blocked,
        use.blocked_until,
    )
