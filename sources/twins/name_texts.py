"""Names as lists write them, on one line and as they are compared."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 500
"""Characters: a longer text is no name, number or date of a list."""
ITEM = re.compile(
    r"<?(?:https?://(?:www\.|m\.)?wikidata\.org/(?:entity|wiki)/(?:Special:EntityPage/)?"
    r"|(?:wikidata|wd|d):\s*)?(Q[1-9][0-9]{0,15})(?:(?<=\d)[#?][^\s>]*)?>?",
    re.IGNORECASE,
)
"""An item of Wikidata in place of a name: Q8684, wd:Q8684, or its address."""
_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]+"
)
_SIGNS = re.compile(r"[\W_]+")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
"""Letters that Unicode does not take apart into a plain one and a mark."""


def clean(text: str) -> str:
    """A name on one line: NFC, without controls, marks of direction and broken characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(_INVISIBLE.sub(" ", unicodedata.normalize("NFC", text)).split())


def fold(name: str) -> str:
    """A name as it is compared: small letters without accents and punctuation.

    >>> fold("Côte d’Ivoire") == fold("cote d'ivoire")
    True
    """
    if name.isascii():
        return _SIGNS.sub(" ", name.lower()).strip()
    # Case first: some capitals fall apart into a letter and a mark (İ). Hangul is put together
    # again at the end, because it falls apart too.
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    letters = "".join(c for c in bare if not unicodedata.combining(c)).translate(_LETTERS)
    return unicodedata.normalize("NFC", _SIGNS.sub(" ", letters).strip())


__all__ = ["ITEM", "LONGEST", "clean", "fold"]
