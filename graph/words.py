"""Words in Korean and English, as pages and reports have them."""

from __future__ import annotations

Words = dict[str, str]
"""A text by language: `ko` and `en`."""


def both(ko: str, en: str) -> Words:
    """Words in both languages."""
    return {"ko": ko, "en": en}


def amount(number: int, ko: str, one: str, many: str) -> Words:
    """A number with its noun: 도시 5개, 5 cities."""
    return both(f"{ko} {number:,}개", f"{number:,} {one if number == 1 else many}")


def joined(*parts: Words, ko: str = ", ", en: str = ", ") -> Words:
    """Several words as one text."""
    return both(ko.join(part["ko"] for part in parts), en.join(part["en"] for part in parts))


__all__ = ["Words", "amount", "both", "joined"]
