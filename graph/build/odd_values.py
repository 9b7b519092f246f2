"""What a graph of a stranger holds that commands cannot rely on: found once, when it is loaded.

A build writes none of it. Each quad that is found is left out of the store, so that no reader meets
it; what only would be too much (an agreement with thousands of parties) is told, and stays.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

import networkx as nx
import pyoxigraph as ox

from citypact.graph.networks.reader import MOST_PARTIES
from citypact.graph.rdf.terms import CLAIM, CLAIMS, DERIVATIONS, TYPE, read_date, short, term
from citypact.graph.rdf.values import OddValue, degrees, integer, number, plain_value
from citypact.graph.store.base import DEFAULT_GRAPH, LocalStore
from citypact.ontology import CODE, ID, NS, RDF, SKOS, TOPIC, XSD
from citypact.ontology.errors import Bilingual, CitypactError, Message, shown
from citypact.ontology.vocabulary import Property, vocabulary
from citypact.sources.files.csv_tables import write_table
from citypact.sources.reading.values import CONTROL, LONGEST_IRI, MAXIMUM_NAME, MOST_NAMES

MOST_NESTED = 50
"""Parts within parts."""
MOST_FOUND = 100_000
"""Odd values that are left out; a file with more is no graph that is worth asking."""
_NAMES = frozenset(SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel"))
COLUMNS = ("subject", "property", "value", "graph", "reason")
_BROADER = SKOS + "broader"
_EDTF = NS + "edtf"
_OF_PARTS = frozenset(prop.iri for prop in vocabulary().properties.values() if prop.kind == "part")
_BOOKKEEPING = frozenset(
    [
        *(RDF + part for part in ("subject", "predicate", "object")),
        *(
            NS + name
            for name in ("claims", "inDocument", "premise", "derivedBy", "modality", "rank")
        ),
    ]
)
_SPAN = re.compile(r".+#char=[0-9]{1,9},[0-9]{1,9}", re.DOTALL)
_THINGS = ("thing", "part", "code", "topic", "identifier")
_TEXTS = ("text", "string", "time", "datetime")
_GLOBE = {NS + "latitude": 90, NS + "longitude": 180}
_NUMBERS = frozenset(
    XSD + name for name in ("integer", "int", "long", "decimal", "double", "float")
)
_BEGINNINGS = {"topic": TOPIC, "code": CODE}
_DATATYPES = {
    "integer": _NUMBERS,
    "decimal": _NUMBERS,
    "boolean": frozenset([XSD + "boolean"]),
    "day": frozenset(XSD + name for name in ("date", "gYear", "gYearMonth")),
    "time": frozenset([XSD + "time"]),
    "datetime": frozenset([XSD + "dateTime"]),
    "string": frozenset([XSD + "string"]),
    "text": frozenset([RDF + "langString"]),
}
"""The datatypes by which queries find, compare and count the values of each kind of property."""


@dataclass
class OddValues:
    """What is left out, each quad with the reason; and what stays but is in no network."""

    quads: dict[ox.Quad, Message] = field(default_factory=dict)
    too_many: dict[str, int] = field(default_factory=dict)
    """Agreements and partnerships (IRIs) with more parties than are tied to each other."""

    def add(self, quad: ox.Quad, reason: str) -> None:
        """Notes a quad, once."""
        self.quads.setdefault(quad, reason if isinstance(reason, Message) else Message(reason))
        if len(self.quads) > MOST_FOUND:
            raise CitypactError(
                "more than {count} values are not as a build writes them, such as {example}\n"
                "    -> give the graph.nq of a build",
                count=MOST_FOUND,
                example=_told(*next(iter(self.quads.items()))),
            )

    def messages(self, most: int) -> list[Message]:
        """What to say: how many values are left out, and the first of them with their subjects."""
        found = []
        if self.quads:
            kinds: dict[tuple[str, str], list[ox.Quad]] = defaultdict(list)
            for quad, reason in sorted(self.quads.items(), key=lambda each: str(each[0])):
                kinds[quad.predicate.value, reason.template].append(quad)
            found.append(
                Message(
                    "{count} {count:value is|values are} left out, as no build writes them",
                    count=len(self.quads),
                )
            )
            for quads in list(kinds.values())[:most]:
                example = _told(quads[0], self.quads[quads[0]])
                found.append(
                    Message("{example} ({count} of this kind)", example=example, count=len(quads))
                )
            if len(kinds) > most:
                found.append(
                    Message("and {count} further {count:kind|kinds}", count=len(kinds) - most)
                )
        for iri, number_of in sorted(self.too_many.items())[:most]:
            found.append(
                Message(
                    "{thing} has {count} parties: its ties are in no network, as more than {most} "
                    "parties are not tied to each other",
                    thing=short(iri),
                    count=number_of,
                    most=MOST_PARTIES,
                )
            )
        return found

    def as_csv(self) -> bytes:
        """The quads that are left out, with their reasons, as a table for spreadsheets."""
        rows = (
            {
                "subject": _text(quad.subject),
                "property": _text(quad.predicate),
                "value": _text(quad.object),
                "graph": "" if quad.graph_name == DEFAULT_GRAPH else _text(quad.graph_name),
                "reason": str(reason),
            }
            for quad, reason in sorted(self.quads.items(), key=lambda each: str(each[0]))
        )
        return BOM_UTF8 + write_table(COLUMNS, rows)


def find_odd_values(store: LocalStore) -> OddValues:
    """All that is odd in a store. Raises CitypactError where that is more than `MOST_FOUND`."""
    found = OddValues()
    names: Counter[tuple[str, str]] = Counter()
    broader: dict[tuple[str, str], ox.Quad] = {}
    parts: dict[tuple[str, str], ox.Quad] = {}
    for quad in store.inner:
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(
            value, ox.NamedNode | ox.Literal
        ):
            continue  # which `load` refuses
        name = predicate.value
        reason = _reason(name, value) or _long(subject) or _long(predicate)
        if name == _EDTF and not reason:
            reason = _other_date(subject.value, value.value)
        if reason or (reason := _long(quad.graph_name)):
            found.add(quad, reason)
        elif name in _NAMES and quad.graph_name == DEFAULT_GRAPH:
            names[subject.value, name] += 1
        elif name == _BROADER and isinstance(value, ox.NamedNode):
            broader[subject.value, value.value] = quad
        elif name in _OF_PARTS and isinstance(value, ox.NamedNode):
            parts[subject.value, value.value] = quad
    _add_names(store, names, found)
    _add_circles(broader, Message("leads back to itself: a circle of broader topics"), found)
    _add_circles(parts, Message("leads back to itself: a part of its own parts"), found)
    _add_deep(parts, found)
    _add_ambiguous(store, found)
    _add_incomplete(store, found)
    for name in ("party", "partner", "expectedPartner"):
        counts = Counter(
            quad.subject.value  # type: ignore[union-attr]
            for quad in store.quads(None, term(name), None, DEFAULT_GRAPH)
        )
        found.too_many |= {iri: count for iri, count in counts.items() if count > MOST_PARTIES}
    return found


def _reason(predicate: str, value: ox.NamedNode | ox.Literal) -> Message | None:
    """Why a value is none that a build gives a property; None where it may be."""
    if isinstance(value, ox.NamedNode):
        text = value.value
        if predicate in _BOOKKEEPING and len(text) <= LONGEST_IRI:
            return None  # most quads are these; any IRI will do
        return _long(value) or _of_kind(predicate, text, "")
    if len(value.value) > MAXIMUM_NAME:
        return Message(
            "is a text of {count} characters, more than {most}",
            count=len(value.value),
            most=MAXIMUM_NAME,
        )
    if control := CONTROL.search(value.value):
        return Message("has the control character U+{ord:04X}", ord=ord(control[0]))
    try:
        plain_value(value)
    except OddValue as odd:
        return odd.reason
    return _of_kind(predicate, value.value, value.datatype.value)


def _other_date(iri: str, text: str) -> Message | None:
    """Why a text is not that of the date with an IRI."""
    try:
        is_other = read_date(iri).text != text
    except OddValue as odd:
        return odd.reason
    return Message("{text} is not the date of its IRI", text=shown(text)) if is_other else None


@lru_cache(maxsize=65_536)
def _of_kind(predicate: str, text: str, datatype: str) -> Message | None:
    """Why a text of a datatype, or an IRI (''), is no value of a property."""
    is_iri = not datatype
    if predicate == TYPE.value:
        if is_iri and (not text.startswith(NS) or text[len(NS) :] in vocabulary().classes):
            return None
        return Message("{text} is no class of the vocabulary", text=shown(text))
    if predicate == term("evidence").value and not (is_iri and _SPAN.fullmatch(text)):
        return Message("{text} is no text span", text=shown(text))
    known = vocabulary().by_iri(predicate)
    # The properties by which the vocabulary describes itself have no range.
    if known is None or known.iri != predicate or (known.kind == "thing" and not known.range):
        return None
    try:
        _check_kind(known, text, is_iri)
        if not is_iri:
            _check_datatype(known.kind, text, datatype)
    except OddValue as odd:
        return odd.reason
    return None


def _check_kind(known: Property, text: str, is_iri: bool) -> None:
    """Raises OddValue where a value doesn't fit the kind of its property."""
    if known.kind in _THINGS and not is_iri:
        raise OddValue(Message("{text} is a text where a thing belongs", text=shown(text)))
    if known.kind in ("integer", "decimal", "boolean", "day", *_TEXTS) and is_iri:
        raise OddValue(Message("{text} is a thing where a value belongs", text=shown(text)))
    begin = _BEGINNINGS.get(known.kind, "")
    if is_iri and not text.startswith(begin) and (known.kind == "topic" or text.startswith(ID)):
        raise OddValue(
            Message("{text} is a thing where a topic or a code belongs", text=shown(text))
        )
    if known.kind == "date":
        read_date(text if is_iri else "")
    elif known.kind == "integer":
        integer(text)
    elif known.iri in _GLOBE:
        degrees(text, _GLOBE[known.iri])
    elif known.kind == "decimal":
        number(text)
    elif known.kind in _THINGS and not _has_name(text, known.kind):
        raise OddValue(Message("{text} has no name behind its last slash", text=shown(text)))


