"""The IRIs of the graph: statements, claims, spans, code values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from citypact.graph.rdf.values import OddValue
from citypact.ontology import (
    CLAIMS_GRAPH,
    CODE,
    DERIVATIONS_GRAPH,
    ID,
    IMPORT_GRAPH,
    NS,
    PREFIXES,
    RDF,
    TOPIC,
)
from citypact.ontology.errors import Message, shown
from citypact.ontology.vocabulary import prefixes
from citypact.sources.dates import Date
from citypact.sources.reading.edtf import parse_edtf

if TYPE_CHECKING:
    from citypact.sources.model import Span, Triple

FACTUAL = ("asserted", "reported")


TYPE = ox.NamedNode(RDF + "type")


CLAIMS = ox.NamedNode(CLAIMS_GRAPH)


def term(name: str) -> ox.NamedNode:
    """A term of our vocabulary by its local name."""
    return ox.NamedNode(NS + name)


def property_node(name: str) -> ox.NamedNode:
    """A property by the local name that it has in our vocabulary, or by its IRI."""
    return ox.NamedNode(name) if ":" in name else term(name)


def code(codes: str, name: str) -> ox.NamedNode:
    """A code of one of our lists."""
    return ox.NamedNode(f"{CODE}{codes}/{name}")


DATE = ID + "date/"
_ESCAPES = (("%", "%25"), ("?", "%3F"), ("[", "%5B"), ("]", "%5D"), (",", "%2C"))
"""What no IRI or prefixed name has; that of the per cent sign comes first."""


def date_iri(date: Date) -> ox.NamedNode:
    """The IRI of a date: its EDTF text, with `--` for `/` and `%25`, `%3F`, `%5B`, `%5D`, `%2C`
    for `%`, `?`, `[`, `]` and the comma.
    """
    text = date.text.replace("/", "--")
    for letter, escape in _ESCAPES:
        text = text.replace(letter, escape)
    return ox.NamedNode(DATE + text)


def is_date(iri: str) -> bool:
    """Whether an IRI is that of a date."""
    return iri.startswith(DATE)


@lru_cache(maxsize=65_536)
def read_date(iri: str) -> Date:
    """The date that an IRI of `date_iri` means. Raises OddValue for any other IRI."""
    if not is_date(iri):
        raise OddValue(Message("{iri} is not the IRI of a date", iri=shown(iri)))
    text = iri.removeprefix(DATE).replace("--", "/")
    for letter, escape in reversed(_ESCAPES):
        text = text.replace(escape, letter)
    try:
        return parse_edtf(text)
    except ValueError as error:
        raise OddValue(error.args[0]) from error


def object_term(value: ox.NamedNode | ox.Literal | Date) -> ox.NamedNode | ox.Literal:
    """What a claim states, as a term: a date as its IRI."""
    return date_iri(value) if isinstance(value, Date) else value


def import_graph(document: str) -> ox.NamedNode:
    """The graph of an imported list: all that stands in it is what that document (IRI) claims."""
    return ox.NamedNode(IMPORT_GRAPH + document.rsplit("/", 1)[1])


def statement_iri(triple: Triple) -> ox.NamedNode:
    """The IRI of the statement node of a triple: a digest of its canonical N-Triples form."""
    return ox.NamedNode(ID + "statement/" + _digest(*(str(part) for part in triple)))


def claim_iri(statement: ox.NamedNode, document: str, modality: str) -> ox.NamedNode:
    """The IRI of a claim: a digest of statement, document and modality."""
    return ox.NamedNode(CLAIM + _digest(statement.value, document, modality))


def span_iri(document: str, span: Span) -> ox.NamedNode:
    """The IRI of a text span: the document with a fragment after RFC 5147, in code points."""
    return ox.NamedNode(f"{document}#char={span[0]},{span[1]}")


def _digest(*parts: str) -> str:
    import hashlib  # loading OpenSSL takes longer than many a question

    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def statement_triples(triple: Triple) -> Iterator[Triple]:
    """The description of a statement node."""
    node = statement_iri(triple)
    yield node, TYPE, term("Statement")
    for name, part in zip(("subject", "predicate", "object"), triple, strict=True):
        yield node, ox.NamedNode(RDF + name), part


def source_of_list(quad: ox.Quad) -> str:
    """The IRI of the source of an imported list in which a quad stands; empty for others."""
    graph = quad.graph_name
    if isinstance(graph, ox.NamedNode) and graph.value.startswith(IMPORT_GRAPH):
        return ID + "doc/" + graph.value.removeprefix(IMPORT_GRAPH)
    return ""


STATEMENT = ID + "statement/"
CLAIM = ID + "claim/"


DERIVATIONS = ox.NamedNode(DERIVATIONS_GRAPH)


def prefixed(iri: str) -> str:
    """An IRI as queries write it: with the prefix that leaves the least of it, else in full."""
    known = {space: p for p, space in prefixes().items() if iri.startswith(space)}
    if not known:
        return f"<{iri}>"
    space = max(known, key=len)
    local = re.sub(r"(?![\w-])[\x21-\x7e]", _escaped, iri[len(space) :])
    return f"{known[space]}:{local}" if re.fullmatch(r"([\w:%-]|\\.)*", local) else f"<{iri}>"


def _escaped(match: re.Match[str]) -> str:
    return match[0] if match[0] in ":%" else f"\\{match[0]}"


def is_term(iri: str) -> bool:
    """Whether an IRI is in a namespace of properties and classes: ours, or one of the W3C's."""
    return iri.startswith(_VOCABULARIES)


_THINGS = ("id", "code", "topic", "sdg", "wd", "xsd")
_VOCABULARIES = tuple(space for prefix, space in PREFIXES.items() if prefix not in _THINGS)


def short(iri: str) -> str:
    """An IRI without the parts that all of ours share."""
    for prefix in (NS, CODE, TOPIC, ID):
        if iri.startswith(prefix):
            return iri[len(prefix) :]
    return iri
