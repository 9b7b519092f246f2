"""The network that the page shows, and for each of its edges the statements that it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx
import pyoxigraph as ox

from citypact.graph.networks.filter import ACTORS
from citypact.graph.rdf.terms import short, term
from citypact.graph.text.bilingual import Words
from citypact.ontology import NS
from citypact.sources.model import Triple

if TYPE_CHECKING:
    from citypact.graph.networks.reader import Attributes, NetworkReader

EdgeKey = tuple[str, str, str]

RELATIONS = {
    "party": ("당사자", "party"),
    "topic": ("협력 분야", "topic"),
    "partnership": ("자매·우호 관계", "partnership"),
    "membership": ("회원", "member"),
    "chair": ("의장도시", "chair city"),
    "office": ("소속", "unit of"),
    "brokering": ("중개", "brokering"),
    "follow-up": ("후속 협정", "follow-up"),
    "operates": ("운용", "operates"),
    "signature": ("서명", "signature"),
    "post": ("직위", "post"),
    "event": ("행사", "event"),
    "project": ("사업", "project"),
    "solution": ("정책·시스템", "policy or system"),
    "transfer": ("정책 이전", "policy transfer"),
    "prospect": ("기대·제안", "prospect"),
}
"""The names of relations in Korean and English."""

PROPERTY_OF = {"chair": "chairs"}
"""The property whose names tell an edge, where that is not the property of its first triple."""

OF_THINGS = ("partnership", "membership", "chair", "prospect")
"""Relations whose edges stand for things of their own."""

AT_ONCE = 100
"""A first view with no more nodes is shown whole, whatever its centre is tied to."""

FIRST_VIEW = ("party", "partnership", "membership", "chair", "office", "brokering", "follow-up")

TIES = ("partnership", "membership", "chair", "office", "party")

Readings = tuple[Words, Words]
"""What an edge is called from its source and from its target."""


class Overview:
    """Draws the overview once. `network` is the result, `statements` the triples of each edge.

    `things` are the partnerships and memberships (IRIs) that an edge stands for.
    """

    def __init__(self, reader: NetworkReader, centre: str = "") -> None:
        """`centre`: the IRI of the city or body around which the first view is, if any."""
        self.reader = reader
        self.network = nx.MultiDiGraph(name="overview")
        self.statements: dict[EdgeKey, list[Triple]] = {}
        self.things: dict[EdgeKey, list[str]] = {}
        self._agreements()
        self._partnerships()
        self._memberships()
        self._organisations()
        self._people()
        self._events()
        self._projects()
        self._solutions()
        if reader.chosen.prospects:
            self._prospects()
        self._mark_first_view(centre)

    def _edge(
        self,
        source: str,
        target: str,
        relation: str,
        *triples: Triple,
        dated: str = "",
        first_view: bool | None = None,
    ) -> None:
        """Draws an edge that stands for the triples; its date is that of the thing `dated`."""
        if not self._passes(source, target, relation, dated):
            return
        # Ties are chosen by source where they are read; an office is there for what it does.
        if relation not in TIES and not self.reader.is_claimed(triples):
            return
        for iri in (source, target):
            if iri not in self.network:
                self.network.add_node(iri, **self.reader.node(iri))
        key = (source, target, ":".join((short(source), relation, short(target))))
        if not self.network.has_edge(*key):
            data: Attributes = {
                "relation": relation,
                **self._named(relation, dated),
                "prospect": relation == "prospect",
                **self.reader.dated(dated),
                "first_view": relation in FIRST_VIEW if first_view is None else first_view,
            }
            self.network.add_edge(source, target, key=key[2], **data)
        known = self.statements.setdefault(key, [])
        known += [triple for triple in triples if triple not in known]
        if relation in OF_THINGS and dated not in (source, target):
            things = self.things.setdefault(key, [])
            things += [dated] if dated not in things else []

    def _named(self, relation: str, thing: str) -> Attributes:
        """What an edge is called: a partnership by its kind, with the code of that."""
        korean, english = RELATIONS[relation]
        kind = self.reader.relation_types.get(thing, "") if relation == "partnership" else ""
        if not kind:
            return {"relation_ko": korean, "relation_en": english}
        return {
            "relation_ko": self.reader.names.label(kind, "ko"),
            "relation_en": self.reader.names.label(kind, "en"),
            "relation_type": short(kind).split("/")[-1],
        }

    def readings(self) -> dict[EdgeKey, Readings]:
        """What each edge is called from either end; edges that have one name for both are left out.

        The first statement of an edge names it, by its property and the inverse of that.
        """
        return {
            key: found
            for key, triples in self.statements.items()
            if (found := self._readings(key, triples[0])) is not None
        }

    def _readings(self, key: EdgeKey, triple: Triple) -> Readings | None:
        source, target, _ = key
        relation = self.network.edges[key]["relation"]
        names, (subject, predicate, value) = self.reader.names, triple
        if relation == "transfer":
            korean, english = RELATIONS[relation]
            return names.both(NS + "recipient"), {"ko": korean, "en": english}
        iri = NS + PROPERTY_OF[relation] if relation in PROPERTY_OF else predicate.value
        forth, back = names.both(iri), names.inverse(iri)
        if relation in PROPERTY_OF or subject.value == source or value.value == target:
            return forth, back
        return (back, forth) if value.value == source or subject.value == target else None

    def _passes(self, source: str, target: str, relation: str, dated: str) -> bool:
        """Whether the filter lets an edge through: its actors, agreements, time and topic."""
        ends = (source, target)
        kinds = {iri: self.reader.kind(iri) for iri in ends}
        for iri, kind in kinds.items():
            if kind == "agreement" and iri not in self.reader.agreements:
                return False
            if kind in ACTORS and not self.reader.is_chosen(iri):
                return False
        if relation == "office":
            return True
        times = [iri for iri in {dated, *ends} if self.reader.is_dated(iri)]
        if self.reader.chosen.as_of and not times:
            return False
        return all(map(self.reader.has_begun, times)) and any(map(self.reader.is_on_topic, ends))

    def _pairs(self, relation: str, name: str, pattern: str = "") -> None:
        """Edges for a property: `pattern` restricts ?a and ?b of the triple ?a name ?b."""
        for subject, values in self.reader.pairs(f"?a citypact:{name} ?b . {pattern}").items():
            for value in values:
                dated = next((iri for iri in (subject, value) if self.reader.is_dated(iri)), "")
                self._edge(subject, value, relation, _triple(subject, name, value), dated=dated)

    def _agreements(self) -> None:
        provisions = self.reader.pairs("?a a citypact:Agreement ; citypact:hasProvision+ ?b")
        topics = self.reader.pairs("?a a citypact:Provision ; citypact:topic ?b")
        for iri, agreement in self.reader.agreements.items():
            for party in agreement.parties:
                self._edge(iri, party, "party", _triple(iri, "party", party), dated=iri)
            for topic in agreement.own_topics:
                triple = _triple(iri, "topic", topic)
                self._edge(iri, topic, "topic", triple, dated=iri, first_view=True)
            for provision in provisions.get(iri, []):
                for topic in topics.get(provision, []):
                    own = topic in agreement.own_topics
                    triple = _triple(provision, "topic", topic)
                    self._edge(iri, topic, "topic", triple, dated=iri, first_view=own)
        self._pairs("follow-up", "buildsOn", "?b a citypact:Agreement")
        self._pairs("brokering", "brokers")

    def _partnerships(self) -> None:
        partners = self.reader.pairs("?a citypact:partner ?b")
        for iri, governments in self.reader.partnerships():
            triples = [_triple(iri, "partner", place) for place in partners[iri]]
            for one, other in combinations(governments, 2):
                self._edge(one, other, "partnership", *triples, dated=iri)

    def _memberships(self) -> None:
        roles = self.reader.pairs("?a citypact:membershipRole ?b")
        for membership, member, body, is_chair in self.reader.memberships():
            self._edge(
                member,
                body,
                "chair" if is_chair else "membership",
                _triple(membership, "member", member),
                _triple(membership, "memberOrganization", body),
                *(
                    _triple(membership, "membershipRole", role)
                    for role in roles.get(membership, ())
                ),
                dated=membership,
            )

    def _rows(self, names: str, pattern: str) -> Iterator[list[str]]:
        """The IRIs that a pattern binds to some variables, in the order of their names, sorted."""
        rows = self.reader.ask(pattern)
        yield from sorted([row[name].value for name in names.split()] for row in rows)

    def _organisations(self) -> None:
        for office, body in self.reader.offices_of(self.network):
            self._edge(office, body, "office", _triple(office, "unitOf", body))
        self._pairs("operates", "operates")

    def _people(self) -> None:
        for agreement, person, signature in self._rows(
            "agreement person s",
            "?agreement citypact:hasSignature ?s . ?s citypact:signatory ?person",
        ):
            self._edge(
                person,
                agreement,
                "signature",
                _triple(signature, "signatory", person),
                dated=agreement,
            )
        for tenure, person, post, body in self._rows(
            "t person post body",
            "?t citypact:holder ?person ; citypact:post ?post . ?post citypact:postIn ?body",
        ):
            self._edge(
                person,
                body,
                "post",
                _triple(tenure, "holder", person),
                _triple(tenure, "post", post),
                _triple(post, "postIn", body),
                dated=tenure,
            )

    def _events(self) -> None:
        self._pairs("event", "signedDuring")
        self._pairs("event", "underAgreement", "?a a citypact:Event")
        self._pairs("event", "host", "?b a citypact:Organization")
        self._pairs("event", "cooperatingBody", "?a a citypact:Event")
        self._pairs("event", "presents")
        for event, person, part in self._rows(
            "event person p",
            "?event citypact:hasParticipation ?p . ?p citypact:participant ?person . "
            "?person a citypact:Person",
        ):
            self._edge(person, event, "event", _triple(part, "participant", person), dated=event)

    def _projects(self) -> None:
        self._pairs("project", "ledBy")
        self._pairs("project", "aboutSolution")
        self._pairs("project", "modelledOn")
        for agreement, provision, project in self._rows(
            "agreement provision project",
            "?agreement a citypact:Agreement ; citypact:hasProvision+ ?provision . "
            "?provision citypact:concernsProject ?project",
        ):
            triple = _triple(provision, "concernsProject", project)
            self._edge(agreement, project, "project", triple, dated=agreement)
        for project, city, body in self._rows(
            "project city body",
            "?project a citypact:Project ; citypact:beneficiary ?city . "
            "?body citypact:governs ?city",
        ):
            triple = _triple(project, "beneficiary", city)
            self._edge(project, body, "project", triple, dated=project)

    def _solutions(self) -> None:
        self._pairs("solution", "ownedBy")
        self._pairs("solution", "partOfSolution")
        self._pairs("solution", "basedOn", "?b a citypact:PolicySolution")
        for transfer, what, to in self._rows(
            "t what to",
            "?t a citypact:PolicyTransfer ; citypact:transfers ?what ; citypact:recipient ?to",
        ):
            self._edge(
                what,
                to,
                "transfer",
                _triple(transfer, "transfers", what),
                _triple(transfer, "recipient", to),
                dated=transfer,
            )

    def _prospects(self) -> None:
        for name in ("putBy", "addressedTo", "concerns", "ledTo"):
            rows = self.reader.pairs(f"?a a citypact:Prospect ; citypact:{name} ?b")
            for prospect, things in rows.items():
                for thing in things:
                    if self.reader.kind(thing) in _DRAWN:
                        triple = _triple(prospect, name, thing)
                        self._edge(prospect, thing, "prospect", triple, dated=prospect)
        expected = self.reader.pairs("?a citypact:expectedPartner ?b")
        for iri, governments in self.reader.partnerships("expectedPartner"):
            triples = [_triple(iri, "expectedPartner", place) for place in expected[iri]]
            for one, other in combinations(governments, 2):
                self._edge(one, other, "prospect", *triples, dated=iri)

    def _mark_first_view(self, centre: str) -> None:
        first = self._first_ties()
        middle = next((iri for iri in sorted(first) if self._is_of(iri, centre)), "")
        is_busiest = bool(middle) and first.degree(middle) == max(d for _, d in first.degree())
        if is_busiest:  # all is around it but for what others have among themselves
            for source, target, data in self.network.edges(data=True):
                if data["relation"] == "partnership" and middle not in (source, target):
                    data["first_view"] = False
            first = self._first_ties()
        for iri, data in self.network.nodes(data=True):
            data["first_view"] = iri in first
        if not middle or is_busiest or len(first) <= AT_ONCE:
            return
        near = {middle, *first[middle]}
        for iri in first[middle]:
            if self.reader.kind(iri) == "agreement":
                near.update(first[iri])
        for iri, data in self.network.nodes(data=True):
            data["first_view"] = iri in near

    def _first_ties(self) -> nx.Graph[str]:
        """A simple network of the edges that are marked for the first view."""
        return nx.Graph(
            (source, target)
            for source, target, data in self.network.edges(data=True)
            if data["first_view"]
        )

    def _is_of(self, iri: str, centre: str) -> bool:
        """Whether a node is the centre, or the government of a city that is."""
        return bool(centre) and centre in (iri, self.reader.place(iri))


_DRAWN = (*ACTORS, "agreement", "person", "event", "project", "solution", "country", "region")


def _triple(subject: str, name: str, value: str) -> Triple:
    return ox.NamedNode(subject), term(name), ox.NamedNode(value)


__all__ = ["RELATIONS", "EdgeKey", "Overview", "Readings"]
