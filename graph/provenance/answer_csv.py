"""Answers as CSV that spreadsheets open."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from citypact.graph.provenance.named_queries import SEPARATOR, Answer
from citypact.graph.provenance.trace import Evidence
from citypact.graph.store.labels import Names
from citypact.ontology import LANGUAGES, RDF, XSD
from citypact.ontology.vocabulary import Term
from citypact.sources.files.csv_tables import write_rows
from citypact.sources.files.spreadsheet_cells import guarded

TEXTS = (XSD + "string", RDF + "langString")
"""The datatypes of texts: what is of another one is no formula, such as -1."""


def answer_csv(
    answer: Answer, names: Names, claims: Sequence[Sequence[Evidence]] | None = None
) -> str:
    """CSV with a column for each column and, for things, their names in both languages.

    With the claims behind each row there are two columns more, with spaces between several values:
    `sources` has the IRIs of text spans or addresses, `links` the addresses that open there.
    Several values of a cell are joined by "|".

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    cells = [answer.cells(row) for row in answer.rows]
    has_things = [
        any(isinstance(value, ox.NamedNode) for row in cells for value in row[at])
        for at in range(len(answer.columns))
    ]
    header = []
    for column, is_thing in zip(answer.columns, has_things, strict=True):
        header.append(column)
        if is_thing:
            header += [f"{column}_{language}" for language in LANGUAGES]
    lines = [header + (["sources", "links"] if claims is not None else [])]
    for number, row in enumerate(cells):
        line = []
        for values, is_thing in zip(row, has_things, strict=True):
            line.append(SEPARATOR.join(_spreadsheet(value, names) for value in values))
            if is_thing:
                line += [
                    guarded(SEPARATOR.join(_name(value, names, language) for value in values))
                    for language in LANGUAGES
                ]
        if claims is not None:
            for told in (_citations, _links):
                line.append(" ".join(sorted({s for claim in claims[number] for s in told(claim)})))
        lines.append(line)
    return write_rows(lines, line_end="\n").decode()


def _name(value: Term, names: Names, language: str) -> str:
    return str(names.plain(value, language))


def _spreadsheet(term: Term, names: Names) -> str:
    text = _raw(term, names)
    is_text = isinstance(term, ox.Literal) and term.datatype.value in TEXTS
    return guarded(text) if is_text else text


def _raw(term: Term, names: Names) -> str:
    if isinstance(term, ox.NamedNode) and "DateSpan" in names.kinds(term.value):
        return names.label(term.value, "en")
    return term.value


def _citations(claim: Evidence) -> list[str]:
    if claim.is_editorial:
        return []
    return [p.iri for p in claim.passages] or [claim.address or claim.document]


def _links(claim: Evidence) -> list[str]:
    """The addresses at which a claim can be read: at its passages, where they are known."""
    if claim.is_editorial:
        return []
    return [p.link for p in claim.passages if p.link] or [claim.link or claim.document]


__all__ = ["answer_csv"]
