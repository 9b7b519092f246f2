"""Judges a graph by the SHACL shapes and the check queries; faults lead back to file and line."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from graph.assemble import CLAIMS, Triple, conflicting_ranks
from graph.rules import headers
from graph.terms import from_rdflib, to_rdflib
from ontology import ID, NS, RDFS, folder
from ontology.errors import Problem
from sources.model import Place, Sources

RESULT = "http://www.w3.org/ns/shacl#"


def problems(store: ox.Store, sources: Sources) -> list[Problem]:
    """Every fault that shapes and checks find in the facts and claims of a store."""
    places = _Places(sources)
    found = [
        places.problem(
            claim.subject,
            claim.predicate,
            claim.object,
            f"is claimed twice by this document with another rank or date (see {first.place.file}"
            f":{first.place.line})",
            "같은 문서가 같은 진술을 다른 순위나 시점으로 두 번 주장합니다",
            "join the two into one value",
        )
        for first, claim in conflicting_ranks(sources)
    ]
    # What a conflicting pair does to its claim node is said already.
    reported = {(p.file, p.line) for p in found}
    found += [p for p in _shapes(store, places) if (p.file, p.line) not in reported]
    found += _checks(store, places)
    return sorted(set(found), key=lambda p: (p.file, p.line, p.field, p.message))


class _Places:
    """Finds the line of a record that says a triple, or that declares its subject."""

    def __init__(self, sources: Sources) -> None:
        self.things = {iri: thing.place for iri, thing in sources.things.items()}
        self.triples: dict[tuple[str, str, str], Place] = {}
        self.fields: dict[tuple[str, str], Place] = {}
        for claim in sources.claims:
            key = (claim.subject, claim.predicate, str(claim.object))
            self.triples.setdefault(key, claim.place)
            self.fields[claim.subject, claim.predicate] = claim.place

    def problem(
        self,
        subject: str,
        predicate: str,
        value: object,
        message: str,
        korean: str,
        cure: str = "",
    ) -> Problem:
        place = self.triples.get((subject, predicate, str(value))) or self.fields.get(
            (subject, predicate)
        )
        if place is None:
            known = self.things.get(subject)
            name = predicate.removeprefix(NS) if predicate else ""
            place = (
                Place(known.file, known.line, f"{known.field}.{name}" if name else known.field)
                if known
                else Place(subject.removeprefix(ID), 0, name)
            )
        return Problem(place.file, place.line, place.field, message, cure, korean)


def _shapes(store: ox.Store, places: _Places) -> list[Problem]:
    return _violations(to_rdflib(_facts(store)), "shapes.ttl", places)


def claim_problems(store: ox.Store) -> list[Problem]:
    """Faults in the bookkeeping of statements, claims and spans: none, whatever the records say."""
    claims = store.quads_for_pattern(None, None, None, CLAIMS)
    data = to_rdflib((q.subject, q.predicate, q.object) for q in claims)  # type: ignore[misc]
    return _violations(data, "claim-shapes.ttl", _Places(Sources()))


def _violations(data: Any, shapes_file: str, places: _Places) -> list[Problem]:
    import rdflib
    from pyshacl import validate

    # A shapes graph of its own for each call: validating changes a shared one.
    shapes = rdflib.Graph().parse(
        data=(folder() / shapes_file).read_text(encoding="utf-8"), format="turtle"
    )
    conforms, report, _ = validate(data, shacl_graph=shapes, inference="none", advanced=False)
    if conforms:
        return []
    sh = rdflib.Namespace(RESULT)
    found = []
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        focus = report.value(result, sh.focusNode)
        path = report.value(result, sh.resultPath)
        value = report.value(result, sh.value)
        messages = {m.language: str(m) for m in report.objects(result, sh.resultMessage)}
        subject, korean = str(focus), messages.get("ko", "")
        term = from_rdflib(value) if value is not None and not _is_blank(value) else ""
        predicate = str(path) if isinstance(path, rdflib.URIRef) else ""
        found.append(
            places.problem(subject, predicate, term, messages.get("en", str(messages)), korean)
        )
    return found


def _is_blank(node: object) -> bool:
    import rdflib

    return isinstance(node, rdflib.BNode)


def _facts(store: ox.Store) -> list[Triple]:
    """The facts without the descriptions of our own terms."""
    facts = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    hierarchy = store.quads_for_pattern(None, ox.NamedNode(RDFS + "subClassOf"), None, None)
    return [
        (quad.subject, quad.predicate, quad.object)  # type: ignore[misc]
        for quads in (facts, hierarchy)
        for quad in quads
        if quad.predicate.value == RDFS + "subClassOf" or quad.subject.value.startswith(ID)  # type: ignore[union-attr]
    ]


def _checks(store: ox.Store, places: _Places) -> list[Problem]:
    found = []
    files = sorted((folder() / "checks").iterdir(), key=lambda path: path.name)
    for path in files:
        text = path.read_text(encoding="utf-8")
        head = headers(text)
        for row in store.query(text):
            about = row["about"].value if row["about"] else ""
            found.append(
                places.problem(
                    row["subject"].value,
                    row["predicate"].value,
                    row["object"],
                    head["message-en"].replace("{about}", about),
                    head["message-ko"].replace("{about}", about),
                    head["cure"],
                )
            )
    return found
