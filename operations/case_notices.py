"""E-mail to those who supervise: which problem cases are near their limit or past it (催办). Each
case and step is told once. A mail has case numbers and links, and nothing about a policy or a
person: it may lie on any server on its way."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from operations.case_record import OVERDUE, WARNING
from operations.line import Line, MailTrouble
from store import case_notices as store

#: Cases of one mail.
MOST = 200
_SAID = {OVERDUE: "已超过处理期限", WARNING: "即将到期（一天以内）"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mail:
    """What is sent."""

    subject: str
    text: str


def send_due(line: Line) -> int:
    """Send one mail about everything that nobody was told of; returns how many cases and steps it
    told. They are written down before it is sent, and crossed out again where it surely was not:
    a process that dies in between tells nobody twice."""
    if line.mail is None:
        return 0
    with line.database.transaction() as session:
        claimed = store.claim(session, line.clock(), MOST)
    if not claimed:
        return 0
    mail = written([(one.case_id, one.step) for one in claimed], line.console_url)
    numbers = [one.id for one in claimed]
    try:
        line.mail(mail.subject, mail.text)
    except MailTrouble as trouble:
        _log.warning("no mail about %d cases: %s", len(claimed), trouble)
        if not trouble.perhaps_sent:
            with line.database.transaction() as session:
                store.release(session, numbers)
        return 0
    with line.database.transaction() as session:
        store.sent(session, numbers, line.clock())
    return len(claimed)


def written(told: Sequence[tuple[int, str]], console_url: str | None) -> Mail:
    """The mail about these cases, what is late first."""
    parts, counts = list[str](), list[str]()
    for step in (OVERDUE, WARNING):
        numbers = sorted(number for number, one in told if one == step)
        if numbers:
            rows = "\n".join(_row(number, console_url) for number in numbers)
            parts.append(f"以下问题件{_SAID[step]}：\n{rows}")
            counts.append(f"{len(numbers)} 件{'逾期' if step == OVERDUE else '即将到期'}")
    parts.append("本邮件由系统发出，不含客户和保单信息，请登录系统查看和处理。")
    return Mail(f"问题件催办：{'，'.join(counts)}", "\n\n".join(parts) + "\n")


def _row(number: int, console_url: str | None) -> str:
    there = f"  {console_url.rstrip('/')}/cases/{number}" if console_url else ""
    return f"问题件 {number}{there}"
