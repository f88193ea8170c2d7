"""What somebody of a branch cannot get at, whatever they may do and whatever number they know: the
policies of another branch. Here they have every role, so that only the wall stands before them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from operations.rights import Role
from store import audit
from store.tables import (
    Accountability,
    Appeal,
    Base,
    Call,
    Case,
    Complaint,
    ComplaintCluster,
    CustomerRequest,
    DoNotCall,
    Drill,
    Handover,
    HandoverList,
    Incident,
    Interview,
    QualityItem,
    QualityTask,
    Recording,
    Review,
    SpecialRevisit,
)
from tests.web.agent import HERE, Agent, entered
from tests.web.filled import THEIRS, fill
from tests.web.stage import NOW, line_at
from tests.web.steered import AT_RISK, HANDED, SPECIAL, Steered
from web.forms import FIELD

#: Where no policy of the world belongs.
ELSEWHERE = "远方分公司"
#: What changes whoever signs in or looks.
NOT_COMPARED = {"account", "sign_in", "sign_in_failure", "audit_entry", "audit_head"}
#: Pages about the whole line, about scripts and accounts, and about one's own calls, not about
#: policies.
ABOUT_NO_POLICY = ("account", "accounts", "audit", "dialling", "door", "drafts", "history",
                   "kpis", "language", "proposals", "scripts", "compare", "plans", "agreement",
                   "results", "checklists", "guidance", "training", "my_measures",
                   "complaint_reports")  # fmt: skip
#: Pages that say in a sentence that there is no such thing.
SAYS_SO = ("console.desk.take_handed", "console.desk.done", "console.blocked.lift")
LATER = f"{NOW + timedelta(days=3):%Y-%m-%dT10:00}"
#: Whatever a form of ours may hold, filled so that it would be taken from somebody of the branch.
FORM = {
    "because": "客户同意", "reason": "客户同意", "why": "要回拨", "how": "已办", "wish": "改地址",
    "label": "affirm", "note": "", "version": "1", "turn": "0", "mark": "yes", "said": "是的",
    "question": "ID_PRESENT", "outcome": "no-answer", "kind": "address", "own": "13900009000",
    "way": "visit", "ground": "family", "agreed_for": LATER, "signed_by_customer": "1",
    "complaint": "1", "who": "安晓", "part": "handling", "measure": "fine", "grounds": "在休假",
    "done": "停止展业",
    "signed_by_agent": "1", "new_date": f"{NOW + timedelta(days=3):%Y-%m-%d}",
}  # fmt: skip


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Steered]:
    """The steered world with a row of everything that is about a policy."""
    line = line_at(tmp_path_factory.mktemp("full"))
    yield fill(line)
    line.database.close()


def of_branch(steered: Steered, branch: str) -> Agent:
    client = steered.agent.client.application.test_client()
    entered(client, f"每样都可以 {branch}", tuple(Role), branch)
    return Agent(client).opens("/account")


@pytest.fixture(scope="module")
def stranger(full: Steered) -> Agent:
    """Somebody of another branch, with every role."""
    return of_branch(full, ELSEWHERE)


def stored(steered: Steered) -> dict[str, list[Any]]:
    """Every row that belongs to the work, as SQLite keeps it: asked for more than a thousand times,
    half of the test's time went into making values of them."""
    with closing(sqlite3.connect(str(steered.line.database.engine.url.database))) as database:
        return {
            name: database.execute(f'SELECT * FROM "{name}"').fetchall()
            for name in Base.metadata.tables
            if name not in NOT_COMPARED
        }


def sent(agent: Agent, path: str, **form: Any) -> TestResponse:
    """What a form with the word of the reader's session is answered."""
    word = agent.page.fields[FIELD][0]
    return agent.client.post(
        path, data={FIELD: word, **form}, base_url=HERE, buffered=True,
        content_type="multipart/form-data",
    )  # fmt: skip


def addresses(app: Flask, method: str) -> Iterator[tuple[str, str]]:
    """Endpoint and rule of every page of the console that is about policies."""
    for rule in app.url_map.iter_rules():
        room, _, name = rule.endpoint.removeprefix("console.").partition(".")
        if name and method in (rule.methods or ()) and room not in ABOUT_NO_POLICY:
            yield rule.endpoint, rule.rule


def numbers(steered: Steered, endpoint: str) -> list[str]:
    """Every number that the address takes, in this world."""
    room = endpoint.split(".")[1]
    if room in ("policies", "unmask", "evidence"):
        return sorted(steered.numbers.values())
    table = {
        "console.desk.take_handed": Call, "console.desk.done": CustomerRequest,
        "console.handovers.download": HandoverList,
    }.get(endpoint) or {
        "desk": Interview, "handovers": Handover, "special": SpecialRevisit, "calls": Call,
        "cases": Case, "case_work": Case, "case_papers": Case, "tasks": QualityTask,
        "appeals": Appeal, "material": Review, "quality": QualityItem, "recordings": Recording,
        "blocked": DoNotCall, "accountability": Accountability, "clusters": ComplaintCluster,
        "corrections": Complaint, "complaints": Complaint, "complaint_work": Complaint,
        "complaint_papers": Complaint, "incidents": Incident, "incident_work": Incident,
        "incident_people": Incident, "drills": Drill,
    }[room]  # fmt: skip
    return [str(row.id) for row in steered.rows(table)]


