"""Every table, so that the metadata is whole whoever imports one of them."""

from store.tables.accounts import Account, AuditEntry, AuditHead, SignIn, SignInFailure
from store.tables.announcements import Announcement
from store.tables.base import Base
from store.tables.calls import Attempt, Call, CallEvent, Turn
from store.tables.case_work import CaseEvent, CaseFile, CaseNotice, CaseWork, SecondRevisit
from store.tables.cases import Case, Finding, QualityItem
from store.tables.complaint_work import (
    Accountability,
    ComplaintApproval,
    ComplaintEvidence,
    ComplaintFile,
    ComplaintNotice,
    ComplaintProposal,
    ComplaintReview,
    ComplaintRevisit,
    ComplaintStop,
    ComplaintTalk,
    ComplaintTransfer,
)
from store.tables.complaints import Complaint, ComplaintEvent, ComplaintLink
from store.tables.desk import CustomerRequest, FormerAnswer, Interview, KeptYes
from store.tables.hearing import Hearing, Reading, ReadingVersion, Recording
from store.tables.incidents import (
    Drill,
    DrillStep,
    HelpContact,
    Incident,
    IncidentEvent,
    IncidentPerson,
    ScenarioStep,
)
from store.tables.lessons import ComplaintCluster
from store.tables.lexicon import LexiconVersion
from store.tables.otherwise import (
    DoNotCall,
    Handover,
    HandoverList,
    OverdueStatement,
    SpecialRevisit,
)
from store.tables.policies import Import, Policy
from store.tables.quality import (
    Appeal,
    QualityPlan,
    QualityTask,
    ReviewComment,
    ScoreSheet,
)
from store.tables.reports import ComplaintReport, KpiCount, KpiMonth, MonthlyReport
from store.tables.reviews import Draw, Review, ReviewRelease
from store.tables.scheduling import (
    Agenda,
    Dialling,
    DiallingEvent,
    Duty,
    Forecast,
    ForecastRisk,
    JobRun,
)
from store.tables.scripts import ScriptDraft, ScriptEvent, ScriptRelease, ScriptVersion
from store.tables.training import QuizAnswer, QuizAttempt

__all__ = [
    "Account",
    "Accountability",
    "Agenda",
    "Announcement",
    "Appeal",
    "Attempt",
    "AuditEntry",
    "AuditHead",
    "Base",
    "Call",
    "CallEvent",
    "Case",
    "CaseEvent",
    "CaseFile",
    "CaseNotice",
    "CaseWork",
    "Complaint",
    "ComplaintApproval",
    "ComplaintCluster",
    "ComplaintEvent",
    "ComplaintEvidence",
    "ComplaintFile",
    "ComplaintLink",
    "ComplaintNotice",
    "ComplaintProposal",
    "ComplaintReport",
    "ComplaintReview",
    "ComplaintRevisit",
    "ComplaintStop",
    "ComplaintTalk",
    "ComplaintTransfer",
    "CustomerRequest",
    "Dialling",
    "DiallingEvent",
    "DoNotCall",
    "Draw",
    "Drill",
    "DrillStep",
    "Duty",
    "Finding",
    "Forecast",
    "ForecastRisk",
    "FormerAnswer",
    "Handover",
    "HandoverList",
    "Hearing",
    "HelpContact",
    "Import",
    "Incident",
    "IncidentEvent",
    "IncidentPerson",
    "Interview",
    "JobRun",
    "KeptYes",
    "KpiCount",
    "KpiMonth",
    "LexiconVersion",
    "MonthlyReport",
    "OverdueStatement",
    "Policy",
    "QualityItem",
    "QualityPlan",
    "QualityTask",
    "QuizAnswer",
    "QuizAttempt",
    "Reading",
    "ReadingVersion",
    "Recording",
    "Review",
    "ReviewComment",
    "ReviewRelease",
    "ScenarioStep",
    "ScoreSheet",
    "ScriptDraft",
    "ScriptEvent",
    "ScriptRelease",
    "ScriptVersion",
    "SecondRevisit",
    "SignIn",
    "SignInFailure",
    "SpecialRevisit",
    "Turn",
]
