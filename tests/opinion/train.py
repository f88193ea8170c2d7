"""Trains the second opinion on answers from the labelled answers, and measures it on authors it
was not trained on. ``python -m tests.opinion.train`` writes scripts/answers/opinion.npz."""

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from scripts.answers import opinion
from scripts.answers.lexicon import MODEL, book
from scripts.answers.reading import by_rules

DATA = Path(opinion.__file__).parent / "data"
SETS = (
    "answers-dev.tsv", "variants.tsv", "long.tsv", "entries.tsv", "plain.tsv", "authors.tsv",
    "library.tsv",
)  # fmt: skip
PLAIN = "plain.tsv"  # many lines that hardly differ
LEAST_SEEN = 3  # answers in which a piece must occur
STRENGTH = 300.0  # inverse of the regularisation, chosen on authors left out
OWN = 0.5  # the weight of an answer of the one author who also wrote the first rules


@dataclass(frozen=True)
class Answer:
    author: str
    question: str
    words: str
    label: str


def labelled(names: Iterable[str] = SETS) -> list[Answer]:
    """The labelled answers of the sets ``names``."""
    out = []
    for name in names:
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                author = row.get("author") or name
                out.append(Answer(author, row["question"], row["answer"], row["label"]))
    return out


def learnable(answers: Iterable[Answer]) -> list[Answer]:
    """Those on which there can be an opinion: no transcribers' notes, no birthdays."""
    return [answer for answer in answers if names(answer)]


def names(answer: Answer) -> list[str]:
    """Every feature of an answer: scope, tab, piece."""
    seen = by_rules(answer.question, answer.words, None, None, book()).seen
    if seen is None:
        return []
    out = []
    for scope in opinion.scopes(answer.question):
        wanted = seen.conditioned if scope else seen.conditioned + seen.others
        out += [f"{scope}\t{piece}" for piece in wanted]
    return out


def fit(answers: Sequence[Answer]) -> dict[str, Any]:
    """The weights of ``opinion.Model`` learned from ``answers``. A piece counts the more the
    rarer it is (inverse document frequency); every answer's vector has the length 1."""
    features = [names(answer) for answer in answers]
    counts = Counter(name for one in features for name in one)
    known = sorted(name for name, count in counts.items() if count >= LEAST_SEEN)
    rarity = np.array([log(len(answers) / counts[name]) for name in known])
    matrix = _matrix(features, {name: at for at, name in enumerate(known)}, rarity)
    weight = [_weight(answer) for answer in answers]
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    model.fit(matrix, [answer.label for answer in answers], sample_weight=weight)
    return {
        "names": np.frombuffer("\n".join(known).encode(), dtype=np.uint8),
        "weights": (model.coef_ * rarity).T.astype(np.float16),
        "squares": (rarity**2).astype(np.float16),
        "intercept": model.intercept_.astype(np.float32),
        "labels": np.array(" ".join(model.classes_)),
    }


def _weight(answer: Answer) -> float:
    if answer.author == PLAIN:
        return 0.2
    return 1.0 if len(answer.author) == 1 else OWN


def _matrix(features: list[list[str]], place: dict[str, int], rarity: Any) -> csr_matrix:
    columns, starts, values = [], [0], []
    for one in features:
        mine = [place[name] for name in one if name in place]
        columns += mine
        starts.append(len(columns))
        values.append(rarity[mine] / max(float((rarity[mine] ** 2).sum()), 1.0) ** 0.5)
    shape = (len(features), len(place))
    return csr_matrix((np.concatenate(values), columns, starts), shape=shape)


def source(answers: Sequence[Answer]) -> str:
    """A hash of what a model is trained on, by which a stale model is known."""
    text = "\n".join(f"{a.question}\t{a.words}\t{a.label}" for a in answers)
    return sha256(text.encode()).hexdigest()[:12]


def main() -> None:
    answers = labelled()
    arrays = fit(learnable(answers)) | {"source": np.array(source(answers))}
    target = Path(opinion.__file__).parent / MODEL
    np.savez_compressed(target, **arrays)
    sys.stdout.write(f"{len(answers)} answers, {len(arrays['weights'])} pieces -> {target.name}\n")


if __name__ == "__main__":
    main()
