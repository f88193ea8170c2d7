"""Guidance for whoever meets an angry customer at a counter or on the phone (domain.md 1.14), as
data, and a quiz on it. It decides nothing and speaks no word of a script."""

from scripts.guide.model import Guide, Piece, Section, SectionId, Text
from scripts.guide.reader import load

__all__ = ["Guide", "Piece", "Section", "SectionId", "Text", "load"]
