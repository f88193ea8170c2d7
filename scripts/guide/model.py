"""The counter guidance (柜面投诉应对指引, domain.md 1.14) as values: sections of pieces, each in
Chinese and English. It tells people what helps; it decides nothing and speaks no word of a
script."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class SectionId(StrEnum):
    """What a section is about; the quiz knows by it what it may ask."""

    RISKS = "risks"  # 六类风险
    TYPES = "types"  # 五类投诉客户
    DIFFICULT = "difficult"  # 九种难沟通客户
    PRINCIPLES = "principles"  # 四项原则
    TABOOS = "taboos"  # 六项大忌
    STEPS = "steps"  # 平息不满六步
    QUESTIONS = "questions"  # 六种提问
    RULES = "rules"  # 员工守则


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages; empty in both where there is nothing to say."""

    zh: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.zh)

    def said(self, language: str) -> str:
        """In ``zh`` or ``en``."""
        return self.en if language == "en" else self.zh


NOTHING = Text()


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of advice. ``signs`` is how it is recognised, ``text`` what to do, ``says`` and
    ``never`` wording; ``when`` are the risk signals of a complaint beside which it comes first;
    ``note`` says where and why it departs from its source."""

    id: str
    title: Text
    source: str
    text: Text = NOTHING
    signs: Text = NOTHING
    says: tuple[Text, ...] = ()
    never: tuple[Text, ...] = ()
    when: frozenset[str] = frozenset()
    note: Text = NOTHING

    @property
    def words(self) -> str:
        """Everything it says, in both languages, to be searched."""
        texts = (self.title, self.signs, self.text, *self.says, *self.never, self.note)
        return "\n".join([self.id, *(f"{one.zh}\n{one.en}" for one in texts), self.source])


@dataclass(frozen=True, slots=True)
class Section:
    """Pieces of one kind, in their order."""

    id: SectionId
    title: Text
    source: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """One insurer's guidance. A quiz asks ``questions`` of it and is passed with ``pass_mark``
    percent right."""

    id: str
    version: int
    title: Text
    questions: int
    pass_mark: int
    sections: tuple[Section, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All of them, section after section."""
        return tuple(piece for section in self.sections for piece in section.pieces)

    def section(self, name: SectionId) -> tuple[Piece, ...]:
        """The pieces of one section; none where the guide does not have it."""
        return next((one.pieces for one in self.sections if one.id == name), ())

    def for_signals(self, signals: Iterable[str]) -> tuple[Piece, ...]:
        """The pieces for these risk signals: whatever answers more of them first, then in the
        guide's order. Where no piece is about them, the principles: they help with everybody."""
        wanted = frozenset(signals)
        found = [piece for piece in self.pieces if piece.when & wanted]
        if not found:
            return self.section(SectionId.PRINCIPLES)
        return tuple(sorted(found, key=lambda piece: -len(piece.when & wanted)))
