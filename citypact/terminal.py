"""Output: safe for the terminal of a person, and the same for every program."""

from __future__ import annotations

import shutil
import sys
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


def print_data(text: str, *, for_spreadsheets: bool = False) -> None:
    """Writes CSV, JSON or Turtle: in UTF-8 in any locale, made safe where a person watches.

    In a file that is for spreadsheets a byte order mark comes first: Excel on Korean Windows reads
    UTF-8 by it alone.
    """
    if is_terminal():
        click.echo(safe_lines(text.replace("\r\n", "\n")), nl=False)
    else:
        click.echo(text.encode("utf-8-sig" if for_spreadsheets else "utf-8"), nl=False)


def print_json(body: Any) -> None:
    """Writes a value as JSON."""
    import json

    print_data(json.dumps(body, ensure_ascii=False, indent=1) + "\n")


def print_lines(text: str) -> None:
    """Writes lines for people to standard output."""
    click.echo(safe_lines(text))


def print_message(text: str) -> None:
    """Writes a message to standard error."""
    click.echo(safe_lines(text), err=True)


__all__ = [
    "is_terminal",
    "print_data",
    "print_json",
    "print_lines",
    "print_message",
    "safe",
    "safe_lines",
    "width",
]
