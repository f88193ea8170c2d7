"""Readers of single cells: text in, a value or a reason out. Pure; a blank cell is None."""
