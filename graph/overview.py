"""The network that the page shows, and for each of its edges the statements that it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pyoxigraph as ox

from graph.assemble import Triple, term

if TYPE_CHECKING:
    from graph.network import Reader

EdgeKey = tuple[str, str, str]

RELATIONS = {
    "party": ("당사자", "party"),
    "topic": ("협력 분야", "topic"),
    "membership": ("회원", "member"),
    "chair": ("의장도시", "chair city"),
    "office": ("소속", "unit of"),
    "brokering": ("주선", "brokering"),
    "follow-up": ("후속 협정", "follow-up"),
    "operates": ("운용", "operates"),
    "signature": ("서명", "signature"),
    "post": ("직위", "post"),
    "event": ("행사", "event"),
    "project": ("사업", "project"),
    "solution": ("정책·시스템", "policy or system"),
    "transfer": ("정책 수출", "policy transfer"),
    "prospect": ("기대·제안", "prospect"),
}
"""The names of relations in Korean and English."""

FIRST_VIEW = ("party", "membership", "chair", "office", "brokering", "follow-up")


class Overview:
    """Draws the overview once. `network` is the result, `statements` the triples of each edge."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.network = nx.MultiDiGraph(name="overview")
        self.statements: dict[EdgeKey, list[Triple]] = {}
        self._agreements()
        self._memberships()
        self._organisations()
        self._people()
        self._events()
        self._projects()
        self._solutions()
        self._prospects()
        self._mark_first_view()

    def _edge(
        self, source: str, target: str, relation: str, *triples: Triple, year: int = 0,
        prospect: bool = False, first_view: bool | None = None,
    ) -> None:
        if not all(self.reader.may_show(iri) for iri in (source, target)):
            return
        for iri in (source, target):
            if iri not in self.network:
                self.network.add_node(iri, **self.reader.node(iri))
        key = (source, target, relation)
        if not self.network.has_edge(*key):
            korean, english = RELATIONS[relation]
            self.network.add_edge(
                source,
                target,
                key=relation,
                relation=relation,
                relation_ko=korean,
                relation_en=english,
                prospect=prospect,
                year=year,
                first_view=relation in FIRST_VIEW if first_view is None else first_view,
            )
        known = self.statements.setdefault(key, [])
        known += [triple for triple in triples if triple not in known]

    def _pairs(self, relation: str, name: str, pattern: str, *, swap: bool = False) -> None:
        """Edges for a property: `pattern` restricts ?a and ?b of the triple ?a name ?b."""
        for subject, values in self.reader.pairs(f"?a citypact:{name} ?b . {pattern}").items():
            for value in values:
                ends = (value, subject) if swap else (subject, value)
                year = self._year(subject) or self._year(value)
                self._edge(*ends, relation, _triple(subject, name, value), year=year)

    def _year(self, iri: str) -> int:
        tie = self.reader.agreements.get(iri)
        return int(tie.attributes["year"]) if tie else 0

    def _agreements(self) -> None:
        provisions = self.reader.pairs("?a a citypact:Agreement ; citypact:hasProvision+ ?b")
        topics = self.reader.pairs("?a a citypact:Provision ; citypact:topic ?b")
        for iri, tie in self.reader.agreements.items():
            year = self._year(iri)
            for party in tie.parties:
                self._edge(iri, party, "party", _triple(iri, "party", party), year=year)
            for topic in tie.own_topics:
                triple = _triple(iri, "topic", topic)
                self._edge(iri, topic, "topic", triple, year=year, first_view=True)
            for provision in provisions.get(iri, []):
                for topic in topics.get(provision, []):
                    own = topic in tie.own_topics
                    triple = _triple(provision, "topic", topic)
                    self._edge(iri, topic, "topic", triple, year=year, first_view=own)
        self._pairs("follow-up", "buildsOn", "?b a citypact:Agreement")
        self._pairs("brokering", "brokers", "")

    def _memberships(self) -> None:
        for row in self.reader.ask(
            "?m citypact:member ?a ; citypact:memberOrganization ?b ; citypact:membershipRole ?role"
        ):
            membership, member, body, role = (row[k].value for k in ("m", "a", "b", "role"))
            begins = self.reader.begins(membership)
            if self.reader.chosen.topic or not self.reader.has_begun(begins):
                continue
            self._edge(
                member,
                body,
                "chair" if role.endswith("/chair") else "membership",
                _triple(membership, "member", member),
                _triple(membership, "memberOrganization", body),
                _triple(membership, "membershipRole", role),
                year=int(begins[:4]) if begins else 0,
            )

    def _organisations(self) -> None:
        # Offices that do something here; a department that is only named would be clutter.
        acting = set(self.network)
        for office, bodies in self.reader.pairs("?a citypact:unitOf ?b").items():
            for body in bodies:
                if office in acting:
                    self._edge(office, body, "office", _triple(office, "unitOf", body))
        self._pairs("operates", "operates", "")

    def _people(self) -> None:
        for row in self.reader.ask(
            "?agreement citypact:hasSignature ?s . ?s citypact:signatory ?person"
        ):
            agreement, person, signature = (row[k].value for k in ("agreement", "person", "s"))
            self._edge(
                person,
                agreement,
                "signature",
                _triple(signature, "signatory", person),
                year=self._year(agreement),
            )
        for row in self.reader.ask(
            "?t citypact:holder ?person ; citypact:post ?post . ?post citypact:postIn ?body"
        ):
            tenure, person, post, body = (row[k].value for k in ("t", "person", "post", "body"))
            self._edge(
                person,
                body,
                "post",
                _triple(tenure, "holder", person),
                _triple(tenure, "post", post),
                _triple(post, "postIn", body),
            )

    def _events(self) -> None:
        self._pairs("event", "signedDuring", "")
        self._pairs("event", "underAgreement", "?a a citypact:Event")
        self._pairs("event", "host", "?b a citypact:Organization")
        self._pairs("event", "cooperatingBody", "?a a citypact:Event")
        self._pairs("event", "presents", "")
        for row in self.reader.ask(
            "?event citypact:hasParticipation ?p . ?p citypact:participant ?person . "
            "?person a citypact:Person"
        ):
            event, person, part = (row[k].value for k in ("event", "person", "p"))
            self._edge(person, event, "event", _triple(part, "participant", person))

    def _projects(self) -> None:
        self._pairs("project", "ledBy", "")
        self._pairs("project", "aboutSolution", "")
        self._pairs("project", "modelledOn", "")
        for row in self.reader.ask(
            "?agreement a citypact:Agreement ; citypact:hasProvision+ ?provision . "
            "?provision citypact:concernsProject ?project"
        ):
            agreement, provision, project = (
                row[k].value for k in ("agreement", "provision", "project")
            )
            triple = _triple(provision, "concernsProject", project)
            self._edge(agreement, project, "project", triple, year=self._year(agreement))
        for row in self.reader.ask(
            "?project a citypact:Project ; citypact:beneficiary ?city . ?body citypact:governs ?city"
        ):
            project, city, body = (row[k].value for k in ("project", "city", "body"))
            self._edge(project, body, "project", _triple(project, "beneficiary", city))

    def _solutions(self) -> None:
        self._pairs("solution", "ownedBy", "")
        self._pairs("solution", "partOfSolution", "")
        self._pairs("solution", "basedOn", "?b a citypact:PolicySolution")
        for row in self.reader.ask(
            "?t a citypact:PolicyTransfer ; citypact:transfers ?what ; citypact:recipient ?to"
        ):
            transfer, what, to = (row[k].value for k in ("t", "what", "to"))
            self._edge(
                what,
                to,
                "transfer",
                _triple(transfer, "transfers", what),
                _triple(transfer, "recipient", to),
            )

    def _prospects(self) -> None:
        for name in ("putBy", "addressedTo", "concerns", "ledTo"):
            rows = self.reader.pairs(f"?a a citypact:Prospect ; citypact:{name} ?b")
            for prospect, things in rows.items():
                for thing in things:
                    if self.reader.kind(thing) in _DRAWN:
                        triple = _triple(prospect, name, thing)
                        self._edge(prospect, thing, "prospect", triple, prospect=True)

    def _mark_first_view(self) -> None:
        visible = {
            end
            for source, target, data in self.network.edges(data=True)
            if data["first_view"]
            for end in (source, target)
        }
        for iri, data in self.network.nodes(data=True):
            data["first_view"] = iri in visible
            data.setdefault("year", 0)


_DRAWN = (
    "government", "network", "office", "organization", "agreement", "person", "event", "project",
    "solution", "country", "region",
)


def _triple(subject: str, name: str, value: str) -> Triple:
    return ox.NamedNode(subject), term(name), ox.NamedNode(value)


__all__ = ["RELATIONS", "EdgeKey", "Overview"]
