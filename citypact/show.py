"""How answers and evidence look on a terminal and in CSV, JSON and Turtle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from citypact.api import ExplainedRow, Table
from citypact.graph.rdf.terms import is_term, prefixed
from citypact.graph.store.labels import Names
from citypact.graph.text.bilingual import INFERRED
from citypact.grid import grid
from citypact.ontology import CODE, EDITORS
from citypact.ontology.errors import Message
from citypact.ontology.vocabulary import Term
from citypact.terminal import is_terminal, safe, width
from citypact.translation import column_heading, translated

if TYPE_CHECKING:
    from citypact.graph.provenance.explain import Explanation
    from citypact.graph.provenance.trace import Evidence, Passage

NOTHING = Message("nothing recorded")
"""What stands in place of an empty answer."""


def cell(term: Term | None, names: Names, language: str) -> str:
    """A term as the text of a table cell."""
    if isinstance(term, ox.NamedNode):
        return safe(names.readable(term.value, language))
    value = names.plain(term, language)
    if value is None:
        return ""
    if isinstance(value, bool):
        return translated("yes" if value else "no", language)
    return safe(str(value))


def sparql_cell(term: Term | None, names: Names, language: str) -> str:
    """The same for whoever writes SPARQL: properties and classes by their prefixed names too."""
    text = cell(term, names, language)
    if not isinstance(term, ox.NamedNode) or not is_term(term.value):
        return text
    name = prefixed(term.value)
    return name if text == safe(term.value) else f"{text} ({name})"


def table_text(
    table: Table, language: str, *, with_sources: bool = False, is_named: bool = False
) -> str:
    """Rows as a table for people; with the sources of each row below it where asked for.

    is_named: whether a named query asks, whose columns have headings in both languages; in the
    answers to others, properties and classes have their prefixed names.
    """
    if not len(table):
        return translated(NOTHING, language) + "\n"
    headings = {
        column: column_heading(column, language) if is_named else column for column in table.columns
    }
    written = cell if is_named else sparql_cell
    if with_sources:
        return _rows_with_sources(table, language, headings, written)
    texts = [
        [_together(table, name, row[name], language, written) for name in table.columns]
        for row in table
    ]
    head, *lines = grid([headings[column] for column in table.columns], texts, width())
    return "\n".join([*map(heading, head), *(line for row in lines for line in row)]) + "\n"


def _together(
    table: Table,
    column: str,
    term: Term | None,
    language: str,
    written: Callable[[Term | None, Names, str], str],
) -> str:
    """The text of a cell; several values are joined."""
    found = table.values(column, term)
    return ", ".join(written(value, table.names, language) for value in found)


def _rows_with_sources(
    table: Table,
    language: str,
    headings: Mapping[str, str],
    written: Callable[[Term | None, Names, str], str],
) -> str:
    lines = []
    for number, row in enumerate(table.explained(), 1):
        cells = [
            f"{headings[column]}: {text}"
            for column, term in row.values.items()
            if (text := _together(table, column, term, language, written))
        ]
        lines.append(f"{number}. " + " | ".join(cells))
        # What editors state next to documents is left out, but not what they alone state.
        for claim in [each for each in row.claims if not each.is_editorial] or row.claims:
            told = claim_lines(claim, table.names, language, stated=True)
            lines += [f"     {line}" for line in told]
        lines.append("")
    return "\n".join(lines)


def claim_lines(claim: Evidence, names: Names, language: str, *, stated: bool = False) -> list[str]:
    """A claim for people: statement, document, address, spans, modality, sentence."""
    from citypact.sources.reading.text_fragments import readable

    parts = []
    if stated:
        subject, predicate, value = claim.triple
        shown = cell(value, names, language)
        parts.append(
            f"{safe(names.label(subject.value, language))} · "
            f"{safe(names.label(predicate.value, language))} · {shown}"
        )
    if claim.is_editorial:
        who = Message("statement of the editors")
        if claim.document != EDITORS:  # of a project that names them
            who = Message("statement of the editors, {name}", name=safe(claim.title[language]))
        parts.append(f"[{translated(who, language)}]")
        return parts + _remarks(claim, language)
    modality = names.label(f"{CODE}modality/{claim.modality}", language)
    marks = [modality]
    if claim.rank != "normal":
        marks.append(names.label(f"{CODE}rank/{claim.rank}", language))
    if claim.is_inferred:
        marks.append(INFERRED[language])
    if claim.attributed_to:
        marks.append(safe(names.label(claim.attributed_to, language)))
    if claim.as_of:
        marks.append(claim.as_of)
    document = (claim.title[language], claim.publisher.get(language), claim.published)
    parts.append(f"{safe(', '.join(filter(None, document)))} [{'; '.join(marks)}]")
    shown_links: set[str] = set()
    if not any(passage.link for passage in claim.passages):
        link = safe(readable(claim.link)) or translated("no address known", language)
        if claim.link_opens_at == "passage of the document":
            opens = translated("passage for which the document is cited", language)
            link = f"{link}  [{opens}]"
        parts.append(f"  {link}")
    for passage in claim.passages:
        if passage.link and passage.link not in shown_links:
            shown_links.add(passage.link)  # a span that repeats another one has its link
            parts.append(f"  {safe(readable(passage.link))}")
        parts.append(f"  char={passage.span[0]},{passage.span[1]}{_quoted(passage)}")
    return parts + _remarks(claim, language)


def _remarks(claim: Evidence, language: str) -> list[str]:
    remarks = (claim.note.get(language), claim.reason.get(language))
    return [f"  ({safe(remark)})" for remark in remarks if remark]


def _quoted(passage: Passage) -> str:
    if not passage.sentence:
        return ""
    start, end = passage.highlight
    before, words, after = (
        safe(part)
        for part in (passage.sentence[:start], passage.sentence[start:end], passage.sentence[end:])
    )
    marked = f"\x1b[7m{words}\x1b[0m" if is_terminal() else f"»{words}«"
    return f": {before}{marked}{after}"


def _rows(table: Table, *, with_sources: bool) -> list[ExplainedRow]:
    """The rows, with their claims only where those are asked for."""
    return table.explained() if with_sources else [ExplainedRow(row, []) for row in table]


def csv_text(table: Table, *, with_sources: bool = False) -> str:
    """CSV as `graph.provenance.answer_csv` writes it; with the claims behind each row if asked."""
    from citypact.graph.provenance.answer_csv import answer_csv

    claims = table.sources() if with_sources else None
    return answer_csv(table.answer, table.names, claims)


def json_text(table: Table, *, with_sources: bool = False) -> str:
    """JSON: the columns, and a list of rows; things with IRI and names, literals with type."""
    import json

    body = {"columns": table.columns, "rows": json_rows(table, with_sources=with_sources)}
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def json_rows(table: Table, *, with_sources: bool = False, first: int = 0) -> list[dict[str, Any]]:
    """The rows for programs, from a place on; with their sources if asked for."""
    rows = []
    for row in _rows(table, with_sources=with_sources)[first:]:
        shown: dict[str, Any] = {c: _json_cell(table, c, t) for c, t in row.values.items()}
        if with_sources:
            claims = [json_claim(claim, table.names) for claim in row.claims]
            shown = {"values": shown, "sources": claims}
        rows.append(shown)
    return rows


def _json_cell(table: Table, column: str, term: Term | None) -> Any:
    """A cell for programs: a list where the column holds several values."""
    found = [json_term(value, table.names) for value in table.values(column, term)]
    if column in table.answer.query.several:
        return found
    return found[0] if found else None


def json_term(term: Term | None, names: Names) -> Any:
    """A term for programs."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return {"iri": term.value, **names.both(term.value)}
    shown: dict[str, Any] = {"value": names.plain(term, "en")}
    if not isinstance(shown["value"], str | int | float | bool):
        shown["value"] = term.value
    if term.language:
        shown["language"] = term.language
    return shown


