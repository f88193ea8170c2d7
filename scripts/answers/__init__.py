"""Reads customers' answers in Mandarin: words in, label and reasons out. Never guesses a yes."""

from scripts.answers.announcements import announcement
from scripts.answers.reading import read
from scripts.answers.records import Reading, Record, Why
from scripts.answers.table import Row, TableError, as_json, as_tsv, read_table

__all__ = [
    "Reading",
    "Record",
    "Row",
    "TableError",
    "Why",
    "announcement",
    "as_json",
    "as_tsv",
    "read",
    "read_table",
]
