"""The description of a thing or a tie: statements in sections, each row with its claims."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pyoxigraph as ox

from citypact.graph.provenance.trace import Evidence, Passage, ProvenanceTracer
from citypact.graph.rdf.terms import statement_iri
from citypact.graph.store.base import Store
from citypact.graph.store.labels import Names
from citypact.graph.text.bilingual import Words, both, yes_or_no
from citypact.graph.things.sections import Section
from citypact.graph.things.words import message
from citypact.ontology import CODE, ID, LANGUAGES, NS, RDF, RDFS, SKOS, XSD
from citypact.ontology.vocabulary import vocabulary
from citypact.sources.model import Triple

SECTIONS = (
    "agreements",
    "parties",
    "dates",
    "signatories",
    "topics",
    "about",
    "content",
    "prospects",
    "mentions",
    "documents",
)
"""The sections of a description in their order; headings are the messages `sections.…`."""


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


@dataclass(frozen=True)
class ThingDescriber:
    """Describes things and ties of a store; the tracer says which claims stand behind a row."""

    store: Store
    names: Names
    tracer: ProvenanceTracer

    def sections(self, iri: str) -> list[Section]:
        """The sections of a thing: its facts, those of its parts, and statements about it."""
        rows_of: dict[str, list[dict[str, Any]]] = {key: [] for key in SECTIONS}
        # A city government and its city are one thing to readers, so the facts of both are shown.
        cities = [t[2].value for t in self._facts(subject=iri) if t[1].value == NS + "governs"]
        own = {name for each in (iri, *cities) for name in self.names.both(each).values()}
        for subject in (iri, *cities):
            for triple in self._facts(subject=subject):
                self._sort_in(triple, rows_of, own)
            for triple in self._facts(value=subject):
                self._sort_in_reverse(triple, rows_of)
        for part in self._parts(iri, "hasSignature"):
            rows_of["signatories"].append(self._signature(part))
        rows_of["documents"] = self._documents(iri)
        return [
            {"heading": message(f"sections.{key}"), "rows": rows}
            for key, rows in rows_of.items()
            if rows
        ]

    def evidence(self, triples: Iterable[Triple]) -> list[Section]:
        """The section of a tie: one row per statement."""
        rows = [self._row(t, self.names.both(t[1].value), t[2]) for t in triples]
        return [{"heading": message("sections.evidence"), "rows": rows}] if rows else []

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
        order = {prop.iri: place for place, prop in enumerate(vocabulary().properties.values())}
        return sorted(
            triples,  # type: ignore[arg-type]
            key=lambda t: (order.get(t[1].value, len(order)), str(t[2]), str(t[0])),
        )

    def _sort_in(
        self, triple: Triple, rows_of: dict[str, list[dict[str, Any]]], own: Collection[str]
    ) -> None:
        prop = vocabulary().by_iri(triple[1].value)
        if triple[1].value == RDFS + "comment" or (prop and prop.name == "hasSignature"):
            return
        row = self._row(triple, self.names.both(triple[1].value), triple[2])
        if triple[1].value in _ALIASES:
            if triple[1].value == SKOS + "altLabel" and triple[2].value in own:
                return
            for other in rows_of["about"]:
                if (other["label"], other["value"]) == (row["label"], row["value"]):
                    other["claims"] += row["claims"]
                    return
            key = "about"
        elif prop is None or prop.reads:
            return
        elif prop.name in ("party", "partner"):
            key = "parties"
        elif prop.kind in ("date", "time") or prop.name in ("status", "reportedStatus", "stage"):
            key = "dates"
        elif prop.name in _TOPIC_PROPERTIES:
            key = "topics"
        elif prop.kind == "part":
            rows_of["content"] += self._part_rows(triple)
            return
        else:
            key = "about"
        rows_of[key].append(row)

    def _sort_in_reverse(self, triple: Triple, rows_of: dict[str, list[dict[str, Any]]]) -> None:
        subject = triple[0].value
        kinds = self.names.kinds(subject)
        if not subject.startswith(ID) or subject.startswith(CODE) or "Statement" in kinds:
            return
        if vocabulary().by_iri(triple[1].value) is None:
            return
        if "Agreement" in kinds and triple[1].value == NS + "party":
            key = "agreements"
        elif "Prospect" in kinds:
            key = "prospects"
        elif "SourceDocument" in kinds:
            return
        else:
            key = "mentions"
        owner = self._owner(subject)
        row = self._row(triple, self.names.inverse(triple[1].value), ox.NamedNode(owner))
        if owner != subject:
            whole, part = self.names.both(owner), self.names.both(subject)
            row["value"] = {lang: f"{whole[lang]} — {part[lang]}" for lang in LANGUAGES}
        rows_of[key].append(row)

    def _owner(self, iri: str) -> str:
        """The entity to which a part belongs: the IRI of a part begins with that of the entity."""
        return ID + "/".join(iri.removeprefix(ID).split("/")[:2])

    def _parts(self, iri: str, name: str) -> list[str]:
        quads = self.store.quads(
            ox.NamedNode(iri), ox.NamedNode(NS + name), None, ox.DefaultGraph()
        )
        return sorted(q.object.value for q in quads)  # type: ignore[union-attr]

    def _part_rows(self, triple: Triple) -> list[dict[str, Any]]:
        """A row for a part with its facts, and rows for the parts of the part."""
        part = triple[2]
        assert isinstance(part, ox.NamedNode)
        facts = self._facts(subject=part.value)
        details: dict[str, list[str]] = {language: [] for language in LANGUAGES}
        inner: list[Triple] = []
        own = [triple]
        for fact in facts:
            prop = vocabulary().by_iri(fact[1].value)
            if prop is None or prop.reads or prop.name in ("provisionNumber", "title"):
                continue
            if prop.kind == "part":
                inner.append(fact)
                continue
            own.append(fact)
            if prop.name != "provisionKind":
                for language in LANGUAGES:
                    label = self.names.label(fact[1].value, language)
                    details[language].append(f"{label}: {self._shown(fact[2], language)}")
        row = {
            "label": self._kind_of(part.value, triple),
            "value": {
                language: self.names.label(part.value, language)
                + (f" ({'; '.join(details[language])})" if details[language] else "")
                for language in LANGUAGES
            },
            "target": "",
            "address": "",
            "claims": self._claims(own),
        }
        rows = [row]
        for fact in inner:
            rows += self._part_rows(fact)
        return rows

    def _kind_of(self, part: str, triple: Triple) -> Words:
        kind = self.store.quads(
            ox.NamedNode(part), ox.NamedNode(NS + "provisionKind"), None, ox.DefaultGraph()
        )
        first = next(iter(kind), None)
        return self.names.both(first.object.value if first else triple[1].value)  # type: ignore[union-attr]

    def _signature(self, part: str) -> dict[str, Any]:
        facts = {fact[1].value: fact for fact in self._facts(subject=part)}
        party = facts.get(NS + "onBehalfOf")
        signers = [facts[NS + n] for n in ("signatory", "signatoryPost") if NS + n in facts]
        return {
            "label": self.names.both(party[2].value) if party else message("sections.signatories"),
            "value": {
                language: ", ".join(self._shown(fact[2], language) for fact in signers)
                for language in LANGUAGES
            },
            "target": signers[0][2].value if signers else "",
            "address": "",
            "claims": self._claims(signers),
        }

    def _documents(self, iri: str) -> list[dict[str, Any]]:
        quads = self.store.quads(
            None, ox.NamedNode(NS + "mentions"), ox.NamedNode(iri), ox.DefaultGraph()
        )
        rows: list[dict[str, Any]] = []
        for document in sorted(q.subject.value for q in quads):  # type: ignore[union-attr]
            about = {f[1].value: f[2].value for f in self._facts(subject=document)}
            day = self.tracer.documents.published(document)
            address = about.get(NS + "address", "")
            rows.append(
                {
                    "label": both(day, day) if day else message("date.undated"),
                    "value": self.tracer.documents.described(document, is_dated=False),
                    "target": "",
                    "address": self.tracer.documents.link(document) or address,
                    "source": document,
                    "claims": [],
                }
            )
        return rows

    def _row(
        self, triple: Triple, label: Words, value: ox.NamedNode | ox.Literal
    ) -> dict[str, Any]:
        is_thing = isinstance(value, ox.NamedNode)
        is_address = is_thing and not value.value.startswith(ID)
        return {
            "label": label,
            "value": {language: self._shown(value, language) for language in LANGUAGES},
            "target": value.value if is_thing and not is_address else "",
            "address": value.value if is_address else "",
            "claims": self._claims([triple]),
        }

    def _shown(self, value: ox.NamedNode | ox.Literal, language: str) -> str:
        if isinstance(value, ox.NamedNode):
            return self.names.label(value.value, language)
        if value.datatype.value == XSD + "boolean":
            return yes_or_no(value.value == "true")[language]
        return value.value

    def _claims(self, triples: Iterable[Triple]) -> list[dict[str, Any]]:
        """The claims behind the facts of a row: the passages of each document, once."""
        joined: dict[tuple[str | bool, ...], Evidence] = {}
        for root in self.tracer.roots(statement_iri(triple) for triple in triples):
            for claim in self.tracer.claims(root):
                remarks = str((claim.note, claim.reason))
                key = (claim.document, claim.modality, claim.rank, claim.is_inferred, remarks)
                passages = {*claim.passages, *(joined[key].passages if key in joined else ())}
                ordered = tuple(sorted(passages, key=lambda passage: passage.span))
                joined[key] = replace(claim, passages=ordered)
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


def _span(passage: Passage) -> dict[str, str]:
    """The position of a passage, and the address at which it opens."""
    return {"position": f"{passage.span[0]}–{passage.span[1]}", "link": passage.link}
