"""What a demonstration came to: the numbers, the cases with the customers' words, the check."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from exchange import Cast
from huifang.demo.check import Compared, compare
from operations.line import Line
from store import ends as store_ends
from store.ends import CaseLine, End, Totals


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that is printed at the end."""

    totals: Totals
    ends: tuple[End, ...]
    cases: tuple[CaseLine, ...]
    compared: Compared
    engine: str
    engine_why: str
    elapsed_s: float

    @property
    def outcomes(self) -> dict[str, int]:
        """How many policies ended in which outcome."""
        return dict(Counter(end.outcome or "not called" for end in self.ends).most_common())

    def as_json(self) -> dict[str, Any]:
        """The document of ``huifang demo --once --json``."""
        return {
            **asdict(self.totals),
            "engine": self.engine,
            "engine_why": self.engine_why,
            "outcomes": self.outcomes,
            "cases": [asdict(case) for case in self.cases],
            "expected": self.compared.expected,
            "matched": self.compared.matched,
            "mismatches": [asdict(one) for one in self.compared.mismatches],
            "elapsed_s": self.elapsed_s,
        }


def collect(line: Line, cast: Cast, elapsed_s: float) -> Results:
    """Read it all from the database."""
    with line.database.reading() as session:
        ends = tuple(store_ends.ends(session))
        return Results(
            totals=store_ends.totals(session),
            ends=ends,
            cases=tuple(store_ends.case_lines(session)),
            compared=compare(ends, cast),
            engine=line.speech.name if line.speech else "none",
            engine_why=line.speech_why,
            elapsed_s=round(elapsed_s, 1),
        )
