"""Why a policy is dialled or held back, as sentences for the reader. Decides nothing."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from operations.plan import reasons_from_json
from scheduler.reasons import Because, Why
from scripts.rulebooks import Rulebook
from web import formats
from web.languages import gettext as _
from web.languages import is_chinese
from web.words import TABLES, word


def sentences(
    reasons: Iterable[Because], rulebook: Rulebook, told: datetime | None = None
) -> list[str]:
    """Every reason as a sentence: what holds, its detail, and until when, unless that is the
    moment ``told`` which is shown beside them anyway."""
    return [sentence(one, rulebook, told) for one in reasons]


def sentence(because: Because, rulebook: Rulebook, told: datetime | None = None) -> str:
    """One reason."""
    text = word("why", because.code)
    detail = _detail(because, rulebook)
    if detail:
        text = _("%(reason)s (%(detail)s)", reason=text, detail=detail)
    until = formats.moment(because.until) if because.until != told else ""
    return _("%(reason)s, until %(moment)s", reason=text, moment=until) if until else text


def _detail(because: Because, rulebook: Rulebook) -> str:
    match because.code:
        case _ if not because.detail:
            return ""
        case Why.AT_RISK:
            return risk_name(because.detail, rulebook)
        case Why.CASE:
            return _("place %(place)s in the processing order", place=because.detail)
        case Why.PROMISED:
            return formats.moment(datetime.fromisoformat(because.detail))
        case Why.OVER:
            return formats.day(date.fromisoformat(because.detail))
        case _:
            return word("detail", because.detail)


def risk_name(rule: str, rulebook: Rulebook) -> str:
    """A risk rule: as the rulebook names it for a Chinese page, translated where it is known."""
    own = next((one.name for one in rulebook.risk.rules if one.id == rule), rule)
    return own if is_chinese() or rule not in TABLES["risk"] else word("risk", rule)


def kept_sentences(kept: Iterable[Mapping[str, Any]], rulebook: Rulebook) -> list[str]:
    """Reasons as they were kept with an attempt, those of earlier versions included."""
    return [_kept(one, rulebook) for one in kept]


def _kept(one: Mapping[str, Any], rulebook: Rulebook) -> str:
    try:
        (because,) = reasons_from_json([one])
    except (KeyError, ValueError):  # a code or a form that this version does not know
        return word("why", str(one.get("code", "")))
    return sentence(because, rulebook)
