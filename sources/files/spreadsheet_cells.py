"""Cells of CSV files that people open in a spreadsheet: no text in them is a formula."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet may take for a formula (OWASP, CSV injection)."""


def guarded(text: str) -> str:
    """A text that a spreadsheet takes for no formula: one that begins like one gets `'` before."""
    return "'" + text if text.startswith(FORMULA) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA) else text


__all__ = ["guarded", "unguarded"]
