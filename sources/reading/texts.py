"""Texts of source documents at hand: found by their digest, not by name; shown by sentence."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from citypact.ontology.errors import CitypactError, Message
from citypact.sources.files.encodings import Decoded, decode_text
from citypact.sources.model import Span
from citypact.sources.reading.personal_data import masked

MAXIMUM_BYTES = 20_000_000
TEXT_FILES = (".txt", ".text", ".md")
"""How the names of texts end; those in other encodings than UTF-8 are read by these alone."""
_END = re.compile(
    r"""(?:[!?。]
          |(?<!\b[A-Z])(?<!\d)\.     # not after an initial: Edwin M. Lee
          |(?<=\d)\.(?!\s*\d)        # not inside a date: 2013. 10. 21.
        )['"”’)]*(?=\s)|\n""",
    re.VERBOSE,
)
"""Where a sentence ends."""


def decode_document(data: bytes, file: str) -> Decoded:
    """The text of a document, in which its spans count, and its encoding.

    A byte order mark is none of its characters; line ends stay as they are. Raises CitypactError
    for what is not a text, and for an encoding that is not sure.
    """
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CitypactError(
            "{file}: is not a text\n    -> save the text of the document as a .txt file", file=file
        )
    return decode_text(data, file, cure=Message("save it as UTF-8"))


@dataclass(frozen=True)
class Texts:
    """The texts of a folder by the SHA-256 digest of their bytes."""

    by_digest: dict[str, str]

    @classmethod
    def in_folder(cls, folder: Path) -> Texts:
        """Reads every file of a folder that is a text, in UTF-8 whatever its name.

        Raises CitypactError for no folder.
        """
        if not folder.is_dir():
            raise CitypactError(
                "{folder}: is not a folder\n    -> name the folder with the documents",
                folder=folder,
            )
        found = {}
        for path in sorted(folder.iterdir()):
            if path.is_file() and path.stat().st_size <= MAXIMUM_BYTES:
                try:
                    data = path.read_bytes()
                    if path.suffix.lower() in TEXT_FILES:
                        text = decode_document(data, path.name).text
                    else:
                        text = data.decode("utf-8-sig")
                except (OSError, UnicodeDecodeError, CitypactError):
                    continue  # What cannot be read is no text at hand.
                found[hashlib.sha256(data).hexdigest()] = text
        return cls(found)

    def sentence(self, digest: str, span: Span) -> tuple[str, Span] | None:
        """The sentence around a span and where the span lies in it; None without that text.

        How to reach people is masked in it, see `personal_data`.
        """
        text = self.by_digest.get(digest)
        if text is None or span[1] > len(text):
            return None
        start, end = 0, len(text)
        for match in _END.finditer(text):
            if match.end() <= span[0]:
                start = match.end()
            elif match.end() >= span[1]:
                end = match.end()
                break
        sentence = text[start:end].strip()
        first = text.index(sentence, start)
        begin, stop = (min(max(at - first, 0), len(sentence)) for at in span)
        return masked(text)[first : first + len(sentence)], (begin, stop)
