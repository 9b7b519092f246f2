"""From the graph to networks of networkx: actors, actors and topics, an overview, everything.

All attributes are plain values (text, numbers, true or false), so that every network can be written
to GraphML or tables and read back equal. Several values of one attribute are joined by "|".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

import networkx as nx
import pyoxigraph as ox

from graph.names import Names, short
from graph.store import Solution, Store
from ontology import CODE, ID, LANGUAGES, NS, SKOS, TOPIC
from ontology.errors import CitypactError
from ontology.vocabulary import vocabulary

KINDS = {
    "CityGovernment": "government",
    "CityNetwork": "network",
    "Office": "office",
    "Organization": "organization",
    "Agreement": "agreement",
    "Topic": "topic",
    "Person": "person",
    "Event": "event",
    "Project": "project",
    "PolicySolution": "solution",
    "Prospect": "prospect",
    "Country": "country",
    "Region": "region",
}
"""The kind of a node by its class; the first that fits."""
ACTORS = ("government", "network", "office", "organization")


@dataclass(frozen=True)
class Filter:
    """Which part of a network to make.

    as_of: only ties known to have begun by that day (ties without a date are then left out, except
    those between an office and its organisation). topic: only agreements that cover the topic or a
    narrower one (IRI). kinds: only actors of these kinds. prospects: also what is only expected,
    proposed, invited or requested, marked as such.
    """

    as_of: date | None = None
    topic: str = ""
    kinds: tuple[str, ...] = ()
    prospects: bool = False

    def __post_init__(self) -> None:
        unknown = set(self.kinds) - set(ACTORS)
        if unknown:
            raise CitypactError(
                f"{', '.join(sorted(unknown))} is no kind of actor\n    -> use {', '.join(ACTORS)}"
            )


def actors(store: Store, chosen: Filter | None = None) -> nx.MultiGraph:
    """Actors joined by agreements, memberships, chairs, offices and brokering.

    Every agreement joins each pair of its parties by an edge of its own; an edge's `parties` says
    how many parties the agreement has and `weight` is 1/(parties - 1), so that an agreement of
    three counts once for each of them (Newman 2001, Phys. Rev. E 64, 016132).
    """
    reader = Reader(store, chosen or Filter())
    network = nx.MultiGraph(name="actors")
    for source, target, key, data in reader.actor_edges():
        for iri in (source, target):
            if iri not in network:
                network.add_node(iri, **reader.node(iri))
        network.add_edge(source, target, key=key, **data)
    return _sorted(network)


def actors_and_topics(store: Store, chosen: Filter | None = None) -> nx.Graph:
    """The two-mode network: actors (bipartite 0) and the topics their agreements cover (1).

    An edge's `weight` counts the agreements of the actor that cover the topic; `agreements` names
    them, joined by "|".
    """
    reader = Reader(store, chosen or Filter())
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for agreement, about in reader.agreements.items():
        for party in about.parties:
            for topic in about.topics:
                if reader.is_chosen(party):
                    found[party, topic].add(agreement)
    network = nx.Graph(name="actors and topics")
    for (party, topic), agreements in found.items():
        network.add_node(party, **reader.node(party), bipartite=0)
        network.add_node(topic, **reader.node(topic), bipartite=1)
        network.add_edge(
            party,
            topic,
            relation="covers",
            weight=len(agreements),
            agreements="|".join(sorted(short(a) for a in agreements)),
        )
    return _sorted(network)


def everything(store: Store) -> nx.MultiDiGraph:
    """All facts between things: nodes are things, the key of an edge is its property."""
    names = Names(store)
    reader = Reader(store, Filter(prospects=True))
    network = nx.MultiDiGraph(name="everything")
    for quad in store.inner.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        subject, value = quad.subject, quad.object
        if not (isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode)):
            continue
        if _is_thing(subject.value) and _is_thing(value.value) and quad.predicate.value.startswith(NS):
            for iri in (subject.value, value.value):
                if iri not in network:
                    network.add_node(iri, **reader.node(iri))
            prop = quad.predicate.value
            network.add_edge(
                subject.value,
                value.value,
                key=short(prop),
                relation=short(prop),
                **{f"relation_{lang}": names.label(prop, lang) for lang in LANGUAGES},
            )
    return _sorted(network)


def overview(store: Store, chosen: Filter | None = None) -> nx.MultiDiGraph:
    """What the page draws: actors, agreements and topics, and further layers behind them.

    Node attributes: kind, label_ko, label_en, aliases, country, date, year, status, form, top_topic,
    first_view … Edge attributes: relation, relation_ko, relation_en, prospect, year, first_view.
    """
    from graph.overview import Overview

    return _sorted(Overview(Reader(store, chosen or Filter())).network)


NETWORKS = {
    "actors": actors,
    "topics": actors_and_topics,
    "overview": overview,
    "everything": lambda store, chosen=None: everything(store),
}
"""The networks by the names that commands use."""


def _is_thing(iri: str) -> bool:
    kinds = ("code/", "date/", "statement/", "claim/", "rule/")
    return iri.startswith(ID) and not iri.removeprefix(ID).startswith(kinds)


def _sorted(network: nx.Graph) -> nx.Graph:
    """The same network with nodes and edges in sorted order: algorithms depend on the order."""
    found = network.__class__(**network.graph)
    found.add_nodes_from(sorted(network.nodes(data=True), key=lambda node: str(node[0])))
    if network.is_multigraph():
        edges = sorted(
            network.edges(keys=True, data=True), key=lambda e: (*sorted(e[:2]), str(e[2]), e[:2])
        )
    else:
        edges = sorted(network.edges(data=True), key=lambda e: (*sorted(e[:2]), e[:2]))
    found.add_edges_from(edges)
    return found


@dataclass
class AgreementTie:
    """What the networks need of one agreement."""

    iri: str
    parties: list[str]
    topics: list[str]
    own_topics: list[str]
    attributes: dict[str, str | int | float | bool]
    begins: str


class Reader:
    """Reads the parts of networks from a store, once each."""

    def __init__(self, store: Store, chosen: Filter) -> None:
        self.store, self.chosen = store, chosen
        self.names = Names(store)
        self.agreements = self._agreements()

    def ask(self, pattern: str) -> Iterator[Solution]:
        """The solutions of a group pattern of ours."""
        return self.store.solutions(f"SELECT DISTINCT * WHERE {{ {pattern} }}")

    def pairs(self, pattern: str) -> dict[str, list[str]]:
        """Values of ?b by ?a, sorted."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.ask(pattern):
            found[row["a"].value].add(row["b"].value)
        return {key: sorted(values) for key, values in sorted(found.items())}

    def kind(self, iri: str) -> str:
        """The kind of a node."""
        kinds = self.names.kinds(iri)
        for name, kind in KINDS.items():
            if name in kinds:
                return kind
        concrete = sorted(kinds, key=lambda k: -len(vocabulary().ancestors(k)))
        return vocabulary().classes[concrete[0]].segment if concrete else "thing"

    def is_chosen(self, iri: str) -> bool:
        """Whether the filter lets an actor through."""
        return not self.chosen.kinds or self.kind(iri) in self.chosen.kinds

    def may_show(self, iri: str) -> bool:
        """Whether a node may stand in a drawing: actors of the chosen kinds, agreements that pass."""
        kind = self.kind(iri)
        if kind == "agreement":
            return iri in self.agreements
        return kind not in ACTORS or self.is_chosen(iri)

    def node(self, iri: str) -> dict[str, str | int | float | bool]:
        """The attributes of a node; a city government bears the name of its city."""
        kind = self.kind(iri)
        city = self._cities.get(iri, iri if "City" in self.names.kinds(iri) else "")
        named = city if kind == "government" and city else iri
        data: dict[str, str | int | float | bool] = {"kind": kind}
        for language in LANGUAGES:
            data[f"label_{language}"] = self.names.label(named, language)
        aliases = {n for each in {iri, named} for n in self._aliases.get(each, ())}
        aliases |= {self.names.label(iri, language) for language in LANGUAGES}
        aliases -= {data["label_ko"], data["label_en"]}
        if aliases:
            data["aliases"] = "|".join(sorted(alias.replace("|", "/") for alias in aliases))
        country = self._countries.get(city or iri, "")
        if country:
            data["country"] = short(country).split("/")[-1]
            for language in LANGUAGES:
                data[f"country_{language}"] = self.names.label(country, language)
        if city in self._coordinates:
            data["latitude"], data["longitude"] = self._coordinates[city]
        if kind == "topic":
            data["top_topic"] = self.top_topic(iri)
        if iri in self.agreements:
            data.update(self.agreements[iri].attributes)
        return data

    def top_topic(self, topic: str) -> str:
        """The top concept above a topic: the first where there are several."""
        seen = {topic}
        while topic in self._broader and self._broader[topic][0] not in seen:
            topic = self._broader[topic][0]
            seen.add(topic)
        return topic

    def actor_edges(
        self,
    ) -> Iterator[tuple[str, str, str, dict[str, str | int | float | bool]]]:
        """The edges between actors: source, target, key, attributes."""
        for iri, tie in self.agreements.items():
            for source, target in combinations(tie.parties, 2):
                if self.is_chosen(source) and self.is_chosen(target):
                    yield source, target, short(iri), {"relation": "agreement", **tie.attributes}
        if not self.chosen.topic:
            yield from self._memberships()
            yield from self._offices()
        yield from self._brokering()
        if self.chosen.prospects and not self.chosen.topic:
            yield from self._prospects()

    def _memberships(self) -> Iterator[tuple[str, str, str, dict[str, str | int | float | bool]]]:
        chairs = {
            row["a"].value
            for row in self.ask(f"?a citypact:membershipRole <{CODE}membership-role/chair>")
        }
        for row in self.ask("?m citypact:member ?a ; citypact:memberOrganization ?b"):
            membership, member, body = row["m"].value, row["a"].value, row["b"].value
            begins = self.begins(membership)
            if not (self.is_chosen(member) and self.is_chosen(body)) or not self.has_begun(begins):
                continue
            relation = "chair" if membership in chairs else "membership"
            yield member, body, short(membership), {
                "relation": relation,
                **self._labels(membership),
                **_dated(begins),
                "weight": 1.0,
            }

    def _offices(self) -> Iterator[tuple[str, str, str, dict[str, str | int | float | bool]]]:
        for office, bodies in self.pairs("?a citypact:unitOf ?b").items():
            for body in bodies:
                if self.is_chosen(office) and self.is_chosen(body):
                    yield office, body, f"{short(office)}/unit", {"relation": "office", "weight": 1.0}

    def _brokering(self) -> Iterator[tuple[str, str, str, dict[str, str | int | float | bool]]]:
        for broker, agreements in self.pairs("?a citypact:brokers ?b").items():
            for iri in agreements:
                tie = self.agreements.get(iri)
                for party in tie.parties if tie else ():
                    if tie and self.is_chosen(broker) and self.is_chosen(party):
                        attributes = {"relation": "brokering", **tie.attributes, "weight": 1.0}
                        yield broker, party, f"{short(iri)}/brokered", attributes

    def _prospects(self) -> Iterator[tuple[str, str, str, dict[str, str | int | float | bool]]]:
        things = self.pairs(
            "?a a citypact:Prospect . { ?a citypact:putBy ?b } UNION { ?a citypact:addressedTo ?b } "
            "UNION { ?a citypact:concerns ?b } ?b a citypact:Organization"
        )
        modality = self.pairs("?a a citypact:Prospect ; citypact:modality ?b")
        for prospect, bodies in things.items():
            for source, target in combinations(bodies, 2):
                if self.is_chosen(source) and self.is_chosen(target):
                    yield source, target, short(prospect), {
                        "relation": "prospect",
                        "prospect": True,
                        "modality": short(modality[prospect][0]).split("/")[-1],
                        **self._labels(prospect),
                        "weight": 1.0,
                    }

    def begins(self, iri: str) -> str:
        """The first day that a tie is known to hold, as ISO date; empty where unknown."""
        row = next(
            self.store.solutions(
                "SELECT (MIN(?day) AS ?first) WHERE { "
                f"<{iri}> citypact:startDate|citypact:heldOn|citypact:signingDate ?date . "
                "?date citypact:earliest ?day }"
            ),
            {},
        )
        return row["first"].value if "first" in row else ""

    def has_begun(self, begins: str) -> bool:
        """Whether the filter's day lets a tie through."""
        return self.chosen.as_of is None or (
            begins != "" and date.fromisoformat(begins) <= self.chosen.as_of
        )

    def _labels(self, iri: str) -> dict[str, str]:
        return {f"label_{language}": self.names.label(iri, language) for language in LANGUAGES}

    def _agreements(self) -> dict[str, AgreementTie]:
        parties = self.pairs("?a a citypact:Agreement ; citypact:party ?b")
        covers = self.pairs("?a citypact:covers ?b")
        own = self.pairs("?a a citypact:Agreement ; citypact:topic ?b")
        forms = self.pairs("?a citypact:instrumentForm ?b")
        statuses = self.pairs("?a citypact:status ?b")
        dates = self.pairs("?a citypact:signingDate ?b")
        narrower = self._narrower(self.chosen.topic) if self.chosen.topic else set()
        found = {}
        for iri, members in parties.items():
            topics, begins = covers.get(iri, []), self.begins(iri)
            if self.chosen.topic and not narrower & set(topics):
                continue
            if not self.has_begun(begins):
                continue
            form = forms.get(iri, [""])
            when = self.names.label(dates[iri][0], "en") if iri in dates else ""
            attributes: dict[str, str | int | float | bool] = {
                "agreement": iri,
                **self._labels(iri),
                "form": short(form[0]).split("/")[-1],
                "date": when,
                "year": int(begins[:4]) if begins else 0,
                "status": short(statuses.get(iri, [""])[0]).split("/")[-1],
                "topics": "|".join(topic.removeprefix(TOPIC) for topic in topics),
                "parties": len(members),
                "weight": round(1 / (len(members) - 1), 6),
            }
            for language in LANGUAGES:
                attributes[f"form_{language}"] = ", ".join(self.names.label(f, language) for f in form)
            found[iri] = AgreementTie(iri, members, topics, own.get(iri, []), attributes, begins)
        return found

    def _narrower(self, topic: str) -> set[str]:
        return {topic} | {
            row["t"].value for row in self.ask(f"?t <{SKOS}broader>+ <{topic}>")
        }

    @cached_property
    def _cities(self) -> dict[str, str]:
        return self._first("?a citypact:governs ?b")

    @cached_property
    def _countries(self) -> dict[str, str]:
        return self._first("?a citypact:inCountry ?b")

    @cached_property
    def _broader(self) -> dict[str, list[str]]:
        return self.pairs("?a skos:broader ?b")

    @cached_property
    def _aliases(self) -> dict[str, list[str]]:
        return self.pairs("?a skos:altLabel ?b")

    @cached_property
    def _coordinates(self) -> dict[str, tuple[float, float]]:
        return {
            row["a"].value: (float(row["latitude"].value), float(row["longitude"].value))
            for row in self.ask("?a citypact:latitude ?latitude ; citypact:longitude ?longitude")
        }

    def _first(self, pattern: str) -> dict[str, str]:
        return {a: b[0] for a, b in self.pairs(pattern).items()}


def _dated(begins: str) -> dict[str, str | int]:
    return {"date": begins, "year": int(begins[:4])} if begins else {}


def by_kind(network: nx.Graph, kinds: Collection[str]) -> list[str]:
    """The nodes of some kinds, in the order of the network."""
    return [node for node, data in network.nodes(data=True) if data.get("kind") in kinds]
