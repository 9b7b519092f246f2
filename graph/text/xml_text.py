"""Texts for XML: Atom, Word."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal_xml(text: str) -> str:
    """A text with U+FFFD in place of the characters that XML 1.0 cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


__all__ = ["legal_xml"]
