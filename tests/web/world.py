"""A small plausible world in a real database: policies, calls in every kind of outcome, recordings,
hearings, findings and cases. Sample people are fabricated, sample phones read 1390000xxxx."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from operations.choose_script import packaged
from operations.facts import as_json
from operations.line import Line
from operations.plan import sweep
from scripts.facts import Channel, Facts, Frequency, Period, PeriodKind, ProductType
from store.database import Session
from store.tables import (
    Attempt,
    Call,
    CallEvent,
    Case,
    Finding,
    Hearing,
    Import,
    Policy,
    QualityItem,
    Reading,
    ReadingVersion,
    Recording,
    ScriptVersion,
    Turn,
)
from tests.web import kept
from tests.web.stage import IDENTITY, PHONE, PRODUCTS, World, at, tone

STANDARD = packaged("standard")
#: Why the calls of the world were made.
REASON = {"code": "due", "detail": "", "until": None}
DECISION = {"rank": "1", "slots_left": 24, "rulebook": "standard:1", "calendar": "confirmed"}


def furnish(line: Line) -> World:
    """Fill the line's database."""
    return World(line, *map(dict, kept.once("small", line, lambda: _made(line))))


def _made(line: Line) -> tuple[dict[str, int], ...]:
    with line.database.transaction() as session:
        world = _Builder(session, line).build()
    sweep(line)  # as the worker does, so that the agenda knows every policy
    return world.calls, world.cases, world.recordings


