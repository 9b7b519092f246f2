"""What a client would like: media types and languages with their weights (RFC 9110, 12.4.2)."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST = 2_000
"""Characters of a header that are read."""


def _weights(header: str) -> list[tuple[str, float]]:
    """The ranges of a header with their weights; those that cannot be read are left out."""
    found = []
    for part in header[:LONGEST].split(","):
        name, *parameters = (each.strip().lower() for each in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    weight = float(value)
                except ValueError:
                    weight = 0
        if name and 0 <= weight <= 1:
            found.append((name, weight))
    return found


def preferred_type(accept: str | None, offered: Sequence[str]) -> str:
    """The media type among those that are offered which a client likes best; '' for none.

    Of those that it likes alike the first one that is offered. Without a header all are liked.

    >>> preferred_type("text/html, */*;q=0.1", ["text/turtle", "text/html"])
    'text/html'
    """
    ranges = _weights(accept) if accept else [("*/*", 1.0)]
    best, highest = "", 0.0
    for media_type in offered:
        forms = (media_type, media_type.split("/")[0] + "/*", "*/*")
        weight = next((w for form in forms for name, w in ranges if name == form), 0.0)
        if weight > highest:
            best, highest = media_type, weight
    return best


def preferred_language(accept_language: str | None) -> str:
    """`ko` or `en`, whichever a client likes better; English where it likes neither.

    >>> preferred_language("ko-KR,ko;q=0.9,en;q=0.8"), preferred_language("fr, en;q=0.5, ko;q=0.4")
    ('ko', 'en')
    """
    weights = {"ko": 0.0, "en": 0.0}
    for name, weight in _weights(accept_language or ""):
        language = name.partition("-")[0]
        if language in weights:
            weights[language] = max(weights[language], weight)
    return "ko" if weights["ko"] > weights["en"] else "en"


__all__ = ["preferred_language", "preferred_type"]
