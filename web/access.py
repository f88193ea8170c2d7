"""Who is signed in, and which action each page needs. A page that is in neither table is refused,
so that a new one is closed until somebody has decided who may open it."""

from http import HTTPStatus
from typing import Final

from flask import Flask, Response, abort, g, redirect, render_template, request, session, url_for

from operations import sign_in
from operations.rights import Action, Who
from web import at_hand

#: Pages for everybody, signed in or not.
PUBLIC: Final = frozenset(
    {"health", "static", "console.language.choose", "console.door.show", "console.door.enter"}
)
#: Of those, what is asked for without anybody reading it.
_FOR_MACHINES: Final = frozenset({"health", "static"})
#: The part for other systems, which checks a token of its own (web.intake).
INTAKE: Final = "intake"
#: Pages by the action that opens them; ``operations.rights`` says which role has which action.
ROUTES: Final[dict[str, Action]] = {
    "console.today.home": Action.OWN_ACCOUNT,
    "console.door.leave": Action.OWN_ACCOUNT,
    "console.account.show": Action.OWN_ACCOUNT,
    "console.account.password": Action.OWN_ACCOUNT,
    "console.account.codes": Action.OWN_ACCOUNT,
    "console.accounts.show": Action.MANAGE_ACCOUNTS,
    "console.accounts.add": Action.MANAGE_ACCOUNTS,
    "console.accounts.change": Action.MANAGE_ACCOUNTS,
    "console.audit.show": Action.SEE_AUDIT,
    "console.audit.export": Action.SEE_AUDIT,
    "console.desk.show": Action.INTERVIEW,
    "console.desk.take_next": Action.INTERVIEW,
    "console.desk.take": Action.INTERVIEW,
    "console.desk.take_handed": Action.INTERVIEW,
    "console.desk.one": Action.INTERVIEW,
    "console.desk.change": Action.INTERVIEW,
    "console.desk.dial": Action.INTERVIEW,
    "console.desk.call": Action.INTERVIEW,
    "console.desk.ring": Action.INTERVIEW,
    "console.desk.answer": Action.INTERVIEW,
    "console.desk.end": Action.INTERVIEW,
    "console.desk.put_back": Action.INTERVIEW,
    "console.desk.take_over": Action.INTERVIEW,
    "console.desk.ask_for": Action.INTERVIEW,
    "console.desk.requests": Action.FOLLOW_UP,
    "console.desk.done": Action.FOLLOW_UP,
    "console.my_measures.show": Action.OWN_ACCOUNT,
    "console.my_measures.appeal": Action.OWN_ACCOUNT,
    "console.complaint_figures.show": Action.SEE_COMPLAINT_FIGURES,
    "console.complaint_figures.report": Action.SEE_COMPLAINT_FIGURES,
    "console.complaint_reports.one": Action.HOLD_ACCOUNTABLE,
    "console.corrections.show": Action.SEE_COMPLAINT_FIGURES,
    "console.corrections.done": Action.WORK_COMPLAINTS,
    "console.clusters.show": Action.SEE_COMPLAINT_FIGURES,
    "console.clusters.one": Action.SEE_COMPLAINT_FIGURES,
    "console.clusters.close": Action.HOLD_ACCOUNTABLE,
    "console.accountability.show": Action.HOLD_ACCOUNTABLE,
    "console.accountability.hold": Action.HOLD_ACCOUNTABLE,
    "console.accountability.one": Action.HOLD_ACCOUNTABLE,
    "console.accountability.tell": Action.HOLD_ACCOUNTABLE,
    "console.accountability.appeal": Action.HOLD_ACCOUNTABLE,
    "console.accountability.decide": Action.HOLD_ACCOUNTABLE,
    "console.guidance.show": Action.READ_GUIDE,
    "console.training.show": Action.READ_GUIDE,
    "console.training.begin": Action.READ_GUIDE,
    "console.training.one": Action.READ_GUIDE,
    "console.training.hand_in": Action.READ_GUIDE,
    "console.training.results": Action.SEE_TRAINING,
    "console.training.export": Action.SEE_TRAINING,
    "console.today.show": Action.SEE_TODAY,
    "console.queue.show": Action.SEE_QUEUE,
    "console.queue.export": Action.EXPORT,
    "console.policies.one": Action.SEE_POLICY,
    "console.unmask.show": Action.UNMASK,
    "console.evidence.take": Action.EVIDENCE,
    "console.calls.show": Action.SEE_CALLS,
    "console.calls.one": Action.SEE_CALLS,
    "console.calls.export": Action.EXPORT,
    "console.cases.show": Action.SEE_CASES,
    "console.cases.one": Action.SEE_CASES,
    "console.cases.export": Action.EXPORT,
    "console.case_work.assign": Action.WORK_CASES,
    "console.case_work.talk": Action.WORK_CASES,
    "console.case_work.conclude": Action.WORK_CASES,
    "console.case_work.judge": Action.REVIEW_CASES,
    "console.case_work.book": Action.WORK_CASES,
    "console.case_work.cancel": Action.WORK_CASES,
    "console.case_work.close": Action.WORK_CASES,
    "console.case_work.reopen": Action.REVIEW_CASES,
    "console.case_work.statement": Action.WORK_CASES,
    "console.case_papers.attach": Action.WORK_CASES,
    "console.case_papers.show": Action.SEE_CASES,
    "console.case_papers.letter": Action.WORK_CASES,
    "console.case_papers.order": Action.EXPORT,
    "console.case_lists.assign": Action.WORK_CASES,
    "console.case_lists.take_out": Action.EXPORT,
    "console.case_lists.results": Action.WORK_CASES,
    "console.complaints.show": Action.SEE_COMPLAINTS,
    "console.complaints.export": Action.SEE_COMPLAINTS,
    "console.complaints.new": Action.TAKE_COMPLAINTS,
    "console.complaints.take": Action.TAKE_COMPLAINTS,
    "console.complaints.one": Action.SEE_COMPLAINTS,
    "console.complaint_work.do": Action.WORK_COMPLAINTS,
    "console.complaint_work.judge": Action.APPROVE_COMPLAINTS,
    "console.complaint_papers.attach": Action.WORK_COMPLAINTS,
    "console.complaint_papers.show": Action.SEE_COMPLAINTS,
    "console.complaint_papers.talk": Action.WORK_COMPLAINTS,
    "console.complaint_papers.talk_pdf": Action.WORK_COMPLAINTS,
    "console.complaint_papers.package": Action.EVIDENCE,
    "console.complaint_papers.letter": Action.SEE_COMPLAINTS,
    "console.complaint_papers.letter_pdf": Action.SEE_COMPLAINTS,
    "console.incidents.show": Action.WORK_INCIDENTS,
    "console.incidents.export": Action.EXPORT,
    "console.incidents.new": Action.WORK_INCIDENTS,
    "console.incidents.report": Action.WORK_INCIDENTS,
    "console.incidents.one": Action.WORK_INCIDENTS,
    "console.incidents.paper": Action.EXPORT,
    "console.incident_work.count": Action.WORK_INCIDENTS,
    "console.incident_work.grade": Action.WORK_INCIDENTS,
    "console.incident_work.start": Action.WORK_INCIDENTS,
    "console.incident_work.spokesman": Action.WORK_INCIDENTS,
    "console.incident_work.step": Action.WORK_INCIDENTS,
    "console.incident_work.note": Action.WORK_INCIDENTS,
    "console.incident_work.notify": Action.WORK_INCIDENTS,
    "console.incident_work.handle": Action.WORK_INCIDENTS,
    "console.incident_work.report_up": Action.WORK_INCIDENTS,
    "console.incident_work.close": Action.WORK_INCIDENTS,
    "console.incident_work.dismiss": Action.JUDGE_INCIDENTS,
    "console.incident_work.reopen": Action.JUDGE_INCIDENTS,
    "console.incident_people.name": Action.WORK_INCIDENTS,
    "console.incident_people.propose": Action.WORK_INCIDENTS,
    "console.incident_people.arrange": Action.WORK_INCIDENTS,
    "console.checklists.show": Action.WORK_INCIDENTS,
    "console.checklists.one": Action.WORK_INCIDENTS,
    "console.checklists.add": Action.JUDGE_INCIDENTS,
    "console.checklists.cut": Action.JUDGE_INCIDENTS,
    "console.checklists.contact": Action.WORK_INCIDENTS,
    "console.checklists.drop": Action.WORK_INCIDENTS,
    "console.drills.show": Action.WORK_INCIDENTS,
    "console.drills.export": Action.EXPORT,
    "console.drills.new": Action.WORK_INCIDENTS,
    "console.drills.plan": Action.WORK_INCIDENTS,
    "console.drills.one": Action.WORK_INCIDENTS,
    "console.drills.paper": Action.EXPORT,
    "console.drills.start": Action.WORK_INCIDENTS,
    "console.drills.step": Action.WORK_INCIDENTS,
    "console.drills.end": Action.WORK_INCIDENTS,
    "console.drills.call_off": Action.WORK_INCIDENTS,
    "console.quality.show": Action.REVIEW,
    "console.quality.export": Action.EXPORT,
    "console.quality.decide": Action.REVIEW,
    "console.tasks.show": Action.REVIEW,
    "console.tasks.export": Action.EXPORT,
    "console.tasks.take_next": Action.REVIEW,
    "console.tasks.take": Action.REVIEW,
    "console.tasks.put_back": Action.REVIEW,
    "console.tasks.one": Action.REVIEW,
    "console.tasks.write": Action.REVIEW,
    "console.plans.show": Action.REVIEW,
    "console.plans.one": Action.REVIEW,
    "console.plans.draw": Action.DRAW_REVIEWS,
    "console.plans.calibrate": Action.DRAW_REVIEWS,
    "console.agreement.show": Action.REVIEW,
    "console.agreement.export": Action.EXPORT,
    "console.appeals.show": Action.DECIDE_APPEALS,
    "console.appeals.one": Action.DECIDE_APPEALS,
    "console.appeals.decide": Action.DECIDE_APPEALS,
    "console.material.show": Action.REVIEW,
    "console.material.export": Action.EXPORT,
    "console.material.decide": Action.REVIEW,
    "console.results.show": Action.APPEAL,
    "console.results.one": Action.APPEAL,
    "console.results.appeal": Action.APPEAL,
    "console.hearing.show": Action.REVIEW,
    "console.hearing.export": Action.EXPORT,
    "console.recordings.show": Action.SEE_CALLS,
    "console.recordings.export": Action.EXPORT,
    "console.recordings.audio": Action.LISTEN,
    "console.forecast.show": Action.SEE_FORECAST,
    "console.forecast.export": Action.EXPORT,
    "console.forecast.decide": Action.DECIDE_OTHERWISE,
    "console.handovers.show": Action.REVISIT_OTHERWISE,
    "console.handovers.one": Action.REVISIT_OTHERWISE,
    "console.handovers.export": Action.EXPORT,
    "console.handovers.download": Action.EXPORT,
    "console.handovers.issue": Action.DECIDE_OTHERWISE,
    "console.handovers.results": Action.REVISIT_OTHERWISE,
    "console.handovers.statement": Action.REVISIT_OTHERWISE,
    "console.handovers.decide": Action.DECIDE_OTHERWISE,
    "console.special.show": Action.REVISIT_OTHERWISE,
    "console.special.one": Action.REVISIT_OTHERWISE,
    "console.special.export": Action.EXPORT,
    "console.special.apply": Action.REVISIT_OTHERWISE,
    "console.special.decide": Action.REVISIT_OTHERWISE,
    "console.blocked.show": Action.BLOCK_CALLS,
    "console.blocked.export": Action.EXPORT,
    "console.blocked.block": Action.BLOCK_CALLS,
    "console.blocked.bring": Action.STEER,
    "console.blocked.lift": Action.DECIDE_OTHERWISE,
    "console.dialling.show": Action.SEE_FORECAST,
    "console.dialling.pause": Action.STEER,
    "console.dialling.resume": Action.STEER,
    "console.dialling.agents": Action.STEER,
    "console.board.show": Action.SEE_KPIS,
    "console.kpis.show": Action.SEE_KPIS,
    "console.kpis.export": Action.EXPORT,
    "console.kpis.count": Action.SEE_KPIS,
    "console.kpis.report": Action.EXPORT,
    "console.timetable.show": Action.SEE_FORECAST,
    "console.timetable.export": Action.EXPORT,
    "console.scripts.show": Action.SEE_SCRIPTS,
    "console.scripts.export": Action.SEE_SCRIPTS,
    "console.scripts.read": Action.SEE_SCRIPTS,
    "console.scripts.flow": Action.SEE_SCRIPTS,
    "console.scripts.picture": Action.SEE_SCRIPTS,
    "console.scripts.check": Action.SEE_SCRIPTS,
    "console.scripts.quality": Action.SEE_SCRIPTS,
    "console.scripts.file": Action.SEE_SCRIPTS,
    "console.compare.show": Action.SEE_SCRIPTS,
    "console.history.show": Action.SEE_SCRIPTS,
    "console.history.retire": Action.APPROVE_SCRIPTS,
    "console.drafts.show": Action.SEE_SCRIPTS,
    "console.drafts.new": Action.WRITE_SCRIPTS,
    "console.drafts.begin": Action.WRITE_SCRIPTS,
    "console.drafts.one": Action.SEE_SCRIPTS,
    "console.drafts.check": Action.WRITE_SCRIPTS,
    "console.drafts.save": Action.WRITE_SCRIPTS,
    "console.drafts.propose": Action.WRITE_SCRIPTS,
    "console.drafts.withdraw": Action.WRITE_SCRIPTS,
    "console.proposals.approve": Action.APPROVE_SCRIPTS,
    "console.proposals.send_back": Action.APPROVE_SCRIPTS,
}
#: What somebody may open who must choose a password first.
_BEFORE_A_PASSWORD: Final = frozenset(
    {"console.account.show", "console.account.password", "console.door.leave"}
)
#: Ids of the parts of pages that are fetched again every few seconds, whether anybody looks or not.
ASK_BY_THEMSELVES: Final = frozenset({"board", "list", "numbers"})
#: Name of the session's word in the cookie.
WORD: Final = "word"


