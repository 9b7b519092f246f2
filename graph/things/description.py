"""The description of a thing or a tie: statements in sections, each row with its claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

import pyoxigraph as ox

from citypact.graph.provenance.disagreements import ClaimedValue, Disagreement, disagreements
from citypact.graph.provenance.trace import Evidence, Passage, ProvenanceTracer
from citypact.graph.rdf.terms import statement_iri
from citypact.graph.store.base import Store
from citypact.graph.store.labels import Names
from citypact.graph.text.bilingual import Words, both, capitalised, complete, yes_or_no
from citypact.graph.things.sections import Row, Section
from citypact.graph.things.words import message
from citypact.ontology import CODE, ID, LANGUAGES, NS, RDF, RDFS, SKOS, XSD
from citypact.ontology.vocabulary import Term, vocabulary
from citypact.sources.model import Triple

SECTIONS = (
    "parties",
    "dates",
    "signatories",
    "partnerships",
    "agreements",
    "memberships",
    "acts",
    "topics",
    "about",
    "commitments",
    "content",
    "prospects",
    "mentions",
    "documents",
)
"""The sections of a description in their order; headings are the messages `sections.…`. A relation
of which there are many has a section of its own before `mentions`, headed by its inverse label."""

RELATION_TYPES = (
    "sister-city",
    "friendship-city",
    "partner-city",
    "friendship-and-cooperation",
    "sectoral-cooperation",
)
"""The kinds of partnerships in the order in which they are shown: standing titles first."""

MANY = 5
"""From so many rows on a relation has a section of its own."""

_HIDDEN = {
    RDF + "type",
    SKOS + "prefLabel",
    NS + "labelKorean",
    NS + "labelEnglish",
    NS + "covers",
    NS + "mentions",
    NS + "cooperatesWith",
    NS + "memberOf",
    NS + "chairs",
    NS + "brokers",
    NS + "sha256",
    NS + "characterCount",
}
_TOPIC_PROPERTIES = ("topic", "aim", "principle", "worksOn", "interestedIn", "intends", "promotes")
_ALIASES = {SKOS + "altLabel", NS + "officialName", NS + "abbreviation"}
_PARTIES = ("party", "partner", "expectedPartner", "member", "memberOrganization")
_BEGINNINGS = ("signingDate", "established", "startDate", "occurredOn", "heldOn")
_OF_PROVISIONS = ("provisionNumber", "provisionKind")
_CLAUSE = ("performedBy", "force", "action", "beneficiary", "forGroup")
"""What a commitment says, in this order: who, how binding, what, and for whom."""
_COMMITTING = ("force", "action")
"""What makes a provision a commitment: how strongly it binds, or what is to be done."""


@dataclass(frozen=True)
class ThingDescriber:
    """Describes things and ties of a store; the tracer says which claims stand behind a row."""

    store: Store
    names: Names
    tracer: ProvenanceTracer

    @cached_property
    def disagreements(self) -> dict[tuple[str, str], Disagreement]:
        """Where documents disagree, by thing and property (IRIs)."""
        return disagreements(self.tracer)

    def sections(self, iri: str) -> list[Section]:
        """The sections of a thing: its facts, those of its parts, and statements about it."""
        rows_of: dict[str, list[Row]] = {key: [] for key in SECTIONS}
        related: dict[str, list[tuple[Words, Row]]] = defaultdict(list)
        # A city government and its city are one thing to readers, so the facts of both are shown.
        cities = [t[2].value for t in self._facts(subject=iri) if t[1].value == NS + "governs"]
        own = {name for each in (iri, *cities) for name in self.names.both(each).values()}
        things = (iri, *cities)
        for subject in things:
            for triple in self._facts(subject=subject):
                self._sort_in(triple, rows_of, own)
            for triple in self._facts(value=subject):
                self._sort_in_reverse(triple, things, rows_of, related)
        for part in (value.value for value in self._values(iri, "hasSignature")):
            rows_of["signatories"].append(self._signature(part))
        rows_of["documents"] = self._documents(iri)
        undated = message("date.undated")
        for key in ("agreements", "acts", "documents"):
            rows_of[key].sort(key=lambda row: (row["label"] == undated, row["label"]["en"]))
        rows_of["partnerships"].sort(key=lambda row: (row["order"], row["value"]["ko"]))
        rows_of["memberships"].sort(key=lambda row: row["value"]["ko"])
        large: list[Section] = []
        for predicate, found in sorted(related.items()):
            heading = self.names.inverse(predicate)
            if len(found) >= MANY:
                rows = [row | {"label": label} for label, row in found]
                title = {lang: capitalised(words) for lang, words in heading.items()}
                large.append({"key": "related", "heading": title, "rows": rows})
            else:
                rows_of["mentions"] += [row | {"label": heading} for _, row in found]
        sections = [
            {"key": key, "heading": message(f"sections.{key}"), "rows": rows}
            for key, rows in rows_of.items()
            if rows
        ]
        place = next(
            (n for n, each in enumerate(sections) if each["key"] in ("mentions", "documents")),
            len(sections),
        )
        return [*sections[:place], *large, *sections[place:]]

    def evidence(self, triples: Iterable[Triple]) -> list[Section]:
        """The section of a tie: one row per statement."""
        rows = [self._fact_row(triple) for triple in triples]
        heading = message("sections.evidence")
        return [{"key": "evidence", "heading": heading, "rows": rows}] if rows else []

    def disagreement_rows(self) -> list[dict[str, Any]]:
        """Every disagreement: the thing, the property and what documents say, with their claims.

        A row has `thing` (IRI), `owner` (the IRI of the thing of which that is a part), `name` and
        `label` in both languages, `values` like the `others` of a row, the values that the facts
        follow first and marked `followed`, and `reason`.
        """
        return [
            {
                "thing": each.subject,
                "owner": self._owner(each.subject),
                "name": self.names.both(each.subject),
                "label": self.names.both(each.predicate),
                "values": [
                    self._other(value) | {"followed": value.followed} for value in each.values
                ],
                "reason": complete(each.reason),
            }
            for each in self.disagreements.values()
        ]

    def _facts(self, subject: str = "", value: str = "") -> list[Triple]:
        quads = self.store.quads(
            ox.NamedNode(subject) if subject else None,
            None,
            ox.NamedNode(value) if value else None,
            ox.DefaultGraph(),
        )
        triples = [
            (q.subject, q.predicate, q.object)
            for q in quads
            if q.predicate.value not in _HIDDEN and isinstance(q.subject, ox.NamedNode)
        ]
        order = _order()
        return sorted(
            triples,  # type: ignore[arg-type]
            key=lambda t: (order.get(t[1].value, len(order)), str(t[2]), str(t[0])),
        )

    def _sort_in(self, triple: Triple, rows_of: dict[str, list[Row]], own: Collection[str]) -> None:
        predicate = triple[1].value
        prop = vocabulary().by_iri(predicate)
        if predicate in _ALIASES:
            if predicate != SKOS + "altLabel" or triple[2].value not in own:
                self._add_alias(triple, rows_of["about"])
            return
        if predicate == RDFS + "comment" or prop is None or prop.reads:
            return
        if prop.name == "hasSignature":
            return
        if prop.name in _PARTIES:
            key = "parties"
        elif prop.kind in ("date", "time") or prop.name in ("status", "reportedStatus", "stage"):
            key = "dates"
        elif prop.name in _TOPIC_PROPERTIES:
            key = "topics"
        elif prop.kind == "part":
            self._sort_in_part(triple, rows_of)
            return
        else:
            key = "about"
        rows_of[key].append(self._fact_row(triple))

    def _add_alias(self, triple: Triple, rows: list[Row]) -> None:
        """Another name: where it is there already, from the other language, its claims join."""
        row = self._fact_row(triple)
        for other in rows:
            if (other["label"], other["value"]) == (row["label"], row["value"]):
                other["claims"] += row["claims"]
                return
        rows.append(row)

    def _fact_row(self, triple: Triple) -> Row:
        return self._row(triple, self.names.both(triple[1].value), triple[2])

    def _sort_in_reverse(
        self,
        triple: Triple,
        things: Collection[str],
        rows_of: dict[str, list[Row]],
        related: dict[str, list[tuple[Words, Row]]],
    ) -> None:
        """What has the thing as a value, each under the kind of relation that it is."""
        subject, predicate = triple[0].value, triple[1].value
        kinds = self.names.kinds(subject)
        if not subject.startswith(ID) or subject.startswith(CODE) or "Statement" in kinds:
            return
        if "SourceDocument" in kinds or vocabulary().by_iri(predicate) is None:
            return
        inverse = self.names.inverse(predicate)
        if "Agreement" in kinds and predicate in (NS + "party", NS + "ofPartnership"):
            rows_of["agreements"].append(self._dated_row(triple, subject))
        elif "Partnership" in kinds and predicate == NS + "partner":
            rows_of["partnerships"].append(self._partnership(triple, things))
        elif "Membership" in kinds and predicate in (NS + "member", NS + "memberOrganization"):
            rows_of["memberships"].append(self._membership(triple, things))
        elif "Signature" in kinds and predicate == NS + "onBehalfOf":
            rows_of["acts"].append(self._act(triple))
        else:
            owner = self._owner(subject)
            row = self._row(triple, inverse, ox.NamedNode(owner))
            if owner != subject:
                whole, part = self.names.both(owner), self.names.both(subject)
                row["value"] = {lang: f"{whole[lang]} — {part[lang]}" for lang in LANGUAGES}
            if "Prospect" in kinds or "ExpectedPartnership" in kinds:
                rows_of["prospects"].append(row)
            else:
                kind = self._when(owner) or self._kind(owner)
                related[predicate].append((kind, row))

    def _kind(self, iri: str) -> Words:
        """What a thing is: the label of its nearest class."""
        nearest = self.names.nearest_class(iri)
        return complete(vocabulary().classes[nearest].labels) if nearest else both("", "")

    def _when(self, iri: str) -> Words | None:
        """When a thing began; None where no source says so."""
        for name in _BEGINNINGS:
            if dates := self._values(iri, name):
                date = dates[0].value
                return both(*(self.names.readable(date, language) for language in LANGUAGES))
        return None

    def _values(self, iri: str, name: str) -> list[ox.NamedNode | ox.Literal]:
        quads = self.store.quads(
            ox.NamedNode(iri), ox.NamedNode(NS + name), None, ox.DefaultGraph()
        )
        return sorted((quad.object for quad in quads), key=str)  # type: ignore[misc]

    def _details(self, iri: str, names: Iterable[str]) -> list[dict[str, Words]]:
        """What is known of a thing by some properties: label and values of each."""
        return [
            {
                "label": self.names.both(NS + name),
                "value": {
                    language: ", ".join(self.shown(value, language) for value in values)
                    for language in LANGUAGES
                },
            }
            for name in names
            if (values := self._values(iri, name))
        ]

    def _facts_by(self, iri: str, names: Iterable[str]) -> list[Triple]:
        return [
            (ox.NamedNode(iri), ox.NamedNode(NS + name), value)
            for name in names
            for value in self._values(iri, name)
        ]

    def _dated_row(self, triple: Triple, thing: str) -> Row:
        """A thing by its date; its form and status are details."""
        row = self._row(triple, self._when(thing) or message("date.undated"), ox.NamedNode(thing))
        return row | {"details": self._details(thing, ("instrumentForm", "status"))}

    def _partnership(self, triple: Triple, things: Collection[str]) -> Row:
        """A partnership by its kind: the other partners, with the first and the last day."""
        iri = triple[0].value
        others = [v for v in self._values(iri, "partner") if v.value not in things]
        kinds = self._values(iri, "relationType")
        names = (kinds[0].value,) if kinds else (NS + "Partnership",)
        facts = self._facts_by(iri, ("relationType", "established", "endDate"))
        order = [code for code in RELATION_TYPES if kinds and kinds[0].value.endswith(f"/{code}")]
        return self._plain_row(self.names.both(names[0]), triple[2]) | {
            "value": {
                language: ", ".join(self.names.label(other.value, language) for other in others)
                or self.names.label(iri, language)
                for language in LANGUAGES
            },
            "target": iri,
            "details": self._details(iri, ("established", "endDate")),
            "claims": self._claims([triple, *facts]),
            "order": RELATION_TYPES.index(order[0]) if order else len(RELATION_TYPES),
            **self._others_of(iri, "relationType", "established", "endDate"),
        }

    def _membership(self, triple: Triple, things: Collection[str]) -> Row:
        """A membership by its role: the body, or the member, with the first and the last day."""
        iri = triple[0].value
        ends = [*self._values(iri, "member"), *self._values(iri, "memberOrganization")]
        other = next((end for end in ends if end.value not in things), triple[2])
        roles = self._values(iri, "membershipRole")
        label = self.names.both(roles[0].value) if roles else self.names.both(NS + "member")
        facts = self._facts_by(
            iri, ("member", "memberOrganization", "membershipRole", "startDate", "endDate")
        )
        return self._plain_row(label, other) | {
            "details": self._details(iri, ("startDate", "endDate")),
            "claims": self._claims(facts),
            **self._others_of(iri, "membershipRole", "startDate", "endDate"),
        }

    def _act(self, triple: Triple) -> Row:
        """Who signed on behalf of the thing, by the date of the agreement."""
        owner = self._owner(triple[0].value)
        row = self._signature(triple[0].value)
        signers = row["value"]
        whole = self.names.both(owner)
        return row | {
            "label": self._when(owner) or message("date.undated"),
            "value": {
                language: " — ".join(filter(None, (signers[language], whole[language])))
                for language in LANGUAGES
            },
            "target": owner,
        }

    def _owner(self, iri: str) -> str:
        """The entity to which a part belongs: the IRI of a part begins with that of the entity."""
        return ID + "/".join(iri.removeprefix(ID).split("/")[:2])

    def _sort_in_part(
        self, triple: Triple, rows_of: dict[str, list[Row]], article: Words | None = None
    ) -> None:
        """Rows for a part and the parts within it: commitments apart from other content."""
        part = triple[2]
        assert isinstance(part, ox.NamedNode)
        own: dict[str, list[Triple]] = {}
        inner: list[Triple] = []
        for fact in self._facts(subject=part.value):
            prop = vocabulary().by_iri(fact[1].value)
            if prop is None or prop.reads or prop.name == "title":
                continue
            if prop.kind == "part":
                inner.append(fact)
            else:
                own.setdefault(prop.name, []).append(fact)
        article = self._article(own) or article
        is_commitment = any(name in own for name in _COMMITTING)
        shown = [name for name in _CLAUSE if name in own]
        shown += [name for name in own if name not in (*_CLAUSE, *_OF_PROVISIONS)]
        kind = own["provisionKind"][0][2].value if "provisionKind" in own else triple[1].value
        rows_of["commitments" if is_commitment else "content"].append(
            {
                "label": (article if is_commitment else None) or self.names.both(kind),
                "value": self.names.both(part.value),
                "target": "",
                "address": "",
                "details": self._details(part.value, shown),
                "claims": self._claims(
                    [triple, *(fact for facts in own.values() for fact in facts)]
                ),
            }
        )
        for fact in inner:
            self._sort_in_part(fact, rows_of, article)

    def _article(self, facts: Mapping[str, list[Triple]]) -> Words | None:
        """The number of an article, in words; None for other provisions."""
        kinds = [fact[2].value for fact in facts.get("provisionKind", ())]
        numbers = [fact[2].value for fact in facts.get("provisionNumber", ())]
        if numbers and f"{CODE}provision-kind/article" in kinds:
            return message("provision.article", number=numbers[0])
        return None

    def _signature(self, part: str) -> Row:
        facts = {fact[1].value: fact for fact in self._facts(subject=part)}
        party = facts.get(NS + "onBehalfOf")
        signers = [facts[NS + n] for n in ("signatory", "signatoryPost") if NS + n in facts]
        return {
            "label": self.names.both(party[2].value) if party else message("sections.signatories"),
            "value": {
                language: ", ".join(self.shown(fact[2], language) for fact in signers)
                for language in LANGUAGES
            },
            "target": signers[0][2].value if signers else "",
            "address": "",
            "claims": self._claims(signers),
        }

    def _documents(self, iri: str) -> list[Row]:
        quads = self.store.quads(
            None, ox.NamedNode(NS + "mentions"), ox.NamedNode(iri), ox.DefaultGraph()
        )
        rows: list[Row] = []
        for document in sorted(q.subject.value for q in quads):  # type: ignore[union-attr]
            day = self.tracer.documents.published(document)
            addresses = self._values(document, "address")
            rows.append(
                {
                    "label": both(day, day) if day else message("date.undated"),
                    "value": self.tracer.documents.described(document, is_dated=False),
                    "target": "",
                    "address": self.tracer.documents.link(document)
                    or (addresses[-1].value if addresses else ""),
                    "source": document,
                    "claims": [],
                }
            )
        return rows

    def statement(self, triple: Triple, evidence: Iterable[Evidence]) -> Row:
        """A statement with some of its claims as a row, whether or not it is a fact."""
        label = self.names.both(triple[1].value)
        return self._plain_row(label, triple[2]) | {"claims": self.claims(evidence)}

    def _plain_row(self, label: Words, value: ox.NamedNode | ox.Literal) -> Row:
        is_thing = isinstance(value, ox.NamedNode)
        is_address = is_thing and not value.value.startswith(ID)
        return {
            "label": label,
            "value": {language: self.shown(value, language) for language in LANGUAGES},
            "target": value.value if is_thing and not is_address else "",
            "address": value.value if is_address else "",
        }

    def _row(self, triple: Triple, label: Words, value: ox.NamedNode | ox.Literal) -> Row:
        return {
            **self._plain_row(label, value),
            "claims": self._claims([triple]),
            **self._others_of(triple[0].value, triple[1].value.removeprefix(NS), but=triple[2]),
        }

    def _others_of(self, iri: str, *names: str, but: Term | None = None) -> Row:
        """The other values that documents give for some properties of a thing, and the reason."""
        found = [
            each for name in names if (each := self.disagreements.get((iri, NS + name))) is not None
        ]
        others = [
            self._other(value)
            for each in found
            for value in each.values
            if (value.value != but if but is not None else not value.followed)
        ]
        reasons = [complete(each.reason) for each in found if each.reason]
        if not others:
            return {}
        return {"others": others} | ({"reason": reasons[0]} if reasons else {})

    def _other(self, value: ClaimedValue) -> dict[str, Any]:
        return {
            "value": {language: self.shown(value.value, language) for language in LANGUAGES},
            "claims": [shown for claim in value.claims for shown in self._shown_claim(claim)],
        }

    def shown(self, value: ox.NamedNode | ox.Literal, language: str) -> str:
        if isinstance(value, ox.NamedNode):
            return self.names.readable(value.value, language)
        if value.datatype.value == XSD + "boolean":
            return yes_or_no(value.value == "true")[language]
        return value.value

    def _claims(self, triples: Iterable[Triple]) -> list[dict[str, Any]]:
        """The claims behind the facts of a row."""
        roots = self.tracer.roots(statement_iri(triple) for triple in triples)
        return self.claims(claim for root in roots for claim in self.tracer.claims(root))

    def claims(self, evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
        """Claims as rows hold them: the passages of each document, once."""
        joined: dict[tuple[str | bool, ...], Evidence] = {}
        for claim in evidence:
            remarks = str((claim.note, claim.reason))
            key = (claim.document, claim.modality, claim.rank, claim.is_inferred, remarks)
            if key in joined and joined[key].passages != claim.passages:
                passages = {*claim.passages, *joined[key].passages}
                ordered = tuple(sorted(passages, key=lambda passage: passage.span))
                claim = replace(claim, passages=ordered)
            joined[key] = claim
        return [shown for claim in joined.values() for shown in self._shown_claim(claim)]

    def _shown_claim(self, claim: Evidence) -> list[dict[str, Any]]:
        modality = self.names.both(f"{CODE}modality/{claim.modality}")
        if claim.is_inferred:
            modality = message("claim.inferred", modality=modality)
        base = {
            "document": claim.title,
            "publisher": claim.publisher,
            "address": claim.address,
            "link": claim.link,
            "source": claim.document,
            "published": claim.published,
            "spans": [],
            "modality": modality,
            "rank": self.names.both(f"{CODE}rank/{claim.rank}") if claim.rank != "normal" else {},
            "note": claim.note or claim.reason,
            "sentence": "",
            "highlight": [],
        }
        if not claim.passages:
            return [base]
        with_text = [p for p in claim.passages if p.sentence]
        if not with_text:
            return [{**base, "spans": [_span(p) for p in claim.passages]}]
        return [
            {
                **base,
                "link": p.link or claim.link,
                "spans": [_span(p)],
                "sentence": p.sentence,
                "highlight": list(p.highlight),
            }
            for p in with_text
        ]


@cache
def _order() -> Mapping[str, int]:
    """The place of each property in the vocabulary: the order in which facts are listed."""
    return {prop.iri: place for place, prop in enumerate(vocabulary().properties.values())}


def _span(passage: Passage) -> dict[str, str]:
    """The position of a passage, and the address at which it opens."""
    return {"position": f"{passage.span[0]}–{passage.span[1]}", "link": passage.link}