def json_claim(claim: Evidence, names: Names) -> dict[str, Any]:
    """A claim for programs."""
    subject, predicate, value = claim.triple
    return {
        "subject": subject.value,
        "predicate": predicate.value,
        "object": json_term(value, names),
        "document": claim.document,
        "title": claim.title,
        "publisher": claim.publisher,
        "address": claim.address,
        "link": claim.link,
        "link opens at": claim.link_opens_at,
        "published": claim.published,
        "modality": claim.modality,
        "rank": claim.rank,
        "inferred": claim.is_inferred,
        "attributed to": claim.attributed_to,
        "as of": claim.as_of,
        "note": claim.note,
        "reason": claim.reason,
        "passages": [
            {
                "iri": p.iri,
                "start": p.span[0],
                "end": p.span[1],
                "sentence": p.sentence,
                "link": p.link,
            }
            for p in claim.passages
        ],
    }


def json_explanation(statement: Explanation, names: Names) -> dict[str, Any]:
    """A statement with its claims, for programs."""
    return {
        "about": statement.about,
        "subject": statement.subject,
        "predicate": statement.predicate,
        "object": json_term(statement.value, names),
        "fact": statement.is_fact,
        "rule": statement.rule,
        "claims": [json_claim(claim, names) for claim in statement.claims],
    }


def heading(text: str) -> str:
    """A heading for people: bold on a terminal."""
    return f"\x1b[1m{safe(text)}\x1b[0m" if is_terminal() else safe(text)


__all__ = [
    "NOTHING",
    "cell",
    "claim_lines",
    "csv_text",
    "heading",
    "json_claim",
    "json_explanation",
    "json_rows",
    "json_term",
    "json_text",
    "table_text",
]
