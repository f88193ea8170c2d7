"""Answers that reviewers wrote down, as material for the lexicon (语料): what one person heard and
labelled, another one releases. Nothing that was not released leaves by ``released``."""

import re

from operations import audit
from operations.line import Line
from operations.quality_trouble import QualityTrouble
from operations.review import Example
from operations.rights import Who
from scripts.labels import code_of
from store import reviews
from store.tables import Review, ReviewRelease

LONGEST = 2000
#: What proves an identity teaches nothing that may be handed on, nor does a number of a person.
PRIVATE = frozenset({"ID_PRESENT", "ID_VERIFY", "CONTACT"})
_NUMBER = re.compile(r"[\d零〇一二三四五六七八九幺]{7,}")


def decide(line: Line, who: Who, review_id: int, note: str = "", *, release: bool) -> None:
    """Release somebody else's words and label, or keep them out; the same again changes nothing.
    Raises QualityTrouble."""
    note = note.replace("\0", "").strip()
    if len(note) > LONGEST:
        raise QualityTrouble(f"a note may have {LONGEST} characters; shorten it")
    with line.database.transaction() as session:
        review = reviews.by_id(session, review_id, lock=True)
        if review is None or who.branch not in (None, review.call.policy.branch):
            raise QualityTrouble(f"there is no review {review_id}; look at the list")
        known = reviews.release_of(session, review_id)
        if known is not None and known.released == release:
            return
        if known is not None:
            raise QualityTrouble(f"{known.decided_by} has decided about these words already")
        if review.withdrawn_at is not None or not review.words:
            raise QualityTrouble("these words do not stand any more; look at the list again")
        if review.reviewer == who.name:
            raise QualityTrouble("you have written these words yourself; somebody else releases")
        if release and _private(review):
            raise QualityTrouble(
                "these words tell who the customer is, and may not be handed on; keep them out"
            )
        session.add(
            ReviewRelease(
                review_id=review_id, released=release, decided_at=line.clock(),
                decided_by=who.name, note=note,
            )
        )  # fmt: skip
        what = "words-released" if release else "words-kept-out"
        audit.note(session, line, who.name, what, f"call:{review.call_id}", f"#{review_id}")


def _private(review: Review) -> bool:
    known = code_of(review.question_id) in PRIVATE
    return known or _NUMBER.search(review.words or "") is not None


def released(line: Line) -> list[Example]:
    """Every answer that was released and was not corrected since, each once, in the order of its
    review."""
    with line.database.reading() as session:
        found = [
            Example(row.question_id, row.words or "", row.label, "review", "")
            for row in reviews.released(session)
        ]
    return list(dict.fromkeys(found))
