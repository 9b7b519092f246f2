"""The encoding of a text file of others: read where it is sure, refused where it is not.

A list in another encoding than UTF-8 is read only if its bytes make a text in one way alone. A cure
that may give other letters is worse than none: where two encodings fit, none is named.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from citypact.ontology.errors import CitypactError, Message, shown

_EAST_ASIAN = {"cp949": "euc_kr", "cp932": "shift_jis", "gb18030": "gb2312", "big5": "big5"}
"""Encodings of East Asia, and the older one that holds the letters in common use."""
_WINDOWS = ("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257")
_LOOKED_AT = 200_000
"""Bytes that are looked at: a detector takes seconds for more."""
_CHAOS, _RARE = 0.05, 0.02
"""Above these shares of odd neighbours and of rare letters a text does not read well."""
_WORSE = 0.03
"""A text that reads so much worse than another is not the one."""
_BEHIND = 0.2
"""A text whose words are so much less like those of any language is not the one."""
UTF8 = Message("save it as “CSV UTF-8”, or name its encoding with --encoding")


@dataclass(frozen=True)
class Decoded:
    """A text, the name of its encoding, and how sure that is (1 for UTF-8 and a named one)."""

    text: str
    encoding: str
    confidence: float


def decode_text(data: bytes, file: str, encoding: str = "", cure: Message = UTF8) -> Decoded:
    """The text of a file, in the encoding that is named, else in the one that it surely has.

    cure: what to do where none is sure.

    Raises CitypactError where none is sure, where the named one does not fit, and for NUL.
    """
    found = _decoded(data, file, encoding, cure)
    if "\0" in found.text:
        line = found.text[: found.text.index("\0")].count("\n") + 1
        raise CitypactError(
            "{file}:{line}: contains a NUL character\n    -> save it as CSV again",
            file=file,
            line=line,
        )
    return found


def _decoded(data: bytes, file: str, encoding: str, cure: Message) -> Decoded:
    if encoding:
        return _named(data, file, encoding)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _named(data, file, "UTF-16")
    try:
        return Decoded(data.decode("utf-8-sig"), "UTF-8", 1.0)
    except UnicodeDecodeError as error:
        if found := _detected(data):
            return found
        line = data[: error.start].count(b"\n") + 1
        raise CitypactError(
            "{file}:{line}: is not UTF-8, and its encoding cannot be determined\n    -> {cure}",
            file=file,
            line=line,
            cure=cure,
        ) from error


def _named(data: bytes, file: str, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except LookupError as error:
        raise CitypactError(
            "{encoding} is not an encoding\n    -> write one such as UTF-8, CP949 or CP932",
            encoding=shown(encoding),
        ) from error
    except (UnicodeError, ValueError) as error:
        raise CitypactError(
            "{file}: is not a text in {encoding}\n    -> name another encoding, or save the file "
            "as “CSV UTF-8”",
            file=file,
            encoding=encoding,
        ) from error
    return Decoded(text.removeprefix("\ufeff"), encoding.upper(), 1.0)


def _detected(data: bytes) -> Decoded | None:
    """The only text that the bytes make and that reads well; None where there is none, or two."""
    from charset_normalizer import from_bytes

    part = data[:_LOOKED_AT]
    part = part[: part.rfind(b"\n") + 1] or part
    results = from_bytes(part, cp_isolation=[*_EAST_ASIAN, *_WINDOWS], enable_fallback=False)
    chaos: dict[str, float] = {}
    best = max((result.coherence for result in results), default=0.0)
    for result in results:
        if result.coherence < best - _BEHIND:
            continue
        for name in {result.encoding, *result.could_be_from_charset}:
            chaos[name] = min(result.chaos, chaos.get(name, 1.0))
    most = min(_CHAOS, min(chaos.values(), default=0.0) + _WORSE)
    texts: dict[str, list[str]] = {}
    for name in (*_EAST_ASIAN, *_WINDOWS):
        if chaos.get(name, 1.0) > most:
            continue
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if name not in _EAST_ASIAN or _reads_well(text, _EAST_ASIAN[name]):
            texts.setdefault(text, []).append(name)
    if any(name in _EAST_ASIAN for names in texts.values() for name in names):
        # Bytes that make letters of East Asia throughout make only signs in the others.
        texts = {text: names for text, names in texts.items() if names[0] in _EAST_ASIAN}
    if len(texts) != 1:
        return None
    ((text, names),) = texts.items()
    name = "cp1252" if "cp1252" in names else names[0]
    return Decoded(text, name.upper(), round(1 - chaos[name], 2))


def _reads_well(text: str, usual: str) -> bool:
    """Whether nearly all letters of a text are those in common use."""
    letters = [c for c in text if ord(c) > 127]
    # EUC-KR writes a rare syllable in eight bytes, taken apart.
    rare = sum(not 0 < len(c.encode(usual, "ignore")) <= 2 for c in letters)
    return rare <= _RARE * len(letters)


__all__ = ["UTF8", "Decoded", "decode_text"]
