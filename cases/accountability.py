"""Who answers for what went wrong with a complaint (责任追究; domain.md 1.13, 004): how a measure
stands, and who may do what to it. Pure: values in, values out; the clock is handed in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cases.complaint_states import same


class Standing(StrEnum):
    """How a measure stands."""

    DECIDED = "decided"  # the person has not been told
    TOLD = "told"  # and may appeal
    APPEALED = "appealed"  # somebody else has to decide
    FINAL = "final"  # not contested in time
    UPHELD = "upheld"  # contested, and it stays
    LIFTED = "lifted"  # contested, and taken back


class Deed(StrEnum):
    """What somebody does to a measure."""

    TELL = "tell"
    APPEAL = "appeal"
    DECIDE = "decide"


class WhyNot(StrEnum):
    """Why a deed is not possible; the words are stable."""

    NO_RIGHT = "no-right"
    ABOUT_YOU = "about-you"
    OWN_DECISION = "own-decision"
    TOLD_ALREADY = "told-already"
    NOT_TOLD = "not-told"
    TOO_LATE = "too-late"
    APPEALED_ALREADY = "appealed-already"
    NO_APPEAL = "no-appeal"
    DECIDED_ALREADY = "decided-already"


@dataclass(frozen=True, slots=True)
class Measure:
    """What decides about a measure. ``granted`` is None until an appeal is decided."""

    who: str
    decided_by: str
    told_at: datetime | None = None
    appeal_until: datetime | None = None
    appealed_at: datetime | None = None
    granted: bool | None = None


@dataclass(frozen=True, slots=True)
class Doer:
    """Who wants to do something; ``holds``: they hold people accountable."""

    name: str
    holds: bool


def standing(measure: Measure, now: datetime) -> Standing:
    """How it stands at this moment."""
    if measure.granted is not None:
        return Standing.LIFTED if measure.granted else Standing.UPHELD
    if measure.appealed_at is not None:
        return Standing.APPEALED
    if measure.told_at is None:
        return Standing.DECIDED
    over = measure.appeal_until is not None and now > measure.appeal_until
    return Standing.FINAL if over else Standing.TOLD


def may_decide(doer: Doer, about: str) -> WhyNot | None:
    """Why somebody may not decide on a measure against ``about``: nobody judges themselves."""
    if not doer.holds:
        return WhyNot.NO_RIGHT
    return WhyNot.ABOUT_YOU if same(doer.name, about) else None


def allowed(measure: Measure, deed: Deed, doer: Doer, now: datetime) -> WhyNot | None:
    """Why somebody cannot do this now; None when they can."""
    stands = standing(measure, now)
    if deed is Deed.APPEAL:
        return _appealing(measure, stands, doer)
    right = may_decide(doer, measure.who)
    if right is not None:
        return right
    if deed is Deed.TELL:
        return None if stands is Standing.DECIDED else WhyNot.TOLD_ALREADY
    return _deciding(measure, stands, doer)


def _appealing(measure: Measure, stands: Standing, doer: Doer) -> WhyNot | None:
    """The person concerned appeals; whoever holds people accountable may write down an appeal that
    came on paper, for sellers and others without an account."""
    if not (doer.holds or same(doer.name, measure.who)):
        return WhyNot.NO_RIGHT
    return {
        Standing.DECIDED: WhyNot.NOT_TOLD,
        Standing.FINAL: WhyNot.TOO_LATE,
        Standing.APPEALED: WhyNot.APPEALED_ALREADY,
        Standing.UPHELD: WhyNot.APPEALED_ALREADY,
        Standing.LIFTED: WhyNot.APPEALED_ALREADY,
    }.get(stands)


def _deciding(measure: Measure, stands: Standing, doer: Doer) -> WhyNot | None:
    """Somebody else than whoever decided on the measure decides the appeal."""
    if stands in (Standing.UPHELD, Standing.LIFTED):
        return WhyNot.DECIDED_ALREADY
    if stands is not Standing.APPEALED:
        return WhyNot.NO_APPEAL
    return WhyNot.OWN_DECISION if same(doer.name, measure.decided_by) else None
