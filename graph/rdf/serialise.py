"""Writes a graph as N-Quads, Turtle, TriG and JSON-LD: sorted, so that a graph has one text."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator
from functools import cache
from itertools import groupby
from json.encoder import encode_basestring as _string
from operator import attrgetter
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


def sorted_quads_of(store: ox.Store) -> list[ox.Quad]:
    """All quads of a store as `sorted_quads` sorts them, graph by graph: in less memory.

    One text a quad sorts as its terms do, for the reason that `sorted_nquads` gives.
    """
    found: list[ox.Quad] = []
    for graph in sorted((ox.DefaultGraph(), *store.named_graphs()), key=str):
        found += sorted(store.quads_for_pattern(None, None, None, graph), key=str)
    return found


def to_nquads(quads: Iterable[ox.Quad]) -> bytes:
    """N-Quads of sorted quads: canonical, as there are no blank nodes."""
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def sorted_nquads(quads: Iterable[ox.Quad]) -> bytes:
    """N-Quads of the quads of one graph in any order, as `sorted_quads` sorts them.

    Sorting lines takes a fraction of the time. It gives the same: no term of a line is the
    beginning of another but a literal without language, and the space after it comes before `@`.
    """
    return b"".join(sorted(to_nquads(quads).splitlines(keepends=True)))


def to_turtle(quads: Iterable[ox.Quad]) -> bytes:
    """Turtle of sorted quads of the default graph."""
    return with_prefixes((quad.triple for quad in quads), ox.RdfFormat.TURTLE, file_prefixes())


def to_trig(quads: Iterable[ox.Quad]) -> bytes:
    """TriG of sorted quads in any graphs."""
    return with_prefixes(quads, ox.RdfFormat.TRIG, file_prefixes())


def with_prefixes(
    statements: Iterable[ox.Quad] | Iterable[ox.Triple], form: ox.RdfFormat, known: dict[str, str]
) -> bytes:
    """Turtle or TriG with these prefixes, as rdflib reads it, too.

    An IRI that ends with a dot, such as that of the date `2022/..`, is written in full: rdflib 7.6
    reads `d:a\\.b`, but no name that ends with an escaped dot.
    """
    text = ox.serialize(statements, format=form, prefixes=known) or b""
    if b"\\. " not in text:
        return text

    def whole(match: re.Match[bytes]) -> bytes:
        if match[2] is None:
            return match[0]
        space = known[match[1].decode()].encode()
        return b"<" + space + re.sub(rb"\\(.)", rb"\1", match[2]) + b">"

    lines = text.split(b"\n")
    return b"\n".join(_NAME.sub(whole, line) if b"\\. " in line else line for line in lines)


_NAME = re.compile(rb'"(?:[^"\\]|\\.)*"|<[^>]*>|([\w-]+):((?:[^\s\\]|\\.)*\\\.)(?= )')
"""A literal, an IRI, or a name with a prefix that ends with an escaped dot."""


def to_text(triples: Iterable[Triple], form: str) -> bytes:
    """Triples, sorted, as `ttl` (Turtle), `nt` (N-Triples) or `jsonld` (JSON-LD).

    Only those prefixes are declared that they use. They may have blank nodes, as CONSTRUCT makes
    them.
    """
    return sorted_to_text(sorted_triples(ox.Triple(*triple) for triple in triples), form)


def sorted_triples(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Triples in the order of `sorted_quads`; for the reason that `sorted_nquads` gives."""
    return sorted(triples, key=str)


def sorted_to_text(triples: list[ox.Triple], form: str) -> bytes:
    """The same for sorted triples."""
    if form == "nt":
        return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    if form == "ttl":
        return _with_used_prefixes(triples)
    if all(isinstance(t.subject, ox.NamedNode) and isinstance(t.object, Term) for t in triples):
        return _jsonld(list(_lines(triples)), {}, _prefixes_of_terms(triples))
    return (ox.serialize(triples, format=ox.RdfFormat.JSON_LD) or b"") + b"\n"


def _with_used_prefixes(triples: list[ox.Triple]) -> bytes:
    known = {name: iri for name, iri in prefixes().items() if name not in ("id", "code")}
    text = with_prefixes(triples, ox.RdfFormat.TURTLE, known).decode()
    end = max((m.end() for m in re.finditer(r"^@prefix .*\n", text, re.MULTILINE)), default=0)
    names = re.sub(r'<[^>]*>|"(?:[^"\\]|\\.)*"', "", text[end:])
    used = set(re.findall(r"(?<![\w:\\-])([\w-]+):", names))
    head = [line for line in text[:end].splitlines(True) if line[8:].split(":")[0] in used]
    return ("".join(head) + text[end:]).encode()


