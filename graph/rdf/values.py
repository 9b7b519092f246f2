"""The one place where texts of a graph become values, or one clear complaint.

A build writes only what can be read. A graph that somebody sent may hold anything: `citypact load`
leaves out what `graph.build.odd_values` finds with these functions, and whoever reads a graph that
was never loaded so gets an `OddValue`.
"""

from __future__ import annotations

import datetime
import math
import re

import pyoxigraph as ox

from citypact.ontology import XSD
from citypact.ontology.errors import CitypactError, Message, shown

Value = int | float | bool | datetime.date | str

LARGEST_INTEGER = 2**63 - 1
"""What SQLite, Parquet and the engine hold."""
_INTEGER = re.compile(r"[+-]?[0-9]{1,19}")
_INTEGERS = ("integer", "int", "long", "nonNegativeInteger", "positiveInteger", "short")
_NUMBERS = ("decimal", "double", "float")


class OddValue(CitypactError, ValueError):
    """A value that no build writes."""

    def __init__(self, reason: str) -> None:
        self.reason = reason if isinstance(reason, Message) else Message(reason)
        super().__init__(
            Message(
                "the graph holds a value that no build writes: {reason}\n"
                "    -> load its graph.nq with `citypact load`, which leaves such values out",
                reason=self.reason,
            )
        )


def integer(text: str) -> int:
    """A whole number of 64 bits. Raises OddValue."""
    if _INTEGER.fullmatch(text) and abs(number := int(text)) <= LARGEST_INTEGER:
        return number
    raise OddValue(Message("{text} is no whole number of 64 bits", text=shown(text)))


def number(text: str) -> float:
    """A finite number. Raises OddValue, also for NaN and infinity."""
    try:
        found = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        found = math.nan
    if math.isfinite(found):
        return found
    raise OddValue(Message("{text} is no number", text=shown(text)))


def degrees(text: str, most: float) -> float:
    """A latitude (most: 90) or longitude (180) in degrees. Raises OddValue."""
    found = number(text)
    if abs(found) <= most:
        return found
    raise OddValue(Message("{text} degrees are not on the globe", text=shown(text)))


def coordinates(latitude: str, longitude: str) -> tuple[float, float]:
    """Latitude and longitude in degrees. Raises OddValue."""
    return degrees(latitude, 90), degrees(longitude, 180)


def day(text: str) -> datetime.date:
    """A calendar day; a time zone behind it is left out. Raises OddValue."""
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        raise OddValue(Message("{text} is no day", text=shown(text))) from None


def plain_value(literal: ox.Literal) -> Value:
    """A literal by its datatype: number, truth value or day, else its text. Raises OddValue."""
    kind = literal.datatype.value.removeprefix(XSD)
    if kind in _INTEGERS:
        return integer(literal.value)
    if kind in _NUMBERS:
        return number(literal.value)
    if kind == "boolean":
        if literal.value not in ("true", "false", "1", "0"):
            raise OddValue(Message("{text} is neither true nor false", text=shown(literal.value)))
        return literal.value in ("true", "1")
    return day(literal.value) if kind == "date" else literal.value


__all__ = [
    "LARGEST_INTEGER",
    "OddValue",
    "Value",
    "coordinates",
    "day",
    "degrees",
    "integer",
    "number",
    "plain_value",
]
