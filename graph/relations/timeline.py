"""What is dated between partners, in order of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from citypact.graph.provenance.trace import Evidence
from citypact.graph.rdf.terms import term
from citypact.graph.relations.facts import FactReader
from citypact.graph.store.base import DEFAULT_GRAPH, Store
from citypact.sources.model import Date

DATES = ("established", "signingDate", "occurredOn", "startDate", "endDate")
"""The properties (local names) whose dates a timeline shows."""
PARTS = {
    "Agreement": ("party", "facilitator"),
    "Partnership": ("partner",),
    "Membership": ("member", "memberOrganization"),
    "Event": ("host", "inCity", "cooperatingBody"),
    "Project": ("ledBy", "inCity"),
    "PolicyTransfer": ("provider", "recipient"),
}
"""The properties (local names) by which a thing of a class belongs to actors and cities."""


@dataclass(frozen=True)
class TimelineEntry:
    """One dated thing: an agreement, partnership, membership, event, project or transfer (IRI).

    how: the property (IRI) that dates it. date: None for what nobody dates; such entries are last.
    """

    thing: str
    kind: str
    how: str
    date: Date | None
    claims: tuple[Evidence, ...] = field(default=(), repr=False)

    @property
    def year(self) -> int | None:
        """The year in which it certainly began; None where that is unknown."""
        return self.date.year if self.date else None


def own(reader: FactReader, actor: str) -> frozenset[str]:
    """A city and its government, or a body itself (IRIs)."""
    return frozenset({actor, *reader.values(actor, "governs"), *reader.subjects(actor, "governs")})


def sides(reader: FactReader, actor: str) -> frozenset[str]:
    """The IRIs under which an actor acts: city, government, and offices and units below it."""
    found = set(own(reader, actor))
    queue = list(found)
    while queue:
        for unit in reader.subjects(queue.pop(), "unitOf"):
            if unit not in found:
                found.add(unit)
                queue.append(unit)
    return frozenset(found)


def timeline(reader: FactReader, one: str, other: str = "") -> list[TimelineEntry]:
    """What is dated of an actor (IRI of a city or body), or of two actors together.

    Events and projects under an agreement belong to its parties too. In order of the first day
    that a date may mean; what has no date is at the end.
    """
    groups = [sides(reader, each) for each in (one, other) if each]
    found = {
        thing
        for thing, actors in _belongings(reader.store).items()
        if all(actors & group for group in groups) and reader.names.kinds(thing) & PARTS.keys()
    }
    return entries(reader, sorted(found))


def entries(reader: FactReader, things: Iterable[str]) -> list[TimelineEntry]:
    """The entries of things (IRIs): one for each date that the facts give, else one without."""
    found = []
    for thing in things:
        kind = next((name for name in PARTS if name in reader.names.kinds(thing)), "")
        facts = reader.about(thing, *DATES)
        found += [
            TimelineEntry(thing, kind, fact.triple[1].value, fact.date, reader.claims([fact]))
            for fact in facts
        ]
        if not facts:
            parts = reader.about(thing, *PARTS.get(kind, ()))
            found.append(TimelineEntry(thing, kind, "", None, reader.claims(parts)))
    return sorted(found, key=_by_date)


def _belongings(store: Store) -> dict[str, frozenset[str]]:
    """The actors and cities to which each thing with a date may belong; read once a store."""

    def read() -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for name in sorted({name for names in PARTS.values() for name in names}):
            for quad in store.quads(None, term(name), None, DEFAULT_GRAPH):
                found.setdefault(quad.subject.value, set()).add(quad.object.value)  # type: ignore[union-attr]
        for quad in store.quads(None, term("underAgreement"), None, DEFAULT_GRAPH):
            parties = found.get(quad.object.value, ())  # type: ignore[union-attr]
            found.setdefault(quad.subject.value, set()).update(parties)  # type: ignore[union-attr]
        return {thing: frozenset(actors) for thing, actors in found.items()}

    return store.read_once("timeline", read)


def _by_date(entry: TimelineEntry) -> tuple[bool, str, str, str]:
    date = entry.date
    return date is None, first_day(date) if date else "", entry.thing, entry.how


def first_day(date: Date) -> str:
    """What a date is sorted by: the first day that it may mean, or its text."""
    return date.begin.isoformat() if date.begin else date.text


__all__ = ["DATES", "PARTS", "TimelineEntry", "entries", "first_day", "own", "sides", "timeline"]