def _prefixes_of_terms(triples: Iterable[ox.Triple]) -> set[str]:
    """The prefixes that JSON-LD uses: those of properties, classes and datatypes."""
    used = set()
    for triple in triples:
        name, value = triple.predicate.value, triple.object
        used.add(_short(value.value if name == RDF + "type" else name))  # type: ignore[union-attr]
        if isinstance(value, ox.Literal) and not value.language:
            used.add(_short(value.datatype.value))
    used.discard(_short(XSD + "string"))  # JSON's own
    return {name.partition(":")[0] for name in used if ":" in name}


def context() -> dict[str, Any]:
    """The JSON-LD context that is written into every JSON-LD file; nothing has to be fetched."""
    found: dict[str, Any] = json.loads(_context_file())
    return found


@cache
def _context_file() -> str:
    return (folder() / "context.jsonld").read_text(encoding="utf-8")


def to_jsonld(quads: Iterable[ox.Quad]) -> bytes:
    """JSON-LD 1.1 of sorted quads, one node a line; the bundled context and default graph on top.

    Oxigraph's own writer gives the expanded form, without a context and all in one line.

    Raises TypeError for blank nodes and quoted triples, which our graphs do not have.
    """
    graphs = {
        "" if isinstance(graph, ox.DefaultGraph) else graph.value: list(_lines(about))
        for graph, about in groupby(quads, attrgetter("graph_name"))
    }
    return _jsonld(graphs.pop("", []), graphs)


def _jsonld(
    top: list[str], graphs: dict[str, list[str]], used: Container[str] | None = None
) -> bytes:
    """JSON-LD of the nodes of graphs; where `used` is given, the context has only its prefixes."""
    top += [_with_graph({"@id": name}, lines) for name, lines in graphs.items()]
    whole = context()
    if used is not None:
        about = whole["@context"].items()
        whole["@context"] = {k: v for k, v in about if k.startswith("@") or k in used}
    return (_with_graph(whole, top) + "\n").encode()


def _lines(statements: Iterable[ox.Quad | ox.Triple]) -> Iterator[str]:
    """The nodes of a graph with their properties as JSON, one a line; in a fourth of json's time.

    Statements are sorted, so what belongs together follows one another.
    """
    node = name = ""
    parts: list[str] = []  # of the line: the node, then its properties
    texts: list[str] = []  # the values of the last property

    def close() -> None:
        if texts:
            value = texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
            parts.append(f'"{name}": {value}')
            texts.clear()

    for statement in statements:
        subject, value = statement.subject, statement.object
        iri = subject.value  # type: ignore[union-attr]
        if iri != node:
            if type(subject) is not ox.NamedNode:
                raise TypeError(f"neither IRIs nor literals: {subject}")
            close()
            if parts:
                yield ", ".join(parts) + "}"
            node, name, parts = iri, "", [f'{{"@id": {_string(iri)}']
        known = _property(statement.predicate.value)
        if known != name:
            close()
            name = known
        if type(value) is ox.NamedNode:
            iri = value.value
            texts.append(_string(_short(iri)) if name == "@type" else f'{{"@id": {_string(iri)}}}')
        elif type(value) is ox.Literal:
            texts.append(_literal(value))
        else:
            raise TypeError(f"neither IRIs nor literals: {value}")
    close()
    if parts:
        yield ", ".join(parts) + "}"


def _with_graph(node: dict[str, Any], lines: list[str]) -> str:
    """A node that has these nodes, JSON already, in its graph."""
    return _json(node)[:-1] + ', "@graph": [\n' + ",\n".join(lines) + "\n]}"


# Without indentation Python's encoder runs in C: a tenth of the time.
_json = json.JSONEncoder(ensure_ascii=False).encode


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


@cache
def _property(iri: str) -> str:
    return "@type" if iri == RDF + "type" else _short(iri)


def _literal(term: ox.Literal) -> str:
    value = _string(term.value)
    if term.language:
        return f'{{"@value": {value}, "@language": "{term.language}"}}'
    datatype = term.datatype.value
    if datatype == XSD + "string":
        return value
    return f'{{"@value": {value}, "@type": {_string(_short(datatype))}}}'


def facts_of(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The default graph, facts and vocabulary, in the order given."""
    return [quad for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)]
