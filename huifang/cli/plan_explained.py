"""Why one policy is rung or not, as a document and as text: every fact that the decision rests on,
numbers masked, and the decisions that led to earlier calls."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from huifang.cli.output import say, table
from operations.plan import reasons_from_json
from operations.policy_facts import Gathered
from scheduler.deadlines import deadlines
from scheduler.facts import PolicyFacts, Use
from scheduler.hours import windows
from scheduler.may_dial import Allowed, Decision
from scheduler.order import Rank
from scheduler.rules import Rules
from store.tables import Attempt
from web.masks import mask_phone


def document(found: Gathered, decision: Decision, rules: Rules, now: datetime) -> dict[str, Any]:
    """Everything, as plain data."""
    facts = found.facts
    allowed = isinstance(decision, Allowed)
    return {
        "policy": facts.number,
        "at": now,
        "revisit": found.policy.revisit,
        "closed_because": found.policy.closed_because,
        "decision": {
            "may_be_rung": allowed and found.policy.revisit == "open",
            "not_before": decision.at,
            "deadline": decision.deadline,
            "slots_left": decision.slots_left,
            "number": mask_phone(decision.phone) if decision.phone else None,
            "reasons": [asdict(one) for one in decision.reasons],
            "order": list(_order(decision.rank, decision.slots_left, facts, rules)),
        },
        "facts": _facts(facts, rules, now),
        "calls": [_call(one) for one in found.attempts],
    }


def _facts(facts: PolicyFacts, rules: Rules, now: datetime) -> dict[str, Any]:
    limits = deadlines(facts, rules) if facts.receipt_signed_on else None
    today = now.astimezone(rules.hours.zone).date()
    return {
        "status": facts.status.value,
        "receipt_signed_on": facts.receipt_signed_on,
        "receipt_returned_on": facts.receipt_returned_on,
        "issued_on": facts.issued_on,
        "period_starts_on": limits.period.starts_on if limits else None,
        "period_ends_on": limits.period.ends_on if limits else None,
        "period_days": limits.period.days if limits else None,
        "company_limit": limits.company if limits else None,
        "first_call_by": limits.first_call_by if limits else None,
        "last_call": limits.last_call if limits else None,
        "hours_today": [
            f"{one.start:%H:%M}-{one.end:%H:%M}" for one in windows(today, rules.hours)
        ],
        "limits": {
            "per_person": rules.per_person,
            "per_number": rules.per_number,
            "per_revisit": rules.per_revisit,
            "gap_min": int(rules.gap.total_seconds() // 60),
        },
        "numbers": [{"number": mask_phone(one), **_use(facts.use_of(one))} for one in facts.phones],
        "person": _use(facts.person) if facts.person else None,
        "risks": list(facts.risks),
        "case_place": None if facts.case_place is None else facts.case_place + 1,
        "special_revisit": facts.special,
        "handed_over": facts.handed_over,
        "in_call": facts.in_call,
    }


def _use(use: Use) -> dict[str, Any]:
    return {
        "calls_today": use.today,
        "last_ended_at": use.last_ended_at,
        "in_call": use.in_call,
        "does_not_exist": use.dead,
        "do_not_call": use.blocked,
        "do_not_call_until": use.blocked_until,
    }


def _order(place: Rank | None, slots: int, facts: PolicyFacts, rules: Rules) -> Iterator[str]:
    """The rank in words, what counts first in front; nothing for a policy without one."""
    if place is None:
        return
    if not place.unpromised:
        yield "the customer was promised this call: before all that nobody was promised"
    else:
        yield f"{slots} calls fit before {place.deadline}: fewer is earlier"
    if facts.risks and place.unpromised:
        names = ", ".join(facts.risks)
        yield f"a customer at risk ({names}): as if {rules.risk_slots} fewer fitted"
    if facts.case_place is not None:
        yield f"an open case at place {facts.case_place + 1} of the processing order"
    times = "once" if place.tried == 1 else f"{place.tried} times"
    yield f"called {times}: less often is earlier"
    yield f"then by the day {place.deadline}, and in the order of import"


def _call(attempt: Attempt) -> dict[str, Any]:
    """An earlier call, and the decision that led to it."""
    return {
        "call": attempt.number,
        "planned_at": attempt.planned_at,
        "number": mask_phone(attempt.phone),
        "ended_at": attempt.ended_at,
        "cause": attempt.cause or attempt.outcome,
        "callback_at": attempt.callback_at,
        "reasons": attempt.reasons,
        "decision": attempt.decision,
    }


def show(told: dict[str, Any]) -> None:
    """The same for the eye."""
    decision, facts = told["decision"], told["facts"]
    say(f"{told['policy']} at {told['at']:%Y-%m-%d %H:%M}: {_verdict(told)}")
    rows = [
        (one["code"].value, one["detail"], f"{one['until']:%m-%d %H:%M}" if one["until"] else "")
        for one in decision["reasons"]
    ]
    table("why", ("reason", "detail", "until"), rows)
    for line in decision["order"]:
        say(f"order: {line}")
    plain = [
        (name.replace("_", " "), _shown(value))
        for name, value in facts.items()
        if name not in ("numbers", "person", "limits")
    ]
    plain += [(name.replace("_", " "), value) for name, value in facts["limits"].items()]
    table("facts", ("", ""), plain)
    uses = [("number", one.pop("number"), one) for one in [dict(one) for one in facts["numbers"]]]
    uses += [("person", "", facts["person"])] if facts["person"] else []
    table(
        "rung for whatever policy",
        ("", "number", "calls today", "last ended", "state"),
        [(kind, number, use["calls_today"], _shown(use["last_ended_at"]), _state(use))
         for kind, number, use in uses],
    )  # fmt: skip
    _show_calls(told["calls"])


def _verdict(told: dict[str, Any]) -> str:
    decision = told["decision"]
    if told["revisit"] != "open":
        return f"closed ({told['closed_because']}), nobody rings"
    if decision["may_be_rung"]:
        return f"may be rung on {decision['number']}, {decision['slots_left']} calls fit"
    if decision["not_before"]:
        return f"held back until {decision['not_before']:%m-%d %H:%M}"
    return "held back"


def _state(use: dict[str, Any]) -> str:
    words = {"in_call": "in a call", "does_not_exist": "does not exist", "do_not_call": "禁拨"}
    return ", ".join(word for name, word in words.items() if use[name])


def _shown(value: Any) -> str:
    if value is None or value == []:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _show_calls(calls: list[dict[str, Any]]) -> None:
    rows = [
        (
            one["call"],
            _shown(one["planned_at"]),
            one["number"],
            one["cause"] or "goes on",
            ", ".join(
                f"{why.code.value}{f' ({why.detail})' if why.detail else ''}"
                for why in reasons_from_json(one["reasons"])
            ),
            (one["decision"] or {}).get("slots_left", ""),
        )
        for one in calls
    ]
    if rows:
        columns = ("call", "decided", "number", "ended", "why it was made", "slots left then")
        table("calls so far", columns, rows)
