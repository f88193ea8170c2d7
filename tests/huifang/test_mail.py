"""The mail server's client against a server of a few lines on this machine."""

import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_string
from email.policy import default
from typing import cast

import pytest

from huifang import wiring
from huifang.mail import Post
from huifang.settings import SettingsFault, load
from operations.line import MailTrouble
from tests.huifang.conftest import Terminal

SAFE = {
    "MAIL_HOST": "127.0.0.1", "MAIL_FROM": "huifang@example.cn", "MAIL_SECURITY": "none",
    "MAIL_TO": '["a@example.cn", "b@example.cn"]',
}  # fmt: skip


class Server(socketserver.TCPServer):
    """Takes mails. ``refuses`` is the command that it answers with 550, ``drops`` the one after
    which it hangs up."""

    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.mails: list[str] = []
        self.heard: list[str] = []
        self.refuses = self.drops = ""


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        server = cast(Server, self.server)
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.partition(" ")[0].upper()
            server.heard.append(line)
            if word == server.drops:
                return
            if word == server.refuses:
                self._say("550 no")
            elif word == "DATA":
                self._say("354 go on")
                server.mails.append(self._mail())
                if server.drops == "END":
                    return
                self._say("250 taken")
            else:
                self._say("221 bye" if word == "QUIT" else "250 well")

    def _mail(self) -> str:
        lines = iter(lambda: self.rfile.readline().decode().rstrip("\r\n"), ".")
        return "\n".join(lines)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def post(server: Server) -> Post:
    port = cast(tuple[str, int], server.server_address)[1]
    return Post("127.0.0.1", port, "huifang@example.cn", ("a@example.cn", "b@example.cn"), "none")


def test_a_mail_arrives_as_it_was_written(server: Server) -> None:
    post(server)("问题件催办：1 件逾期", "问题件 1  https://revisit.example.cn/cases/1\n")
    (raw,) = server.mails
    mail = message_from_string(raw, policy=default)
    assert mail["Subject"] == "问题件催办：1 件逾期"
    assert (mail["From"], mail["To"]) == ("huifang@example.cn", "a@example.cn, b@example.cn")
    assert mail["Message-ID"].endswith("@example.cn>")
    assert "https://revisit.example.cn/cases/1" in mail.get_content()
    rcpt = [one for one in server.heard if one.upper().startswith("RCPT")]
    assert len(rcpt) == 2


@pytest.mark.parametrize(
    ("refuses", "drops", "perhaps"),
    [
        ("MAIL", "", False),
        ("RCPT", "", False),  # both addresses
        ("DATA", "", False),
        ("", "EHLO", False),
        ("", "MAIL", False),
        ("", "RCPT", False),
        ("", "END", True),  # the whole mail was there, and no answer came
    ],
)
def test_what_goes_wrong_says_whether_it_may_have_arrived(
    server: Server, refuses: str, drops: str, perhaps: bool
) -> None:
    server.refuses, server.drops = refuses, drops
    with pytest.raises(MailTrouble) as told:
        post(server)("催办", "问题件 1\n")
    assert told.value.perhaps_sent is perhaps
    assert "example.cn" not in str(told.value)


@pytest.mark.parametrize(
    "changes",
    [{"to": ("张@example.cn",)}, {"to": ("a@[",)}, {"host": "a..b"}, {"sender": "主管@example.cn"}],
)
def test_what_cannot_be_sent_at_all_was_not(server: Server, changes: dict[str, object]) -> None:
    with pytest.raises(MailTrouble) as told:
        replace(post(server), **changes)("催办", "问题件 1\n")
    assert told.value.perhaps_sent is False
    assert server.mails == []


def test_a_farewell_that_fails_is_no_trouble(server: Server) -> None:
    server.refuses = "QUIT"
    post(server)("催办", "问题件 1\n")
    assert len(server.mails) == 1


def test_a_server_without_tls_gets_nothing_where_it_is_asked_for(server: Server) -> None:
    port = cast(tuple[str, int], server.server_address)[1]
    with pytest.raises(MailTrouble):
        Post("127.0.0.1", port, "huifang@example.cn", ("a@example.cn",))("催办", "问题件 1\n")
    assert server.mails == []


def test_it_is_off_until_it_is_set(terminal: Terminal) -> None:
    assert wiring.post_of(load()) is None
    terminal.set(**SAFE, MAIL_PORT="2525", MAIL_USER="u", MAIL_PASSWORD="very secret")
    found = wiring.post_of(load())
    assert found is not None
    assert (found.port, list(found.to)) == (2525, ["a@example.cn", "b@example.cn"])
    assert "very secret" not in repr(load())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"MAIL_TO": "[]"}, "HUIFANG_MAIL_TO: is missing, but HUIFANG_MAIL_HOST is set"),
        ({"MAIL_TO": "a@example.cn"}, "HUIFANG_MAIL_TO: is not JSON; write it as"),
        ({"MAIL_FROM": "nobody"}, "HUIFANG_MAIL_FROM"),
        ({"MAIL_FROM": "主管@example.cn"}, "HUIFANG_MAIL_FROM"),
        ({"MAIL_TO": '["a(b@example.cn"]'}, "HUIFANG_MAIL_TO, 0"),
        ({"MAIL_TO": '["a@example.cn\\nBcc: x@example.cn"]'}, "HUIFANG_MAIL_TO, 0"),
        ({"CONSOLE_URL": "revisit.example.cn"}, "HUIFANG_CONSOLE_URL"),
    ],
)
def test_a_slip_is_one_sentence(terminal: Terminal, given: dict[str, str], said: str) -> None:
    terminal.set(**{**SAFE, **given})
    with pytest.raises(SettingsFault, match=said):
        load()
