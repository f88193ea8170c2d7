"""A quiz on the guidance (应对测验): questions made of its content, drawn by a seed. The same
guide and seed make the same paper. Pure: keeps nothing and knows nobody."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from random import Random
from typing import Any

from scripts.guide.model import Guide, Piece, SectionId, Text

#: Options of one question.
OPTIONS = 4
#: The largest seed: what every database counts to.
LARGEST_SEED = 2**31 - 1
#: Sections whose pieces are recognised by signs, and those whose responses differ from each other.
_RECOGNISED = (SectionId.RISKS, SectionId.TYPES, SectionId.DIFFICULT)
_ANSWERED = (SectionId.RISKS, SectionId.TYPES)


class Ask(StrEnum):
    """What a question asks."""

    KIND = "kind"  # the signs are given: which kind is it
    RESPONSE = "response"  # the kind is given: which response
    SAY = "say"  # the kind is given: which wording may be used
    NEVER = "never"  # which wording must not be used
    TABOO = "taboo"  # which of these is a taboo
    NEXT = "next"  # a step is given: which comes after it
    QUESTION = "question"  # a sentence is given: which kind of question


@dataclass(frozen=True, slots=True)
class Question:
    """One that can be asked. ``about`` is the id of its piece; ``given`` stands in the question;
    ``others`` are wrong, all of them."""

    ask: Ask
    about: str
    given: Text
    right: Text
    others: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One as it was drawn: ``options`` in the order in which they are shown, ``right`` the place
    of the right one, from 0."""

    ask: Ask
    about: str
    given: Text
    options: tuple[Text, ...]
    right: int


def questions(guide: Guide) -> tuple[Question, ...]:
    """Every question that the guide's content makes, in its order."""
    every = (*_of_kinds(guide), *_of_wording(guide), *_of_order(guide), *_of_lists(guide))
    return tuple(one for one in every if len(one.others) >= OPTIONS - 1)


def draw(guide: Guide, seed: int) -> tuple[Asked, ...]:
    """The paper of a seed, 0 to ``LARGEST_SEED``: as many questions as the guide wants, each piece
    at most once as long as there are others."""
    chance = Random(seed)
    pool = list(questions(guide))
    chance.shuffle(pool)
    first: list[Question] = []
    again: list[Question] = []
    seen: set[str] = set()
    for one in pool:
        (again if one.about in seen else first).append(one)
        seen.add(one.about)
    return tuple(_shown(one, chance) for one in (*first, *again)[: guide.questions])


def score(paper: Sequence[Asked], chosen: Sequence[int]) -> int:
    """Percent of a paper's questions that were answered right, rounded down."""
    right = sum(one.right == place for one, place in zip(paper, chosen, strict=True))
    return right * 100 // len(paper)


def kept(paper: Sequence[Asked]) -> list[dict[str, Any]]:
    """A paper as plain data, to be kept with its answers: it stays when the guide changes."""
    return [
        {
            "ask": one.ask.value,
            "about": one.about,
            "given": [one.given.zh, one.given.en],
            "options": [[text.zh, text.en] for text in one.options],
            "right": one.right,
        }
        for one in paper
    ]


def of_kept(data: Sequence[Mapping[str, Any]]) -> tuple[Asked, ...]:
    """A paper that was kept."""
    return tuple(
        Asked(
            Ask(one["ask"]),
            one["about"],
            Text(*one["given"]),
            tuple(Text(*text) for text in one["options"]),
            one["right"],
        )
        for one in data
    )


def _shown(one: Question, chance: Random) -> Asked:
    options = [one.right, *chance.sample(one.others, OPTIONS - 1)]
    chance.shuffle(options)
    return Asked(one.ask, one.about, one.given, tuple(options), options.index(one.right))


def _of_kinds(guide: Guide) -> Iterator[Question]:
    """Which kind it is by its signs, and which response a kind wants."""
    for name in _RECOGNISED:
        pieces = guide.section(name)
        for one in pieces:
            if one.signs:
                yield Question(Ask.KIND, one.id, one.signs, one.title, _but(one, pieces))
    for name in _ANSWERED:
        answered = [one for one in guide.section(name) if one.text]
        for one in answered:
            others = tuple(piece.text for piece in answered if piece.text != one.text)
            yield Question(Ask.RESPONSE, one.id, one.title, one.text, others)


def _of_wording(guide: Guide) -> Iterator[Question]:
    """Which sentence may be said, and which must not: whatever is wrong in one question is wrong
    everywhere, and nothing that may be said anywhere is called wrong."""
    says = tuple(text for one in guide.pieces for text in one.says)
    never = tuple(text for one in guide.pieces for text in one.never)
    kinds = guide.section(SectionId.QUESTIONS)  # asked about in a way of their own
    for one in guide.pieces:
        for text in () if one in kinds else one.says:
            yield Question(Ask.SAY, one.id, one.title, text, never)
        for text in one.never:
            yield Question(Ask.NEVER, one.id, one.title, text, says)


def _of_order(guide: Guide) -> Iterator[Question]:
    """Which step comes next."""
    steps = guide.section(SectionId.STEPS)
    for before, after in pairwise(steps):
        others = tuple(one.title for one in steps if one not in (before, after))
        yield Question(Ask.NEXT, after.id, before.title, after.title, others)


def _of_lists(guide: Guide) -> Iterator[Question]:
    """Which is a taboo, and which kind of question a sentence is."""
    right_things = (*guide.section(SectionId.PRINCIPLES), *guide.section(SectionId.STEPS))
    for one in guide.section(SectionId.TABOOS):
        others = tuple(piece.title for piece in right_things)
        yield Question(Ask.TABOO, one.id, Text(), one.title, others)
    asking = guide.section(SectionId.QUESTIONS)
    for one in asking:
        for text in one.says:
            yield Question(Ask.QUESTION, one.id, text, one.title, _but(one, asking))


def _but(one: Piece, pieces: Sequence[Piece]) -> tuple[Text, ...]:
    """The other pieces' titles."""
    return tuple(piece.title for piece in pieces if piece.title != one.title)
