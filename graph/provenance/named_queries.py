"""Named queries with typed parameters, guarded free queries, and their answers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from citypact.graph.sparql.kept_patterns import kept_patterns
from citypact.graph.sparql.syntax import SparqlQuery
from citypact.graph.store.base import Bindings, Solution, Store
from citypact.graph.store.labels import Names
from citypact.graph.store.name_forms import similar_names
from citypact.ontology import CODE, XSD, folder
from citypact.ontology.errors import (
    Bilingual,
    CitypactError,
    Message,
    did_you_mean,
    shown,
    suggestion,
)
from citypact.ontology.query_files import headers
from citypact.ontology.vocabulary import Term, vocabulary
from citypact.sources.reading.edtf import parse_edtf

TRIPLES_NOT_ROWS = Message(
    "the result of this query is triples, not rows\n    -> use --format ttl, nt or jsonld"
)


@dataclass(frozen=True)
class Parameter:
    """A parameter of a named query: its variable, its type, what it means, and an example.

    The type is the local name of a class (several joined by `|`), `code:LIST`, `text`, `integer`,
    `year`, `date` or `language`.
    """

    name: str
    type: str
    meaning: dict[str, str]
    example: str
    required: bool = False


@dataclass(frozen=True)
class NamedQuery:
    """A query file: its name, title and purpose in both languages, parameters and text.

    key: the columns that say what a row is about: no two rows have the same values there, as other
    columns may hold several. Empty where that takes all columns.
    """

    name: str
    title: dict[str, str]
    purpose: dict[str, str]
    parameters: tuple[Parameter, ...]
    key: tuple[str, ...]
    text: str = field(repr=False)

    @cached_property
    def query(self) -> SparqlQuery:
        """The query without values for its parameters."""
        return SparqlQuery(self.text, is_ours=True, kept=kept_patterns)


SEPARATOR = "|"
"""What joins several values in a column of an answer, as in networks and in tables as CSV."""


@dataclass(frozen=True)
class Answer:
    """The rows of an answer.

    query: what was asked, with its parameters bound. Columns of `query.several` hold the values of
    `values_of`. behind: for each row the solutions of the
    query's patterns that give it, with all their variables; None where they were not read.
    is_cut: whether there are more rows than were asked for.
    """

    columns: list[str]
    rows: list[tuple[Term | None, ...]]
    query: SparqlQuery = field(repr=False)
    behind: list[list[Solution]] | None = field(default=None, repr=False)
    is_cut: bool = False

    def values(self, column: str, term: Term | None) -> list[Term]:
        """The terms of a cell: several in a column of several values, none where it is empty."""
        if column in self.query.several:
            return values_of(term)
        return [] if term is None else [term]

    def cells(self, row: Sequence[Term | None]) -> list[list[Term]]:
        """The terms of each cell of a row."""
        return [self.values(*cell) for cell in zip(self.columns, row, strict=True)]

    def first(self, number: int) -> Answer:
        """The same with so many rows at most."""
        behind = self.behind[:number] if self.behind is not None else None
        return replace(self, rows=self.rows[:number], behind=behind)


CURES = {
    "date": Message("write a date such as 2017-04-03"),
    "integer": Message("write a whole number such as 10"),
    "year": Message("write a year such as 2013"),
}
"""What to write for a parameter, by its type, where a value cannot be read."""


@cache
def named_queries() -> dict[str, NamedQuery]:
    """All named queries by name, sorted."""
    return {name: _read(name) for name in sorted(_files())}


@cache
def _files() -> dict[str, Path]:
    """The files of the named queries by name."""
    files = (folder() / "queries").iterdir()
    return {file.name[:-3]: file for file in files if file.name.endswith(".rq")}


@cache
def _read(name: str) -> NamedQuery:
    text = _files()[name].read_text(encoding="utf-8")
    head = headers(text)
    parameters = []
    for key, value in head.items():
        if key.startswith("param "):
            parts = [part.strip() for part in value.split("|| ")]
            meaning = dict(part.split(": ", 1) for part in parts[1:])
            parameters.append(
                Parameter(
                    key.removeprefix("param "),
                    parts[0].removesuffix(" required"),
                    {language: meaning[language] for language in ("ko", "en")},
                    meaning.get("example", ""),
                    parts[0].endswith(" required"),
                )
            )
    return NamedQuery(
        name,
        {language: head[f"title-{language}"] for language in ("ko", "en")},
        {language: head[f"purpose-{language}"] for language in ("ko", "en")},
        tuple(parameters),
        tuple(head.get("row", "").split()),
        text,
    )


def named_query(name: str) -> NamedQuery:
    """The query of that name. Raises CitypactError with the nearest names."""
    if name not in _files():
        cure = suggestion(name, named_queries())
        if not cure.startswith("did"):
            cure = Message("see `citypact query --list`")
        raise CitypactError(
            "there is no query called {name}\n    -> {cure}", name=shown(name), cure=cure
        )
    return _read(name)


def bind(query: NamedQuery, values: Mapping[str, str | Sequence[str]], names: Names) -> SparqlQuery:
    """A named query with its parameters bound as terms; of several values any will do.

    A parameter stands in the file as `VALUES ?name { UNDEF }`; the term takes the place of UNDEF,
    written by the RDF library, so that no text of a user becomes SPARQL. A name that several
    things share binds them all. Lines `# given name: …` are patterns that rows for such a value
    have anyway: they come in where there is one, so that an engine begins there.

    This is done in the text for all stores. The `substitutions` of pyoxigraph (0.5) would do for
    half of the queries: they refuse a variable that is not a column, as most parameters are not,
    and they take one term where a name may mean several things.

    Raises CitypactError for unknown, missing or ill-typed values.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            cure = (
                Message(
                    "its parameters are: {names}", names=", ".join(f"--{name}" for name in known)
                )
                if known
                else Message("it takes none")
            )
            raise CitypactError(
                "{query} has no parameter {name}\n    -> {cure}",
                query=query.name,
                name=shown(name),
                cure=cure,
            )
    text = query.text
    for name in values:
        text = re.sub(rf"# given {name}: ", "", text)
    for parameter in query.parameters:
        if parameter.name in values:
            given = values[parameter.name]
            each_value = [given] if isinstance(given, str) else given
            terms = dict.fromkeys(
                t for value in each_value for t in _terms(parameter, value, names)
            )
            block = f"VALUES ?{parameter.name} {{ {' '.join(str(t) for t in terms)} }}"
            pattern = rf"VALUES\s+\?{parameter.name}\s*\{{\s*UNDEF\s*\}}"
            text = block.join(re.split(pattern, text))
        elif parameter.required:
            raise CitypactError(
                "{query} requires --{name}: {meaning}\n"
                "    -> for example: citypact query {query} --{name} {example}",
                query=query.name,
                name=parameter.name,
                meaning=Bilingual(**parameter.meaning),
                example=parameter.example,
            )
    _check_order(query, values)
    return SparqlQuery(text, query.query, is_ours=True) if text != query.text else query.query


