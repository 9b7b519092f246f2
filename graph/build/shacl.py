"""Asks which constraints of SHACL a graph breaks: pyshacl-turbo where it is installed, or pyshacl.

Both give the same results; tests and benchmarks hold them against one another. pySHACL is the
reference, the other (the extra `fast`) takes less time and no copy of the graph in rdflib.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from citypact.graph.build.claims import Triple
from citypact.graph.rdf.rdflib_terms import from_rdflib, to_rdflib
from citypact.ontology import RDF, RDFS

if TYPE_CHECKING:
    import rdflib

    Engine = Callable[[Iterable[Triple], rdflib.Graph], rdflib.Graph]

SHACL = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True)
class ShapeResult:
    """What one constraint says of one node; terms as text, `value` as it stands in the graph.

    `path`, `english` and `korean` are '' where there is none; `value` also where the node of a
    shape has no name. `component` and `severity` are IRIs of SHACL.
    """

    focus: str
    path: str
    value: object
    english: str
    korean: str
    component: str
    severity: str


def engine() -> Engine:
    """The engine in use: the fast one where it is installed."""
    return turbo if importlib.util.find_spec("pyshacl_turbo") else pyshacl


def pyshacl(triples: Iterable[Triple], shapes: rdflib.Graph) -> rdflib.Graph:
    """The report of pySHACL, the reference."""
    from pyshacl import validate

    data = to_rdflib(triples)
    report: rdflib.Graph
    _, report, _ = validate(data, shacl_graph=shapes, inference="none", advanced=False)
    return report


def turbo(triples: Iterable[Triple], shapes: rdflib.Graph) -> rdflib.Graph:
    """The report of pyshacl-turbo, which reads a store of Oxigraph as it is."""
    from pyshacl_turbo import validate

    data = ox.Store()
    data.bulk_extend(ox.Quad(*triple) for triple in triples)
    report: rdflib.Graph
    _, report, _ = validate(data, shacl_graph=shapes, inference="none", advanced=False)
    return report


def results(
    triples: Iterable[Triple], shapes: str, judge: Engine | None = None
) -> list[ShapeResult]:
    """What breaks the shapes (Turtle), sorted; `judge` is the engine where not that in use."""
    import rdflib

    # A shapes graph of its own for each call: validating changes a shared one. Oxigraph parses it
    # in a fraction of the time that rdflib takes.
    quads = ox.parse(shapes, format=ox.RdfFormat.TURTLE)
    parsed = to_rdflib((q.subject, q.predicate, q.object) for q in quads)
    report = (judge or engine())(_judged(triples, parsed), parsed)
    sh = rdflib.Namespace(SHACL)
    found = []
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        path, value = report.value(result, sh.resultPath), report.value(result, sh.value)
        messages: dict[Any, str] = {}
        for message in report.objects(result, sh.resultMessage):
            messages[getattr(message, "language", None)] = str(message)
        found.append(
            ShapeResult(
                str(report.value(result, sh.focusNode)),
                str(path) if isinstance(path, rdflib.URIRef) else "",
                "" if value is None or isinstance(value, rdflib.BNode) else from_rdflib(value),
                messages.get("en", "; ".join(sorted(messages.values()))),
                messages.get("ko", ""),
                str(report.value(result, sh.sourceConstraintComponent)),
                str(report.value(result, sh.resultSeverity)),
            )
        )
    return sorted(found, key=lambda each: tuple(map(str, vars(each).values())))


def _judged(triples: Iterable[Triple], shapes: rdflib.Graph) -> Iterator[Triple]:
    """The triples that the shapes can see: of a property that they name, classes, hierarchy."""
    import rdflib

    named = {str(node) for node in shapes.objects() if isinstance(node, rdflib.URIRef)}
    seen = {*named, RDF + "type", RDFS + "subClassOf"}
    sees_all = any(shapes.objects(None, rdflib.URIRef(SHACL + "closed")))
    for triple in triples:
        if sees_all or triple[1].value in seen:
            yield triple
