"""A draft as JSON and back: between processes, and for the files of drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, is_dataclass
from typing import Any

from citypact.sources.extraction.model import (
    DateFound,
    Draft,
    DraftAgreement,
    Drafted,
    DraftProvision,
    Form,
    Name,
    Signatory,
    Status,
)

Json = dict[str, Any]
_READ: Mapping[str, Callable[[Any], Any]] = {
    "form": Form,
    "status": Status,
    "parties": lambda values: Name(**values),
    "title": str,
    "date": lambda values: DateFound(**values),
    "signatories": lambda values: Signatory(**values),
    "topics": str,
    "provisions": lambda values: DraftProvision(**values),
    "place": str,
    "mode": str,
    "legally_binding": bool,
    "languages": str,
}
"""How the values of an agreement are read, by field."""


def draft_to_json(draft: Draft) -> Json:
    """A draft in values of JSON."""
    return asdict(draft)


def draft_from_json(values: Json) -> Draft:
    """The draft that `draft_to_json` wrote. Raises KeyError, TypeError or ValueError."""
    return Draft(
        tuple(_agreement(each) for each in values["agreements"]),
        tuple(_drafted(each, _READ["parties"]) for each in values["proposed"]),
    )


def value_to_json(value: Any) -> Any:
    """A value of an agreement, without its spans, in values of JSON."""
    plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    return str(plain) if isinstance(plain, str) else plain


def value_from_json(name: str, value: Any) -> Any:
    """The value of a field that `value_to_json` wrote. Raises KeyError, TypeError or ValueError."""
    return _READ[name](value)


def _agreement(values: Json) -> DraftAgreement:
    return DraftAgreement(
        **{
            each.name: _field(values[each.name], _READ[each.name])
            for each in fields(DraftAgreement)
        }
    )


def _field(value: Any, read: Callable[[Any], Any]) -> Any:
    """A drafted value, several, or None."""
    if isinstance(value, dict):
        return _drafted(value, read)
    return None if value is None else tuple(_drafted(each, read) for each in value)


def _drafted(values: Json, read: Callable[[Any], Any]) -> Drafted[Any]:
    return Drafted(
        read(values["value"]),
        tuple((int(start), int(end)) for start, end in values["spans"]),
        float(values["confidence"]),
        str(values["rule"]),
        tuple(map(str, values["doubts"])),
    )


__all__ = ["draft_from_json", "draft_to_json", "value_from_json", "value_to_json"]
