"""Output: safe for the terminal of a person, and the same for every program."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from typing import Any

import click

_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_DIRECTIONS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)
_DANGEROUS = dict.fromkeys(_CONTROLS, "�") | dict.fromkeys(_DIRECTIONS, "")
_DANGEROUS[0x0A] = _DANGEROUS[0x09] = " "


def safe(text: str) -> str:
    """Text on one line without what could steer a terminal: controls and marks of direction."""
    return text.translate(_DANGEROUS)


def safe_lines(text: str) -> str:
    """The same for each line of a text."""
    return "\n".join(safe(line) for line in text.split("\n"))


def is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def width() -> int:
    """The width to write for: that of the terminal; wide where output goes to a file."""
    return shutil.get_terminal_size((120, 40)).columns if is_terminal() else 160


def put(text: str) -> None:
    """Writes CSV, JSON or Turtle: in UTF-8 in any locale, made safe where a person watches."""
    if is_terminal():
        click.echo(safe_lines(text), nl=False)
    else:
        click.echo(text.encode(), nl=False)


def tell(text: str) -> None:
    """Writes lines for people to standard output."""
    click.echo(safe_lines(text))


def tell_counts(summary: Mapping[str, Any]) -> None:
    """Writes what a build or load counted, one a line; what has parts of its own is left out."""
    for name, value in summary.items():
        if isinstance(value, dict):
            value = "; ".join(f"{part} {count}" for part, count in value.items()) or "none"
        if not isinstance(value, list):
            tell(f"{name:>20}  {value}")


def say(text: str) -> None:
    """Writes talk to standard error."""
    click.echo(safe_lines(text), err=True)


__all__ = ["is_terminal", "put", "safe", "safe_lines", "say", "tell", "tell_counts", "width"]
