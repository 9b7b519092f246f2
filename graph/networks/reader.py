"""What the store knows of actors, agreements and the ties between them, as networks need it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from citypact.graph.networks.filter import Filter
from citypact.graph.networks.tie_documents import PROPOSING, TOPICS, TieDocuments
from citypact.graph.rdf.terms import import_graph, read_date, short
from citypact.graph.rdf.values import coordinates
from citypact.graph.store.base import Solution, Store
from citypact.graph.store.labels import Names
from citypact.ontology import CODE, LANGUAGES, SKOS, TOPIC
from citypact.ontology.vocabulary import vocabulary
from citypact.sources.model import Date, Triple

Attributes = dict[str, str | int | float | bool]
"""The attributes of a node or an edge. What is not known is left out: no empty text, no year 0."""
Edge = tuple[str, str, str, Attributes]
"""Source, target, a key that no other edge of its network has, and attributes."""

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
    "ExpectedPartnership": "prospect",
    "Country": "country",
    "Region": "region",
    "Territory": "territory",
}
"""The kind of a node by its class; the first that fits."""

DATES = {
    "signingDate": "signing",
    "startDate": "start",
    "occurredOn": "occurrence",
    "heldOn": "held",
    "occasion/citypact:occurredOn": "occasion",
    "established": "establishment",
}
"""The properties that say when a tie began or is known to hold, and what `date_of` calls them."""


ANNOUNCED = f"{CODE}agreement-status/announced"
MOST_PARTIES = 400
"""Parties that are tied to each other: of more there would be more pairs than anybody can read."""


@dataclass(frozen=True)
class Agreement:
    """What networks need of one agreement; `topics` are all it covers, its provisions included."""

    parties: list[str]
    topics: list[str]
    own_topics: list[str]
    attributes: Attributes

    @property
    def tie(self) -> Attributes:
        """The attributes of an edge for it: one that is only announced is a prospect."""
        is_announced = self.attributes.get("status") == "announced"
        return {**self.attributes, **({"prospect": True} if is_announced else {})}


class NetworkReader:
    """Reads the parts of networks from a store, once each; `agreements` are those that pass.

    Agreements that are only announced pass with prospects alone: they tie nobody yet.
    """

    def __init__(self, store: Store, chosen: Filter) -> None:
        self.store, self.chosen = store, chosen
        self.names = Names.of(store)
        self.agreements = self._agreements()

    @classmethod
    def of(cls, store: Store, chosen: Filter | None = None) -> NetworkReader:
        """The reader that all share who read the store with the filter."""
        chosen = chosen or Filter()
        return store.read_once(("networks", chosen), lambda: cls(store, chosen))

    def ask(self, pattern: str) -> Iterator[Solution]:
        """The solutions of a group pattern of ours."""
        return self.store.solutions(f"SELECT DISTINCT * WHERE {{ {pattern} }}")

    def pairs(self, pattern: str) -> dict[str, list[str]]:
        """Values of ?b by ?a, sorted; read from the store once, whatever the filter."""
        return self.store.read_once(pattern, lambda: self._pairs(pattern))

    def pairs_of_sources(self, path: str) -> dict[str, list[str]]:
        """Values of a property by thing; where lists alone are chosen, those that they give."""
        found = self.pairs(f"?a {path} ?b")
        if not self.chosen.sources or not self._documents.lists.issuperset(self.chosen.sources):
            return found
        own = [
            self.pairs(f"GRAPH <{import_graph(iri).value}> {{ ?a {path} ?b }}")
            for iri in self.chosen.sources
        ]
        return found | {iri: values for each in reversed(own) for iri, values in each.items()}

    def _pairs(self, pattern: str) -> dict[str, list[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.ask(pattern):
            found[row["a"].value].add(row["b"].value)
        return {key: sorted(values) for key, values in sorted(found.items())}

    # Nodes

    def kind(self, iri: str) -> str:
        """The kind of a node."""
        kinds = self.names.kinds(iri)
        for name, kind in KINDS.items():
            if name in kinds:
                return kind
        concrete = sorted(kinds, key=lambda k: (-len(vocabulary().ancestors(k)), k))
        return vocabulary().classes[concrete[0]].segment if concrete else "thing"

    def place(self, iri: str) -> str:
        """The IRI of the city or territory that a node governs or is; '' for other nodes."""
        is_place = not {"City", "Territory"}.isdisjoint(self.names.kinds(iri))
        return self._cities.get(iri, iri if is_place else "")

    def is_chosen(self, iri: str) -> bool:
        """Whether the filter lets an actor through."""
        return not self.chosen.kinds or self.kind(iri) in self.chosen.kinds

    def node(self, iri: str) -> Attributes:
        """The attributes of a node; a city government bears the name of its city."""
        kind = self.kind(iri)
        city = self.place(iri)
        named = city if kind == "government" and city else iri
        data: Attributes = {"kind": kind, **self._labels(named)}
        aliases = {name for each in {iri, named} for name in self.aliases.get(each, ())}
        aliases |= {self.names.label(iri, language) for language in LANGUAGES}
        aliases -= {data["label_ko"], data["label_en"]}
        if aliases:
            data["aliases"] = "|".join(sorted(alias.replace("|", "/") for alias in aliases))
        country = self._countries.get(city or iri, "")
        if country:
            data["country"] = short(country).split("/")[-1]
            for language in LANGUAGES:
                data[f"country_{language}"] = self.names.label(country, language)
        if city in self.coordinates:
            data["latitude"], data["longitude"] = self.coordinates[city]
        if kind == "topic":
            top = self._top_topic(iri)
            data["top_topic"] = top
            for language in LANGUAGES:
                data[f"top_topic_{language}"] = self.names.label(top, language)
        if iri in self.agreements:
            return {**data, **self.agreements[iri].attributes}
        return {**data, **self.dated(iri)}

    def _top_topic(self, topic: str) -> str:
        """The top concept above a topic: the first where there are several."""
        seen = {topic}
        while topic in self._broader and self._broader[topic][0] not in seen:
            topic = self._broader[topic][0]
            seen.add(topic)
        return topic

    # Time and topic

    def dated(self, iri: str) -> Attributes:
        """`date` and `end` (EDTF, as precise as the source), `date_of`, `year` where it is one."""
        data: Attributes = {"end": self.ends[iri].text} if iri in self.ends else {}
        if iri not in self._dates:
            return data
        date, kind = self._dates[iri]
        data |= {"date": date.text, "date_of": kind}
        if (year := date.beginning.year) is not None:
            data["year"] = year
        return data

    def has_begun(self, iri: str) -> bool:
        """Whether the filter's days let a thing through; without such a day all pass."""
        if self.chosen.is_over(self.ends.get(iri)):
            return False
        if self.chosen.as_of is None:
            return True
        date = self.date(iri)
        latest = date.beginning.end if date else None
        return latest is not None and latest <= self.chosen.as_of

    def has_source(
        self, iri: str, kind: str, role: str, ends: Sequence[str], places: Sequence[str] = ()
    ) -> bool:
        """Whether the filter by source lets a tie through; the arguments are those of its claims.

        kind: the class of the tie. role: the property that names its `ends`; places: the cities and
        territories among them, of a partnership.
        """
        if not self.chosen.is_by_source:
            return True
        known = self._documents.tie(iri, kind, role, *ends)
        return self._documents.passes(known, self.chosen, places)

    @cached_property
    def _documents(self) -> TieDocuments:
        return TieDocuments.of(self.store)

    def partner_pairs(self) -> Iterator[tuple[str, list[str]]]:
        """Partnerships that pass the filter, each with the cities and territories it joins."""
        for iri, places in self.partners().items():
            if self.has_begun(iri) and self.has_source(
                iri, "Partnership", "partner", places, places
            ):
                yield iri, places

    def twins(self, name: str) -> Iterator[tuple[str, str]]:
        """Pairs of `twinnedWith` or `cooperatesWith`, by sources that pass the filter."""
        if not self.chosen.is_by_source:
            for row in self.ask(f"?a citypact:{name} ?b"):
                yield row["a"].value, row["b"].value
            return
        for said, one, other, documents in self._documents.twins():
            # What nobody claims is derived of a partnership, and is there by that.
            passes = self._documents.passes(documents, self.chosen, (one, other))
            if said == name and documents and passes:
                yield one, other

    def _is_derived(self, one: str, name: str, other: str, counting: tuple[str, ...]) -> bool:
        """Whether the filter by source lets a derived statement through, by those premises."""
        if not self.chosen.is_by_source:
            return True
        known = self._documents.derived(one, name, other, counting)
        return self._documents.passes(known, self.chosen)

    def is_claimed(self, triples: Iterable[Triple]) -> bool:
        """Whether the filter by source lets one of some statements through."""
        if not self.chosen.is_by_source:
            return True
        known = (iri for triple in triples for iri in self._documents.behind(triple))
        return self._documents.passes(known, self.chosen)

    def is_dated(self, iri: str) -> bool:
        """Whether a date is known of a thing."""
        return iri in self._dates

    def date(self, iri: str) -> Date | None:
        """The first known date of a thing; None where none is."""
        return self._dates[iri][0] if iri in self._dates else None

    def is_on_topic(self, iri: str) -> bool:
        """Whether the filter's topic lets an agreement or a thing with topics through."""
        if not self.chosen.topic:
            return True
        if self.kind(iri) == "agreement":
            return iri in self.agreements
        return not self._narrower.isdisjoint(self._topics.get(iri, ()))

    # Ties of actors

    def actor_edges(self) -> Iterator[Edge]:
        """The edges between actors that pass the filter."""
        edges = [*self._agreement_edges(), *self._brokering_edges()]
        if not self.chosen.topic:
            edges += [*self._membership_edges(), *self._partnership_edges()]
        if self.chosen.prospects:
            edges += self._prospect_edges()
            if not self.chosen.topic:
                edges += self._expected_edges()
        acting = {end for edge in edges for end in edge[:2]}
        for office, body in self.offices_of(acting):
            edges.append((office, body, _key(office, body), {"relation": "office", "weight": 1.0}))
        for source, target, key, attributes in edges:
            if self.is_chosen(source) and self.is_chosen(target):
                yield source, target, key, attributes

    def offices_of(self, acting: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Offices among those that act, each with the body to which it belongs, and so upwards.

        A department or website that is only named has no tie of its own: it would add to the degree
        of its government without saying anything of its partnerships.
        """
        units, acting = self.pairs("?a citypact:unitOf ?b"), set(acting)
        queue = [iri for iri in units if iri in acting]
        seen = set(queue)
        while queue:
            office = queue.pop()
            for body in units[office]:
                yield office, body
                if body in units and body not in seen:
                    seen.add(body)
                    queue.append(body)

    def _agreement_edges(self) -> Iterator[Edge]:
        for iri, agreement in self.agreements.items():
            for pair in combinations(agreement.parties, 2):
                key = short(iri) if len(agreement.parties) == 2 else _key(iri, *pair)
                yield *pair, key, {"relation": "agreement", **agreement.tie}

    def _brokering_edges(self) -> Iterator[Edge]:
        for broker, agreements in self.pairs("?a citypact:brokers ?b").items():
            for iri in agreements:
                agreement = self.agreements.get(iri)
                if not self._is_derived(broker, "brokers", iri, PROPOSING):
                    continue
                for party in agreement.parties if agreement else ():
                    if agreement and party != broker:
                        attributes = {
                            **agreement.tie,
                            "relation": "brokering",
                            "weight": 1.0,
                        }
                        yield broker, party, _key(iri, broker, party), attributes

    def _membership_edges(self) -> Iterator[Edge]:
        for membership, member, body, is_chair in self.memberships():
            yield (
                member,
                body,
                short(membership),
                {
                    "relation": "chair" if is_chair else "membership",
                    **self._labels(membership),
                    **self.dated(membership),
                    "weight": 1.0,
                },
            )

    def _partnership_edges(self) -> Iterator[Edge]:
        for partnership, governments in self.partnerships():
            relation = self.relation_types.get(partnership, "")
            attributes: Attributes = {
                "relation": "partnership",
                **self._labels(partnership),
                **({"relation_type": _code(relation)} if relation else {}),
                **self.dated(partnership),
                "weight": 1.0,
            }
            for pair in combinations(governments, 2):
                key = short(partnership) if len(governments) == 2 else _key(partnership, *pair)
                yield *pair, key, attributes

    def _expected_edges(self) -> Iterator[Edge]:
        for partnership, governments in self.partnerships("expectedPartner"):
            for pair in combinations(governments, 2):
                yield (
                    *pair,
                    _key(partnership, *pair),
                    {
                        "relation": "prospect",
                        "prospect": True,
                        "modality": "expected",
                        **self._labels(partnership),
                        **self.dated(partnership),
                        "weight": 1.0,
                    },
                )

    def partnerships(self, role: str = "partner") -> Iterator[tuple[str, list[str]]]:
        """Partnerships that have begun, each with the governments of its partners, sorted.

        role: the property that names the partners; `expectedPartner` for expected partnerships.
        """
        governed = self.pairs("?b a citypact:CityGovernment ; citypact:governs ?a")
        for partnership, places in self.partners(role).items():
            # An expected partnership is claimed as such: by no partner of its own.
            ends = places if role == "partner" else []
            if self.has_begun(partnership) and self.has_source(
                partnership, "Partnership", role if ends else "", ends, places
            ):
                known = {government for place in places for government in governed.get(place, ())}
                yield partnership, sorted(known)

    def partners(self, role: str = "partner") -> dict[str, list[str]]:
        """The places that each partnership joins, unless they are more than can be tied."""
        found = self.pairs(f"?a citypact:{role} ?b")
        return {iri: places for iri, places in found.items() if len(places) <= MOST_PARTIES}

    def memberships(self) -> Iterator[tuple[str, str, str, bool]]:
        """Memberships that have begun, each with member, body, and whether the one chairs it."""
        chairs = self.pairs(
            f"?a citypact:membershipRole ?b FILTER(?b = <{CODE}membership-role/chair>)"
        )
        rows = self.ask("?m citypact:member ?a ; citypact:memberOrganization ?b")
        # Sorted: several memberships may join the same two, and stores give them in any order.
        for membership, member, body in sorted(
            (row["m"].value, row["a"].value, row["b"].value) for row in rows
        ):
            if self.has_begun(membership) and self.has_source(
                membership, "Membership", "member", [member]
            ):
                yield membership, member, body, membership in chairs

    def years_of_joining(self) -> dict[str, dict[str, int]]:
        """By place the city networks (IRIs) of its government, with the year of joining.

        Of several memberships in one network the first counts; those without a year are left out.
        """
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for membership, member, body, _ in self.memberships():
            place, date = self.place(member), self.date(membership)
            if place and date and date.beginning.end:
                year = date.beginning.end.year
                found[place][body] = min(year, found[place].get(body, year))
        return found

    def _prospect_edges(self) -> Iterator[Edge]:
        """Who puts a prospect, to whom, and whom it concerns: those of one role are not joined."""
        roles = [
            self.pairs(f"?a a citypact:Prospect ; citypact:{name} ?b . ?b a citypact:Organization")
            for name in ("putBy", "addressedTo", "concerns")
        ]
        for prospect, modality in self.pairs(
            "?a a citypact:Prospect ; citypact:modality ?b"
        ).items():
            if not (
                self.has_begun(prospect)
                and self.is_on_topic(prospect)
                and self.has_source(prospect, "Prospect", "", ())
            ):
                continue
            pairs = {
                (min(one, other), max(one, other))
                for some, others in combinations(roles, 2)
                for one in some.get(prospect, ())
                for other in others.get(prospect, ())
                if one != other
            }
            for pair in sorted(pairs):
                yield (
                    *pair,
                    _key(prospect, *pair),
                    {
                        "relation": "prospect",
                        "prospect": True,
                        "modality": _code(modality[0]),
                        **self._labels(prospect),
                        **self.dated(prospect),
                        "weight": 1.0,
                    },
                )

    # Tables of the store

    def _agreements(self) -> dict[str, Agreement]:
        parties = self.pairs("?a a citypact:Agreement ; citypact:party ?b")
        covers = self.pairs("?a citypact:covers ?b")
        own = self.pairs("?a a citypact:Agreement ; citypact:topic ?b")
        forms = self.pairs("?a citypact:instrumentForm ?b")
        statuses = self.pairs("?a citypact:status ?b")
        found = {}
        for iri, members in parties.items():
            topics = [
                topic
                for topic in covers.get(iri, [])
                if self._is_derived(iri, "covers", topic, TOPICS)
            ]
            off_topic = self.chosen.topic and self._narrower.isdisjoint(topics)
            is_hidden = statuses.get(iri) == [ANNOUNCED] and not self.chosen.prospects
            is_beyond = len(members) > MOST_PARTIES
            if off_topic or is_hidden or is_beyond or not self.has_begun(iri):
                continue
            if not self.has_source(iri, "Agreement", "party", members):
                continue
            attributes: Attributes = {
                "agreement": iri,
                **self._labels(iri),
                "form": _joined(_code(form) for form in forms.get(iri, ())),
                **{
                    f"form_{language}": _joined(
                        self.names.label(f, language) for f in forms.get(iri, ())
                    )
                    for language in LANGUAGES
                },
                **self.dated(iri),
                "status": _joined(_code(status) for status in statuses.get(iri, ())),
                "topics": _joined(topic.removeprefix(TOPIC) for topic in topics),
                "parties": len(members),
                "weight": round(1 / max(1, len(members) - 1), 6),
            }
            known = {name: value for name, value in attributes.items() if value != ""}
            found[iri] = Agreement(members, topics, own.get(iri, []), known)
        return found

    def _labels(self, iri: str) -> dict[str, str]:
        return {f"label_{language}": self.names.label(iri, language) for language in LANGUAGES}

    @cached_property
    def _narrower(self) -> set[str]:
        topic = self.chosen.topic
        return {topic} | {row["t"].value for row in self.ask(f"?t <{SKOS}broader>+ <{topic}>")}

    @cached_property
    def _dates(self) -> dict[str, tuple[Date, str]]:
        """The first known date of each thing and what it is the date of."""
        found: dict[str, list[tuple[datetime.date, int, str, Date, str]]] = defaultdict(list)
        for order, (path, kind) in enumerate(DATES.items()):
            # When a body was founded says nothing of its ties; when a partnership was, all.
            whose = "?a a citypact:Partnership ." if path == "established" else ""
            for iri, dates in self.pairs(f"{whose} ?a citypact:{path} ?b").items():
                for date in map(read_date, dates):
                    latest = date.beginning.end or datetime.date.max
                    found[iri].append((latest, order, date.text, date, kind))
        return {iri: min(dates)[3:] for iri, dates in found.items()}

    @cached_property
    def ends(self) -> dict[str, Date]:
        """The last day of things that have ended; the latest where sources give several."""
        found = self.pairs("?a citypact:endDate ?b")
        return {
            iri: max(map(read_date, dates), key=lambda date: date.text)
            for iri, dates in found.items()
        }

    @cached_property
    def _topics(self) -> dict[str, list[str]]:
        return self.pairs("?a citypact:topic ?b")

    @property
    def cities(self) -> dict[str, list[str]]:
        """The cities and territories that each government governs."""
        return self.pairs("?a citypact:governs ?b")

    @cached_property
    def _cities(self) -> dict[str, str]:
        return self._first("?a citypact:governs ?b")

    @cached_property
    def relation_types(self) -> dict[str, str]:
        """The kinds of partnerships (IRIs of codes); the first where there are several."""
        return self._first("?a a citypact:Partnership ; citypact:relationType ?b")

    @cached_property
    def _countries(self) -> dict[str, str]:
        return self._first("?a citypact:inCountry ?b")

    @cached_property
    def _broader(self) -> dict[str, list[str]]:
        return self.pairs("?a skos:broader ?b")

    @cached_property
    def aliases(self) -> dict[str, list[str]]:
        return self.pairs("?a skos:altLabel ?b")

    @cached_property
    def coordinates(self) -> dict[str, tuple[float, float]]:
        longitudes = self._first("?a citypact:longitude ?b")
        return {
            iri: coordinates(latitude, longitudes[iri])
            for iri, latitude in self._first("?a citypact:latitude ?b").items()
            if iri in longitudes
        }

    def _first(self, pattern: str) -> dict[str, str]:
        return {a: b[0] for a, b in self.pairs(pattern).items()}


def _key(*iris: str) -> str:
    return ":".join(short(iri) for iri in iris)


def _code(iri: str) -> str:
    return short(iri).split("/")[-1]


def _joined(values: Iterable[str]) -> str:
    return "|".join(values)
