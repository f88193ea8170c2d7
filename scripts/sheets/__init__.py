"""A call script as a spreadsheet in the manner of XLSForm, for translators and compliance staff;
see docs/spreadsheets.md. Reads and writes bytes; no file, no network, no formula is ever run."""

from scripts.sheets.reading import FaultySheet, Reading, read, reading
from scripts.sheets.writing import export

__all__ = ["FaultySheet", "Reading", "export", "read", "reading"]
