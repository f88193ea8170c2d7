"""The door as a browser meets it: signing in and out, a password and codes of one's own, accounts,
and what is written down before anything is shown."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from operations import accounts, sign_in
from operations.line import Line
from operations.rights import Role
from store import accounts as store
from store import audit as log
from tests.operations import cheap
from tests.web.agent import HERE, Agent, Page, signed_in
from tests.web.stage import IDENTITY, PHONE, World, line_at
from web import access
from web.app import ShownAccount, create_app
from web.forms import FIELD

LOGIN, NAME, PASSWORD = "anxiao", "安晓", "tea at the lake"
TEMPLATES = Path(access.__file__).parent / "templates"


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheap.hashes():
        yield


class Visitor:
    """A browser before the door, of a house with an administrator and an agent in it."""

    def __init__(self, line: Line, **options: Any) -> None:
        self.line = line
        self.app = create_app(line, secret="for the tests only", **options)
        self.client: FlaskClient = self.app.test_client()
        self.given = accounts.add(line, LOGIN, NAME, [Role.AGENT], None, "admin").password

    def has_a_password(self) -> "Visitor":
        with self.line.database.reading() as session:
            account = store.by_login(session, LOGIN)
        assert account is not None
        accounts.choose_password(self.line, account.id, self.given, PASSWORD, PASSWORD)
        return self

    def gets(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, base_url=HERE, **more)

    def posts(self, path: str, *, headers: dict[str, str] | None = None, **form: str) -> Any:
        with self.client.session_transaction(base_url=HERE) as kept:
            word = kept.get(FIELD, "")
        return self.client.post(
            path, base_url=HERE, data={FIELD: word, **form}, headers=headers or {}
        )

    def enters(self, password: str = PASSWORD, **form: str) -> TestResponse:
        self.gets("/sign-in")
        answer: TestResponse = self.posts(
            "/sign-in", **{"login": LOGIN, "password": password, **form}
        )
        return answer

    def inside(self) -> bool:
        return self.gets("/desk").status_code == 200


@pytest.fixture
def visitor(empty: Line) -> Visitor:
    return Visitor(empty).has_a_password()


def test_the_door_opens_on_the_page_that_was_wanted(visitor: Visitor) -> None:
    answer = visitor.gets("/guidance?words=angry")
    assert answer.status_code == 302
    page = Page(visitor.gets(answer.location).get_data(as_text=True))
    assert page.fields["back"] == ["/guidance?words=angry"]
    answer = visitor.enters(back=page.fields["back"][0])
    assert (answer.status_code, answer.location) == (302, "/guidance?words=angry")
    assert visitor.inside()


@pytest.mark.parametrize(
    "back",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "evil",
     "/ok\r\nSet-Cookie: a=b", "javascript:alert(1)", "/\t/evil.example", " //evil.example", ""],
)  # fmt: skip
def test_the_way_back_never_leads_to_another_site(visitor: Visitor, back: str) -> None:
    answer = visitor.enters(back=back)
    assert (answer.status_code, answer.location) == (302, "/")
    assert "a=b" not in str(answer.headers)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("zh_CN", "登录名、密码或验证码有误，或账号已停用"),
     ("en", "login, password or code is wrong, or the account is locked")],
)  # fmt: skip
def test_a_refusal_in_the_reader_s_language(visitor: Visitor, language: str, sentence: str) -> None:
    visitor.gets(f"/language/{language}")
    for form in ({"password": "wrong"}, {"login": "nobody"}):
        answer = visitor.enters(**form)
        page = Page(answer.get_data(as_text=True))
        assert (answer.status_code, sentence in page.words) == (401, True)
        assert "wrong" not in page.html.replace(sentence, "")  # the password is not sent back
    assert not visitor.inside()


def test_too_many_refusals_are_told(visitor: Visitor) -> None:
    for _ in range(sign_in.PER_LOGIN):
        visitor.enters("wrong")
    assert "失败次数过多，请 15 分钟后再试" in visitor.enters().get_data(as_text=True)


def test_a_form_of_another_site_does_not_sign_in(visitor: Visitor) -> None:
    visitor.gets("/sign-in")
    form = {"login": LOGIN, "password": PASSWORD}
    bare = visitor.client.post("/sign-in", base_url=HERE, data=form)
    guessed = visitor.client.post("/sign-in", base_url=HERE, data={**form, FIELD: "guess"})
    foreign = visitor.posts("/sign-in", headers={"Sec-Fetch-Site": "cross-site"}, **form)
    assert [one.status_code for one in (bare, guessed, foreign)] == [409, 409, 409]
    assert not visitor.inside()


def test_the_cookie_is_for_this_browser_s_requests_only(visitor: Visitor) -> None:
    cookie = visitor.enters().headers["Set-Cookie"]
    assert re.search(r"; HttpOnly(;|$)", cookie)
    assert re.search(r"; SameSite=Lax(;|$)", cookie)
    assert "Expires" not in cookie  # it ends with the browser
    assert "Secure" not in cookie  # on this machine there is no https


def test_behind_https_the_cookie_goes_over_https_only(empty: Line) -> None:
    visitor = Visitor(empty, open_console=True)
    for headers, secure in (({"X-Forwarded-Proto": "https"}, True), ({}, False)):
        client = visitor.app.test_client()
        cookie = client.get("/sign-in", base_url=HERE, headers=headers).headers["Set-Cookie"]
        assert ("; Secure" in cookie) == secure


def test_signing_out_ends_the_session_on_the_server(visitor: Visitor) -> None:
    visitor.enters()
    old = visitor.client.get_cookie("session", domain="127.0.0.1")
    assert old is not None
    assert visitor.posts("/sign-out").location == "/sign-in"
    assert not visitor.inside()
    visitor.client.set_cookie("session", old.value, domain="127.0.0.1")
    assert not visitor.inside()  # the cookie as it was is worth nothing


def test_signing_in_again_ends_the_session_before(visitor: Visitor) -> None:
    visitor.enters()
    old = visitor.client.get_cookie("session", domain="127.0.0.1")
    visitor.enters()
    assert old is not None
    visitor.client.set_cookie("session", old.value, domain="127.0.0.1")
    assert not visitor.inside()


def test_whoever_signs_in_next_gets_nothing_of_the_one_before(visitor: Visitor) -> None:
    visitor.enters()
    first = secret_on(visitor)
    visitor.enters()
    assert secret_on(visitor) != first


def secret_on(visitor: Visitor) -> str:
    found = re.search(r"<code>([A-Z2-7]{32})</code>", visitor.gets("/account").text)
    assert found is not None
    return found[1]


def test_a_given_password_must_be_changed_first(empty: Line) -> None:
    visitor = Visitor(empty)
    assert visitor.enters(visitor.given).status_code == 302
    for path in ("/", "/desk", "/queue", "/policies/1", "/calls.csv"):
        answer = visitor.gets(path)
        assert (answer.status_code, answer.location) in [(302, "/account"), (302, "/desk")], path
    assert visitor.posts("/desk/next").location == "/account"
    assert visitor.posts("/account/codes", code="1").location == "/account"
    short = visitor.posts("/account/password", old=visitor.given, new="x", again="x")
    assert (short.status_code, "少于 10" in short.text) == (422, True)
    given = {"old": visitor.given, "new": PASSWORD, "again": PASSWORD}
    assert visitor.posts("/account/password", **given).status_code == 302
    assert visitor.inside()


def test_a_new_password_puts_out_other_browsers_and_not_this_one(visitor: Visitor) -> None:
    visitor.enters()
    other = Visitor.__new__(Visitor)
    other.line, other.app, other.client = visitor.line, visitor.app, visitor.app.test_client()
    other.enters()
    assert other.inside()
    given = {"old": PASSWORD, "new": "coffee on the hill", "again": "coffee on the hill"}
    assert visitor.posts("/account/password", **given).status_code == 302
    assert (visitor.inside(), other.inside()) == (True, False)


def test_codes_are_turned_on_with_a_picture_and_a_code(visitor: Visitor) -> None:
    visitor.enters()
    assert "<svg" in visitor.gets("/account").text
    secret = secret_on(visitor)
    assert secret_on(visitor) == secret  # a reload does not change what was photographed
    assert visitor.posts("/account/codes", code="000").status_code == 422
    assert secret_on(visitor) == secret
    totp = pyotp.TOTP(secret)
    now = visitor.line.wall()
    assert visitor.posts("/account/codes", code=totp.at(now)).status_code == 302
    visitor.posts("/sign-out")
    assert visitor.enters().status_code == 401
    assert visitor.enters(code=totp.at(now)).status_code == 401  # it was used
    assert visitor.enters(code=totp.at(now.timestamp() + 30)).status_code == 302


def test_an_ended_session_loses_no_form(visitor: Visitor) -> None:
    visitor.enters()
    word = re.search(f'name="{FIELD}" value="([^"]+)"', visitor.gets("/account").text)
    assert word is not None
    end_sessions(visitor)
    form = {FIELD: word[1], "old": PASSWORD, "new": "coffee on the hill"}
    form["again"] = form["new"]
    answer = visitor.client.post("/account/password", base_url=HERE, data=form)
    assert answer.status_code == 401
    assert "在另一个标签页" in answer.text
    assert "/sign-in" in answer.text
    visitor.enters()  # in the other tab
    answer = visitor.client.post("/account/password", base_url=HERE, data=form)
    assert (answer.status_code, answer.location) == (302, "/account")


def end_sessions(visitor: Visitor) -> None:
    with visitor.line.database.transaction() as session:
        account = store.by_login(session, LOGIN)
        assert account is not None
        store.end_all(session, account.id, visitor.line.wall(), "test")


def test_a_part_that_is_fetched_without_a_session_leads_to_the_door(visitor: Visitor) -> None:
    for method in ("GET", "POST"):
        answer = visitor.client.open(
            "/queue", method=method, base_url=HERE, headers={"HX-Request": "true"}
        )
        if method == "GET":
            assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sign-in")
    answer = visitor.client.post("/desk/next", base_url=HERE, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sign-in")


def test_parts_that_refresh_themselves_are_known_to_the_door() -> None:
    found = set()
    for file in TEMPLATES.glob("*.html"):
        for tag in re.findall(r"<[^>]*hx-trigger=\"every[^>]*>", file.read_text("utf-8")):
            found.add(re.findall(r'id="(\w+)"', tag)[0])
    assert found == access.ASK_BY_THEMSELVES


def test_a_screen_that_refreshes_itself_goes_to_the_door_in_the_end(visitor: Visitor) -> None:
    visitor.enters()
    with visitor.line.database.transaction() as session:
        seen = session.get_one(store.SignIn, 1)
        seen.seen_at = visitor.line.wall() - sign_in.IDLE / 2
        before = seen.seen_at
    itself = {"HX-Request": "true", "HX-Trigger": "numbers"}
    assert visitor.gets("/today", headers=itself).status_code == 200
    with visitor.line.database.reading() as session:
        assert session.get_one(store.SignIn, 1).seen_at == before
    visitor.gets("/today")
    with visitor.line.database.reading() as session:
        assert session.get_one(store.SignIn, 1).seen_at > before


def test_a_demonstration_shows_how_to_sign_in(empty: Line, tmp_path: Path) -> None:
    shown = ShownAccount(LOGIN, NAME, "agent", PASSWORD)
    page = Page(Visitor(empty, shown_accounts=[shown]).gets("/sign-in").text)
    assert f"访员 · {NAME}" in page.words
    assert page.fields["password"] == [PASSWORD]
    other = line_at(tmp_path / "other")
    assert PASSWORD not in Visitor(other).gets("/sign-in").text
    other.database.close()


# accounts


@pytest.fixture
def admin(visitor: Visitor) -> Agent:
    return signed_in(visitor.app, Role.ADMIN).opens("/accounts")


def test_a_one_time_password_is_shown_once(admin: Agent, visitor: Visitor) -> None:
    admin.sends("/accounts", login="bian", name="边远", roles=["branch"], branch="北京")
    found = re.search(r"bian / (\S+)</code>", admin.page.html)
    assert found is not None
    assert admin.page.row("边远")[3] == "北京"
    assert found[1] not in admin.opens("/accounts").page.html
    assert sign_in.sign_in(visitor.line, "bian", found[1], "", "127.0.0.1")


def test_a_faulty_account_is_told_and_what_was_typed_stays(admin: Agent) -> None:
    admin.sends("/accounts", 422, login="bian", name="边远", roles=["branch"], branch="")
    admin.sees("分公司经办须属于某个分公司")
    assert admin.page.fields["login"] == ["bian"]
    admin.sends("/accounts", 422, login="bian", name="边远", roles=["king"])
    admin.sends("/accounts", 422, login="b\0", name="边\0", roles=["agent"], branch="\0")
    assert len([row for row in admin.page.rows if "边" in " ".join(row)]) == 0


def test_an_account_is_locked_unlocked_reset_and_changed(admin: Agent, visitor: Visitor) -> None:
    visitor.enters()
    admin.sends(f"/accounts/{LOGIN}", what="lock")
    assert not visitor.inside()
    assert "停用" in admin.page.row(NAME)[4]
    assert visitor.enters().status_code == 401
    admin.sends(f"/accounts/{LOGIN}", what="unlock")
    assert visitor.enters().status_code == 302
    admin.sends(f"/accounts/{LOGIN}", what="roles", roles=["reviewer"], branch="")
    assert visitor.gets("/desk").status_code == 403
    admin.sends(f"/accounts/{LOGIN}", what="reset")
    found = re.search(rf"{LOGIN} / (\S+)</code>", admin.page.html)
    assert found is not None
    assert visitor.enters().status_code == 401
    assert visitor.enters(found[1]).status_code == 302
    admin.sends(f"/accounts/{LOGIN}", 422, what="nothing")
    admin.sends("/accounts/nobody", 422, what="lock")
    admin.sends("/accounts/%00", 422, what="lock")


def test_the_last_administrator_cannot_be_locked_out(admin: Agent) -> None:
    admin.sends("/accounts/admin", 422, what="lock")
    admin.sends("/accounts/admin", 422, what="roles", roles=["agent"])
    admin.opens("/accounts")


# what is written down


def noted(world: World, about: str) -> list[tuple[str, str, str]]:
    with world.line.database.reading() as session:
        return [(one.who, one.what, one.detail) for one in log.about(session, [about])]


def test_full_numbers_need_a_reason_and_are_noted_first(app: Flask, world: World) -> None:
    number = "8860202611000001"
    agent = signed_in(app, Role.SUPERVISOR).opens(f"/policies/{number}")
    for why in ("", "   ", "\0"):
        agent.sends(f"/policies/{number}/numbers", 422, why=why)
        assert PHONE.format(1)[3:] not in agent.page.html
    assert noted(world, f"policy:{number}") == []
    agent.sends(f"/policies/{number}/numbers", why=" 回拨\0客户  <b>")
    agent.sees(PHONE.format(1), IDENTITY.format(61, 1))
    assert noted(world, f"policy:{number}") == [("supervisor", "unmasked", "回拨客户 <b>")]


def test_what_cannot_be_noted_is_not_shown(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    agent = signed_in(app, Role.SUPERVISOR).opens("/policies/8860202611000002")
    recording = next(iter(world.recordings.values()))
    monkeypatch.setattr(log, "add", full)
    agent.sends("/policies/8860202611000002/numbers", 500, why="回拨")
    assert PHONE.format(2)[3:] not in agent.page.html
    for path in ("/calls.csv", "/queue.xlsx", f"/recordings/{recording}/audio"):
        assert agent.opens(path, expect=500).answer.mimetype == "text/html"


def test_listening_and_taking_out_are_noted(app: Flask, world: World) -> None:
    agent = signed_in(app, Role.REVIEWER)
    recording = next(iter(world.recordings.values()))
    for _ in range(2):
        agent.opens(f"/recordings/{recording}/audio")
    assert noted(world, f"recording:{recording}") == [("reviewer", "listened", "")]
    agent.opens("/calls.csv").opens("/calls.xlsx")
    assert noted(world, "list:calls") == [
        ("reviewer", "exported", "csv"), ("reviewer", "exported", "xlsx"),
    ]  # fmt: skip


def test_the_log_is_read_and_checked_on_its_page(app: Flask, world: World) -> None:
    agent = signed_in(app, Role.COMPLIANCE).opens("/calls.csv")
    agent.opens("/audit?words=compliance").sees("compliance", "list:calls")
    agent.opens("/audit?check=1").sees("完整")
    signed_in(app, Role.SUPERVISOR).opens("/audit", expect=403)
