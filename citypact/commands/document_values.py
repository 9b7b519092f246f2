"""What is said of a document on the command line: read, and faults told as those of options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from citypact.ontology.errors import Message, shown, suggestion
from citypact.ontology.vocabulary import vocabulary
from citypact.sources.reading.values import ValueFault, parse_text
from citypact.sources.reading.written_dates import read_written_date
from citypact.translation import translated


def reading(read: Callable[[str], str]) -> Callable[..., Any]:
    """A callback that reads what an option was given, one or several times, and tells faults."""

    def callback(context: click.Context, parameter: click.Parameter, given: Any) -> Any:
        try:
            if isinstance(given, tuple):
                return tuple(dict.fromkeys(map(read, given)))
            return read(given) if given else ""
        except ValueFault as fault:
            message = f"{translated(fault.message)}; {translated(fault.cure)}"
            raise click.BadParameter(message, context, parameter) from fault

    return callback


def as_date(text: str) -> str:
    """EDTF of a date as people write it. Raises ValueFault."""
    try:
        return read_written_date(text).edtf
    except ValueError as error:
        message = Message("{text} is not a date", text=shown(text))
        raise ValueFault(message, Message("write one such as 2016-12-31")) from error


def as_address(text: str) -> str:
    """A whole address. Raises ValueFault."""
    from citypact.graph.forms.entries import is_address

    if not is_address(text):
        message = Message("{text} is not an address", text=shown(text))
        cure = Message("write the whole address, such as https://www.busan.go.kr/…")
        raise ValueFault(message, cure)
    return text


def as_line(text: str) -> str:
    """A text of one line. Raises ValueFault."""
    return str(parse_text(" ".join(text.split()), "en").value)


def as_code(codes: str) -> Callable[[str], str]:
    """Reads a code of a code list. What it gives raises ValueFault."""

    def read(text: str) -> str:
        known = vocabulary().codes[codes]
        if text not in known:
            message = Message(
                "{text} is not in the code list {codes}", text=shown(text), codes=codes
            )
            raise ValueFault(message, suggestion(text, known))
        return text

    return read
