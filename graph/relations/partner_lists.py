"""The lists of partners that cities give, each from its own side, and the network that they make.

A list is what documents of one city's own side say of its partners. Two cities without a list may
be partners and nobody would know: the network has ties of cities with a list alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import networkx as nx

from citypact.graph.analysis.countries import countries
from citypact.graph.networks.country_codes import country_codes
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import Attributes, NetworkReader
from citypact.graph.networks.tie_documents import TieDocuments
from citypact.graph.provenance.coverage import StatedList, coverages, stated_lists
from citypact.graph.store.base import Store
from citypact.ontology import CODE
from citypact.ontology.vocabulary import vocabulary
from citypact.sources.extraction.gazetteer import populations
from citypact.sources.model import Date
from citypact.sources.reading.edtf import parse_edtf

T = TypeVar("T")
FEWEST = 3
"""Partners from which what a city's own side says counts as a list."""
HUB, OTHER = "hub", "other"
"""Values of the attribute `side` of nodes: places with and without a list."""
WHOLE, PART, UNKNOWN = "whole", "part", "unknown"
"""Values of the attribute `list`; see `PartnerList.completeness`."""


@dataclass(frozen=True)
class ListedTie:
    """A tie of two places (IRIs, sorted): its IRI, kind (code, '' where unknown), dates.

    begun: when it began; end: when it ended; None where no source says. listed_by: those of the two
    whose own side lists it. documents: the sources behind it (IRIs). titles: by those of the two
    whose own side says it, the kinds (codes) that it says.
    """

    iri: str
    places: tuple[str, str]
    kind: str
    begun: Date | None
    end: Date | None
    listed_by: frozenset[str]
    documents: frozenset[str]
    titles: Mapping[str, frozenset[str]]

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year in which it may have begun; None where either is open."""
        if self.begun is None or self.begun.begin is None or self.begun.end is None:
            return None
        return self.begun.begin.year, self.begun.end.year

    def title(self, place: str) -> str:
        """The kind (code) that a place's own side says; `kind` where it says none or several."""
        said = self.titles.get(place, frozenset())
        return min(said) if len(said) == 1 else self.kind

    def other(self, place: str) -> str:
        """The other of the two places."""
        return self.places[self.places[0] == place]


