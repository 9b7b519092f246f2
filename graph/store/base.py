"""The store behind every question: one interface, and Oxigraph in memory or on disk behind it.

The third way, a SPARQL server, is in `graph.store.remote`; `graph.open_store` chooses by name.
"""

from __future__ import annotations

import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox

from citypact.graph.sparql.syntax import SparqlQuery
from citypact.graph.store.name_index import NameIndex
from citypact.ontology import ID, LANGUAGES, NS, RDF
from citypact.ontology.errors import CitypactError, Message, either, system_reason
from citypact.ontology.vocabulary import GENERAL_PREFIXES, Term, prefixes
from citypact.sources.files.input_files import read_at_most, refuse_devices

_MOST_IN_SUMMARY = 10_000_000
"""Bytes of a summary; ours have some thousands."""

Solution = dict[str, Term]
T = TypeVar("T")

RDF_TYPE = ox.NamedNode(RDF + "type")
DEFAULT_GRAPH = ox.DefaultGraph()
FITTING = 1_000_000
"""Quads up to which a graph is read into memory; they take some 700 bytes each."""


@dataclass(frozen=True)
class Bindings:
    """What SELECT gives: the names of the columns, and the rows as they come."""

    columns: list[str]
    rows: Iterator[tuple[Term | None, ...]]


QueryResult = Bindings | bool | Iterator[ox.Triple]
"""Rows of SELECT, yes or no of ASK, triples of CONSTRUCT and DESCRIBE."""


