"""A line with real parts on a clock that stands until it is moved, a carrier in memory, recordings
that are made to order, and the person on the other end of the telephone."""

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import soundfile
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from ivr.fake import FakePhone
from ivr.twilio.signature import HEADER, sign
from ivr.twilio.twiml import Desk
from operations.import_policies import Imported, import_policies
from operations.line import Line
from operations.place_call import place_next
from operations.plan import preview, refresh
from recordings.media import Media, MediaStatus
from recordings.storage import Storage
from scheduler.pacing import Limits
from store import agenda, policies
from store.columns import LOCAL
from store.database import Database
from store.tables import Base, Call, Case, Finding, Policy, Turn
from tests.operations.sounds import RATE, Loudness, Tones, lay
from tests.prepared import blank_at, standard
from web.app import create_app
from web.phone import Carrier, blueprint

#: A Wednesday within the calling hours.
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=LOCAL)
PUBLIC, TOKEN = "https://huifang.example.cn/line", "a secret of the tests"
DESK = Desk("+861090000001", "+861090000000")

ROW = {
    "保单号": "P0001", "险种名称": "守护一生终身寿险", "产品类型": "传统", "渠道": "个险",
    "承保日期": "2026-11-10", "生效日期": "2026-11-11", "回执签收日期": "2026-11-12",
    "回执回销日期": "2026-11-13", "犹豫期天数": "10", "投保人姓名": "陈安平", "投保人性别": "男",
    "证件类型": "身份证", "投保人证件号码": "370202198503060034", "投保人出生日期": "1985-03-06",
    "手机": "13900000001", "联系电话": "", "联系地址": "青岛市市南区示范路1号",
    "被保险人姓名": "陈安平",
    "与投保人关系": "本人", "保额": "200000", "保费": "12000", "交费方式": "年交",
    "交费期间": "20年", "保险期间": "终身", "业务员姓名": "苗青", "业务员工号": "B20002",
    "业务员电话": "13900009102", "双录": "否", "备注": "",
}  # fmt: skip

#: Another holder: the same one is never rung about two policies at once.
SOMEBODY_ELSE = {"投保人姓名": "陈安乐", "证件类型": "", "投保人证件号码": ""}


def somebody(number: int) -> dict[str, str]:
    """One of many people: two calls a day are a person's, whatever the policy."""
    name = f"陈安{chr(ord('一') + number)}"
    return {"投保人姓名": name, "证件类型": "", "投保人证件号码": ""}


#: What a holder says who has understood everything.
YES = {"ID_PRESENT": "我就是", "ID_VERIFY": "一九八五年三月六日", "CLOSING": "没有了", "*": "是的"}


@dataclass
class Clock:
    """Stands until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def tick(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Shelf:
    """The carrier's recordings: what each fetch of one brings; the last is given again."""

    media: dict[str, list[Media]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, vendor_id: str) -> Media:
        self.asked.append(vendor_id)
        waiting = self.media.get(vendor_id, [Media(MediaStatus.NOT_READY, "not ready yet (404)")])
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


class Answer:
    """What we answered to one webhook."""

    def __init__(self, response: TestResponse) -> None:
        self.status, self.text = response.status_code, response.get_data(as_text=True)
        self._root = ET.fromstring(self.text) if "xml" in (response.mimetype or "") else None

    @property
    def action(self) -> str | None:
        """Where the next answer goes, None after the end."""
        found = None if self._root is None else self._root.find(".//*[@action]")
        return None if found is None else found.get("action")

    @property
    def words(self) -> str:
        """Everything that is spoken."""
        said = self._root.iter("Say") if self._root is not None else ()
        return "".join("".join(one.itertext()) for one in said)

    @property
    def verbs(self) -> list[str]:
        """The verbs in their order."""
        return [] if self._root is None else [one.tag for one in self._root]

    @property
    def question(self) -> str:
        """The id of the question that is asked."""
        return dict(parse_qsl(urlsplit(self.action or "").query)).get("question", "")


