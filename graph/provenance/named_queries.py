"""Named queries with typed parameters, guarded free queries, and their answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import pyoxigraph as ox

from citypact.graph.store.base import Bindings, Store, Term
from citypact.graph.store.labels import Names
from citypact.ontology import CODE, XSD, folder
from citypact.ontology.errors import CitypactError, shown, suggestion
from citypact.ontology.query_files import headers
from citypact.ontology.vocabulary import vocabulary
from citypact.sources.reading.edtf import parse_edtf


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
    """A query file: its name, title and purpose in both languages, parameters and text."""

    name: str
    title: dict[str, str]
    purpose: dict[str, str]
    parameters: tuple[Parameter, ...]
    text: str = field(repr=False)


@dataclass(frozen=True)
class Answer:
    """The rows of an answer. `text` is the SPARQL that was run, with its parameters bound."""

    columns: list[str]
    rows: list[tuple[Term | None, ...]]
    text: str = field(repr=False)


@lru_cache(maxsize=1)
def named_queries() -> dict[str, NamedQuery]:
    """All named queries by name, sorted."""
    files = [path for path in (folder() / "queries").iterdir() if path.name.endswith(".rq")]
    found = [_read(path.name[:-3], path.read_text(encoding="utf-8")) for path in files]
    return {query.name: query for query in sorted(found, key=lambda query: query.name)}


def _read(name: str, text: str) -> NamedQuery:
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
        text,
    )


def named_query(name: str) -> NamedQuery:
    """The query of that name. Raises CitypactError with the nearest names."""
    queries = named_queries()
    if name not in queries:
        cure = suggestion(name, queries)
        cure = cure if cure.startswith("did") else "see `citypact query --list`"
        raise CitypactError(f"no query is called {shown(name)}\n    -> {cure}")
    return queries[name]


def bind(query: NamedQuery, values: Mapping[str, str], names: Names) -> str:
    """The text of a named query with its parameters bound as terms.

    A parameter stands in the file as `VALUES ?name { UNDEF }`; the term takes the place of UNDEF,
    written by the RDF library, so that no text of a user becomes SPARQL. A name that several
    things share binds them all. Raises CitypactError for unknown, missing or ill-typed values.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            cure = suggestion(name, known) if known else "it takes none"
            raise CitypactError(f"{query.name} has no parameter {shown(name)}\n    -> {cure}")
    text = query.text
    for parameter in query.parameters:
        if parameter.name in values:
            terms = _terms(parameter, values[parameter.name], names)
            block = f"VALUES ?{parameter.name} {{ {' '.join(str(t) for t in terms)} }}"
            pattern = rf"VALUES\s+\?{parameter.name}\s*\{{\s*UNDEF\s*\}}"
            text = block.join(re.split(pattern, text))
        elif parameter.required:
            raise CitypactError(
                f"{query.name} needs --{parameter.name}: {parameter.meaning['en']}\n"
                f"    -> for example: citypact query {query.name} "
                f"--{parameter.name} {parameter.example}"
            )
    return text


def _terms(parameter: Parameter, value: str, names: Names) -> list[Term]:
    kind = parameter.type
    try:
        if kind == "text":
            return [ox.Literal(value)]
        if kind in ("integer", "year"):
            if not re.fullmatch(r"-?\d{1,9}", value):
                raise ValueError(f"{shown(value)} is no whole number")
            return [ox.Literal(int(value))]
        if kind == "date":
            date = parse_edtf(value)
            if date.precision != "day" or date.qualifier:
                raise ValueError(f"{shown(value)} is no day such as 2017-04-03")
            return [ox.Literal(value, datatype=ox.NamedNode(XSD + "date"))]
    except ValueError as error:
        raise CitypactError(f"--{parameter.name}: {error}\n    -> write a {kind}") from error
    if kind == "language" or kind.startswith("code:"):
        codes = kind.removeprefix("code:")
        known = vocabulary().codes[codes]
        if value in known:
            return [ox.NamedNode(f"{CODE}{codes}/{value}")]
        by_label = names.called(value, f"{CODE}{codes}/")
        if not by_label:
            raise CitypactError(
                f"--{parameter.name}: {shown(value)} is unknown\n    -> {suggestion(value, known)}"
            )
        return [ox.NamedNode(iri) for iri in by_label]
    kinds = () if kind == "Thing" else tuple(kind.split("|"))
    try:
        return [ox.NamedNode(iri) for iri in names.find(value, *kinds)]
    except CitypactError as error:
        raise CitypactError(f"--{parameter.name}: {error}") from error


def run(store: Store, text: str) -> Answer:
    """The rows of a SELECT query (or one column `answer` for ASK)."""
    result = store.answer(text)
    if isinstance(result, bool):
        return Answer(["answer"], [(ox.Literal(result),)], text)
    if isinstance(result, Bindings):
        return Answer(result.columns, list(result.rows), text)
    raise CitypactError("this query makes triples, not rows\n    -> use --format ttl")