@dataclass(frozen=True)
class PartnerList:
    """What the own side of a place lists. totals: how many partners sources say it has.

    day: of the list where that is stated, else of the total where exactly one is and has a day.
    stated: the completeness that is on record, '' where none is or some ties are not looked at.
    """

    place: str
    ties: tuple[ListedTie, ...]
    totals: tuple[int, ...]
    day: Date | None
    stated: str = ""

    @cached_property
    def partners(self) -> frozenset[str]:
        """The places on the list."""
        return frozenset(tie.other(self.place) for tie in self.ties)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of ties (codes) that the list has, in its own words."""
        return frozenset(tie.title(self.place) for tie in self.ties)

    @property
    def last_year(self) -> int | None:
        """The last year that the list tells of: that of its day, or of its youngest tie."""
        years = [tie.years[1] for tie in self.ties if tie.years]
        if self.day and self.day.begin:
            years.append(self.day.begin.year)
        return max(years, default=None)

    @property
    def completeness(self) -> str:
        """What is on record of it; else `whole` where one total is stated and the list reaches it.

        `part` where it has fewer; `unknown` where no total is stated, or several that differ. Of a
        list that is not whole a place that is missing may well be a partner.
        """
        if self.stated:
            return self.stated
        if len(set(self.totals)) != 1:
            return UNKNOWN
        return WHOLE if len(self.partners) >= self.totals[0] else PART


@dataclass(frozen=True)
class PartnerLists:
    """All partner lists of a graph, by place, and the partnerships that they have."""

    lists: Mapping[str, PartnerList]
    partnerships: tuple[ListedTie, ...]
    network: nx.Graph

    @property
    def are_several(self) -> bool:
        """Whether there are enough lists to ask what several cities have in common."""
        return len(self.lists) >= FEWEST

    @cached_property
    def documents(self) -> frozenset[str]:
        """The sources behind all ties that are listed."""
        return frozenset(iri for tie in self.partnerships for iri in tie.documents)

    @property
    def counts(self) -> dict[str, int]:
        """How many lists there are, and of each completeness; empty without several."""
        if not self.are_several:
            return {}
        number = Counter(each.completeness for each in self.lists.values())
        return {"lists": number.total(), **{kind: number[kind] for kind in (WHOLE, PART, UNKNOWN)}}

    @cached_property
    def whole(self) -> frozenset[str]:
        """The places with a whole list."""
        return frozenset(p for p, each in self.lists.items() if each.completeness == WHOLE)


def partner_lists(store: Store, chosen: Filter | None = None) -> PartnerLists:
    """The lists of partners in a graph, with a filter by source where given.

    The network is simple and has one edge a pair, nodes and edges in sorted order. Nodes have the
    attributes of `graph.networks.cities`, and `side` (`hub` with a list, else `other`), `list`
    (completeness), `population` (GeoNames, where known) and `capital` (of a country). Edges have
    `kind` (codes joined by "|"), `listed_by` (those of the two whose own side lists the tie) and,
    where all that is known of the beginning lies between two years, `first_year` and `last_year`,
    of the earliest partnership of the pair.
    """
    chosen = chosen or Filter()
    return store.read_once(("partner lists", chosen), lambda: _partner_lists(store, chosen))


def _partner_lists(store: Store, chosen: Filter) -> PartnerLists:
    reader, documents = NetworkReader.of(store, chosen), TieDocuments.of(store)
    found: list[ListedTie] = []
    by_place: dict[str, list[ListedTie]] = defaultdict(list)
    for iri, places in reader.partner_pairs():
        if len(places) != 2 or chosen.is_over(reader.ends.get(iri)):
            continue
        known = documents.tie(iri, "Partnership", "partner", *places)
        known = documents.chosen(known, chosen, places)
        sides = frozenset(p for p in places if documents.chosen(known, Filter(hubs=(p,)), places))
        kind = reader.relation_types.get(iri, "").rsplit("/", 1)[-1]
        one, other = sorted(places)
        begun, end = reader.date(iri), reader.ends.get(iri)
        titles = _titles(documents, chosen, iri, places)
        tie = ListedTie(iri, (one, other), kind, begun, end, sides, known, titles)
        found.append(tie)
        for place in sides:
            by_place[place].append(tie)
    totals = _totals(store)
    is_all = chosen == Filter(hubs=chosen.hubs, prospects=chosen.prospects)
    stated = _by_place(store, stated_lists(store)) if is_all else {}
    lists = {}
    for place, ties in sorted(by_place.items()):
        if len({tie.other(place) for tie in ties}) >= FEWEST:
            numbers, day = totals.get(place, ((), ""))
            said = stated.get(place, StatedList("", ""))
            day = said.day or day
            lists[place] = PartnerList(
                place,
                tuple(ties),
                numbers,
                parse_edtf(day) if day else None,
                said.completeness,
            )
    listed = tuple(tie for tie in found if tie.listed_by & lists.keys())
    return PartnerLists(lists, listed, _network(reader, lists, listed))


def _titles(
    documents: TieDocuments, chosen: Filter, iri: str, places: Sequence[str]
) -> dict[str, frozenset[str]]:
    """What kind of tie (codes) the own side of each place says that a partnership is."""
    found: dict[str, set[str]] = defaultdict(set)
    for kind in vocabulary().codes["relation-type"]:
        stated = documents.stated(iri, "relationType", f"{CODE}relation-type/{kind}")
        said = documents.chosen(stated, chosen, places)
        for place in places if said else ():
            if documents.chosen(said, Filter(hubs=(place,)), places):
                found[place].add(kind)
    return {place: frozenset(kinds) for place, kinds in sorted(found.items())}


def _totals(store: Store) -> dict[str, tuple[tuple[int, ...], str]]:
    """How many partners sources say each place has, and the day of the total if there is one."""
    found = _by_place(store, {each.government: each.totals for each in coverages(store)})
    return {
        place: (
            tuple(total.value for total in totals),
            totals[0].as_of if len(totals) == 1 else "",
        )
        for place, totals in found.items()
    }


def _by_place(store: Store, known: Mapping[str, T]) -> dict[str, T]:
    """What is known of governments, by the places that they govern."""
    governed = NetworkReader.of(store).pairs("?a citypact:governs ?b")
    return {place: value for iri, value in known.items() for place in governed.get(iri, ())}


def _network(
    reader: NetworkReader, lists: Mapping[str, PartnerList], ties: Collection[ListedTie]
) -> nx.Graph:
    network = nx.Graph(name="partner lists")
    numbers = reader.pairs("?a citypact:geonames ?b")
    inhabitants = populations()
    for place in sorted({place for tie in ties for place in tie.places}):
        network.add_node(place, **reader.node(place), side=HUB if place in lists else OTHER)
    codes = country_codes(reader.store, network)
    for place, data in network.nodes(data=True):
        country = countries().get(codes.get(str(data.get("country")), ""))
        number = next(iter(numbers.get(place, ())), "").strip("/").rsplit("/", 1)[-1]
        data["capital"] = bool(country and number and number == country.capital)
        if place in lists:
            data["list"] = lists[place].completeness
        if number in inhabitants:
            data["population"] = inhabitants[number]
    pairs: dict[tuple[str, str], list[ListedTie]] = defaultdict(list)
    for tie in ties:
        pairs[tie.places].append(tie)
    for pair, several in sorted(pairs.items()):
        dated = [tie.years for tie in several if tie.years]
        about: Attributes = {
            "kind": "|".join(sorted({tie.kind for tie in several if tie.kind})),
            "listed_by": "|".join(sorted({place for tie in several for place in tie.listed_by})),
        }
        if dated:
            first, last = min(dated)
            about |= {"first_year": first, "last_year": last}
        network.add_edge(*pair, **about)
    return network


__all__ = [
    "FEWEST",
    "HUB",
    "OTHER",
    "PART",
    "UNKNOWN",
    "WHOLE",
    "ListedTie",
    "PartnerList",
    "PartnerLists",
    "partner_lists",
]
