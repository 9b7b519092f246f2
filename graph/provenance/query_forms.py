"""The named queries as forms: what may be filled in, and what there is to choose from."""

from __future__ import annotations

from dataclasses import dataclass, field

from citypact.graph.provenance.named_queries import NamedQuery, Parameter, named_queries
from citypact.graph.store.labels import Names
from citypact.graph.text.bilingual import Words
from citypact.ontology import CODE, ID
from citypact.ontology.vocabulary import vocabulary

MOST = 2000
"""How many things a form offers to choose from; where there are more, names are typed."""


@dataclass(frozen=True)
class Choice:
    """What may be chosen: the value that the query takes (a code or the slug of a thing)."""

    value: str
    label: Words = field(hash=False)


@dataclass(frozen=True)
class FormField:
    """A parameter as a field of a form.

    kind: `choice` where the choices are all that fits, `thing` for a name of a thing of some
    classes (local names; none means any), else `text`, `integer`, `year` or `date`. choices: of a
    `thing` those there are, in the order of their Korean labels; none where there are more than
    `MOST`, or where any thing will do.
    """

    name: str
    kind: str
    meaning: Words = field(hash=False)
    example: str
    is_required: bool
    classes: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class QueryForm:
    """A named query as a form; columns are those of its answer."""

    name: str
    title: Words = field(hash=False)
    purpose: Words = field(hash=False)
    fields: tuple[FormField, ...]
    columns: tuple[str, ...]
    several: tuple[str, ...]


def query_forms(names: Names) -> list[QueryForm]:
    """The forms of all named queries, sorted by name, with what a store has to choose from."""
    return [query_form(query, names) for query in named_queries().values()]


def query_form(query: NamedQuery, names: Names) -> QueryForm:
    """The form of a named query."""
    return QueryForm(
        query.name,
        query.title,
        query.purpose,
        tuple(_field(parameter, names) for parameter in query.parameters),
        tuple(query.query.columns),
        tuple(column for column in query.query.columns if column in query.query.several),
    )


def _field(parameter: Parameter, names: Names) -> FormField:
    codes = parameter.type.removeprefix("code:")
    kind = parameter.type
    classes: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    if parameter.type == "language" or codes != parameter.type:
        kind = "choice"
        choices = tuple(
            Choice(code, names.both(f"{CODE}{codes}/{code}")) for code in vocabulary().codes[codes]
        )
    elif kind not in ("text", "integer", "year", "date"):
        classes = () if kind == "Thing" else tuple(kind.split("|"))
        kind = "thing"
        choices = names.store.read_once(("choices", classes), lambda: _things(classes, names))
    return FormField(
        parameter.name,
        kind,
        parameter.meaning,
        parameter.example,
        parameter.required,
        classes,
        choices,
    )


def _things(classes: tuple[str, ...], names: Names) -> tuple[Choice, ...]:
    """All things of some classes; none where there are too many, or for no class."""
    found = {iri for name in classes for iri in names.of_kind(name)}
    if len(found) > MOST:
        return ()
    choices = (Choice(iri.removeprefix(ID), names.both(iri)) for iri in found)
    return tuple(sorted(choices, key=lambda choice: (choice.label["ko"], choice.value)))


__all__ = ["MOST", "Choice", "FormField", "QueryForm", "query_form", "query_forms"]