def _check_datatype(kind: str, text: str, datatype: str) -> None:
    """Raises OddValue where queries for values of a kind would pass over a text."""
    if datatype in _DATATYPES.get(kind, (datatype,)):
        return
    if kind == "text":
        raise OddValue(Message("{text} has no language tag", text=shown(text)))
    if datatype == RDF + "langString":
        raise OddValue(Message("{text} has a language tag where none belongs", text=shown(text)))
    raise OddValue(
        Message(
            "{text} has the datatype {datatype}, which the property does not take",
            text=shown(text),
            datatype=short(datatype),
        )
    )


def _has_name(iri: str, kind: str) -> bool:
    """Whether an IRI ends in a name; those of GeoNames have a slash behind it."""
    _, slash, name = (iri.rstrip("/") if kind == "identifier" else iri).rpartition("/")
    return bool(slash and name)


def _long(node: object) -> Message | None:
    if isinstance(node, ox.NamedNode) and len(node.value) > LONGEST_IRI:
        return Message(
            "has an IRI of {count} characters, more than {most}",
            count=len(node.value),
            most=LONGEST_IRI,
        )
    return None


def _add_names(store: LocalStore, names: Counter[tuple[str, str]], found: OddValues) -> None:
    """Of things with far too many names those beyond the first in the order of the alphabet."""
    for (subject, predicate), count in names.items():
        if count > MOST_NAMES:
            quads = store.quads(ox.NamedNode(subject), ox.NamedNode(predicate), None, DEFAULT_GRAPH)
            reason = Message(
                "is one of {count} names, more than {most}", count=count, most=MOST_NAMES
            )
            for quad in sorted(quads, key=str)[MOST_NAMES:]:
                found.add(quad, reason)


