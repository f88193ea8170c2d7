"""The closed words of a rulebook: what may be counted, how days run, who is asked first. Each word
has the Chinese name under which supervisors know it; nothing is decided here."""

from collections.abc import Mapping
from enum import StrEnum

from scripts.model import Medium


class Calendar(StrEnum):
    """How the days of a deadline are counted."""

    NATURAL = "natural"
    WORKING = "working"


class StartRule(StrEnum):
    """The first day of the cooling-off period (conflict C-02)."""

    DAY_AFTER = "day-after"
    SAME_DAY = "same-day"


class FirstCallFrom(StrEnum):
    """What the first call waits for (conflict C-01)."""

    RECEIPT = "receipt"
    RECEIPT_RETURNED = "receipt-returned"
    ISSUE = "issue"


class PeriodFrom(StrEnum):
    """What tells whether a revisit was in the period (conflict C-03): the receipt with the
    cooling-off days, or natural days since issue."""

    RECEIPT = "receipt"
    ISSUE = "issue"


class Way(StrEnum):
    """How a revisit is made where head office's telephone cannot (domain.md 1.11, 002-g 3.2)."""

    BRANCH_CALL = "branch-call"
    LETTER = "letter"
    VISIT = "visit"


class Police(StrEnum):
    """When the police are called to a counter (conflict C-12)."""

    AVOIDED = "avoided"
    WHEN_NEEDED = "when-needed"


class Issued(StrEnum):
    """The month in which a case was issued, seen from the month in which it is worked on."""

    LAST_MONTH = "last-month"
    MONTH_BEFORE_LAST = "month-before-last"


class FoundBy(StrEnum):
    """Who finds a kind of case: the calls, by triggers; the screening of a list; a person."""

    CALL = "call"
    SCREENING = "screening"
    PERSON = "person"


class Proof(StrEnum):
    """What a case can be closed by (结案凭据)."""

    OPINION = "opinion"  # the handler's own words on what was found and done
    ANSWER = "answer"  # a talk with the holder: date, words, minutes
    SIGNED = "signed"  # a paper with the holder's own signature
    RECEIPT = "signed-receipt"  # the signed receipt
    CHANGED = "changed"  # the corrected data, or the form by which they were changed
    RECALLED = "recalled"  # the recording of a second revisit that came to a clear yes


class Screened(StrEnum):
    """What the screening of a policy list can object to."""

    PHONE = "phone"
    SHARED = "shared"
    DATA = "data"


class Taken(StrEnum):
    """Where a value comes from on which the source document is silent."""

    LAW = "law"
    STANDARD = "standard"
    OWN = "own"


class Unit(StrEnum):
    """What a KPI is expressed in."""

    PERCENT = "percent"
    COUNT = "count"


class Countable(StrEnum):
    """What a KPI may count. Policies and calls first, then cases."""

    DUE = "due"
    VALID_DUE = "valid-due"
    FIRST_DONE_IN_PERIOD = "first-done-in-period"
    SUCCESS = "success"
    SUCCESS_IN_PERIOD = "success-in-period"
    PHONE_SUCCESS = "phone-success"
    PHONE_SUCCESS_IN_PERIOD = "phone-success-in-period"
    COMPLETED = "completed"
    CLEAN = "clean"
    PROBLEMS = "problems"
    UNSUCCESSFUL = "unsuccessful"
    VISITS = "visits"
    LETTERS = "letters"
    CASES_ISSUED = "cases-issued"
    CASES_CLOSED = "cases-closed"
    CASES_CLOSED_IN_TIME = "cases-closed-in-time"


#: The Chinese name of every word above. Words that two lists share mean the same in both.
NAMES: Mapping[str, str] = {
    Calendar.NATURAL: "自然日",
    Calendar.WORKING: "工作日",
    StartRule.DAY_AFTER: "签收次日",
    StartRule.SAME_DAY: "签收当日",
    FirstCallFrom.RECEIPT: "回执签收",
    FirstCallFrom.RECEIPT_RETURNED: "回执回销",
    FirstCallFrom.ISSUE: "承保",
    Medium.PHONE: "电话",
    Medium.VISIT: "面访",
    Medium.LETTER: "信函",
    Way.BRANCH_CALL: "机构电话",
    Police.AVOIDED: "一般不主张报警",
    Police.WHEN_NEEDED: "必要时及时报警",
    Issued.LAST_MONTH: "上月下发",
    Issued.MONTH_BEFORE_LAST: "上上月下发",
    FoundBy.CALL: "回访",
    FoundBy.SCREENING: "清单筛查",
    FoundBy.PERSON: "人工认定",
    Proof.OPINION: "处理意见",
    Proof.ANSWER: "与投保人的沟通记录",
    Proof.SIGNED: "投保人亲笔签名的文件",
    Proof.RECEIPT: "签收的回执",
    Proof.CHANGED: "变更或更正的资料",
    Proof.RECALLED: "二次回访录音",
    Screened.SHARED: "号码重复",
    Screened.DATA: "资料有误",
    Taken.LAW: "取法规",
    Taken.STANDARD: "取标准规则手册",
    Taken.OWN: "由本手册规定",
    Unit.PERCENT: "百分比",
    Unit.COUNT: "件数",
    Countable.DUE: "应访保单",
    Countable.VALID_DUE: "应访、回执日期有效且犹豫期内未退保的保单",
    Countable.FIRST_DONE_IN_PERIOD: "犹豫期内首次完成回访的保单（含问题件、亲访）",
    Countable.SUCCESS: "回访成功的保单",
    Countable.SUCCESS_IN_PERIOD: "犹豫期内回访成功的保单",
    Countable.PHONE_SUCCESS: "电话回访成功的保单",
    Countable.PHONE_SUCCESS_IN_PERIOD: "犹豫期内电话回访成功的保单",
    Countable.COMPLETED: "完成回访的保单",
    Countable.CLEAN: "无疑问的回访",
    Countable.PROBLEMS: "问题件",
    Countable.UNSUCCESSFUL: "未成功的回访",
    Countable.VISITS: "人工亲访件",
    Countable.LETTERS: "信函件",
    Countable.CASES_ISSUED: "下发件",
    Countable.CASES_CLOSED: "处理完成的下发件",
    Countable.CASES_CLOSED_IN_TIME: "时效内处理完成的下发件",
}
