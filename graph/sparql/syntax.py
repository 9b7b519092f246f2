"""A SPARQL query taken apart: its form, its triple patterns, the same query with all variables.

This is how the evidence of an answer is found: the patterns, filled in with a solution, are the
statements on which a row or a derived fact rests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from urllib.parse import urljoin

import pyoxigraph as ox

from citypact.graph.rdf.rdflib_terms import from_rdflib
from citypact.graph.sparql.blank_nodes import blank_nodes_as_variables
from citypact.graph.sparql.tokens import Token, dots_behind, tokens
from citypact.ontology.errors import CitypactError
from citypact.ontology.query_files import headers
from citypact.ontology.vocabulary import namespace, prefixes

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
MAKING = ("CONSTRUCT", "DESCRIBE")
"""Forms whose result is triples."""
CHANGING = ("GROUP", "HAVING", "LIMIT", "OFFSET", "VALUES")
"""Words behind the group with which more columns would change the rows."""


Part = ox.NamedNode | ox.Literal | ox.Variable


@dataclass(frozen=True)
class PropertyPath:
    """A property path: its kind, which is the sign that SPARQL writes, and its parts.

    kind: `/` sequence, `|` alternatives, `^` inverse, `*`, `+` or `?` repeated, `!` none of these.
    """

    kind: str
    parts: tuple[ox.NamedNode | PropertyPath, ...]


TriplePattern = tuple[Part, Part | PropertyPath, Part]
"""Subject, predicate (a term, a variable or a path) and object."""


class KeptPatterns(NamedTuple):
    """What was read of a query before: the patterns of its group, and of CONSTRUCT the template."""

    patterns: tuple[TriplePattern, ...]
    template: tuple[TriplePattern, ...]


@dataclass(frozen=True)
class SparqlQuery:
    """A query as text, with its parts; each is read once, at the first need.

    It need not be valid: what can't be read has no parts, and the engine says where the fault is.
    unbound: the query before its parameters were bound to terms, if it had any: values add no
    patterns, so that those of a named query are read once, whatever is asked.
    kept: gives the patterns of a text, where somebody read them before.
    is_ours: whether it is a named query: then a user gives it terms at most, never SPARQL.
    """

    text: str
    unbound: SparqlQuery | None = field(default=None, repr=False, compare=False)
    kept: Callable[[str], KeptPatterns | None] | None = field(
        default=None, repr=False, compare=False
    )
    is_ours: bool = field(default=False, repr=False, compare=False)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens that mean something: without white space and comments."""
        return tuple(each for each in tokens(self.text) if each.kind not in ("space", "comment"))

    @cached_property
    def declared(self) -> dict[str, str]:
        """The prefixes that the query declares itself."""
        return self._prologue[0]

    @cached_property
    def self_contained(self) -> SparqlQuery:
        """The same query, with declarations of the known prefixes that it uses without them."""
        used = {token.text.partition(":")[0] for token in self.tokens if token.kind == "name"}
        missing = [
            f"PREFIX {prefix}: <{known}>"
            for prefix in sorted(used.difference(self.declared))
            if (known := namespace(prefix))
        ]
        return SparqlQuery("\n".join([*missing, self.text])) if missing else self

    def undeclared_before(self, offset: int) -> str | None:
        """The first prefix that the query uses before an offset and nothing declares."""
        known = {*prefixes(), *self.declared, "_"}
        for token in self.tokens:
            prefix = token.text.partition(":")[0]
            is_used = token.kind == "name" and self._form[0] <= token.offset < offset
            is_used &= self.text[token.offset - 1] != "<"  # the scheme of an IRI with a space
            if is_used and prefix not in known:
                return prefix
        return None

    def iri(self, token: Token) -> str:
        """The IRI that a token means, written out or as a prefixed name; empty for others."""
        declared, base = self._prologue
        if token.kind == "iri":
            return _resolved(base, token.text[1:-1])
        prefix, _, local = token.text.partition(":")
        space = declared[prefix] if prefix in declared else namespace(prefix)
        if token.kind != "name" or space is None:
            return ""
        return space + re.sub(r"\\(.)", r"\1", local[: len(local) - dots_behind(local)])

    @cached_property
    def written_out(self) -> str:
        """The query with IRIs in place of prefixed names, which any parser reads alike.

        White space and comments stay; so do names whose prefix is neither declared nor known.
        """
        return self.replaced(lambda iri: iri)

    def replaced(self, replacement: Callable[[str], str | None]) -> str:
        """The query with another IRI where `replacement` gives one for an IRI that it names.

        The prologue stays: a name there is a prefix.
        """
        found = []
        for token in tokens(self.text):
            is_body = token.kind in ("iri", "name") and token.offset >= self._form[0]
            iri = self.iri(token) if is_body else ""
            other = replacement(iri) if iri else None
            dots = dots_behind(token.text) if token.kind == "name" else 0
            found.append(token.text if other is None else f"<{other}>{'.' * dots}")
        return "".join(found)

    @cached_property
    def _prologue(self) -> tuple[dict[str, str], str]:
        """The prefixes that the query declares, and its base."""
        found, base = {}, ""
        before: tuple[str, ...] = ("", "")
        for token in self.tokens:
            if self.form and token.offset >= self._form[0]:
                break
            if token.kind == "iri" and before[1].upper() == "BASE":
                base = token.text[1:-1]
            elif token.kind == "iri" and before[0].upper() == "PREFIX":
                found[before[1].removesuffix(":")] = _resolved(base, token.text[1:-1])
            before = before[1], token.text
        return found, base

    @cached_property
    def form(self) -> str:
        """SELECT, CONSTRUCT, ASK or DESCRIBE; empty for text that is none of them."""
        return self.text[slice(*self._form)].upper()

    @cached_property
    def is_distinct(self) -> bool:
        """Whether rows that are the same are given once: SELECT DISTINCT."""
        return self._selection[:1] == ["DISTINCT"]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The variables that are selected by name; none for `SELECT *`."""
        return tuple(word[1:] for word in self._selection if word.startswith("?"))

    def in_order(self, names: Sequence[str]) -> list[str]:
        """The columns of an answer as the query has them: of `SELECT *` as they are written.

        Engines give the variables of `SELECT *` in any order.
        """
        if not set(self._selection) <= {"DISTINCT", "REDUCED", "*"}:
            return list(names)
        written = [token.text[1:] for token in self.tokens if token.kind == "variable"]
        return sorted(set(names).intersection(written), key=written.index)

    @cached_property
    def several(self) -> frozenset[str]:
        """The columns that hold several values each, as the header of a query file says.

        GROUP_CONCAT joins the values by SEPARATOR.
        """
        return frozenset(headers(self.text).get("several", "").split())

    @cached_property
    def patterns(self) -> tuple[TriplePattern, ...]:
        """The triple patterns that a solution fulfils: those outside of negation and named graphs.

        Raises CitypactError for what is not SPARQL 1.1, and for the one path that rdflib misreads.
        """
        if self.unbound:
            return self.unbound.patterns
        kept = self.kept(self.text) if self.kept else None
        return self.parsed if kept is None else kept.patterns

    @property
    def parsed(self) -> tuple[TriplePattern, ...]:
        """The same patterns, read from the text even where they are kept."""
        found: list[TriplePattern] = []
        algebra = self._with_variables._algebra
        _collect(algebra.get("p", algebra), found)
        return tuple(dict.fromkeys(found))

    @cached_property
    def template(self) -> tuple[TriplePattern, ...]:
        """The template of a CONSTRUCT query."""
        kept = self.kept(self.text) if self.kept else None
        return self.parsed_template if kept is None else kept.template

    @property
    def parsed_template(self) -> tuple[TriplePattern, ...]:
        """The same template, read from the text even where it is kept; none of other forms."""
        if self.form != "CONSTRUCT":
            return ()
        return tuple(found for t in self._algebra.template if (found := _pattern(t)))

    def over(self, facts: str, named: Iterable[str]) -> SparqlQuery:
        """The same query with a dataset of its own: a default graph and named graphs, by IRI."""
        begin, end = self._group
        place = begin if end else len(self.text)
        before = [token for token in self.tokens if token.offset < place]
        if before and before[-1].text.upper() == "WHERE":
            head = self.text[: before[-1].offset]
        else:
            head = self.text[:place]
        clauses = [f"FROM <{facts}>", *(f"FROM NAMED <{name}>" for name in named)]
        group = f"WHERE {self.text[begin:]}" if end else ""
        return SparqlQuery("\n".join([head.rstrip(), *clauses, group]))

    @property
    def solutions(self) -> SparqlQuery:
        """The same patterns with every variable shown: SELECT * over the outermost group.

        Raises CitypactError for a query without a group.
        """
        begin, end = self._group
        if begin == end:
            raise CitypactError(
                "the query has no group of patterns { … }\n    -> write a SELECT query"
            )
        return SparqlQuery(self._all_variables)

    @cached_property
    def widened(self) -> SparqlQuery | None:
        """A query with the rows of this one in the same order, and all variables for each.

        DISTINCT is left out: of a query that has it, equal rows come as often as they are found.
        None where more columns would change which rows there are, or how they are found: where
        rows are grouped, counted, cut or computed.
        """
        begin, end = self._group
        selected = self._selection[self.is_distinct :]
        is_plain = selected == ["*"] or (
            all(word.startswith("?") for word in selected) and len(set(selected)) == len(selected)
        )
        rest = [token.text.upper() for token in self.tokens if token.offset >= end]
        if self.form != "SELECT" or begin == end or not selected or not is_plain:
            return None
        if any(word.startswith(CHANGING) for word in rest):
            return None
        return SparqlQuery(f"{self._all_variables}{self.text[end:]}")

    @cached_property
    def _form(self) -> tuple[int, int]:
        """Where the word that gives the form begins and ends; nowhere where there is none."""
        for token in self.tokens:
            if token.kind == "word" and token.text.upper() in FORMS:
                return token.offset, token.offset + len(token.text)
        return 0, 0

    @cached_property
    def _group(self) -> tuple[int, int]:
        """Where the outermost group of patterns begins and ends; nowhere where there is none."""
        begin, depth, has_where = -1, 0, False
        for token in self.tokens:
            if token.offset < self._form[1] or not self.form:
                continue
            has_where |= depth == 0 and token.kind == "word" and token.text.upper() == "WHERE"
            if token.kind == "other" and token.text == "{":
                # Before WHERE the braces of CONSTRUCT hold its template.
                if depth == 0 and (self.form != "CONSTRUCT" or has_where):
                    begin = token.offset
                depth += 1
            elif token.kind == "other" and token.text == "}":
                depth -= 1
                if depth == 0 and begin >= 0:
                    return begin, token.offset + 1
        return 0, 0

    @cached_property
    def _selection(self) -> list[str]:
        """What stands between the form and the group, WHERE left out; variables with `?`."""
        begin, end = self._form[1], self._group[0]
        found = [token for token in self.tokens if begin <= token.offset < end]
        words = [f"?{t.text[1:]}" if t.kind == "variable" else t.text.upper() for t in found]
        return words[:-1] if words[-1:] == ["WHERE"] else words

    @property
    def _all_variables(self) -> str:
        begin, end = self._with_variables._group
        return f"{self.text[: self._form[0]]}SELECT * WHERE {self._with_variables.text[begin:end]}"

    @cached_property
    def _with_variables(self) -> SparqlQuery:
        """The same query with variables in place of the blank nodes of its patterns."""
        begin, end = self._group
        group = blank_nodes_as_variables(self.text[begin:end])
        if group == self.text[begin:end]:
            return self
        return SparqlQuery(f"{self.text[:begin]}{group}{self.text[end:]}")

    @cached_property
    def clauses(self) -> frozenset[str] | None:
        """What rdflib's grammar finds in the query, such as `ServiceGraphPattern`.

        None where it is not SPARQL 1.1 to rdflib.
        """
        from pyparsing import ParseResults
        from rdflib.plugins.sparql.parser import parseQuery

        try:
            with _without_memoization():
                parsed = parseQuery(self.text)
        except Exception:  # whatever it cannot read, or not in time and depth
            return None
        found: set[str] = set()
        queue: list[Any] = [parsed]
        while queue:
            node = queue.pop()
            if isinstance(node, str):
                continue
            found |= {node.name} if hasattr(node, "name") and isinstance(node.name, str) else set()
            queue += node.values() if isinstance(node, dict) else []
            queue += list(node) if isinstance(node, list | tuple | ParseResults) else []
        return frozenset(found)

    @property
    def _algebra(self) -> Any:
        return _algebra(self.written_out)


def _resolved(base: str, iri: str) -> str:
    """An IRI as it is meant where there is a base; urljoin loses an empty fragment."""
    return urljoin(base, iri) + ("#" if iri.endswith("#") else "") if base else iri


@lru_cache(maxsize=256)
def _algebra(text: str) -> Any:
    from rdflib.plugins.sparql import prepareQuery

    try:
        with _without_memoization():
            return prepareQuery(text).algebra
    except Exception as error:  # rdflib raises bare Exception for what it cannot read
        raise CitypactError(
            "the evidence of this query cannot be traced: {error}\n"
            "    -> ask without --why, or in SPARQL 1.1",
            error=error,
        ) from error


@contextmanager
def _without_memoization() -> Iterator[None]:
    """Parses without pyparsing's memory of what it tried, which makes it take 2.5 times as long.

    matplotlib switches it on for all parsers of the process, and igraph imports matplotlib.
    """
    from pyparsing import ParserElement

    is_on = getattr(ParserElement, "_packratEnabled", False)
    ParserElement.disable_memoization()
    try:
        yield
    finally:
        if is_on:
            ParserElement.enable_packrat(force=True)


def fill(
    pattern: TriplePattern, solution: dict[str, Any]
) -> tuple[ox.NamedNode, object, ox.NamedNode | ox.Literal] | None:
    """The triple that a pattern becomes in a solution; None where a variable is unbound.

    Where its predicate is a path, it stays one, and its subject may be a literal.
    """
    subject, predicate, value = [
        solution.get(part.value) if isinstance(part, ox.Variable) else part for part in pattern
    ]
    if subject is None or predicate is None or value is None:
        return None
    if isinstance(value, ox.BlankNode) or isinstance(subject, ox.BlankNode):
        return None
    if not isinstance(subject, ox.NamedNode) and not isinstance(predicate, PropertyPath):
        return None
    return subject, predicate, value  # type: ignore[return-value]


def _collect(node: Any, found: list[TriplePattern]) -> None:
    from rdflib.plugins.sparql.parserutils import CompValue

    if not isinstance(node, CompValue):
        return
    if node.name == "Graph":
        return
    if node.name == "BGP":
        found += [p for t in node.triples if (p := _pattern(t))]
        return
    if node.name == "Minus":
        _collect(node.p1, found)
        return
    for key in ("p", "p1", "p2"):
        if key in node:
            _collect(node[key], found)


def _pattern(triple: tuple[Any, Any, Any]) -> TriplePattern | None:
    from rdflib.paths import Path

    subject, predicate, value = triple
    middle = _path(predicate) if isinstance(predicate, Path) else _part(predicate)
    first, last = _part(subject), _part(value)
    if first is None or middle is None or last is None:
        return None
    return first, middle, last


def _path(path: Any) -> ox.NamedNode | PropertyPath:
    """A path of rdflib, or a property within one."""
    from rdflib import paths
    from rdflib.term import URIRef

    if isinstance(path, URIRef):
        return ox.NamedNode(str(path))
    if isinstance(path, paths.InvPath):
        return PropertyPath("^", (_path(path.arg),))
    if isinstance(path, paths.MulPath):
        return PropertyPath(path.mod, (_path(path.path),))
    kinds = {"SequencePath": "/", "AlternativePath": "|", "NegatedPath": "!"}
    kind = kinds.get(type(path).__name__)
    if kind is None:
        # rdflib reads !^citypact:party, but loses the property that it is about.
        raise CitypactError(
            "the sources of a negated inverse path, such as !^citypact:party, cannot be traced\n"
            "    -> ask without --why, or exchange subject and object in place of ^"
        )
    return PropertyPath(kind, tuple(map(_path, path.args)))


def _part(value: Any) -> Part | None:
    from rdflib.term import BNode, Literal, URIRef, Variable

    if isinstance(value, Variable):
        return ox.Variable(str(value))
    if isinstance(value, BNode):
        # rdflib names the blank nodes of a query; a solution never binds them.
        return ox.Variable("blank_" + re.sub(r"\W", "", str(value)))
    return from_rdflib(value) if isinstance(value, URIRef | Literal) else None
