"""Mail by SMTP, for a few short notices. It knows nothing of what they say. The only place that
imports smtplib."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Literal

from huifang import clock
from operations.line import MailTrouble

_TIMEOUT_S = 20
_TAKEN, _TO_BE_PASSED_ON = 250, 251
Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class Post:
    """A mail server, and between whom mails go. Called with subject and text it sends one mail to
    everybody. Raises MailTrouble."""

    host: str
    port: int
    sender: str
    to: Sequence[str]
    security: Security = "starttls"
    user: str | None = None
    password: str | None = None

    def __call__(self, subject: str, text: str) -> None:
        """Send one mail; refused addresses among several are no trouble."""
        handed_over = taken = False
        try:
            whole = self._message(subject, text).as_bytes(policy=SMTP)
            with self._server() as server:
                server.ehlo_or_helo_if_needed()
                if self.user:
                    server.login(self.user, self.password or "")
                self._address(server)
                handed_over = True  # what breaks off from here on may have arrived
                code, said = server.data(whole)
                if code != _TAKEN:
                    raise smtplib.SMTPDataError(code, said)
                taken = True
        except Exception as fault:  # libraries have many words for what they cannot send
            if taken:  # only the farewell failed
                return
            refused = isinstance(fault, smtplib.SMTPResponseException)
            trouble = MailTrouble(f"{self.host}:{self.port} did not take it: {_reason(fault)}")
            trouble.perhaps_sent = handed_over and not refused
            raise trouble from None

    def _address(self, server: smtplib.SMTP) -> None:
        """Sender and recipients, of whom one must be taken. Nothing has been said yet."""
        code, said = server.mail(self.sender)
        if code != _TAKEN:
            raise smtplib.SMTPSenderRefused(code, said, self.sender)
        answers = {one: server.rcpt(one) for one in self.to}
        if not any(code in (_TAKEN, _TO_BE_PASSED_ON) for code, _ in answers.values()):
            raise smtplib.SMTPRecipientsRefused(answers)

    def _server(self) -> smtplib.SMTP:
        secure = ssl.create_default_context()
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=_TIMEOUT_S, context=secure)
        server = smtplib.SMTP(self.host, self.port, timeout=_TIMEOUT_S)
        if self.security == "starttls":
            try:
                server.starttls(context=secure)
            except BaseException:
                server.close()
                raise
        return server

    def _message(self, subject: str, text: str) -> EmailMessage:
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = (
            subject,
            self.sender,
            ", ".join(self.to),
        )
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2])
        message.set_content(text)
        return message


def _reason(fault: BaseException) -> str:
    """One line of it, without addresses of people."""
    if isinstance(fault, smtplib.SMTPResponseException):
        return str(fault.smtp_code)
    return type(fault).__name__
