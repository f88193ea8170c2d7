"""A call script as typed, frozen data: questions, what follows each answer, and the endings. It
holds no logic of a call; scripts.reader makes it, scripts.run walks it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from scripts.conditions import ELDERLY_FROM, Condition
from scripts.labels import Label
from scripts.outcomes import Outcome
from scripts.slots import EMPTY, Text
from scripts.yamlfile import NOWHERE, Mark


class Purpose(StrEnum):
    """What a conversation is for; it decides what the law wants asked."""

    REVISIT = "revisit"  # 新契约回访
    SECOND = "second"  # 二次回访: closes a problem case, asks only what was open
    COMPLAINT = "complaint"  # 投诉回访: whether the outcome of a complaint satisfies


class Medium(StrEnum):
    """How the holder is asked (domain.md 1.8, 1.11)."""

    PHONE = "phone"
    VISIT = "visit"  # face to face, on paper
    LETTER = "letter"

    @property
    def on_paper(self) -> bool:
        """Whether the holder writes and signs."""
        return self is not Medium.PHONE


class Kind(StrEnum):
    """What a question is for."""

    PRESENCE = "presence"  # is the holder on the line
    IDENTITY = "identity"  # proves it; nothing of the policy is told before
    CONSENT = "consent"  # is it convenient, may it be recorded
    FACT = "fact"  # something the law or the insurer wants confirmed
    REMARK = "remark"  # satisfaction, suggestions, further questions
    TIME = "time"  # when to call again; asked only after an answer that calls for it


class Polarity(StrEnum):
    """Whether 是 or 没有 is the good answer (domain.md 4.2, rule 3)."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Event(StrEnum):
    """What an answer comes to in the conversation: its label, or what was asked for beside it."""

    AFFIRM = "affirm"
    DENY = "deny"
    UNSURE = "unsure"
    EXPLAIN = "explain"
    UNCLEAR = "unclear"
    REFUSE = "refuse"
    CALLBACK = "callback"
    COMPLAINT = "complaint"
    NOT_HOLDER = "not-holder"
    NO_SUCH_PERSON = "no-such-person"
    DECEASED = "deceased"
    SILENCE = "silence"
    REPEAT = "repeat"
    SLOWER = "slower"
    PERSON = "person"
    TIMED = "timed"  # a time was named; only time questions route it


class Move(StrEnum):
    """What the conversation does next."""

    NEXT = "next"  # leave the question with what was heard
    EXPLAIN = "explain"  # say the explanation, then ask again
    AGAIN = "again"  # ask again in plainer words
    REPEAT = "repeat"  # ask again in the same words
    SLOWLY = "slowly"  # ask again in plainer words, slowly
    END = "end"  # go to an ending
    ASK = "ask"  # ask a question that stands aside of the path


#: Moves after which the same question waits for another answer.
STAYS = frozenset({Move.EXPLAIN, Move.AGAIN, Move.REPEAT, Move.SLOWLY})


@dataclass(frozen=True, slots=True)
class Step:
    """One move and, for END and ASK, where to."""

    move: Move
    target: str = ""


#: For every event the steps in order: the first time it is heard on a question the first step is
#: taken, the second time the second, and the last step leaves the question for good.
Routes = Mapping[Event, tuple[Step, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``item`` names the fact that the law wants confirmed, e.g. ``4-term``;
    ``says_by_person`` stands for ``says`` where a person reads it aloud."""

    id: str
    code: str
    kind: Kind
    says: Text
    on: Routes
    on_with_care: Routes
    item: str | None = None
    explain: Text = EMPTY
    again: Text = EMPTY
    says_by_person: Text = EMPTY
    when: tuple[Condition, ...] = ()
    polarity: Polarity = Polarity.POSITIVE
    expects: tuple[str, ...] = ()
    keys: int = 1
    wait_s: int = 5
    barge_in: bool = False
    slow: bool = False
    source: str = ""

    @property
    def of_call(self) -> tuple[Condition, ...]:
        """The conditions that only the course of the call decides."""
        return tuple(condition for condition in self.when if condition.of_call)


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence of an ending and when it is said."""

    text: Text
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """One way for the conversation to end. The first saying whose conditions hold is spoken.

    With ``hand_over`` a person is called to the line; when nobody can be reached the customer
    hears ``sorry`` and the call comes to ``otherwise``.
    """

    id: str
    outcome: Outcome
    says: tuple[Saying, ...]
    hand_over: bool = False
    otherwise: Outcome = Outcome.CALLBACK
    sorry: Text = EMPTY


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is said before a question is asked again."""

    unclear: Text  # 抱歉，没有听清
    silence: Text  # 您还在听吗
    keys: Text  # 是请按1，不是请按2; said after a question of yes or no
    keys_reversed: Text  # the same where 没有 is the good answer


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one call."""

    turns: int = 150
    spoken_s: int = 15


@dataclass(frozen=True, slots=True)
class Care:
    """How the call differs for a holder of ``from_age`` full years or more."""

    from_age: int = ELDERLY_FROM
    slow: bool = True
    wait_s: int = 8


#: Names one text: the id of a question or ending ("" for the script's own) and the field, such
#: as ("AWARE", "says"), ("completed", "says.0"), ("", "phrases.silence").
Spot = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Translation:
    """The texts of a script in another language, by spot, and the voice that speaks them."""

    texts: Mapping[Spot, Text]
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """One call script, complete. ``finish`` and ``exhausted`` are the endings after the last
    question and after too many turns; ``covers`` says for which policies it is meant; ``marks``
    where the script and its parts stand in their file, by spot with an empty field for a whole
    part."""

    id: str
    version: str
    title: str
    language: str
    voice: str
    opening: Text
    phrases: Phrases
    questions: tuple[Question, ...]
    aside: tuple[Question, ...]
    endings: tuple[Ending, ...]
    finish: str
    exhausted: str
    limits: Limits = Limits()
    care: Care = Care()
    purpose: Purpose = Purpose.REVISIT
    medium: Medium = Medium.PHONE
    covers: tuple[Condition, ...] = ()
    source: str = ""
    opening_by_person: Text = EMPTY
    translations: Mapping[str, Translation] = field(default_factory=dict)
    marks: Mapping[Spot, Mark] = field(default_factory=dict, compare=False)

    def question(self, question_id: str) -> Question | None:
        """The question of this id, on the path or aside."""
        return next((q for q in (*self.questions, *self.aside) if q.id == question_id), None)

    def ending(self, ending_id: str) -> Ending | None:
        """The ending of this id."""
        return next((e for e in self.endings if e.id == ending_id), None)

    def mark(self, part: str = "", field: str = "") -> Mark:
        """Where a field of a part stands, or else the part, or else the script."""
        for spot in ((part, field), (part, "")):
            if spot in self.marks:
                return self.marks[spot]
        return NOWHERE


_OF_LABEL: Mapping[Label, Event] = {label: Event(label.value) for label in Label}


def event_of(label: Label) -> Event:
    """The event that a label is when nothing else was asked for."""
    return _OF_LABEL[label]