class Store(ABC):
    """A graph that can be asked, wherever it is kept.

    Facts stand in the default graph, claims and derivations in named graphs beside it.
    """

    is_near = False
    """Whether one question costs so little that many small ones can be asked."""
    name_index: NameIndex | None = None
    """The index of names that was written with the graph, if any."""

    @abstractmethod
    def answer(self, text: str) -> QueryResult:
        """Whatever a query asks for. Raises CitypactError for a query that is not SPARQL."""

    @abstractmethod
    def quads(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads that fit a pattern, in no particular order; None fits everything."""

    @abstractmethod
    def __len__(self) -> int:
        """How many quads there are in all graphs."""

    @abstractmethod
    def summary(self) -> dict[str, Any]:
        """What the build says of itself; empty where nobody counted."""

    @cached_property
    def _read(self) -> dict[Hashable, Any]:
        return {}

    def read_once(self, name: Hashable, read: Callable[[], T]) -> T:
        """What `read` gives when it is first asked for by that name: only to be read.

        For what many ask of the whole store. An opened store does not change.
        """
        if name not in self._read:
            self._read[name] = read()
        found: T = self._read[name]
        return found

    @cached_property
    def centre(self) -> str:
        """The IRI of the city or body around which the project of this graph is; '' for none."""
        centre = self.summary().get("centre")
        return ID + centre if isinstance(centre, str) and centre else ""

    @cached_property
    def title(self) -> dict[str, str]:
        """The title of the project of this graph by language; empty for none."""
        title = self.summary().get("title")
        if not isinstance(title, dict) or not all(title.get(each) for each in LANGUAGES):
            return {}
        return {language: str(title[language]) for language in LANGUAGES}

    def within(self, seconds: float | None) -> AbstractContextManager[None]:
        """Within the block, what asks others ends after so many seconds together."""
        return nullcontext()

    def for_others(self, query: SparqlQuery) -> SparqlQuery:
        """A query as other programs can send it to where this graph is kept."""
        return query.self_contained

    def has(self, quad: ox.Quad) -> bool:
        """Whether the store holds a quad."""
        found = self.quads(quad.subject, quad.predicate, quad.object, quad.graph_name)  # type: ignore[arg-type]
        return next(found, None) is not None

    def select(self, text: str) -> tuple[list[str], Iterator[tuple[Term | None, ...]]]:
        """Answers a SELECT query: the names of the columns and the rows as they come."""
        result = self.answer(text)
        if not isinstance(result, Bindings):
            raise CitypactError("this is not a SELECT query\n    -> begin it with SELECT")
        return result.columns, result.rows

    def solutions(self, text: str) -> Iterator[Solution]:
        """The rows of a SELECT query as dictionaries without the unbound variables."""
        names, rows = self.select(text)
        for row in rows:
            yield {name: v for name, v in zip(names, row, strict=True) if v is not None}

    def instances(self, name: str) -> int:
        """How many things are of a class, by its local name, in any graph."""
        return len({q.subject for q in self.quads(None, RDF_TYPE, ox.NamedNode(NS + name))})

    def in_memory(self) -> Store:
        """The same graph in memory where that can be had, else this."""
        return self

    def documents(self) -> int:
        """How many source documents there are; the editors are none."""
        return self.instances("SourceDocument") - 1


class LocalStore(Store):
    """Oxigraph in this process. Make one with `LocalStore.open` or `LocalStore.of`."""

    is_near = True

    def __init__(
        self,
        inner: ox.Store,
        counted: Callable[[], dict[str, Any]] = dict,
        name_index: NameIndex | None = None,
        folder: Path | None = None,
    ) -> None:
        """counted: gives the summary of the store, when it is asked for. folder: of its build."""
        self.inner, self._counted, self.folder = inner, counted, folder
        self.name_index = name_index

    @classmethod
    def of(
        cls, quads: Iterable[ox.Quad], counted: Callable[[], dict[str, Any]] = dict
    ) -> LocalStore:
        """A store in memory that holds the quads."""
        inner = ox.Store()
        inner.bulk_extend(quads)
        return cls(inner, counted=counted)

    @classmethod
    def open(cls, build: Path) -> LocalStore:
        """Opens the store of a build for reading.

        `build` is the folder that `citypact build` made. Raises CitypactError where there is none,
        or where it was made by another version of the store.
        """
        for _ in range(20):
            before = build_identity(build)
            if not (build / "store").is_dir():
                raise _no_graph(build)
            try:
                inner = ox.Store.read_only(str(build / "store"))
                summary = partial(_summary, build, _summary_file(build))
                store = cls(inner, summary, NameIndex.open(build), build)
                # A build that ends at this moment takes the old folder away: look again.
                if build_identity(build) == before:
                    return store
            except (OSError, ValueError, RuntimeError) as error:
                if build_identity(build) == before:
                    raise CitypactError(
                        "{build}: cannot be opened ({error})\n    -> build again: `citypact build`",
                        build=build / "store",
                        error=system_reason(error) if isinstance(error, OSError) else error,
                    ) from error
                time.sleep(0.05)
        raise CitypactError(
            "{build}: changes too often to be opened\n    -> try again", build=build
        )

    def in_memory(self) -> LocalStore:
        """The same graph in memory, for who asks much; itself where it is there or too large.

        To read 300,000 quads takes a second of CPU; from then on answers take a third of the time.
        """
        if self.folder is None or len(self.inner) > FITTING:
            return self
        import hashlib

        inner = ox.Store()
        data = _graph_file(self.folder)
        if data and hashlib.sha256(data).hexdigest() == self.summary().get("graph sha256"):
            inner.bulk_load(data, format=ox.RdfFormat.N_QUADS)
        else:
            inner.bulk_extend(self.inner)
        return LocalStore(inner, self._counted, self.name_index)

    def __len__(self) -> int:
        return len(self.inner)

    def quads(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        return self.inner.quads_for_pattern(subject, predicate, object, graph)

    def has(self, quad: ox.Quad) -> bool:
        return quad in self.inner

    def answer(self, text: str) -> QueryResult:
        result = self._query(text)
        if isinstance(result, ox.QuerySolutions):
            columns = [variable.value for variable in result.variables]
            return Bindings(columns, _rows(result))
        return bool(result) if isinstance(result, ox.QueryBoolean) else result

    def _query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self._parsed(text)
        except SyntaxError as error:
            raise CitypactError(syntax_error(text, str(error))) from error
        except (OSError, RuntimeError) as error:
            raise CitypactError(
                "the store cannot be read: {error}\n    -> build again", error=error
            ) from error
        except ValueError as error:
            raise CitypactError("the query cannot be answered: {error}", error=error) from error

    def _parsed(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """The engine's answer. Most queries need no prefix for which the vocabulary is read."""
        try:
            return self.inner.query(text, prefixes=GENERAL_PREFIXES)
        except SyntaxError:
            return self.inner.query(text, prefixes=prefixes())

    def summary(self) -> dict[str, Any]:
        return self._counted()


def _rows(found: ox.QuerySolutions) -> Iterator[tuple[Term | None, ...]]:
    """The rows as they come; the engine may fail in their midst, where it asks others (SERVICE)."""
    try:
        for row in found:
            yield tuple(row)
    except (OSError, RuntimeError, ValueError) as error:
        raise CitypactError("the query cannot be answered: {error}", error=error) from error


def check_syntax(text: str) -> None:
    """Raises CitypactError, with line and column, for what is not SPARQL; nothing is asked."""
    LocalStore(ox.Store()).answer(text)


def ended_after(seconds: float) -> Message:
    """What is said of a query that took longer than it was given."""
    return Message(
        "the query was ended after {seconds} s\n"
        "    -> ask for less, or allow more time with timeout",
        seconds=f"{seconds:g}",
    )


def syntax_error(text: str, error: str) -> Message:
    """Where a query is no SPARQL: its line, with a mark below the place where reading ends."""
    from citypact.graph.sparql.mistakes import mistake

    found = re.match(r"error at (\d+):(\d+): ", error)
    if not found:
        return Message("the query is not SPARQL: {error}", error=error)
    line, column = int(found[1]), int(found[2])
    rows = text.split("\n")
    row = rows[line - 1] if line <= len(rows) else ""
    first = max(0, column - 50)
    place = f"    {row[first : first + 80]}\n    {' ' * (column - 1 - first)}^"
    # The engine goes on with all that could stand there, dozens of keywords in no order.
    # It seldom says that a prefix is unknown: what stands before the mark is the likelier reason.
    before = "\n".join([*rows[: line - 1], row[: column - 1]])
    missing = SparqlQuery(text).undeclared_before(len(before))
    if missing is not None:
        return Message(
            "the query is not SPARQL: line {line}, column {column}: the prefix {prefix}: is not "
            "declared\n{place}\n"
            "    -> declare it (PREFIX {prefix}: <…>), or use one that needs no declaration:\n"
            "{known}",
            line=line,
            column=column,
            prefix=missing,
            place=place,
            known=_listed(prefixes()),
        )
    return Message(
        "the query is not SPARQL: line {line}, column {column}{reason}\n{place}\n"
        "    -> correct it there; prefixes such as citypact:, agreement: and code-form: need no "
        "declaration",
        line=line,
        column=column,
        reason=Message(": {reason}", reason=known)
        if (known := mistake(text))
        else _reason(error[found.end() :]),
        place=place,
    )


REASONS = (
    Message("BIND is overriding an existing variable"),
    Message("An existing variable is overridden in the right side of LATERAL"),
    Message("Already used blank node id"),
    Message("Duplicated variable name in SELECT"),
    Message("Literals or triple terms are not allowed in subject position of nested patterns"),
    Message("Repeated variables are not allowed in VALUES clauses."),
    Message("SELECT * is not authorized with GROUP BY"),
    Message("The SELECT contains a variable that is unbound"),
    Message("The SELECT contains an expression with a variable that is unbound"),
    Message("The SELECT overrides an existing variable using an expression"),
    Message(
        "The VALUES clause rows should have exactly the same number of values as there are "
        "variables. To set a value to undefined use UNDEF."
    ),
    Message("Unexpected aggregate"),
    Message("language tag parsing failed"),
    Message("prefix IRI parsing failed"),
    Message("IRI parsing failed"),
)
"""What the engine (spargebra) says of queries besides the words that it expects."""
ANYWHERE = ("SERVICE", "LATERAL", "OPTIONAL", "DISTINCT", "<unreported>")
"""Words that the engine names wherever a group or a selection is broken off."""
FEW = 6
"""How many expected words say something; the engine may list dozens."""


def _reason(error: str) -> Message:
    """Why a query is no SPARQL, in the engine's words: its sentence, else the words it expects."""
    for reason in REASONS:
        if reason in error:
            return Message(": {reason}", reason=reason)
    # Classes of characters, such as ['0'..='9'] and [_] for any, say nothing to people.
    listed = re.sub(
        r"\[(?:'.*?'|_)\](?=, |$)", "", error.removeprefix("expected "), flags=re.DOTALL
    )
    words = [word.strip(' "') for word in listed.removeprefix("one of ").split(", ")]
    words = [word for word in words if word and word not in ANYWHERE]
    if {"?", "$", "<"} <= set(words):
        signs = [sign for sign in (".", "{", "}") if sign in words]
        return Message(
            ": the engine expects {words}",
            words=either([Message("a name, variable or value"), *signs]),
        )
    if not 0 < len(words) <= FEW:
        return Message("")
    return Message(": the engine expects {words}", words=either(words))


def _listed(names: Iterable[str]) -> str:
    """Prefixes in lines of a width that terminals have."""
    import textwrap

    words = " ".join(f"{name}:" for name in sorted(names))
    return textwrap.fill(
        words, 96, initial_indent=" " * 7, subsequent_indent=" " * 7, break_on_hyphens=False
    )


def _no_graph(build: Path) -> CitypactError:
    """What to say of a place without a graph; a build goes only where nothing else is."""
    if build.is_file() or (build.is_dir() and any(build.iterdir())):
        return CitypactError(
            "{build}: has no graph\n    -> name the folder of a build with --store", build=build
        )
    return CitypactError(
        "{build}: has no graph\n    -> run `citypact build --out {build}` first", build=build
    )


def _summary(build: Path, data: bytes) -> dict[str, Any]:
    """The summary of a build, whose file was read when its store was opened."""
    if not data:
        raise CitypactError("{folder}: has lost its summary\n    -> build again", folder=build)
    import json

    try:
        found: dict[str, Any] = json.loads(data)
        title = found.get("title", {})
        texts = [*title.values(), found.get("centre", ""), found.get("graph sha256", "")]
        is_whole = all(isinstance(text, str) for text in texts)
    except (ValueError, RecursionError, AttributeError):
        is_whole = False
    if not is_whole:
        raise CitypactError("{folder}: has a damaged summary\n    -> build again", folder=build)
    return found


def _summary_file(build: Path) -> bytes:
    """The file of the summary; nothing where there is none: most questions do without."""
    try:
        return read_at_most(build / "summary.json", _MOST_IN_SUMMARY)
    except FileNotFoundError:
        return b""


def _graph_file(build: Path) -> bytes:
    """The N-Quads of a build; nothing where there are none, as after a load."""
    try:
        refuse_devices(build / "graph.nq")
        return (build / "graph.nq").read_bytes()
    except OSError:
        return b""


def build_identity(build: Path) -> tuple[int, int]:
    """Which folder stands at `build` at this moment; zeros for none."""
    try:
        found = build.stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino
