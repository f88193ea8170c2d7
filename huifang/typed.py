"""What a customer is made to say in a rehearsal: answers from a file or the keyboard, in the order
of the questions or by the question they answer. Reads one file; knows nothing of calls."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from huifang.faults import InputFault
from scripts.labels import code_of
from scripts.model import Script

#: ``READ.tips: 没看过``: the id or code of a question, or * for every other one.
_NAMED = re.compile(r"(?P<name>\*|[A-Z][A-Z0-9_]*(?:[.-][\w-]+)*)\s*[:：](?P<words>.*)")

Ask = Callable[[], str | None]


@dataclass(slots=True)
class Typed:
    """Answers ready to be given. ``named`` are those written with their question, the n-th for the
    n-th time it is asked and the last one again; ``in_order`` gives the others, one each time,
    and None after the last."""

    in_order: Ask
    named: dict[str, list[str]] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)

    def next(self, question: str) -> str:
        """The answer to this question; silence when none is left."""
        for name in (question, code_of(question)):
            if name in self.named:
                return self._named(name, question)
        words = self.in_order()
        if words is None:
            return self._named("*", question) if "*" in self.named else ""
        return words

    def _named(self, name: str, question: str) -> str:
        words, times = self.named[name], self.given.get(question, 0)
        self.given[question] = times + 1
        return words[min(times, len(words) - 1)]


def from_file(file: Path, script: Script) -> Typed:
    """The answers of a file, one a line: words, keys as digits, nothing for silence, or
    ``QUESTION: words``. Raises InputFault."""
    known = {question.id for question in (*script.questions, *script.aside)}
    known |= {code_of(question) for question in known} | {"*"}
    named: dict[str, list[str]] = {}
    in_order: list[str] = []
    for number, line in enumerate(_lines(file), start=1):
        match = _NAMED.fullmatch(line.strip())
        if match is None:
            in_order.append(line)
        elif match["name"] not in known:
            raise InputFault(
                f"{file}:{number}: the script {script.id} has no question {match['name']};"
                f" `huifang scripts show` names them"
            )
        else:
            named.setdefault(match["name"], []).append(match["words"].strip())
    return Typed(each(in_order), named)


def each(answers: Iterable[str]) -> Ask:
    """Answers one by one, then None."""
    left: Iterator[str] = iter(answers)
    return lambda: next(left, None)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as fault:
        raise InputFault(f"{file}: cannot be read ({fault.strerror}); check the path") from None
    except UnicodeDecodeError as fault:
        where = f"byte {fault.start} is not UTF-8"
        raise InputFault(f"{file}: {where}; save the file as UTF-8 text") from None
