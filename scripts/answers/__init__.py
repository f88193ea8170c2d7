"""Reads customers' answers in Mandarin: words in, label and reasons out. Never guesses a yes."""

from scripts.answers.announcements import announcement
from scripts.answers.reading import read
from scripts.answers.records import Reading, Record, Why

__all__ = ["Reading", "Record", "Why", "announcement", "read"]
