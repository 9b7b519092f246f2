"""Writes a graph as N-Quads, Turtle, TriG and JSON-LD: sorted, so that a graph has one text."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Container, Iterable
from functools import cache
from typing import Any

import pyoxigraph as ox

from citypact.ontology import NS, PREFIXES, RDF, XSD, folder
from citypact.ontology.vocabulary import Term, file_prefixes, prefixes
from citypact.sources.model import Triple


def _key(quad: ox.Quad) -> tuple[str, str, str, str]:
    return (str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object))


def sorted_quads(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Quads in the order of the text of graph, subject, predicate and object."""
    return sorted(quads, key=_key)


def to_nquads(quads: Iterable[ox.Quad]) -> bytes:
    """N-Quads of sorted quads: canonical, as there are no blank nodes."""
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def to_turtle(quads: Iterable[ox.Quad]) -> bytes:
    """Turtle of sorted quads of the default graph."""
    triples = [quad.triple for quad in quads]
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=file_prefixes()) or b""


def to_trig(quads: Iterable[ox.Quad]) -> bytes:
    """TriG of sorted quads in any graphs."""
    return ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=file_prefixes()) or b""


def to_text(triples: Iterable[Triple], form: str) -> bytes:
    """Triples, sorted, as `ttl` (Turtle), `nt` (N-Triples) or `jsonld` (JSON-LD).

    Only those prefixes are declared that they use. They may have blank nodes, as CONSTRUCT makes
    them.
    """
    quads = sorted_quads(ox.Quad(*triple) for triple in triples)
    if form == "nt":
        return to_nquads(quads)
    if form == "ttl":
        return _with_used_prefixes(quads)
    if all(isinstance(q.subject, ox.NamedNode) and isinstance(q.object, Term) for q in quads):
        return to_jsonld(quads, _prefixes_of_terms(quads))
    return (ox.serialize(quads, format=ox.RdfFormat.JSON_LD) or b"") + b"\n"


def _with_used_prefixes(quads: list[ox.Quad]) -> bytes:
    known = {name: iri for name, iri in prefixes().items() if name not in ("id", "code")}
    triples = [quad.triple for quad in quads]
    text = (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=known) or b"").decode()
    end = max((m.end() for m in re.finditer(r"^@prefix .*\n", text, re.MULTILINE)), default=0)
    names = re.sub(r'<[^>]*>|"(?:[^"\\]|\\.)*"', "", text[end:])
    used = set(re.findall(r"(?<![\w:\\-])([\w-]+):", names))
    head = [line for line in text[:end].splitlines(True) if line[8:].split(":")[0] in used]
    return ("".join(head) + text[end:]).encode()


def _prefixes_of_terms(quads: Iterable[ox.Quad]) -> set[str]:
    """The prefixes that JSON-LD uses: those of properties, classes and datatypes."""
    used = set()
    for quad in quads:
        is_type = quad.predicate.value == RDF + "type"
        used.add(_short(quad.object.value if is_type else quad.predicate.value))  # type: ignore[union-attr]
        value = None if is_type else _value(quad.object)  # type: ignore[arg-type]
        if isinstance(value, dict):
            used.add(value.get("@type", ""))
    return {name.partition(":")[0] for name in used if ":" in name}


def context() -> dict[str, Any]:
    """The JSON-LD context that is written into every JSON-LD file; nothing has to be fetched."""
    found: dict[str, Any] = json.loads((folder() / "context.jsonld").read_text(encoding="utf-8"))
    return found


def to_jsonld(quads: Iterable[ox.Quad], used: Container[str] | None = None) -> bytes:
    """JSON-LD 1.1 of sorted quads, one node a line; the bundled context and default graph on top.

    Where `used` is given, the context has those prefixes only.

    Oxigraph's own writer gives the expanded form, without a context and all in one line.

    Raises TypeError for blank nodes and quoted triples, which our graphs do not have.
    """
    graphs: dict[str, dict[str, dict[str, list[Any]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for quad in quads:
        if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, Term):
            raise TypeError(f"neither IRIs nor literals: {quad}")
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
        node = graphs[name][quad.subject.value]
        if quad.predicate.value == RDF + "type":
            node["@type"].append(_short(quad.object.value))
        else:
            node[_short(quad.predicate.value)].append(_value(quad.object))
    top = _nodes(graphs.pop("", {}))
    top += [_with_graph({"@id": name}, _nodes(nodes)) for name, nodes in graphs.items()]
    whole = context()
    if used is not None:
        about = whole["@context"].items()
        whole["@context"] = {k: v for k, v in about if k.startswith("@") or k in used}
    return (_with_graph(whole, top) + "\n").encode()


def _nodes(nodes: dict[str, dict[str, list[Any]]]) -> list[str]:
    return [
        _json({"@id": iri, **{k: v[0] if len(v) == 1 else v for k, v in about.items()}})
        for iri, about in nodes.items()
    ]


def _with_graph(node: dict[str, Any], lines: list[str]) -> str:
    """A node that has these nodes, JSON already, in its graph."""
    return _json(node)[:-1] + ', "@graph": [\n' + ",\n".join(lines) + "\n]}"


def _json(node: dict[str, Any]) -> str:
    # Without indentation Python's encoder runs in C: a tenth of the time.
    return json.dumps(node, ensure_ascii=False)


@cache
def _short(iri: str) -> str:
    """The short name of a property, a class or a datatype: there are few."""
    # A term that is called like a prefix (topic) would be read as that prefix: it keeps its own.
    if iri.startswith(NS) and iri[len(NS) :] not in PREFIXES:
        return iri[len(NS) :]
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _value(term: Term) -> Any:
    if isinstance(term, ox.NamedNode):
        return {"@id": term.value}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return term.value
    return {"@value": term.value, "@type": _short(term.datatype.value)}


def facts_of(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The default graph, facts and vocabulary, in the order given."""
    return [quad for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)]