def _check_order(query: NamedQuery, values: Mapping[str, str | Sequence[str]]) -> None:
    """Raises CitypactError for a first year after the last, to which no row could belong."""
    types = {parameter.name: parameter.type for parameter in query.parameters}
    if types.get("from") == types.get("to") == "year" and {"from", "to"} <= set(values):
        first, last = (
            [given] if isinstance(given, str) else list(given)
            for given in (values["from"], values["to"])
        )
        if min(map(int, first)) > max(map(int, last)):
            raise CitypactError(
                "--from {first} is later than --to {last}\n    -> swap the two years",
                first=first[0],
                last=last[0],
            )


def _terms(parameter: Parameter, value: str, names: Names) -> list[Term]:
    kind = parameter.type
    try:
        if kind == "text":
            return [ox.Literal(value)]
        if kind in ("integer", "year"):
            if not re.fullmatch(r"-?\d{1,9}", value):
                raise ValueError(Message("{value} is not a whole number", value=shown(value)))
            return [ox.Literal(int(value))]
        if kind == "date":
            date = parse_edtf(value)
            if date.precision != "day" or date.qualifier:
                raise ValueError(
                    Message("{value} is not a date such as 2017-04-03", value=shown(value))
                )
            return [ox.Literal(value, datatype=ox.NamedNode(XSD + "date"))]
    except ValueError as error:
        raise CitypactError(
            "--{name}: {reason}\n    -> {cure}",
            name=parameter.name,
            reason=error,
            cure=CURES[kind],
        ) from error
    if kind == "language" or kind.startswith("code:"):
        codes = kind.removeprefix("code:")
        known = vocabulary().codes[codes]
        if value in known:
            return [ox.NamedNode(f"{CODE}{codes}/{value}")]
        by_label = names.called(value, f"{CODE}{codes}/")
        if not by_label:
            raise CitypactError(
                "--{name}: {value} is unknown\n    -> {cure}",
                name=parameter.name,
                value=shown(value),
                cure=_codes_like(value, [f"{CODE}{codes}/{code}" for code in known], names),
            )
        return [ox.NamedNode(iri) for iri in by_label]
    kinds = () if kind == "Thing" else tuple(kind.split("|"))
    try:
        return [ox.NamedNode(iri) for iri in names.find(value, *kinds)]
    except CitypactError as error:
        raise CitypactError("--{name}: {reason}", name=parameter.name, reason=error) from error


