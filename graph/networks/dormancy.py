"""Dormant partners: those without dated evidence for some years, be it a tie, event or document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import networkx as nx

from citypact.graph.analysis.chronology import dormant
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.networks.timeline import TieTimeline
from citypact.graph.rdf.terms import read_date
from citypact.graph.store.base import Store
from citypact.ontology import ID
from citypact.sources.model import Date
from citypact.sources.reading.edtf import parse_edtf

KINDS = ("partnership", "agreement", "membership", "event", "document")
"""Kinds of evidence, those first that say most of a partnership."""
RELATIONS = {"chair": "membership", "brokering": "agreement"}
PUBLISHED = "citypact:publishedOn"
OF_EVENTS = (
    "?a citypact:host ?b",
    "?a citypact:inCity ?b",
    "?a citypact:visits ?b",
    "?a citypact:hasParticipation/citypact:onBehalfOf ?b",
    "?a citypact:underAgreement/citypact:party ?b",
)
"""How an event (?a) is one of an actor or a place (?b)."""
OF_DOCUMENTS = (
    "?a citypact:mentions ?b",
    "?a citypact:mentions/citypact:party ?b",
    "?a citypact:mentions/citypact:partner ?b",
    "?a citypact:about ?b",
)
"""How a document (?a) mentions an actor or a place (?b)."""


@dataclass(frozen=True)
class DatedEvidence:
    """The first and the last day that a date allows, of what kind it is, and of what thing."""

    earliest: date
    latest: date
    kind: str
    iri: str

    @property
    def age(self) -> tuple[date, int, str]:
        """What sorts evidence: the oldest first, of one day the least telling kind first."""
        return self.latest, -KINDS.index(self.kind), self.iri


@dataclass(frozen=True)
class Dormancy:
    """The last evidence of partners as of a day.

    last: by partner its latest evidence. dormant: those without any for `years` years, the oldest
    first. undated: by partner the number of documents without a date that mention it. mentioned:
    by partner the last beginning that one of these mentions, where one does: the document was
    hardly written before that day. never: partners without any dated evidence.
    """

    day: date
    years: int
    last: Mapping[str, DatedEvidence]
    dormant: Sequence[str]
    undated: Mapping[str, int]
    mentioned: Mapping[str, date]
    never: Sequence[str]

    def bounds(self, years: int) -> tuple[int, int]:
        """The fewest and the most partners that may be without evidence for so many years.

        The most if all documents without a date are older, the fewest if all are of these years.
        """
        latest = {partner: evidence.latest for partner, evidence in self.last.items()}
        without = [node for node, _ in dormant(latest, self.day, years)] + list(self.never)
        return sum(not self.undated[partner] for partner in without), len(without)


def dormancy(store: Store, line: TieTimeline, years: int, as_of: date | None) -> Dormancy:
    """Which partners of a timeline have no dated evidence for so many years.

    The day is `as_of`, else the last on which something in the graph is known to have happened:
    beginnings count, ends do not, as terms of office end in days to come. What is dated after the
    day is left out; and of a day that is given, what undated documents mention, as they may have
    been written since.
    """
    reader = NetworkReader.of(store)
    evidence = dated_evidence(line.network, reader)
    day = as_of or max(
        (each.earliest for known in evidence.values() for each in known), default=date.max
    )
    last = {
        partner: max(known, key=lambda each: each.age)
        for partner in line.partners
        if (known := [each for each in evidence.get(partner, ()) if each.earliest <= day])
    }
    documents = undated_documents(reader)
    undated = {partner: documents.get(partner, []) for partner in line.partners}
    return Dormancy(
        day,
        years,
        last,
        [node for node, _ in dormant({n: e.latest for n, e in last.items()}, day, years)],
        {partner: len(own) for partner, own in undated.items()},
        {} if as_of else latest_mentioned(reader, undated, day),
        [partner for partner in line.partners if partner not in last],
    )


def dated_evidence(network: nx.MultiGraph, reader: NetworkReader) -> dict[str, list[DatedEvidence]]:
    """The evidence of every actor: ties of `network` (of actors), events and documents.

    Of a partnership, the beginning and a dated end are each evidence.
    """
    found: dict[str, list[DatedEvidence]] = defaultdict(list)
    for one, other, key, data in network.edges(keys=True, data=True):
        relation = str(data.get("relation"))
        kind = RELATIONS.get(relation, relation)
        days = _days(parse_edtf(data["date"])) if "date" in data else None
        if days and kind in KINDS:
            iri = str(data.get("agreement") or f"{ID}{str(key).split(':')[0]}")
            for node in (one, other):
                found[node].append(DatedEvidence(*days, kind, iri))
    for kind, dated, things in (
        ("event", "citypact:occurredOn|citypact:startDate", _things(reader, "Event", OF_EVENTS)),
        ("document", PUBLISHED, _things(reader, "SourceDocument", OF_DOCUMENTS)),
    ):
        dates = reader.pairs(f"?a {dated} ?b")
        for thing, actors in things.items():
            for days in filter(None, (_days(read_date(text)) for text in dates.get(thing, ()))):
                for actor in actors:
                    found[actor].append(DatedEvidence(*days, kind, thing))
    return found


def undated_documents(reader: NetworkReader) -> dict[str, list[str]]:
    """By actor the documents that mention it and whose date of publication is unknown."""
    dates = reader.pairs(f"?a {PUBLISHED} ?b")
    found: dict[str, list[str]] = defaultdict(list)
    for document, actors in _things(reader, "SourceDocument", OF_DOCUMENTS).items():
        if document not in dates:
            for actor in actors:
                found[actor].append(document)
    return found


def latest_mentioned(
    reader: NetworkReader, documents: Mapping[str, Sequence[str]], day: date
) -> dict[str, date]:
    """By actor the latest beginning, up to a day, that its documents mention.

    documents: by actor. What may have begun on several days counts on the first of them.
    """
    mentioned = reader.pairs("?a a citypact:SourceDocument ; citypact:mentions ?b")
    latest: dict[str, date] = {}
    for document, things in mentioned.items():
        known = [_days(when) for when in map(reader.date, things) if when]
        begun = [days[0] for days in known if days and days[0] <= day]
        if begun:
            latest[document] = max(begun)
    found = {
        actor: [latest[document] for document in own if document in latest]
        for actor, own in documents.items()
    }
    return {actor: max(days) for actor, days in found.items() if days}


def _things(reader: NetworkReader, kind: str, patterns: Sequence[str]) -> dict[str, list[str]]:
    """By thing of a class the actors of which it is, places by who governs them."""
    governing = reader.pairs("?b citypact:governs ?a")
    found: dict[str, set[str]] = defaultdict(set)
    for pattern in patterns:
        for thing, nodes in reader.pairs(f"?a a citypact:{kind} . {pattern}").items():
            for node in nodes:
                found[thing] |= {node, *governing.get(node, ())}
    return {thing: sorted(actors) for thing, actors in sorted(found.items())}


def _days(when: Date) -> tuple[date, date] | None:
    """The first day of the beginning of a date and its last day; None where one is unknown.

    Of an interval without an end the beginning alone is known to have been.
    """
    begin = when.beginning.begin
    latest = when.end or when.beginning.end
    return (begin, latest) if begin and latest else None


__all__ = [
    "KINDS",
    "DatedEvidence",
    "Dormancy",
    "dated_evidence",
    "dormancy",
    "latest_mentioned",
    "undated_documents",
]
