"""The names under which the console shows what the code calls by an English word. One table per
kind of word; a value that a table does not know is shown as it is."""

from collections.abc import Mapping

from web.words.case import (
    CASE_DEEDS,
    CASE_STAGES,
    CASE_STATES,
    CLASSES,
    FAMILIES,
    KINDS,
    LIGHTS,
    ORDERS,
    PAPERS,
    PROOFS,
    WHOSE,
)
from web.words.desk import DESK_WAYS, MARKS, WANTED
from web.words.faults import FAULTS
from web.words.kpis import COUNTABLES, DUES, GROUPINGS, KPI_NAMES, SPANS
from web.words.lessons import (
    CLUSTER_LISTS,
    COMPLAINT_ENDS,
    COMPLAINT_GROUPINGS,
    COMPLAINT_SOURCES,
    MEASURE_LISTS,
    STANDINGS,
)
from web.words.names import Names
from web.words.people import ACTIONS, AUDITED, ROLES
from web.words.plan import CAUSES, CLOSINGS, DETAILS, FOLLOW_UPS, RISKS, WHYS
from web.words.policy import CHANNELS, FREQUENCIES, PRODUCT_TYPES
from web.words.quality import (
    APPEAL_STATES,
    CALL_RISKS,
    MATERIAL_STATES,
    PARTS,
    PLAN_KINDS,
    SCORE_MARKS,
    STRATA,
    TASK_STATES,
)
from web.words.script import (
    ANSWERS,
    CODES,
    CONDITIONS,
    FIELDS,
    ITEMS,
    MEDIA,
    MOVES,
    PURPOSES,
    SEVERITIES,
    SLOTS,
    TONGUES,
)
from web.words.steering import (
    BLOCK_STATES,
    DIALLING,
    DIALLING_DEEDS,
    GROUNDS,
    HANDING_WHYS,
    HANDINGS,
    JOBS,
    NEEDS,
    PACES,
    SHORTS,
    SPECIALS,
    WAYS,
)
from web.words.talk import (
    ANSWERED_BY,
    CARRIER,
    EVENTS,
    LABELS,
    OUTCOMES,
    REASONS,
    RECORDINGS,
    REQUESTS,
    REVIEW_STATES,
    RIGHT,
    SOURCES,
    STATUSES,
    VIAS,
)
from web.words.timeline import HAPPENED, IMPORTED_AS, IN_TIME
from web.words.versions import (
    CHANGES,
    CHECK_GROUPS,
    DEEDS,
    DRAFT_STATES,
    RELEASE_STATES,
    SCRIPT_TRAITS,
)

#: Template filter -> its table.
TABLES: Mapping[str, Names] = {
    "role": ROLES,
    "action": ACTIONS,
    "audited": {**AUDITED, **{what: HAPPENED[what] for what in HAPPENED if "case-" in what}},
    "outcome": OUTCOMES,
    "label": LABELS,
    "class_name": CLASSES,
    "code": CODES,
    "status": STATUSES,
    "product_type": PRODUCT_TYPES,
    "channel": CHANNELS,
    "frequency": FREQUENCIES,
    "recording": RECORDINGS,
    "light": LIGHTS,
    "case_state": CASE_STATES,
    "case_stage": CASE_STAGES,
    "case_deed": CASE_DEEDS,
    "paper": PAPERS,
    "proof": PROOFS,
    "whose": WHOSE,
    "case_order": ORDERS,
    "carrier": CARRIER,
    "answered_by": ANSWERED_BY,
    "via": VIAS,
    "request_word": REQUESTS,
    "source": SOURCES,
    "event": EVENTS,
    "reason": REASONS,
    "review_state": REVIEW_STATES,
    "right": RIGHT,
    "family": FAMILIES,
    "kind": KINDS,
    "why": WHYS,
    "detail": DETAILS,
    "cause": CAUSES,
    "closing": CLOSINGS,
    "risk": RISKS,
    "follow_up": FOLLOW_UPS,
    "dialling": DIALLING,
    "dialling_deed": DIALLING_DEEDS,
    "pace": PACES,
    "short": SHORTS,
    "way": WAYS,
    "handing": HANDINGS,
    "handing_why": {**CLOSINGS, **HANDING_WHYS},
    "special": SPECIALS,
    "ground": GROUNDS,
    "block_state": BLOCK_STATES,
    "job": JOBS,
    "needs": NEEDS,
    "slot": SLOTS,
    "condition": CONDITIONS,
    "purpose": PURPOSES,
    "medium": MEDIA,
    "answer": ANSWERS,
    "move": MOVES,
    "item": ITEMS,
    "field": FIELDS,
    "tongue": TONGUES,
    "severity": SEVERITIES,
    "fault": FAULTS,
    "release_state": RELEASE_STATES,
    "draft_state": DRAFT_STATES,
    "deed": DEEDS,
    "change": CHANGES,
    "script_trait": SCRIPT_TRAITS,
    "check_group": CHECK_GROUPS,
    "mark": MARKS,
    "wanted": WANTED,
    "desk_way": DESK_WAYS,
    "countable": COUNTABLES,
    "kpi": KPI_NAMES,
    "grouping": GROUPINGS,
    "span": SPANS,
    "due": DUES,
    "happened": HAPPENED,
    "imported_as": IMPORTED_AS,
    "in_time": IN_TIME,
    "part": PARTS,
    "task_state": TASK_STATES,
    "score_mark": SCORE_MARKS,
    "call_risk": CALL_RISKS,
    "stratum": STRATA,
    "appeal_state": APPEAL_STATES,
    "material_state": MATERIAL_STATES,
    "plan_kind": PLAN_KINDS,
    "standing": STANDINGS,
    "cluster_list": CLUSTER_LISTS,
    "complaint_grouping": COMPLAINT_GROUPINGS,
    "complaint_source": COMPLAINT_SOURCES,
    "complaint_end": COMPLAINT_ENDS,
    "measure_list": MEASURE_LISTS,
}


def word(table: str, value: str | None) -> str:
    """The name of a value in the language of the page; the value itself where there is none."""
    if not value:
        return ""
    name = TABLES[table].get(value)
    return value if name is None else str(name)