def _add_circles(links: dict[tuple[str, str], ox.Quad], reason: Message, found: OddValues) -> None:
    """Links that lead back to where they begin: no tree can be drawn of them."""
    graph = nx.DiGraph(list(links))
    for circle in nx.strongly_connected_components(graph):
        for pair in graph.subgraph(circle).edges:
            found.add(links.pop(pair), reason)


def _add_deep(parts: dict[tuple[str, str], ox.Quad], found: OddValues) -> None:
    """Parts of parts of parts beyond what any agreement has; `parts` are without circles."""
    graph = nx.DiGraph(list(parts))
    depth: dict[str, int] = {}
    for node in nx.topological_sort(graph):
        depth[node] = max((depth[whole] + 1 for whole in graph.predecessors(node)), default=0)
    for (whole, _), quad in parts.items():
        if depth[whole] >= MOST_NESTED:
            found.add(quad, Message("is nested more than {most} deep", most=MOST_NESTED))


def _add_ambiguous(store: LocalStore, found: OddValues) -> None:
    """Statements and claims that have two of what each has one of, such as subjects or ranks."""
    of_statement = Message("is part of a statement that has two subjects, properties or values")
    of_claim = Message("is part of a claim that has two statements, documents, modalities or ranks")
    one = [(ox.NamedNode(RDF + name), of_statement) for name in ("subject", "predicate", "object")]
    one += [(term(name), of_claim) for name in ("claims", "inDocument", "modality", "rank")]
    for graph in (CLAIMS, DERIVATIONS):
        for predicate, reason in one:
            nodes = Counter(quad.subject for quad in store.quads(None, predicate, None, graph))
            for node, count in nodes.items():
                if count > 1:
                    _add_all(store, node, found, reason)