class Caller:
    """The carrier and the person at its other end, during one call."""

    def __init__(self, rig: "Rig", token: str, sid: str) -> None:
        self.rig, self.token, self.sid = rig, token, sid
        self.sent: list[tuple[str, dict[str, str], Answer]] = []
        self.said: list[tuple[str, str]] = []

    @property
    def last(self) -> Answer:
        """What we said last."""
        return next(answer for _, _, answer in reversed(self.sent) if answer.verbs)

    def post(self, url: str, signature: str | None = None, **form: str) -> Answer:
        """One webhook, signed as the carrier signs."""
        fields = {"CallSid": self.sid, **form}
        answer = self.rig.post(url, fields, signature)
        self.sent.append((url, fields, answer))
        return answer

    def again(self, number: int = -1) -> Answer:
        """The same webhook once more."""
        url, fields, _ = self.sent[number]
        return self.rig.post(url, fields)

    def picks_up(self, by: str = "human") -> Answer:
        """Somebody answers the telephone."""
        return self.post(self._url("start"), AnsweredBy=by, CallStatus="in-progress")

    def says(self, words: str, after_s: float = 6) -> Answer:
        """Speak; the answer's webhook comes ``after_s`` seconds after the prompt was sent."""
        return self._answer(words, after_s, SpeechResult=words, Confidence="0.9")

    def presses(self, keys: str) -> Answer:
        """Press keys."""
        return self._answer("", 4, Digits=keys)

    def is_silent(self) -> Answer:
        """Say nothing."""
        return self._answer("", 8)

    def talks(self, answers: Mapping[str, str | list[str]] = YES) -> Answer:
        """Answer by question id, its code, or ``*``, until we hang up or ``stop`` is said."""
        asked: dict[str, int] = {}
        while self.last.action and "Gather" in self.last.verbs:
            question = self.last.question
            key = next(k for k in (question, question.partition(".")[0], "*") if k in answers)
            given = answers[key]
            turn = asked[question] = asked.get(question, -1) + 1
            words = given if isinstance(given, str) else given[min(turn, len(given) - 1)]
            if words == "stop":
                break
            self._give(words)
        return self.last

    def status(self, word: str, sequence: int = 3, **form: str) -> Answer:
        """The carrier tells how the call gets on."""
        return self.post(self._url("status"), CallStatus=word, SequenceNumber=str(sequence), **form)

    def hangs_up(self, **form: str) -> Answer:
        """The call is over, whoever ended it."""
        self.rig.phone.end(self.sid)
        return self.status("completed", CallDuration="60", **form)

    def recorded(self, sid: str = "", status: str = "completed", **form: str) -> Answer:
        """The recording is ready."""
        return self.post(
            self._url("recording"),
            RecordingSid=sid or self.sid.replace("CA", "RE"),
            RecordingStatus=status,
            RecordingChannels="2",
            **form,
        )

    def transferred(self, status: str) -> Answer:
        """The call to a person ended so."""
        self.rig.clock.tick(30)
        return self.post(self.last.action or "", DialCallStatus=status)

    def _give(self, words: str) -> None:
        if words.startswith("#"):
            self.presses(words[1:])
        elif words:
            self.says(words)
        else:
            self.is_silent()

    def _answer(self, words: str, after_s: float, **form: str) -> Answer:
        self.said.append((self.last.question, words))
        self.rig.clock.tick(after_s)
        return self.post(self.last.action or "", **form)

    def _url(self, what: str) -> str:
        return f"{PUBLIC}/phone/{self.token}/{what}"


