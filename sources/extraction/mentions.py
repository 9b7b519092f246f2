"""A name where a text has it, and what the words around make of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from citypact.sources.extraction.model import Name
from citypact.sources.model import Span


class Role(StrEnum):
    """What the particle or the word behind a name makes of it."""

    SUBJECT = "subject"
    WITH = "with"  # 와, 과: joins the next name or names the other party
    LISTED = "listed"  # a comma, a dot or a dash behind
    BETWEEN = "between"  # 간, 사이
    OBJECT = "object"
    PLACE = "place"
    GENITIVE = "genitive"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands, or words that stand for one named elsewhere.

    span: its words. reach: with its country, office, person and particle. office: of the person
    who stands for it, such as 시장; '' without. is_sure: known, or of the form of a name beyond
    doubt. refers: `owner` (시는, the city) or `pair` (두 도시, both parties); '' for a name.
    """

    span: Span
    reach: Span
    name: Name
    role: Role = Role.NONE
    office: str = ""
    is_sure: bool = True
    refers: str = ""
