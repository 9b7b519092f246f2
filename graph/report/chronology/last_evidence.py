"""When each partner was last spoken of: ties, events and documents, each with its date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from citypact.graph.analysis.chronology import dormant, years_before
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.rdf.terms import read_date
from citypact.graph.text.bilingual import Words, both
from citypact.ontology import ID
from citypact.sources.model import Date
from citypact.sources.reading.edtf import parse_edtf

if TYPE_CHECKING:
    from citypact.graph.report.chronology.data import Timeline

KINDS: dict[str, Words] = {
    "partnership": both("관계의 시작", "Partnership begun"),
    "agreement": both("협정", "Agreement"),
    "membership": both("네트워크 회원·직책", "Membership or office in a network"),
    "event": both("행사", "Event"),
    "document": both("문서가 언급", "Document that speaks of it"),
}
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
"""How a document (?a) speaks of an actor or a place (?b)."""


@dataclass(frozen=True)
class Evidence:
    """The first and the last day that a date allows, of what kind it is, and of what thing."""

    earliest: date
    latest: date
    kind: str
    iri: str


@dataclass(frozen=True)
class Silence:
    """What is known of the last evidence of partners as of a day.

    last: by partner its latest evidence. quiet: those without any for `years` years, the oldest
    first. undated: by partner the documents that speak of it and have no date. tells_of: by partner
    the last day on which something began that one of these tells of too, where they tell of such a
    thing: the document was hardly written before. without: partners of which nothing is dated.
    """

    day: date
    years: int
    last: Mapping[str, Evidence]
    quiet: Sequence[str]
    undated: Mapping[str, int]
    tells_of: Mapping[str, date]
    without: Sequence[str]

    def quiet_after(self, years: int) -> int:
        """How many partners would be quiet if so many years counted."""
        latest = {partner: each.latest for partner, each in self.last.items()}
        return len(dormant(latest, self.day, years))

    @property
    def perhaps_heard(self) -> list[str]:
        """Those that are quiet only if an undated document foretold what it tells of."""
        limit = years_before(self.day, self.years)
        return [node for node in self.quiet if self.tells_of.get(node, limit) > limit]


def silence(line: Timeline, years: int) -> Silence:
    """Which partners no dated evidence speaks of.

    The day is that of the filter, else the last on which something in the graph is known to have
    happened: beginnings count, ends do not, as terms of office end in days to come. What is dated
    after the day is left out; and of a day that is given, what undated documents tell of, as they
    may have been written since.
    """
    reader = NetworkReader(line.study.store, Filter())
    found = _all(line, reader)
    day = line.study.chosen.as_of or max(
        (each.earliest for known in found.values() for each in known), default=date.max
    )
    order = list(KINDS)
    last = {}
    for partner in line.partners:
        known = [each for each in found.get(partner, ()) if each.earliest <= day]
        if known:
            last[partner] = max(
                known, key=lambda each: (each.latest, -order.index(each.kind), each.iri)
            )
    quiet = dormant({partner: each.latest for partner, each in last.items()}, day, years)
    undated = _undated(reader)
    return Silence(
        day,
        years,
        last,
        [partner for partner, _ in quiet],
        {partner: len(undated.get(partner, ())) for partner in line.partners},
        {} if line.study.chosen.as_of else _tells_of(reader, line.partners, undated, day),
        [partner for partner in line.partners if partner not in last],
    )


def _all(line: Timeline, reader: NetworkReader) -> dict[str, list[Evidence]]:
    """The evidence of every actor; of partnerships, both of which ends are dated, too."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for one, other, key, data in line.network.edges(keys=True, data=True):
        relation = str(data.get("relation"))
        kind = RELATIONS.get(relation, relation)
        known = _bounds(parse_edtf(data["date"])) if "date" in data else None
        if known and kind in KINDS:
            iri = str(data.get("agreement") or f"{ID}{str(key).split(':')[0]}")
            for node in (one, other):
                found[node].append(Evidence(*known, kind, iri))
    for kind, dated, things in (
        ("event", "citypact:occurredOn|citypact:startDate", _things(reader, "Event", OF_EVENTS)),
        ("document", PUBLISHED, _things(reader, "SourceDocument", OF_DOCUMENTS)),
    ):
        days = reader.pairs(f"?a {dated} ?b")
        for thing, actors in things.items():
            for known in filter(None, (_bounds(read_date(day)) for day in days.get(thing, ()))):
                for actor in actors:
                    found[actor].append(Evidence(*known, kind, thing))
    return found


def _things(reader: NetworkReader, kind: str, patterns: Sequence[str]) -> dict[str, list[str]]:
    """By thing of a class the actors of which it is, places by who governs them."""
    governing = reader.pairs("?b citypact:governs ?a")
    found: dict[str, set[str]] = defaultdict(set)
    for pattern in patterns:
        for thing, nodes in reader.pairs(f"?a a citypact:{kind} . {pattern}").items():
            for node in nodes:
                found[thing] |= {node, *governing.get(node, ())}
    return {thing: sorted(actors) for thing, actors in sorted(found.items())}


def _undated(reader: NetworkReader) -> dict[str, list[str]]:
    """By actor the documents that speak of it and of which no date of publication is known."""
    days = reader.pairs(f"?a {PUBLISHED} ?b")
    found: dict[str, list[str]] = defaultdict(list)
    for document, actors in _things(reader, "SourceDocument", OF_DOCUMENTS).items():
        if document not in days:
            for actor in actors:
                found[actor].append(document)
    return dict(found)


def _tells_of(
    reader: NetworkReader, partners: Sequence[str], undated: Mapping[str, Sequence[str]], day: date
) -> dict[str, date]:
    """By partner the latest beginning, by a day, that its undated documents tell of.

    What may have begun on several days counts on the first of them.
    """
    mentioned = reader.pairs("?a a citypact:SourceDocument ; citypact:mentions ?b")
    latest: dict[str, date] = {}
    for document, things in mentioned.items():
        dates = [reader.date(thing) for thing in things]
        known = [_bounds(date) for date in dates if date]
        begun = [bounds[0] for bounds in known if bounds and bounds[0] <= day]
        if begun:
            latest[document] = max(begun)
    found = {}
    for partner in partners:
        days = [latest[document] for document in undated.get(partner, ()) if document in latest]
        if days:
            found[partner] = max(days)
    return found


def _bounds(when: Date) -> tuple[date, date] | None:
    """The first day of the beginning of a date and its last day; None where one is unknown.

    Of an interval without an end the beginning alone is known to have been.
    """
    begin = when.beginning.begin
    latest = when.end or when.beginning.end
    return (begin, latest) if begin and latest else None


__all__ = ["KINDS", "Evidence", "Silence", "silence"]