def _codes_like(value: str, codes: list[str], names: Names) -> Message:
    """A cure that names the codes (IRIs) most like a value by their labels, else all of them."""
    labels = {iri: names.both(iri) for iri in codes}
    by_word = {
        word: iri for iri in codes for word in (iri.rsplit("/", 1)[1], *labels[iri].values())
    }
    if near := dict.fromkeys(by_word[word] for word in similar_names(value, by_word)):
        return did_you_mean(Bilingual(**labels[iri]) for iri in near)
    listed = (", ".join(labels[iri][language] for iri in codes) for language in ("en", "ko"))
    return Message("use one of: {words}", words=Bilingual(*listed))


def run(
    store: Store, query: SparqlQuery, *, explained: bool = False, max_rows: int | None = None
) -> Answer:
    """The rows of a SELECT query (or one column `answer` for ASK), at most `max_rows` of them.

    Rows carry the solutions behind them where that leaves the rows as they are and costs nothing:
    where a query only selects, orders and filters. For a query with DISTINCT, whose rows may stand
    for many solutions each, they are read if `explained` is set. Where rows are grouped, counted or
    cut they are not read; `ProvenanceTracer` asks for them a second time. Raises CitypactError for
    a query that cannot be answered.
    """
    if query.widened and (explained or not query.is_distinct):
        try:
            return _run_widened(store, query, query.widened, max_rows)
        except CitypactError:
            pass  # What is wrong is said below, of the query as it was written.
    result = store.answer(query.text)
    if isinstance(result, bool):
        return Answer(["answer"], [(ox.Literal(result),)], query)
    if isinstance(result, Bindings):
        columns = query.in_order(result.columns)
        places = [(result.columns.index(name), name in query.several) for name in columns]
        rows = [
            tuple(in_order(row[at]) if several else row[at] for at, several in places)
            for row in islice(result.rows, None if max_rows is None else max_rows + 1)
        ]
        is_cut = max_rows is not None and len(rows) > max_rows
        return Answer(columns, rows[:max_rows], query, is_cut=is_cut)
    raise CitypactError(TRIPLES_NOT_ROWS)


def solutions_behind(store: Store, answer: Answer) -> list[list[Solution]]:
    """For each row the solutions behind it, asked for again: by the columns that they have too."""
    names, found = store.select(answer.query.solutions.text)
    shown = [i for i, column in enumerate(answer.columns) if column in names]
    behind: dict[tuple[object, ...], list[Solution]] = defaultdict(list)
    for values in found:
        solution = {name: v for name, v in zip(names, values, strict=True) if v is not None}
        behind[tuple(solution.get(answer.columns[i]) for i in shown)].append(solution)
    return [behind.get(tuple(row[i] for i in shown), []) for row in answer.rows]


def values_of(term: Term | None) -> list[Term]:
    """The values that a cell of several holds, in order: things by their IRIs, or texts."""
    parts = sorted(set(term.value.split(SEPARATOR))) if term is not None and term.value else []
    return [
        ox.NamedNode(part) if part.startswith(("http://", "https://")) else ox.Literal(part)
        for part in parts
    ]


def in_order(term: Term | None) -> Term | None:
    """A cell of several values with these in order, as engines join them in any; None if empty."""
    found = values_of(term)
    return ox.Literal(SEPARATOR.join(value.value for value in found)) if found else None


def _run_widened(
    store: Store, query: SparqlQuery, widened: SparqlQuery, max_rows: int | None
) -> Answer:
    """The rows of a query out of the solutions of the same query with all variables."""
    names, found = store.select(widened.text)
    columns = query.columns or query.in_order(names)
    rows: list[tuple[Term | None, ...]] = []
    behind: list[list[Solution]] = []
    known: dict[tuple[Term | None, ...], list[Solution]] = {}
    for values in found:
        solution = {name: v for name, v in zip(names, values, strict=True) if v is not None}
        row = tuple(solution.get(column) for column in columns)
        if query.is_distinct and row in known:
            known[row].append(solution)
            continue
        if len(rows) == max_rows:
            return Answer(list(columns), rows, query, behind, is_cut=True)
        rows.append(row)
        behind.append([solution])
        if query.is_distinct:
            known[row] = behind[-1]
    return Answer(list(columns), rows, query, behind)
