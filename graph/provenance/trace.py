"""Which claims stand behind a statement, a derived fact or a row of an answer."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from citypact.graph.provenance.documents import SourceDocuments
from citypact.graph.provenance.named_queries import Answer, solutions_behind
from citypact.graph.rdf.terms import (
    CLAIMS,
    DERIVATIONS,
    STATEMENT,
    TYPE,
    short,
    source_of_list,
    statement_iri,
    term,
)
from citypact.graph.rdf.values import OddValue
from citypact.graph.sparql.syntax import PropertyPath, TriplePattern, fill
from citypact.graph.store.base import Solution, Store
from citypact.graph.store.labels import Names
from citypact.ontology import NS, RDF, is_editors
from citypact.ontology.errors import Message, shown
from citypact.ontology.vocabulary import Labels, Term
from citypact.sources.model import Span, Triple

if TYPE_CHECKING:
    from citypact.sources.reading.texts import Texts

LinkTarget = Literal["words", "passage of the document", "page", ""]
Step = ox.NamedNode | PropertyPath
Walk = tuple[Term, tuple[Triple, ...]]
"""Where a path leads to, and the triples on the way."""
REMEMBERED = 20_000
"""Of how many statements a tracer remembers the claims: some tens of megabytes."""


@dataclass(frozen=True)
class Passage:
    """A span of a document, with the sentence around it where the text is at hand.

    link: the address by which a browser opens the document at the span; '' where none is known.
    """

    iri: str
    span: Span
    language: str = ""
    sentence: str = ""
    highlight: Span = (0, 0)
    link: str = ""


@dataclass(frozen=True)
class Evidence:
    """One claim: what is stated, by which document, how, and in which words."""

    statement: str
    triple: Triple = field(hash=False)
    document: str
    title: Labels = field(hash=False)
    address: str
    published: str
    modality: str
    rank: str
    passages: tuple[Passage, ...]
    note: Labels = field(hash=False)
    reason: Labels = field(hash=False)
    attributed_to: str = ""
    as_of: str = ""
    is_inferred: bool = False
    publisher: Labels = field(default_factory=dict, hash=False)
    document_link: str = ""
    """The address by which the document opens at the passage that confirms what it is cited for."""

    @property
    def link(self) -> str:
        """The address that leads nearest to the words; '' where the document has none."""
        return self._link[0]

    @property
    def link_opens_at(self) -> LinkTarget:
        """What `link` opens: the words of the claim itself, the passage that confirms what the
        document is cited for, or the page."""
        return self._link[1]

    @property
    def _link(self) -> tuple[str, LinkTarget]:
        for passage in self.passages:
            if passage.link:
                return passage.link, "words"
        if self.document_link:
            return self.document_link, "passage of the document"
        return self.address, "page" if self.address else ""

    @property
    def is_editorial(self) -> bool:
        """Whether it is our own statement rather than a document's."""
        return is_editors(self.document)