def _add_incomplete(store: LocalStore, found: OddValues) -> None:
    """Statements without subject, property or value; claims without statement or document."""
    for graph in (CLAIMS, DERIVATIONS):
        for row in store.solutions(
            f"""SELECT DISTINCT ?s {{ GRAPH {graph} {{
              {{ ?s a citypact:Statement }} UNION {{ ?s rdf:subject|rdf:predicate|rdf:object ?any }}
              UNION {{ ?claim citypact:claims ?s }} UNION {{ ?s citypact:derivedBy ?rule }}
              FILTER NOT EXISTS {{ ?s a citypact:Statement ; rdf:subject ?subject ;
                rdf:predicate ?p ; rdf:object ?o . FILTER(isIRI(?subject) && isIRI(?p)) }}
            }} }}"""
        ):
            _add_all(store, row["s"], found, Message("is part of a statement that is incomplete"))
        for row in store.solutions(
            f"SELECT ?s ?p ?o {{ GRAPH {graph} {{ ?s rdf:predicate ?p ; rdf:object ?o }} }}"
        ):
            if reason := _reason(row["p"].value, row["o"]):
                _add_all(store, row["s"], found, reason)
    claims = {quad.subject for quad in found.quads if quad.predicate == term("claims")}
    claims |= {
        row["c"]  # type: ignore[misc]
        for row in store.solutions(
            f"""SELECT DISTINCT ?c {{ GRAPH {CLAIMS} {{
              {{ ?c a citypact:Claim }} UNION {{ ?c citypact:claims ?s }}
              UNION {{ ?c citypact:inDocument ?d FILTER(STRSTARTS(STR(?c), "{CLAIM}")) }}
              FILTER NOT EXISTS {{ ?c citypact:claims ?statement ; citypact:inDocument ?document ;
                citypact:modality ?modality ; citypact:rank ?rank }}
            }} }}"""
        )
    }
    for claim in claims:
        _add_all(store, claim, found, Message("is part of a claim that is incomplete"))


def _add_all(store: LocalStore, node: object, found: OddValues, reason: Message) -> None:
    """All that is said of a node, and all that names it, in the graphs of the bookkeeping."""
    if not isinstance(node, ox.NamedNode):
        return
    for graph in (CLAIMS, DERIVATIONS):
        for quads in (
            store.quads(node, None, None, graph),
            store.quads(None, None, node, graph),
        ):
            for quad in quads:
                found.add(quad, reason)


def _told(quad: ox.Quad, reason: Message) -> Message:
    known = vocabulary().by_iri(quad.predicate.value)
    name = Bilingual(**known.labels) if known and len(known.labels) == 2 else _short(quad.predicate)
    return Message(
        "{thing}, {name}: {reason}", thing=_short(quad.subject), name=name, reason=reason
    )


def _short(node: object) -> str:
    return short(_text(node))[:80]


def _text(node: object) -> str:
    text = getattr(node, "value", str(node))
    return text if len(text) <= LONGEST_IRI else text[: LONGEST_IRI - 1] + "…"


__all__ = ["OddValues", "find_odd_values"]
