"""A second opinion (复核意见) on an answer: a linear model over pieces of its text and over the
classes of its words, trained on labelled answers. It knows no rule and may overrule none to a yes.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scripts.answers.cascade import Token
from scripts.answers.lexicon import MODEL, Book
from scripts.answers.patterns import Alphabet
from scripts.labels import Label, code_of

_SILENT = re.compile(r"[，。？！、；：,.?!;:…“”\"'‘’《》·~—\-\s]")
_CONDITIONED = 3  # longest piece that is also counted apart for every question
_FIRST, _LAST = 6, 10  # characters of the beginning and the end that are also counted apart

_APART = (2, 3, 4)  # distances of two characters that are counted as a pair

_KNOWLEDGE = "ANY AWARE LIABILITY HESITATION SURRENDER_LOSS FEES NONGUAR READ CHANNELS"
_SIGNATURE = "SIGN_APP SIGN_TIP CONFIRM_FORM"
_PERSON = "ID_PRESENT ID_VERIFY CONSENT"
GROUPS = {
    code: group
    for group, codes in (("K", _KNOWLEDGE), ("S", _SIGNATURE), ("I", _PERSON))
    for code in codes.split()
}
_OTHER = "F"  # the group of the questions about a plain fact


@dataclass(frozen=True, slots=True)
class Pieces:
    """What the model sees of an answer: the pieces that also count apart for every question, and
    the others. ``pairs`` are the neighbouring characters among them."""

    conditioned: list[str]
    others: list[str]
    pairs: list[str]


@dataclass(frozen=True, slots=True)
class Opinion:
    """How probable each label is (they sum to 1)."""

    shares: Mapping[Label, float]

    def best(self, among: Iterable[Label]) -> Label:
        """The most probable of ``among``."""
        return max(among, key=lambda label: self.shares.get(label, 0.0))


def kinds(tokens: Iterable[Token], book: Book) -> list[str]:
    """For every token the first class it stands in, so that 我老婆 and 我儿子 count alike."""
    known = _kinds(book.alphabet)
    return [known.get(token.char, "X") for token in tokens]


@lru_cache(maxsize=8)
def _kinds(alphabet: Alphabet) -> dict[str, str]:
    return alphabet.kinds()


def pieces(text: str, kinds: Sequence[str], symbols: Sequence[str]) -> Pieces:
    """The pieces of ``text``. ``kinds`` are the classes of its words, ``symbols`` those left after
    the phrases."""
    line = f"^{_SILENT.sub('', text)}$"
    singles, pairs, threes, fours = _runs(line)
    conditioned = ["", *singles, *pairs, *threes]
    conditioned += _joined("C", ["^", *kinds, "$"])
    conditioned += _joined("F", ["^", *symbols, "$"])
    others = fours
    others += [f">{run}" for runs in _runs(line[-_LAST:])[:_CONDITIONED] for run in runs]
    others += [f"<{run}" for runs in _runs(line[:_FIRST])[:_CONDITIONED] for run in runs]
    marked = [f"~{char}" for char in line]
    for apart in _APART:
        others += map(add, marked, line[apart:])
    others.append(f"E{' '.join(symbols[-2:])}")
    return Pieces(list(dict.fromkeys(conditioned)), list(dict.fromkeys(others)), pairs[1:-1])


def _runs(line: str) -> tuple[list[str], list[str], list[str], list[str]]:
    """The pieces of one, two, three and four characters."""
    singles = list(line)
    pairs = list(map(add, singles, line[1:]))
    threes = list(map(add, pairs, line[2:]))
    return singles, pairs, threes, list(map(add, threes, line[3:]))


def _joined(mark: str, names: Sequence[str]) -> list[str]:
    """Every name and every two neighbours, behind a mark of their kind."""
    marked = [mark + name for name in names]
    return marked + [f"{one} {other}" for one, other in zip(marked, names[1:], strict=False)]


def scopes(question: str) -> tuple[str, str, str]:
    """For whom a piece is counted: everybody, the group of the question, the question."""
    code = code_of(question)
    return "", GROUPS.get(code, _OTHER), code


class Model:
    """The trained weights. ``data`` is what ``tests/opinion/train.py`` wrote: ``names`` (lines of
    scope, tab, piece), ``weights`` (one row a name, one column a label), ``squares`` (how much a
    name counts towards the length of an answer's vector), ``intercept``, ``labels``."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.labels = tuple(Label(name) for name in str(data["labels"]).split())
        columns = (np.asarray(data[name], dtype=np.float32) for name in ("weights", "squares"))
        self._weights: NDArray[np.float32] = np.column_stack([*columns])  # squares come last
        self._intercept: NDArray[np.float32] = np.asarray(data["intercept"], dtype=np.float32)
        self._rows: dict[str, dict[str, int]] = {}  # scope -> piece -> row
        for row, name in enumerate(bytes(data["names"]).decode().split("\n")):
            scope, _, piece = name.partition("\t")
            self._rows.setdefault(scope, {})[piece] = row

    def opinion(self, question: str, seen: Pieces) -> Opinion:
        """What the model makes of one answer to ``question`` (an id or a code)."""
        rows = self._rows_of(question, seen)
        summed = np.add.reduce(self._weights.take(rows, axis=0))
        scores = self._intercept + summed[:-1] / max(float(summed[-1]), 1.0) ** 0.5
        odds = np.exp(scores - scores.max())
        shares = (odds / odds.sum()).tolist()
        return Opinion(dict(zip(self.labels, shares, strict=True)))

    def familiar(self, seen: Pieces) -> float:
        """Which share of an answer's pairs of characters the model has met: 0 for a jumble of
        sounds or a single one, about 0.6 for what people say. 1 where one pair is too few to tell.
        """
        everybody = self._rows[""]
        met = [pair in everybody for pair in seen.pairs]
        return 1.0 if len(met) == 1 else sum(met) / max(len(met), 1)

    def _rows_of(self, question: str, seen: Pieces) -> list[int]:
        everybody, *narrower = (self._rows.get(scope, {}) for scope in scopes(question))
        met = [piece for piece in seen.conditioned if piece in everybody]
        found = [everybody[piece] for piece in met]
        found += [everybody[piece] for piece in seen.others if piece in everybody]
        for rows in narrower:  # what is counted for a question is counted for everybody too
            found += [rows[piece] for piece in met if piece in rows]
        return found


@cache
def model() -> Model:
    """The packaged model, loaded on first use."""
    content = (files("scripts.answers") / MODEL).read_bytes()
    with np.load(io.BytesIO(content), allow_pickle=False) as data:
        return Model({name: data[name] for name in data.files})