@dataclass(frozen=True)
class ProvenanceTracer:
    """Finds the claims behind statements of a store; with `texts`, their sentences too."""

    store: Store
    names: Names
    texts: Texts | None = None
    listed: dict[ox.NamedNode, tuple[Triple, list[str]]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Statements of imported lists that were met: their triples and sources. They have no node."""

    _walked: dict[tuple[Term, PropertyPath], dict[Term, dict[Triple, None]]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Where the paths of the query that is being traced lead to from a term."""
    _met: dict[ox.NamedNode, Triple] = field(default_factory=dict, compare=False, repr=False)
    """The triples of statements that were met in that query: to read them again takes longer."""

    @cached_property
    def documents(self) -> SourceDocuments:
        """The titles, publishers and dates of the documents."""
        return SourceDocuments(self.store, self.names)

    @cached_property
    def _has_lists(self) -> bool:
        return any(
            source_of_list(quad) for quad in self.store.quads(None, term("twinnedWith"), None, None)
        )

    def in_lists(self, triple: Triple) -> ox.NamedNode | None:
        """The statement of a triple that an imported list states, to be asked for its claims."""
        if not self._has_lists:
            return None
        node = statement_iri(triple)
        if node not in self.listed:
            sources = sorted(filter(None, map(source_of_list, self.store.quads(*triple, None))))
            if not sources:
                return None
            self.listed[node] = (triple, sources)
        return node

    def triples_in_lists(
        self, subject: ox.NamedNode | None = None, object: ox.NamedNode | None = None
    ) -> Iterator[Triple]:
        """What imported lists state about a thing, or with a thing as the value."""
        if self._has_lists:
            for quad in self.store.quads(subject, None, object, None):
                if source_of_list(quad):
                    yield quad.subject, quad.predicate, quad.object  # type: ignore[misc]

    def triple(self, statement: ox.NamedNode) -> Triple:
        """The triple that a statement node describes. Raises OddValue where it is incomplete."""
        if statement in self.listed:
            return self.listed[statement][0]
        if statement in self._met:
            return self._met[statement]
        graph = CLAIMS if self._claimed(statement) else DERIVATIONS
        parts = {
            q.predicate.value: q.object for q in self.store.quads(statement, None, None, graph)
        }
        found = tuple(parts.get(RDF + name) for name in ("subject", "predicate", "object"))
        if None in found or not isinstance(found[0], ox.NamedNode):
            raise OddValue(
                Message("{text} is no complete statement", text=shown(short(statement.value)))
            )
        return found  # type: ignore[return-value]

    @cached_property
    def _claimed(self) -> Callable[[ox.NamedNode], bool]:
        """Whether a statement is described as claimed: several steps ask it of each."""
        return lru_cache(maxsize=REMEMBERED)(
            lambda statement: self.store.has(ox.Quad(statement, TYPE, term("Statement"), CLAIMS))
        )

    def is_described(self, statement: ox.NamedNode) -> bool:
        """Whether a statement is described: as claimed or as derived."""
        return self._claimed(statement) or self.store.has(
            ox.Quad(statement, TYPE, term("Statement"), DERIVATIONS)
        )

    def rule(self, statement: ox.NamedNode) -> ox.NamedNode | None:
        """The rule that derives a statement, if one does."""
        found = sorted(
            q.object.value  # type: ignore[union-attr]
            for q in self.store.quads(statement, term("derivedBy"), None, DERIVATIONS)
        )
        return ox.NamedNode(found[0]) if found else None

    def roots(self, statements: Iterable[ox.NamedNode]) -> list[ox.NamedNode]:
        """The claimed statements on which statements rest: themselves, or premises at any depth."""
        seen: set[ox.NamedNode] = set()
        claimed: set[ox.NamedNode] = set()
        queue = list(statements)
        while queue:
            node = queue.pop()
            if node in seen:
                continue
            seen.add(node)
            is_claimed = self._claimed(node)
            if is_claimed or node in self.listed:
                claimed.add(node)
            if not is_claimed:
                queue += [
                    q.object  # type: ignore[misc]
                    for q in self.store.quads(node, term("premise"), None, DERIVATIONS)
                ]
        return sorted(claimed, key=lambda node: node.value)

    def claims(self, statement: ox.NamedNode) -> list[Evidence]:
        """The claims of a statement: documents before editors, then by document."""
        found = list(self._of_documents(statement))
        found += [self._of_list(statement, iri) for iri in self.listed.get(statement, ((), []))[1]]
        return sorted(found, key=lambda e: (e.is_editorial, e.document, e.modality))

    @cached_property
    def _of_documents(self) -> Callable[[ox.NamedNode], tuple[Evidence, ...]]:
        """The claims of a statement in documents: pages show most of them at two ends."""
        return lru_cache(maxsize=REMEMBERED)(self._read_of_documents)

    def _read_of_documents(self, statement: ox.NamedNode) -> tuple[Evidence, ...]:
        quads = list(self.store.quads(None, term("claims"), statement, CLAIMS))
        if not quads:
            return ()
        triple = self.triple(statement)
        return tuple(self._evidence(statement, triple, quad.subject) for quad in quads)  # type: ignore[arg-type]

    def _of_list(self, statement: ox.NamedNode, iri: str) -> Evidence:
        """An imported list as evidence of what it states: the whole list is its claim."""
        document = ox.NamedNode(iri)
        return Evidence(
            statement.value,
            self.listed[statement][0],
            iri,
            self.documents.title(iri),
            self._text(document, "address", None),
            self.documents.published(iri),
            "asserted",
            "normal",
            (),
            {},
            {},
            "",
            self._date(document, "retrievedOn", None),
            False,
            self.documents.publisher(iri),
        )

    def behind_rows(self, answer: Answer) -> list[list[ox.NamedNode]]:
        """For each row of an answer the claimed statements on which it rests.

        Where the answer does not carry the solutions behind its rows, they are asked for here.
        """
        patterns = answer.query.patterns
        self._walked.clear()
        self._met.clear()
        behind = answer.behind
        found = [
            {node for solution in solutions for node in self._statements(patterns, solution)}
            for solutions in (solutions_behind(self.store, answer) if behind is None else behind)
        ]
        return [self.roots(nodes) for nodes in found]

    def _statements(
        self, patterns: Iterable[TriplePattern], solution: Solution
    ) -> Iterator[ox.NamedNode]:
        """The statements that a solution names, and those that its patterns become with it."""
        for value in solution.values():
            if isinstance(value, ox.NamedNode) and value.value.startswith(STATEMENT):
                yield value
        for triple in filter(None, (fill(pattern, solution) for pattern in patterns)):
            for stated in self._triples(*triple):
                node = self.in_lists(stated) or statement_iri(stated)
                if node in self._met or node in self.listed or self.is_described(node):
                    self._met[node] = stated
                    yield node

    def _triples(self, subject: Term, predicate: object, value: Term) -> Iterator[Triple]:
        """The triples of a pattern that is filled in: of a path all that lead to its end."""
        if not isinstance(predicate, PropertyPath):
            yield subject, predicate, value  # type: ignore[misc]
            return
        if (subject, predicate) not in self._walked:
            ends: dict[Term, dict[Triple, None]] = defaultdict(dict)
            for end, triples in self._walks(subject, predicate):
                ends[end].update(dict.fromkeys(triples))
            self._walked[subject, predicate] = ends
        yield from self._walked[subject, predicate].get(value, ())

    def _walks(self, start: Term, path: Step, back: bool = False) -> Iterator[Walk]:
        """The ends of a path from a term, each with the triples on the way.

        There may be several ways to an end; where a part is repeated, the shortest of them is
        given. `back` goes from the object of the path to its subject.
        """
        if isinstance(path, ox.NamedNode):
            yield from self._steps(start, path, back)
        elif path.kind == "^":
            yield from self._walks(start, path.parts[0], not back)
        elif path.kind == "|":
            for part in path.parts:
                yield from self._walks(start, part, back)
        elif path.kind == "/":
            yield from self._sequence(start, path.parts[::-1] if back else path.parts, back)
        elif path.kind == "!":
            for end, triples in self._steps(start, None, back):
                if triples[0][1] not in path.parts:
                    yield end, triples
        else:
            yield from self._repeated(start, path, back)

    def _steps(self, start: Term, predicate: ox.NamedNode | None, back: bool) -> Iterator[Walk]:
        subject, value = (None, start) if back else (start, None)
        if subject is None or isinstance(subject, ox.NamedNode):
            for quad in self.store.quads(subject, predicate, value, ox.DefaultGraph()):
                triple = (quad.subject, quad.predicate, quad.object)
                yield (quad.subject if back else quad.object), (triple,)  # type: ignore[misc]

    def _sequence(self, start: Term, parts: tuple[Step, ...], back: bool) -> Iterator[Walk]:
        if not parts:
            yield start, ()
            return
        for middle, first in self._walks(start, parts[0], back):
            for end, rest in self._sequence(middle, parts[1:], back):
                yield end, first + rest

    def _repeated(self, start: Term, path: PropertyPath, back: bool) -> Iterator[Walk]:
        if path.kind != "+":
            yield start, ()
        met = {start} if path.kind != "+" else set()
        queue: deque[Walk] = deque([(start, ())])
        while queue:
            middle, way = queue.popleft()
            for end, triples in self._walks(middle, path.parts[0], back):
                if end not in met:
                    met.add(end)
                    yield end, way + triples
                    if path.kind != "?":
                        queue.append((end, way + triples))

    def _evidence(self, statement: ox.NamedNode, triple: Triple, claim: ox.NamedNode) -> Evidence:
        said: dict[str, list[Term]] = defaultdict(list)
        for quad in self.store.quads(claim, None, None, CLAIMS):
            said[quad.predicate.value.removeprefix(NS)].append(quad.object)  # type: ignore[arg-type]

        def text(name: str) -> str:
            return min([value.value for value in said[name]]) if name in said else ""

        def labels(name: str) -> Labels:
            return {v.language: v.value for v in said[name] if isinstance(v, ox.Literal)}  # type: ignore[misc]

        document = ox.NamedNode(text("inDocument"))
        title, address, digest, published, publisher, link = self._document(document)
        spans = sorted((span.value for span in said["evidence"]), key=_span)
        as_of = text("claimedAsOf")
        return Evidence(
            statement.value,
            triple,
            document.value,
            title,
            address,
            published,
            text("modality").rsplit("/", 1)[-1],
            text("rank").rsplit("/", 1)[-1],
            tuple(self._passage(span, digest) for span in spans),
            labels("note"),
            labels("rankReason"),
            text("attributedTo"),
            self.names.label(as_of, "en") if as_of else "",
            text("isInferred") == "true",
            publisher,
            link,
        )

    def _document(self, document: ox.NamedNode) -> tuple[Labels, str, str, str, Labels, str]:
        """Title, address, SHA-256, date, publisher and link of a document; '' where it has none."""
        return self.store.read_once(
            ("document", document),
            lambda: (
                self.documents.title(document.value),
                self._text(document, "address", None),
                self._text(document, "sha256", None),
                self.documents.published(document.value),
                self.documents.publisher(document.value),
                self.documents.link(document.value),
            ),
        )

    def _passage(self, iri: str, digest: str) -> Passage:
        span = _span(iri)
        language = self._text(ox.NamedNode(iri), "spanLanguage").rsplit("/", 1)[-1]
        link = self._text(ox.NamedNode(iri), "passageLink")
        found = self.texts.sentence(digest, span) if self.texts else None
        return Passage(iri, span, language, *(found or ("", (0, 0))), link)

    def _quads(
        self, subject: ox.NamedNode, name: str, graph: ox.NamedNode | None = CLAIMS
    ) -> Iterator[ox.Quad]:
        where = graph or ox.DefaultGraph()
        yield from self.store.quads(subject, term(name), None, where)

    def _values(
        self, subject: ox.NamedNode, name: str, graph: ox.NamedNode | None = CLAIMS
    ) -> list[str]:
        return [q.object.value for q in self._quads(subject, name, graph)]  # type: ignore[union-attr]

    def _text(self, subject: ox.NamedNode, name: str, graph: ox.NamedNode | None = CLAIMS) -> str:
        return min(self._values(subject, name, graph), default="")

    def _date(self, subject: ox.NamedNode, name: str, graph: ox.NamedNode | None) -> str:
        iri = self._text(subject, name, graph)
        return self.names.label(iri, "en") if iri else ""


def _span(iri: str) -> Span:
    start, end = iri.rsplit("#char=", 1)[1].split(",")
    return int(start), int(end)


__all__ = ["Evidence", "Passage", "ProvenanceTracer", "source_of_list"]