class Rig:
    """A whole line in a folder, and everything a test does with it. ``url``: the address of another
    database than the folder's, with its tables."""

    def __init__(self, folder: Path, *, fresh: bool = True, url: str = "") -> None:
        self.folder, self.clock = folder, Clock()
        self.phone, self.shelf, self.speech = FakePhone(self.clock), Shelf(), Tones()
        if fresh and not url:
            blank_at(folder / "huifang.db")
        self.line = Line(
            database=Database(url or f"sqlite:///{folder / 'huifang.db'}"),
            clock=self.clock,
            rulebook=standard(),
            company="示例人寿",
            company_phone="95500",
            storage=Storage(folder / "recordings"),
            phone=self.phone,
            fetch=self.shelf,
            detector=Loudness(),
            speech=self.speech,
            worker="one",
            hands_over=True,
            limits=Limits(calls_at_once=100),
            steady=lambda: self.clock.now.timestamp(),
        )
        self._desk: Desk | None = DESK

    def serve(self, desk: Desk | None = DESK, **changes: Any) -> None:
        """Another line from now on, with parts of it changed, and its webhooks."""
        self.line = replace(self.line, hands_over=desk is not None, **changes)
        self._desk = desk
        self.__dict__.pop("client", None)

    @cached_property
    def client(self) -> FlaskClient:
        """The carrier at the webhooks of this line; made for the first who asks."""
        phone = blueprint(self.line, Carrier(PUBLIC, TOKEN, desk=self._desk))
        app: Flask = create_app(self.line, secret="for the tests", phone=phone)
        return app.test_client()

    def close(self) -> None:
        self.line.database.close()

    def import_rows(self, *changes: Mapping[str, str], **options: Any) -> Imported:
        """Import a list of sample rows with these cells changed."""
        return import_policies(self.line, self.list_of(*changes), **options)

    def list_of(self, *changes: Mapping[str, str], name: str = "list.csv") -> Path:
        """A list file of sample rows with these cells changed."""
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.DictWriter(file, list(ROW))
            rows.writeheader()
            rows.writerows({**ROW, **change} for change in changes or ({},))
        return path

    def ring(self) -> Caller:
        """Plan and place the next call; the person whose telephone rings."""
        refresh(self.line)
        return self.ring_next()

    @property
    def due(self) -> list[str]:
        """The numbers of the policies that may be rung now, in the order of dialling, as the
        agenda has them after everything was decided that is to be decided."""
        refresh(self.line)
        numbers = [one.number for one in preview(self.line).due]
        with self.line.database.reading() as session:
            ready = agenda.next_ready(session, 1000, promised_only=False)
            rows = policies.by_ids(session, ready)
        kept = [rows[one].number for one in ready]
        assert [one for one in kept if one in numbers] == numbers
        return numbers

    def ring_next(self) -> Caller:
        """Place the next call as it was planned; the person whose telephone rings."""
        assert place_next(self.line)
        return self.caller()

    def caller(self) -> Caller:
        """Whoever is on the call that was ordered last."""
        with self.line.database.reading() as session:
            call = session.scalars(select(Call).order_by(Call.id.desc())).first()
            assert call is not None
            return Caller(self, call.token, call.vendor_id or next(reversed(self.phone.calls)))

    def post(self, url: str, fields: Mapping[str, str], signature: str | None = None) -> Answer:
        parts = urlsplit(url.removeprefix(PUBLIC))
        signed = sign(url, list(fields.items()), TOKEN) if signature is None else signature
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        response = self.client.post(target, data=fields, headers={HEADER: signed} if signed else {})
        return Answer(response)

    def recording(self, say: Mapping[int, str] | None = None) -> bytes:
        """The WAV of the newest call: our prompts on one channel, on the other a tone for what was
        said in each turn (``say`` changes it; "" is silence)."""
        call = self.one(Call, -1)
        assert call.answered_at is not None
        turns = self.all(Turn, call_id=call.id)
        whole = (turns[-1].heard_at - call.answered_at).total_seconds() + 2 if turns else 5
        ours, theirs = np.zeros(int(whole * RATE), "f4"), np.zeros(int(whole * RATE), "f4")
        for turn in turns:
            words = turn.words if turn.via == "speech" else ""
            words = (say or {}).get(turn.number, words)
            asked = (turn.asked_at - call.answered_at).total_seconds()
            heard = (turn.heard_at - call.answered_at).total_seconds()
            lay(ours, asked + 0.2, 1.5, 200)
            if words:
                lay(theirs, heard - 2.5, 1.0, self.speech.frequency(words))
        out = io.BytesIO()
        soundfile.write(out, np.stack([ours, theirs], axis=1), RATE, format="WAV")
        return out.getvalue()

    def put_on_shelf(self, sid: str, content: bytes, *before: Media) -> None:
        """What the carrier gives for a recording, after other answers."""
        seconds = soundfile.info(io.BytesIO(content)).duration
        ready = Media(MediaStatus.READY, content=content, seconds=seconds, channels=2)
        self.shelf.media[sid] = [*before, ready]

    def all(self, table: type[Any], **where: Any) -> list[Any]:
        """The rows of a table in order."""
        with self.line.database.reading() as session:
            query = select(table).filter_by(**where).order_by(table.id)
            return list(session.scalars(query))

    def one(self, table: type[Any], place: int = 0) -> Any:
        """One row."""
        return self.all(table)[place]

    @property
    def policy(self) -> Policy:
        """The first policy."""
        found: Policy = self.one(Policy)
        return found

    @property
    def outcomes(self) -> list[str | None]:
        """How every call ended."""
        return [call.outcome for call in self.all(Call)]

    @property
    def cases(self) -> list[tuple[str, str | None]]:
        """Class and kind of every case."""
        return [(case.class_name, case.kind) for case in self.all(Case)]

    @property
    def findings(self) -> list[tuple[str, str, str]]:
        """Question, status and source of every finding."""
        return [(one.question_id, one.status, one.source) for one in self.all(Finding)]

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, to see whether anything has changed."""
        with self.line.database.reading() as session:
            return {
                table.name: [tuple(row) for row in session.execute(table.select())]
                for table in Base.metadata.sorted_tables
            }