class _Builder:
    """Rows in the order of the day."""

    def __init__(self, session: Session, line: Line) -> None:
        self.session, self.line = session, line
        self.count = 0
        self.world = World(line, {}, {}, {})
        self.source = Import(
            file_name="保单清单.xlsx", sha256="0" * 64, imported_at=at(8, 30), rows_read=18,
            counts={},
        )  # fmt: skip
        session.add(self.source)
        session.add(
            ScriptVersion(
                hash=STANDARD.hash, script_id="standard", text=STANDARD.text,
                first_used_at=at(9, 0),
            )
        )  # fmt: skip
        session.flush()

    def build(self) -> World:
        self.completed("王建国", at(9, 5))
        self.signed_by_son("李秀英", at(9, 20))
        self.resolved("陈志强", at(9, 41))
        self.complaint("赵敏", at(10, 2))
        self.differs("孙丽华", at(10, 30))
        self.misheard("方志远", at(10, 50))
        for name, outcome, when in (
            ("周文涛", "busy", at(11, 5)),
            ("吴芳", "no-answer", at(11, 12)),
            ("冯涛", "voicemail", at(13, 31)),
            ("蒋一鸣", "switched-off", at(13, 40)),
        ):
            self.silent_end(name, outcome, when)
        self.callback("郑伟", at(14, 2))
        self.short(
            "许桂兰", "not-holder", at(14, 20), "ID_PRESENT", "我是他爱人，他不在家", "not-holder"
        )
        self.short("何静", "hung-up", at(14, 40), "CONSENT", "喂，我在开车", "callback")
        self.unreadable("许桂兰")
        self.running("严立军", at(15, 26))
        self.policy("金海波")
        self.policy("魏淑芬", receipt=None, status="wait")
        self.policy("陶志明", receipt=date(2026, 11, 1))
        self.screened("姜小雨")
        self.session.flush()
        return self.world

    # people and their calls

    def completed(self, name: str, when: datetime) -> None:
        call = self.call(name, when, "completed", 46)
        self.say(call, "SIGN_APP", "是我自己签的", "affirm", ["自己签的"])
        self.say(call, "LIABILITY", "清楚", "affirm", ["清楚"])
        self.heard(call, ["是我自己签的", "清楚的"], ["affirm", "affirm"])
        call.class_name, call.judged_at = "标准件", when + timedelta(minutes=3)

    def signed_by_son(self, name: str, when: datetime) -> None:
        call = self.call(name, when, "completed", 83)
        self.say(call, "ID_VERIFY", "一九六二年三月七号", "affirm", ["一九六二年三月七号"])
        self.say(call, "SIGN_APP", "我儿子替我签的", "deny", ["替我签"])
        self.say(call, "SIGN_APP", "就是他签的，我不会写字", "deny", ["他签的"])
        self.say(call, "HESITATION.rights", "清楚", "affirm", ["清楚"])
        recording = self.heard(
            call,
            ["一九六二年三月七号", "我儿子替我签的", "就是他签的我不会写字", "清楚"],
            ["affirm", "deny", "deny", "affirm"],
        )
        self.finding(call, recording, "SIGN_APP", "denied", "deny", "我儿子替我签的", 1)
        self.case(
            call, "问题件", "代签字类", "投保单、保单回执等重要投保资料代签字",
            due=at(18, 0, days=6), owner="契约岗", name="signature",
        )  # fmt: skip

    def resolved(self, name: str, when: datetime) -> None:
        call = self.call(name, when, "completed", 71)
        self.say(call, "LIABILITY.exclusions", "这个不太清楚", "unsure", ["不太清楚"])
        self.say(call, "LIABILITY.exclusions", "哦，现在清楚了", "affirm", ["现在清楚了"])
        recording = self.recording(call, "heard")
        self.hearing(
            call, recording, "whisper:whisper-base", ["这个不太清楚", "现在清楚"],
            [(3, ["unsure", "affirm"])], counts=False,
        )  # fmt: skip
        self.hearing(
            call, recording, "vosk:vosk-model-small-cn-0.22", ["这个不太清楚", "现在清楚了"],
            [(1, ["deny", "affirm"]), (2, ["unsure", "affirm"])],
        )  # fmt: skip
        self.finding(
            call, recording, "LIABILITY.exclusions", "resolved", "unsure", "这个不太清楚", 0
        )
        self.case(
            call, "次标准件", "已纠正类", "不清楚投保提示、保险责任或责任免除，已纠正",
            due=at(18, 0, days=7), owner="业务岗", name="resolved",
        )  # fmt: skip

    def complaint(self, name: str, when: datetime) -> None:
        call = self.call(name, when, "complaint", 38)
        words = "我要退保，你们业务员说跟存款一样，打我13900001234"
        self.say(call, "AWARE", words, "complaint", ["我要退保"], also=["deny"])
        recording = self.heard(call, [words], ["complaint"])
        self.finding(call, recording, "AWARE", "complaint", "complaint", words, 0)
        self.case(
            call, "问题件", "投诉类", "客户投诉或要求退保",
            due=at(10, 0, days=1), owner="投诉处理岗", name="complaint",
        )  # fmt: skip

    def differs(self, name: str, when: datetime) -> None:
        call = self.call(name, when, "completed", 52)
        self.say(call, "LIABILITY.term", "嗯对", "affirm", ["对"])
        self.say(call, "SURRENDER_LOSS", "清楚", "affirm", ["清楚"])
        recording = self.heard(call, ["不对", "不清楚"], ["deny", "deny"])
        self.finding(
            call, recording, "SURRENDER_LOSS", "denied", "deny", "不清楚", 1, source="recording"
        )
        for number, question in ((0, "LIABILITY.term"), (1, "SURRENDER_LOSS")):
            self.session.add(
                QualityItem(
                    call=call, question_id=question, turn_number=number, reason="disagreement",
                    live_label="affirm", recorded_label="deny", opened_at=at(10, 40),
                )
            )  # fmt: skip
        self.case(
            call, "问题件", "疑似误导类", "不清楚犹豫期权益或退保损失，未纠正",
            due=at(18, 0, days=5), owner="业务岗", name="differs",
        )  # fmt: skip

    def misheard(self, name: str, when: datetime) -> None:
        call = self.call(name, when, "completed", 40)
        self.say(call, "CONTACT", "是的", "affirm", ["是的"])
        self.recording(call, "stored")

    def silent_end(self, name: str, outcome: str, when: datetime) -> None:
        picked_up = outcome in ("voicemail", "switched-off")  # a machine, and an announcement
        call = self.call(name, when, outcome, None, answered=picked_up)
        if outcome == "voicemail":
            call.answered_by = "machine"

    def callback(self, name: str, when: datetime) -> None:
        call = self.call(name, when, "callback", 21)
        call.callback_at = at(10, 0, days=1)
        call.attempt.callback_at = call.callback_at
        self.say(call, "CONSENT", "现在没空，明天上午十点吧", "callback", ["没空"])
        self.recording(call, "announced", path=False)

    def short(
        self, name: str, outcome: str, when: datetime, question: str, words: str, label: str
    ) -> None:
        call = self.call(name, when, outcome, 15)
        self.say(call, question, words, label, [words[:3]])

    def running(self, name: str, when: datetime) -> None:
        call = self.call(name, when, None, None)
        self.say(call, "ID_PRESENT", "我就是", "affirm", ["我就是"])

    def screened(self, name: str) -> None:
        policy = self.policy(name, status="screen")
        policy.reasons = [
            {"code": "PHONE_SHARED", "column": "电话", "message": "三个投保人共用号码 13900009999"}
        ]
        self.session.add(
            Case(
                key=f"policy:{policy.number}:shared-phone", policy=policy, class_name="核实件",
                family="核实类", kind="重复号码", headline="重复号码",
                rulebook="standard:1", owner="分支机构", state="open",
                opened_at=at(9, 0, days=-8), due_at=at(18, 0, days=-1),
            )
        )  # fmt: skip

    # rows

    def policy(
        self, name: str, *, receipt: date | None = date(2026, 11, 17), status: str = "accept"
    ) -> Policy:
        self.count += 1
        product, kind = PRODUCTS[self.count % len(PRODUCTS)]
        policy = Policy(
            number=f"8860202611{self.count:06d}", source=self.source, product=product,
            product_type=kind, channel="bank" if self.count % 3 == 0 else "agent",
            issued_on=date(2026, 11, 15), effective_on=date(2026, 11, 16),
            receipt_signed_on=receipt, receipt_returned_on=receipt, cooling_off_days=15,
            holder_name=name, holder_gender="女" if self.count % 2 else "男",
            holder_id_type="身份证", holder_id_number=IDENTITY.format(60 + self.count, self.count),
            holder_birth=date(1960 + self.count, 3, 7), phone=PHONE.format(self.count),
            other_phones=[], address="示范市长安路 1 号", insured_name=name,
            premium=Decimal(12000 + 500 * self.count), frequency="yearly",
            payment_period={"kind": "years", "number": 10}, cover_period={"kind": "life"},
            seller_name="钱一凡", seller_code="S001", branch="示范市分公司",
            bank_branch="示范银行长安支行" if self.count % 3 == 0 else None,
            double_recorded=self.count % 3 == 0, guaranteed_renewal=False, status=status,
            reasons=[], content_hash=f"{self.count:064d}", imported_at=at(8, 30), revisit="open",
        )  # fmt: skip
        self.session.add(policy)
        self.session.flush()
        return policy

    def call(
        self, name: str, when: datetime, outcome: str | None, seconds: int | None,
        *, answered: bool = True,
    ) -> Call:  # fmt: skip
        policy = self.policy(name)
        ended = when + timedelta(seconds=(seconds or 30) + 12) if outcome else None
        picked_up = when + timedelta(seconds=8) if answered else None
        attempt = Attempt(
            policy=policy, number=1, phone=policy.phone, state="ended" if outcome else "placed",
            planned_at=when, deadline=at(21, 0, days=12), reasons=[REASON], decision=DECISION,
            lease=1, rang_at=when, ended_at=ended, outcome=outcome, cause=outcome,
        )  # fmt: skip
        call = Call(
            token=f"token-{self.count}", attempt=attempt, policy=policy, phone=policy.phone,
            vendor_id=f"CA{self.count:032d}", vendor_status="completed" if outcome else None,
            answered_by="human" if answered else None, script_hash=STANDARD.hash,
            facts=as_json(facts_of(policy)), ordered_at=when, answered_at=picked_up,
            ended_at=ended, duration_s=seconds, outcome=outcome,
        )  # fmt: skip
        self.session.add(call)
        self.session.flush()
        self.event(call, "ringing", when + timedelta(seconds=2))
        if ended:
            self.event(call, outcome if outcome in ("busy", "no-answer") else "completed", ended)
            if outcome in ("completed", "complaint", "not-holder"):
                policy.revisit, policy.closed_because = "closed", outcome
        self.world.calls[name] = call.id
        return call

    def event(self, call: Call, status: str, when: datetime) -> None:
        self.session.add(
            CallEvent(
                call_id=call.id, vendor_id=call.vendor_id, kind="status", key=status,
                payload={"status": status}, received_at=when,
            )
        )  # fmt: skip

    def say(
        self, call: Call, question: str, words: str, label: str, decided_by: list[str],
        also: list[str] | None = None,
    ) -> None:  # fmt: skip
        number = len(call.turns)
        assert call.answered_at is not None
        asked = call.answered_at + timedelta(seconds=1 + 5 * number)
        call.turns.append(
            Turn(
                number=number, question_id=question, asked_at=asked,
                heard_at=asked + timedelta(seconds=4), via="speech", words=words, label=label,
                also=also or [],
                why=[because(label, one) for one in decided_by],
            )
        )  # fmt: skip

    def recording(self, call: Call, state: str, *, path: bool = True) -> Recording:
        stored = self.line.storage.put([tone()]) if path else None
        recording = Recording(
            call=call, vendor_id=f"RE{call.id:032d}", state=state, announced_at=call.ended_at,
            started_at=call.answered_at, next_try_at=call.ended_at, channels=2, rate=8000,
            path=stored.path if stored else None, sha256=stored.sha256 if stored else None,
            bytes=stored.bytes if stored else None, seconds=20.0 if stored else None,
        )  # fmt: skip
        self.session.add(recording)
        self.session.flush()
        self.world.recordings[call.policy.holder_name] = recording.id
        return recording

    def heard(self, call: Call, words: list[str], labels: list[str]) -> Recording:
        recording = self.recording(call, "heard")
        engine = "vosk:vosk-model-small-cn-0.22"
        self.hearing(call, recording, engine, words, [(1, labels)])
        return recording

    def hearing(
        self, call: Call, recording: Recording, engine: str, words: list[str],
        read: list[tuple[int, list[str]]], *, counts: bool = True,
    ) -> None:  # fmt: skip
        """One engine's words, read by lexicon after lexicon; the last one counts."""
        made = recording.announced_at + timedelta(minutes=1)
        self.session.add(
            Hearing(
                recording=recording, engine=engine, version="1", turns=len(words), counts=counts,
                made_at=made, callee_channel=1, audio_s=20.0, took_s=1.5, product={}, openly={},
                versions=[
                    ReadingVersion(
                        lexicon=lexicon, fingerprint=f"{lexicon:012x}", rules=1,
                        counts=lexicon == read[-1][0], made_at=made + timedelta(hours=lexicon - 1),
                        readings=[
                            self.reading(n, call, words[n], labels[n]) for n in range(len(words))
                        ],
                    )
                    for lexicon, labels in read
                ],
            )
        )  # fmt: skip

    def unreadable(self, name: str) -> None:
        call = self.session.get_one(Call, self.world.calls[name])
        recording = self.recording(call, "unreadable")
        recording.tries, recording.unreadable_at = 6, at(14, 50)
        recording.problem = "the file is truncated (10 of 5000 bytes are left)"

    def reading(self, number: int, call: Call, words: str, label: str) -> Reading:
        return Reading(
            turn_number=number, question_id=call.turns[number].question_id,
            from_s=3.0 + 5 * number, to_s=4.6 + 5 * number, words=words, alternatives=[],
            label=label, also=[],
            why=[because(label, words[-4:])],
        )  # fmt: skip

    def finding(
        self, call: Call, recording: Recording, question: str, status: str, label: str,
        words: str, turn: int, source: str = "live",
    ) -> None:  # fmt: skip
        self.session.add(
            Finding(
                policy_id=call.policy_id, call=call, question_id=question,
                code=question.partition(".")[0], status=status, label=label, words=words,
                source=source, turn_number=turn, recording_id=recording.id,
                from_s=3.0 + 5 * turn, to_s=4.6 + 5 * turn,
            )
        )  # fmt: skip

    def case(
        self, call: Call, class_name: str, family: str, kind: str, *,
        due: datetime, owner: str, name: str,
    ) -> None:  # fmt: skip
        case = Case(
            key=f"call:{call.id}", policy=call.policy, call=call, class_name=class_name,
            family=family, kind=kind, headline=kind, rulebook="standard:1", owner=owner,
            state="open", opened_at=call.ended_at, due_at=due,
        )  # fmt: skip
        call.class_name, call.judged_at = class_name, call.ended_at
        self.session.add(case)
        self.session.flush()
        self.world.cases[name] = case.id


def facts_of(policy: Policy) -> Facts:
    """What the script was told of a policy."""
    assert policy.phone is not None
    return Facts(
        company="示范人寿", company_phone="4000000000", policy_no=policy.number,
        product=policy.product, product_type=ProductType(policy.product_type),
        channel=Channel(policy.channel), issued_on=policy.issued_on,
        receipt_on=date(2026, 11, 17), cooling_off_days=15,
        cooling_off_starts_on=date(2026, 11, 18), cooling_off_ends_on=date(2026, 12, 2),
        premium=policy.premium, frequency=Frequency(policy.frequency),
        cover_period=Period(PeriodKind.LIFE), holder_name=policy.holder_name,
        insured_name=policy.insured_name, double_recorded=policy.double_recorded,
        address=policy.address, phone_tail=policy.phone[-4:],
    )  # fmt: skip


def because(label: str, words: str) -> dict[str, object]:
    """A reason as scripts.answers keeps it."""
    return {"label": label, "rule": "sample", "words": words, "distance": 0.0}
