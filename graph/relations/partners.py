"""The two sides of a relation, and what the facts say they have together."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from citypact.graph.relations.facts import FactReader, SourcedFact
from citypact.graph.relations.timeline import own, sides
from citypact.sources.model import Date


@dataclass(frozen=True)
class Side:
    """One of two partners: a city or a body (IRI), with those through which it acts."""

    reader: FactReader
    actor: str

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The city, its government, and the offices and units below it (IRIs)."""
        return sides(self.reader, self.actor)

    @cached_property
    def own(self) -> frozenset[str]:
        """The city and its government, or the body itself: without the units below."""
        return own(self.reader, self.actor)

    @cached_property
    def people(self) -> frozenset[str]:
        """The posts in its bodies, and the people (IRIs) of whom a source says they held one."""
        posts = {post for body in self.bodies for post in self.reader.subjects(body, "postIn")}
        holders = {
            holder
            for post in posts
            for tenure in self.reader.subjects(post, "post")
            for holder in self.reader.values(tenure, "holder")
        }
        return frozenset(posts | holders)

    @cached_property
    def all(self) -> frozenset[str]:
        """Everything that stands for this side: bodies, posts and people (IRIs)."""
        return self.bodies | self.people

    @property
    def body(self) -> str:
        """What signs for it: of a city its government where there is one, else the actor."""
        return next(iter(self.reader.subjects(self.actor, "governs")), self.actor)

    @property
    def is_place(self) -> bool:
        """Whether it is a city or territory, or the government of one."""
        return any("LocalArea" in self.reader.names.kinds(iri) for iri in self.own)


@dataclass(frozen=True)
class OfficeHolder:
    """A head of a body (IRI) as a source shows it: person, post, day, and the fact that says so."""

    body: str
    person: str
    post: str
    is_acting: bool
    day: Date
    facts: tuple[SourcedFact, ...]


def heads_on(reader: FactReader, body: str, day: Date) -> list[OfficeHolder]:
    """Who headed a body on a day, of whom sources show the office on that very day.

    Either the person was in office on the day itself, or the day lies between a beginning and an
    end that sources give. Days between two sightings do not count: between them somebody else may
    have been in office.
    """
    found = []
    for holder in _heads(reader, body):
        if day.begin and day.end and _shown_on(reader, holder, day.begin, day.end):
            found.append(holder)
    return sorted({(h.person, h.post): h for h in found}.values(), key=lambda h: (h.person, h.post))


def last_head(
    reader: FactReader, body: str, until: datetime.date | None = None
) -> OfficeHolder | None:
    """The head of a body whom a source shows in office last, by a day where one is given."""
    found = [
        (holder.day.end, holder.person, holder.post, holder)
        for holder in _heads(reader, body)
        if holder.day.end and (until is None or holder.day.end <= until)
    ]
    return max(found, key=lambda each: each[:3])[3] if found else None


def _heads(reader: FactReader, body: str) -> Iterable[OfficeHolder]:
    """The heads of a body, one for each day on which a source shows them."""
    for post in reader.subjects(body, "heads"):
        acting = any(fact.value == "true" for fact in reader.about(post, "isActing"))
        for tenure in reader.subjects(post, "post"):
            days = reader.about(tenure, "heldOn", "startDate", "endDate")
            for held in reader.about(tenure, "holder"):
                for fact in days:
                    if fact.date:
                        yield OfficeHolder(body, held.value, post, acting, fact.date, (fact,))


def _shown_on(
    reader: FactReader, holder: OfficeHolder, begin: datetime.date, end: datetime.date
) -> bool:
    day = holder.facts[-1]
    if day.triple[1].value.endswith("heldOn"):
        return bool(holder.day.begin and holder.day.end) and (
            holder.day.begin >= begin and holder.day.end <= end  # type: ignore[operator]
        )
    starts = [f.date.end for f in reader.about(day.subject, "startDate") if f.date]
    ends = [f.date.begin for f in reader.about(day.subject, "endDate") if f.date]
    return any(
        start and last and start <= begin and end <= last for start in starts for last in ends
    )


__all__ = ["OfficeHolder", "Side", "heads_on", "last_head"]
