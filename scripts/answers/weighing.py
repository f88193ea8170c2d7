"""Puts what the rules read and what the second opinion makes of it into one reading. The opinion
takes a yes away or names a doubt; it never makes a yes that the rules did not find."""

from dataclasses import dataclass, replace

from scripts.answers.opinion import Opinion
from scripts.answers.records import Reading, Why
from scripts.labels import PRIORITY, Label

#: Shares chosen on authors left out of the training (docs/answers.md).
YES = 0.6  # what a yes of the rules needs
HELD_YES = 0.2  # the same where the record bears out what was said
CONTESTED_YES = 0.8  # what a yes needs that closes an answer in which something leaves a doubt
NAMED = 0.35  # what another label needs where the rules abstain, or had a yes that fell
AGAINST = 0.5  # what another label needs where the rules have one
DOUBTED_NO = 0.6  # what a doubt needs against a no of the rules...
NO_LEFT = 0.2  # ...of which the opinion sees no more than this
LEAST_FAMILIAR = 0.15  # below it words that no rule knows are a jumble, not an answer
NOT_CARRIED = 0.1  # below this the opinion does not see the rules' label in the answer at all

_DOUBTS = frozenset({Label.UNSURE, Label.UNCLEAR, Label.EXPLAIN})
#: What the customer wants. Beside a no that the rules heard as well it goes first: 没看，别打了.
#: In a story it may be what somebody else wanted.
_WISHES = frozenset({Label.COMPLAINT, Label.CALLBACK, Label.REFUSE})
_EMPTY = frozenset({Label.UNCLEAR, Label.SILENCE})
#: Who is not the holder is told nothing, whatever the opinion; who did not hear or follow the
#: question has not answered it.
FIRM = frozenset({Label.NOT_HOLDER, Label.UNCLEAR, Label.SILENCE})
_CAREFUL = tuple(label for label in PRIORITY if label not in {*_EMPTY, Label.AFFIRM})
_RANK = {label: rank for rank, label in enumerate(PRIORITY)}


@dataclass(frozen=True, slots=True)
class Told:
    """How an answer was told. ``story``: in three clauses or more. ``closing``: a story whose last
    word about the item is an explicit yes. ``held``: its numbers were held against the record."""

    story: bool = False
    closing: bool = False
    held: bool = False


def weighed(reading: Reading, opinion: Opinion, told: Told) -> Reading:
    """The rules' ``reading`` as it stands after the second opinion."""
    old = reading.label
    new = settled(old, opinion, told)
    both = old in _WISHES and new in reading.also and not told.story
    if new is old or both:
        return reading
    share = opinion.shares[new]
    why = Why(new, f"opinion:{share:.2f}<{old}", reading.normalised, 0.0)
    carried = (*reading.also, old) if opinion.shares[old] >= NOT_CARRIED else reading.also
    also = tuple(label for label in PRIORITY if label in carried and _RANK[label] > _RANK[new])
    return replace(reading, label=new, also=also, why=(why,))


def settled(label: Label, opinion: Opinion, told: Told) -> Label:
    """The label after the second opinion."""
    contested = told.closing and label in _DOUBTS
    needed = CONTESTED_YES if contested else HELD_YES if told.held else YES
    if (label is Label.AFFIRM or contested) and opinion.shares[Label.AFFIRM] >= needed:
        return Label.AFFIRM
    other = opinion.best(_CAREFUL)
    if label in (Label.AFFIRM, Label.UNSURE):
        return other if opinion.shares[other] >= NAMED else Label.UNSURE
    return other if _outweighs(other, label, opinion) else label


def _outweighs(other: Label, label: Label, opinion: Opinion) -> bool:
    """Whether ``other`` takes the place of the rules' ``label``: a label that goes before it does,
    and a no or a doubt does where the opinion sees nothing of what the rules saw. A no becomes a
    doubt, which is asked again, and nothing less."""
    if label in FIRM or opinion.shares[other] < AGAINST:
        return False
    if _RANK[other] < _RANK[label]:
        return True
    if label is Label.DENY:
        return opinion.shares[other] >= DOUBTED_NO and opinion.shares[label] < NO_LEFT
    return opinion.shares[label] < NOT_CARRIED
