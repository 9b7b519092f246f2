"""Texts of source documents at hand: found by their digest, not by name; shown by sentence."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import CitypactError
from sources.model import Span

MAXIMUM_BYTES = 20_000_000
_END = re.compile(r"[.!?。]['\"”’)]*(?=\s)|\n")


@dataclass(frozen=True)
class Texts:
    """The texts of a folder by the SHA-256 digest of their bytes."""

    by_digest: dict[str, str]

    @classmethod
    def in_folder(cls, folder: Path) -> Texts:
        """Reads every file of a folder that is UTF-8 text. Raises CitypactError for no folder."""
        if not folder.is_dir():
            raise CitypactError(
                f"{folder}: is no folder\n    -> name the folder with the documents"
            )
        found = {}
        for path in sorted(folder.iterdir()):
            if path.is_file() and path.stat().st_size <= MAXIMUM_BYTES:
                data = path.read_bytes()
                try:
                    found[hashlib.sha256(data).hexdigest()] = data.decode("utf-8")
                except UnicodeDecodeError:
                    continue
        return cls(found)

    def sentence(self, digest: str, span: Span) -> tuple[str, Span] | None:
        """The sentence around a span and where the span lies in it; None without that text."""
        text = self.by_digest.get(digest)
        if text is None or span[1] > len(text):
            return None
        start = max((m.end() for m in _END.finditer(text, 0, span[0])), default=0)
        following = _END.search(text, max(span[1] - 1, 0))
        end = following.end() if following else len(text)
        sentence = text[start:end]
        lead = len(sentence) - len(sentence.lstrip())
        trimmed = sentence.strip()
        return trimmed, (span[0] - start - lead, span[1] - start - lead)
