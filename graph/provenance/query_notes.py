"""What to know about a query besides its rows, where the graph itself is needed to tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from citypact.graph.sparql.notes import named_iris, notes_on_text
from citypact.graph.sparql.syntax import SparqlQuery
from citypact.graph.store.labels import Names
from citypact.ontology import ID
from citypact.ontology.errors import Message, suggestion
from citypact.ontology.vocabulary import Term, vocabulary


def query_notes(
    query: SparqlQuery,
    names: Names,
    columns: Sequence[str] = (),
    rows: Iterable[Sequence[Term | None]] = (),
) -> list[Message]:
    """What somebody who wrote a query should know of it: `notes_on_text`, and unknown things."""
    return [*notes_on_text(query, columns, rows), *_unknown_things(query, names)]


def _unknown_things(query: SparqlQuery, names: Names) -> Iterator[Message]:
    """The things that a query names and of which nothing is recorded, such as `city:seuol`."""
    segments = {each.segment for each in vocabulary().sections.values()} | {"doc"}
    for iri, text in named_iris(query).items():
        segment, _, slug = iri.removeprefix(ID).partition("/")
        if iri.startswith(ID) and segment in segments and slug and not names.kinds(iri):
            before = text[: -len(slug)] if text.endswith(slug) else f"{segment}:"
            yield Message(
                "nothing recorded of {thing}\n    -> {cure}",
                thing=text[:200],
                cure=suggestion(slug, names.slugs(segment), before=before),
            )
