"""How much of a file is read: limits that hold before a library is given anything."""

from __future__ import annotations

from dataclasses import dataclass

from citypact.ontology.errors import CitypactError


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may have at most.

    bytes: of the file. expanded: of all that it unpacks to. ratio: of expanded to packed bytes,
    for members beyond a megabyte. members: files in an archive. depth: of nested elements.
    pages: of a PDF. characters: of the text. seconds and memory (bytes of address space): for the
    process that reads it. Kiwi alone reserves three quarters of the memory while it loads.
    """

    bytes: int = 100_000_000
    expanded: int = 200_000_000
    ratio: int = 200
    members: int = 5_000
    depth: int = 200
    pages: int = 500
    characters: int = 5_000_000
    seconds: float = 60.0
    memory: int = 2_000_000_000

    def check_characters(self, number: int, file: str) -> None:
        """Raises CitypactError for a text with more characters than are read."""
        if number > self.characters:
            raise CitypactError(
                "{file}: has more than {number} characters\n    -> split it, or raise the limit",
                file=file,
                number=self.characters,
            )


LIMITS = Limits()
"""What holds where nothing else is said."""

__all__ = ["LIMITS", "Limits"]