def built(steered: Steered, endpoint: str, rule: str) -> list[str]:
    """The addresses of a rule: one for each number, or the one without."""
    for kind in ("<any(csv, xlsx):kind>", "<any(xlsx, pdf):kind>"):
        rule = rule.replace(kind, "xlsx" if "pdf" in kind else "csv")
    before, number, rest = rule.partition("<")
    if not number:
        return [rule]
    rest = rest.partition(">")[2].replace("<row:turn>", "0").replace("<row:paper>", "1")
    rest = rest.replace("<row:talk>", "1").replace("<name>", "register")
    found = [f"{before}{one}{rest}" for one in numbers(steered, endpoint)]
    assert found, endpoint
    return found


def test_the_branch_itself_gets_all_of_it(full: Steered) -> None:
    """Or the tests below would prove nothing."""
    own = of_branch(full, THEIRS)
    for endpoint, rule in addresses(own.client.application, "GET"):
        if "number" in rule and not endpoint.startswith("console.desk."):
            own.opens(built(full, endpoint, rule)[0])
    assert HANDED in own.opens("/handovers").page.words
    assert SPECIAL in own.opens("/special-revisits").page.words


def test_no_page_and_no_file_tells_of_another_branch(full: Steered, stranger: Agent) -> None:
    told = []
    for endpoint, rule in addresses(stranger.client.application, "GET"):
        for path in built(full, endpoint, rule):
            answer = stranger.client.get(path, base_url=HERE, follow_redirects=True, buffered=True)
            about_one = "<" in rule and "kind>" not in rule
            text = answer.get_data().decode(errors="replace").replace(path, "")
            if answer.status_code != (404 if about_one else 200):
                told.append((path, str(answer.status_code)))
            hidden = (*full.numbers, THEIRS, "8860202611", "客户来电投诉")
            told += [(path, one) for one in hidden if one in text]
    assert not told


def test_queries_and_filters_do_not_lead_around_the_wall(full: Steered, stranger: Agent) -> None:
    for path in ("/queue", "/calls", "/cases", "/complaints", "/quality", "/recordings",
                 "/handovers", "/special-revisits", "/forecast", "/do-not-call", "/kpis",
                 "/board"):  # fmt: skip
        for query in (f"words={HANDED}", f"branch={THEIRS}", "state=all", "part=held", "page=2"):
            answer = stranger.client.get(f"{path}?{query}", base_url=HERE)
            shown = answer.get_data(as_text=True).replace(f'value="{HANDED}"', "")
            assert "8860202611" not in shown, (path, query)


def test_no_form_changes_what_is_another_branch_s(full: Steered, stranger: Agent) -> None:
    before, changed = stored(full), []
    for endpoint, rule in addresses(stranger.client.application, "POST"):
        for path in built(full, endpoint, rule):
            for what in ("accept", "decline", "approve", "refuse", "withdraw"):
                given = {**FORM, "what": what, "policy": full.numbers[AT_RISK], "id": ["1", "2"]}
                answer = sent(stranger, path, **given)
                not_there = 404 if "<" in rule and endpoint not in SAYS_SO else answer.status_code
                after = stored(full)
                if answer.status_code != not_there or after != before:
                    changed.append((path, what, answer.status_code, after != before))
                before = after
    assert not changed


def test_a_list_with_whole_numbers_is_noted_before_it_is_sent(
    full: Steered, stranger: Agent
) -> None:
    of_branch(full, THEIRS).opens("/handovers/lists/1.xlsx")
    stranger.opens("/handovers/lists/1.xlsx", expect=404).opens("/account")
    with full.line.database.reading() as session:
        noted = audit.about(session, ["handover-list:1"])
        said = {(one.who, one.what) for one in noted}
        assert said == {(f"每样都可以 {THEIRS}", "exported")}


def test_a_returned_list_changes_nothing_of_another_branch(full: Steered, stranger: Agent) -> None:
    """The attack that matters: a file with results closes revisits."""
    row = f"1,{full.numbers[HANDED]},完成,{NOW:%Y-%m-%d},是,"
    text = f"清单号,保单号,回访结果,回访日期,是否本人签名,延期原因\n{row}\n".encode("utf-8-sig")
    before = stored(full)
    answer = sent(stranger, "/handovers/results", file=(BytesIO(text), "list.csv"))
    assert answer.status_code == 422
    assert "1 号清单里没有这张保单" in answer.get_data(as_text=True)
    assert stored(full) == before
    own = of_branch(full, THEIRS)
    answer = sent(own, "/handovers/results", file=(BytesIO(text), "list.csv"))
    assert answer.status_code == 303
    assert full.state_of(HANDED) == "done"
