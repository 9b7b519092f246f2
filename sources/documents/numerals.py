"""Numbers as word processors write them before paragraphs and notes: 1, 가, ①, iv."""

from __future__ import annotations

from collections.abc import Callable

SYLLABLES = "가나다라마바사아자차카타파하"
_JAMO = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_SPOKEN = "일이삼사오육칠팔구"
_HANJA = "一二三四五六七八九"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def decimal(number: int) -> str:
    """1, 2, 3."""
    return str(number)


def roman(number: int) -> str:
    """I, II, III; decimal where Romans have no sign (below 1) or nobody would read it."""
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written


def letters(number: int) -> str:
    """A, B … Z, then AA, BB, as word processors go on."""
    return _cycle("ABCDEFGHIJKLMNOPQRSTUVWXYZ", number)


def syllables(number: int) -> str:
    """가, 나, 다 … 하, then 거, 너: the vowels in turn.

    >>> [syllables(number) for number in (1, 14, 15)]
    ['가', '하', '거']
    """
    vowel, initial = divmod(number - 1, len(SYLLABLES))
    vowels = (0, 4, 8, 13, 18, 20)  # ㅏ ㅓ ㅗ ㅜ ㅡ ㅣ
    if number < 1 or vowel >= len(vowels):
        return str(number)
    return chr(ord(SYLLABLES[initial]) + 28 * vowels[vowel])


def jamo(number: int) -> str:
    """ㄱ, ㄴ, ㄷ."""
    return _cycle(_JAMO, number)


def spoken(number: int) -> str:
    """일, 이, 삼."""
    return _east_asian(number, _SPOKEN, "십백천")


def hanja(number: int) -> str:
    """一, 二, 三."""
    return _east_asian(number, _HANJA, "十百千")


def circled(number: int) -> str:
    """① to ㊿; in brackets beyond."""
    for first, last, sign in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(sign) + number - first)
    return f"({number})"


def _within(first: str, count: int, other: Callable[[int], str]) -> Callable[[int], str]:
    """Signs that stand in a row in Unicode; another way of writing beyond them."""
    return lambda number: (
        chr(ord(first) + number - 1) if 0 < number <= count else f"({other(number)})"
    )


circled_syllables = _within("㉮", 14, syllables)
circled_jamo = _within("㉠", 14, jamo)
circled_capitals = _within("Ⓐ", 26, letters)
circled_letters = _within("ⓐ", 26, lambda number: letters(number).lower())
circled_hanja = _within("㊀", 10, hanja)


def _cycle(signs: str, number: int) -> str:
    if number < 1:
        return str(number)
    times, place = divmod(number - 1, len(signs))
    return signs[place] * (min(times, 9) + 1)


def _east_asian(number: int, digits: str, tens: str) -> str:
    """A number below 10,000 in words; no sign for one before ten, hundred and thousand."""
    if not 0 < number < 10_000:
        return str(number)
    written = ""
    for place, digit in enumerate(reversed(str(number))):
        value = int(digit)
        if value:
            unit = tens[place - 1] if place else ""
            written = (digits[value - 1] if value > 1 or not unit else "") + unit + written
    return written


__all__ = [
    "SYLLABLES",
    "circled",
    "circled_capitals",
    "circled_hanja",
    "circled_jamo",
    "circled_letters",
    "circled_syllables",
    "decimal",
    "hanja",
    "jamo",
    "letters",
    "roman",
    "spoken",
    "syllables",
]
