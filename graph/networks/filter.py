"""Which ties a network takes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from citypact.ontology.errors import CitypactError
from citypact.sources.model import Date

ACTORS = ("government", "network", "office", "organization")


@dataclass(frozen=True)
class Filter:
    """Which part of a network to make.

    as_of: only ties known to have begun by that day: a tie of "2015" has by the last day of 2015.
    Ties without a date are then left out, except those between an office and its organisation.
    topic: only agreements that cover the topic or a narrower one (IRI), and who brokered them.
    kinds: only actors of these kinds. prospects: also what is only announced, expected, proposed,
    invited or requested, marked as such. current_on: without ties that have surely ended before
    that day, or at a time that nobody states.
    sources: only ties that one of these documents (IRIs) reports; a list that was imported is one
    document. left_out: as if these did not exist. hubs: only ties from the registers of these
    cities (IRIs). Sources decide which ties there are; dates, names and topics of a tie stay as all
    sources have them.
    """

    as_of: date | None = None
    topic: str = ""
    kinds: tuple[str, ...] = ()
    prospects: bool = False
    current_on: date | None = None
    sources: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    hubs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unknown = set(self.kinds) - set(ACTORS)
        if unknown:
            raise CitypactError(
                "{unknown} is not a kind of actor\n    -> use {actors}",
                unknown=", ".join(sorted(unknown)),
                actors=", ".join(ACTORS),
            )

    @property
    def is_by_source(self) -> bool:
        """Whether the filter asks for some sources only."""
        return bool(self.sources or self.left_out or self.hubs)

    def is_over(self, end: Date | None) -> bool:
        """Whether a tie with that end is left out because it has ended."""
        if self.current_on is None or end is None:
            return False
        return end.precision == "unknown" or (end.end is not None and end.end < self.current_on)