def install(app: Flask, *, phone: str | None) -> None:
    """Ask for a sign-in on every page but the public ones and the carrier's."""

    def check() -> Response | tuple[str, int] | None:
        endpoint = request.endpoint
        if endpoint in _FOR_MACHINES or (phone and request.blueprint == phone):
            return None
        if request.blueprint == INTAKE:
            return None
        by_itself = request.headers.get("HX-Trigger") in ASK_BY_THEMSELVES
        word = str(session.get(WORD, ""))
        signed = sign_in.signed(at_hand.line(), word, by_itself=by_itself)
        g.who = signed.who if signed else None
        if endpoint is None or endpoint in PUBLIC:
            return None  # the page of an error, too, offers only what its reader may open
        if signed is None:
            return _to_the_door()
        if signed.must_change and endpoint not in _BEFORE_A_PASSWORD:
            return redirect(url_for("console.account.show"))  # type: ignore[return-value]
        if endpoint not in ROUTES or not signed.who.may(ROUTES[endpoint]):
            abort(HTTPStatus.FORBIDDEN)
        return None

    app.before_request(check)
    app.context_processor(lambda: {"who": g.get("who"), "may": _may, "may_open": may_open})


def who() -> Who:
    """Who is signed in; only on pages that need it."""
    found: Who = g.who
    return found


def may_open(endpoint: str) -> bool:
    """Whether the reader may open a page: links to others are not shown."""
    return endpoint in PUBLIC or (endpoint in ROUTES and _may(ROUTES[endpoint]))


def _may(action: Action | str) -> bool:
    found: Who | None = g.get("who")
    return found is not None and found.may(Action(action))


def _to_the_door() -> Response | tuple[str, int]:
    """A page that was asked for leads to the sign-in and back; a form is not lost: it stands in the
    browser, and can be sent again after signing in elsewhere."""
    if request.headers.get("HX-Request"):
        answer = Response(status=HTTPStatus.NO_CONTENT)
        answer.headers["HX-Redirect"] = url_for("console.door.show")
        return answer
    if request.method not in ("GET", "HEAD"):
        return render_template("signed_out.html"), HTTPStatus.UNAUTHORIZED
    wanted = request.full_path.rstrip("?")
    return redirect(url_for("console.door.show", back=wanted))  # type: ignore[return-value]
