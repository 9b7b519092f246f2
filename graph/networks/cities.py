"""Cities joined by what ties them: one edge a pair, whatever sources and agreements say of it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations

import networkx as nx

from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import Attributes, NetworkReader
from citypact.graph.rdf.terms import short
from citypact.graph.rdf.values import integer
from citypact.graph.store.base import Store
from citypact.graph.store.labels import Names
from citypact.ontology import CODE, LANGUAGES
from citypact.ontology.errors import Bilingual, CitypactError
from citypact.sources.model import Date

CityPair = tuple[str, str]

PLAIN = {
    "agreement": {"ko": "협정", "en": "agreement"},
    "partnership": {"ko": "협력 관계", "en": "partnership"},
    "twinned": {"ko": "결연", "en": "twinned"},
    "cooperation": {"ko": "협력", "en": "cooperation"},
}
"""What a tie is called of which no relation type is known."""


@dataclass
class _Tie:
    """What is known of one pair: codes of its relations, agreements, and of its terms the dates.

    years: those in which a term began. ends: the end of each term, None where none is known.
    A term is an agreement or a partnership; a pair may have had several, one after the other.
    """

    relations: set[str] = field(default_factory=set)
    agreements: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    ends: set[Date | None] = field(default_factory=set)

    def add_term(self, reader: NetworkReader, iri: str) -> None:
        """Notes when a term, an agreement or a partnership, began and ended."""
        if year := reader.dated(iri).get("year"):
            self.years.add(int(year))
        self.ends.add(reader.ends.get(iri))

    @property
    def end(self) -> Date | None:
        """The last end; None where a term has none, for then the tie goes on."""
        ends = [end for end in self.ends if end]
        return None if None in self.ends else max(ends, key=_last_day, default=None)


def cities(store: Store, chosen: Filter | None = None) -> nx.Graph:
    """Cities that cooperate, one edge a pair; nodes and edges in sorted order.

    Nodes: kind (city, territory), label_ko, label_en, aliases, country (last part of its IRI),
    country_ko, country_en, latitude and longitude in degrees, population. Edges: relation (codes
    joined by "|": relation types of partnerships and agreements, else `agreement`, `partnership`,
    `twinned` or `cooperation`), relation_ko and relation_en (their names), year (the earliest known
    in which the tie began), end (EDTF; the last one, where all agreements and partnerships of the
    pair have ended), agreements (their number). What is not known is left out.

    `chosen` may say a day, a topic and sources. With a topic only agreements count; with a day only
    what is known to have begun by then. As among actors, what had ended by that day stays, and has
    its `end`, unless `current_on` asks for ties in force only. Raises CitypactError for kinds of
    actors and prospects.
    """
    chosen = chosen or Filter()
    if chosen.kinds or chosen.prospects:
        raise CitypactError(
            "the network of cities has neither kinds of actors nor prospects\n"
            "    -> leave these filters out, or choose another network"
        )
    # A pair has ended where all its agreements and partnerships have: all of them are needed.
    reader = NetworkReader.of(store, replace(chosen, current_on=None))
    ties: dict[CityPair, _Tie] = defaultdict(_Tie)
    _add_agreements(reader, ties)
    if not chosen.topic:
        twinned = set(_pairs(reader, "twinnedWith"))
        _add_partnerships(reader, ties, twinned)
        if not chosen.as_of:
            for pair in twinned:
                ties[pair].relations.add("twinned")
            for pair in _pairs(reader, "cooperatesWith"):
                ties.setdefault(pair, _Tie())  # what ties the two may have no name
    in_force = {pair: tie for pair, tie in ties.items() if not chosen.is_over(tie.end)}
    network = nx.Graph(name="cities")
    nodes = _nodes(reader, {city for pair in in_force for city in pair})
    network.add_nodes_from(sorted(nodes.items()))
    for (one, other), tie in sorted(in_force.items()):
        network.add_edge(one, other, **_edge(reader, tie))
    return network


def find_city(network: nx.Graph, names: Names, name: str) -> str:
    """The city of the network that a name means, in either language, aliases and IRI included.

    Raises CitypactError where no city is called so, or where the one that is has no link.
    """
    meant = names.find(name, "City", "Territory")
    found = [iri for iri in meant if iri in network]
    if not found:
        raise CitypactError(
            "{name}: no link of this city is in the network\n"
            "    -> choose another city, or fewer filters",
            name=Bilingual(**names.both(name)) if name in meant else name,
        )
    if len(found) > 1:
        return names.find_one(name, "City", "Territory")
    return found[0]


def _pairs(reader: NetworkReader, name: str) -> Iterator[CityPair]:
    for one, other in reader.twins(name):
        if one != other:
            yield min(one, other), max(one, other)


def _add_agreements(reader: NetworkReader, ties: dict[CityPair, _Tie]) -> None:
    """Pairs of cities whose governments are party to one agreement that passes the filter."""
    governed = reader.pairs("?a citypact:governs ?b")
    types = reader.pairs("?a a citypact:Agreement ; citypact:relationType ?b")
    for iri, agreement in reader.agreements.items():
        places = {city for party in agreement.parties for city in governed.get(party, ())}
        for pair in combinations(sorted(places), 2):
            tie = ties[pair]
            tie.agreements.add(iri)
            tie.relations |= {_code(each) for each in types.get(iri, ())} or {"agreement"}
            tie.add_term(reader, iri)


def _add_partnerships(
    reader: NetworkReader, ties: dict[CityPair, _Tie], twinned: set[CityPair]
) -> None:
    """Pairs of partnerships that have begun; one of no known type is that of a list of twins."""
    types = reader.pairs("?a a citypact:Partnership ; citypact:relationType ?b")
    for iri, partners in reader.partner_pairs():
        relations = {_code(each) for each in types.get(iri, ())}
        for pair in combinations(partners, 2):
            tie = ties[pair]
            # A list gives the dates of a link as a partnership: it tells that the twinning began.
            tie.relations |= relations or {"twinned" if pair in twinned else "partnership"}
            tie.add_term(reader, iri)


def _edge(reader: NetworkReader, tie: _Tie) -> Attributes:
    # What only says that there is a tie says nothing beside what kind it is of.
    codes = sorted(tie.relations - {"agreement", "partnership"} or tie.relations) or ["cooperation"]
    found: Attributes = {"relation": "|".join(codes)}
    for language in LANGUAGES:
        found[f"relation_{language}"] = "|".join(
            PLAIN[code][language]
            if code in PLAIN
            else reader.names.label(f"{CODE}relation-type/{code}", language)
            for code in codes
        )
    if tie.years:
        found["year"] = min(tie.years)
    if tie.end:
        found["end"] = tie.end.text
    if tie.agreements:
        found["agreements"] = len(tie.agreements)
    return found


def _nodes(reader: NetworkReader, iris: set[str]) -> dict[str, Attributes]:
    names = reader.names
    countries = reader.pairs_of_sources("citypact:inCountry")
    aliases = reader.pairs("?a skos:altLabel ?b")
    populations = reader.pairs_of_sources("citypact:population")
    found: dict[str, Attributes] = {}
    for iri in iris:
        labels = {f"label_{lang}": names.label(iri, lang) for lang in LANGUAGES}
        data: Attributes = {"kind": reader.kind(iri), **labels}
        others = sorted(set(aliases.get(iri, ())) - set(labels.values()))
        if others:
            data["aliases"] = "|".join(alias.replace("|", "/") for alias in others)
        if iri in countries:
            country = countries[iri][0]
            data["country"] = _code(country)
            data |= {f"country_{lang}": names.label(country, lang) for lang in LANGUAGES}
        if iri in reader.coordinates:
            data["latitude"], data["longitude"] = reader.coordinates[iri]
        if iri in populations:
            data["population"] = integer(populations[iri][0])
        found[iri] = data
    return found


def _last_day(date: Date) -> tuple[datetime.date, str]:
    """The last day that a date allows, far off where its year is not known; then its text."""
    return date.end or datetime.date.max, date.text


def _code(iri: str) -> str:
    return short(iri).split("/")[-1]
