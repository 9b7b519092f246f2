"""The words by which links open sources at their passages, kept in tables beside the sources.

`records/NAME.passages.csv` has a row for each text span of a record. `citypact passages` writes it
where the text is at hand, so that links work where it is not. Spans that repeat another one
(`copies`) have its words. `registers/documents.passages.csv` has a row for each document that was
read for a register: the passage that confirms what the document is cited for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from citypact.ontology.errors import Message, Problem, RecordError, shown, suggestion
from citypact.sources.files.csv_tables import table, write_rows
from citypact.sources.model import Document, PassageWords, Sources, Span
from citypact.sources.reading.text_fragments import MAXIMUM_CHARACTERS, passage_words

SUFFIX = ".passages.csv"
OF_DOCUMENTS = "documents.passages"
"""The register of the passages of documents, without the ending of its name."""
PARTS = ("start", "end", "prefix", "suffix")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


def read_passages(
    folder: Path,
    sources: Sources,
    problems: list[Problem],
    prefix: str = "",
    parts: Sequence[str] = ("records", "registers"),
) -> None:
    """Reads the tables of a folder of sources into `sources.passages`; adds faults to `problems`.

    prefix: what stands before the names of its files in messages. parts: those that are read.
    """
    by_record = {document.place.file: document for document in sources.documents.values()}
    tables = sorted((folder / "records").glob(f"[!.]*{SUFFIX}")) if "records" in parts else []
    for path in tables:
        record = path.with_name(path.name.removesuffix(SUFFIX) + ".yaml")
        name = f"{prefix}records/{path.name}"
        if document := by_record.get(f"{prefix}records/{record.name}"):
            _read(path, name, "span", {"": document}, sources, problems)
        elif not record.exists():
            message = Message("belongs to no record: there is no {record}", record=record.name)
            problems.append(Problem(name, 0, "", message, "remove the file"))
    path = folder / "registers" / f"{OF_DOCUMENTS}.csv"
    if "registers" in parts and path.exists():
        known = {document.slug: document for document in sources.documents.values()}
        _read(path, f"{prefix}registers/{path.name}", "document", known, sources, problems)


def _read(
    path: Path,
    name: str,
    key: str,
    documents: dict[str, Document],
    sources: Sources,
    problems: list[Problem],
) -> None:
    """Reads one table, whose rows are about spans of one document, or about several documents."""
    try:
        header, rows = table(path, name)
    except RecordError as error:
        problems += error.problems
        return
    if not {key, "start"} <= set(header) <= {key, *PARTS}:
        cure = Message("name the columns in the first line: {names}", names=f"{key}, start, end")
        problems.append(Problem(name, 1, "", Message("has other columns"), cure))
        return
    for line, row in rows:
        cells = dict(zip(header, row, strict=True))
        words = PassageWords(*(cells.get(part, "") for part in PARTS))
        too_long = [part for part in PARTS if len(getattr(words, part)) > MAXIMUM_CHARACTERS]
        document = documents.get(cells[key] if key == "document" else "")
        span = _span(cells[key]) if key == "span" else None
        if document is None:
            message = Message("{source} is not a document", source=shown(cells[key]))
            problems.append(Problem(name, line, key, message, suggestion(cells[key], documents)))
        elif key == "span" and span is None:
            message = Message("{words} is not a span", words=shown(cells[key]))
            problems.append(Problem(name, line, key, message, "write it such as 0-17"))
        elif too_long or not words.start:
            message = (
                Message("has more than {maximum_cell} characters", maximum_cell=MAXIMUM_CHARACTERS)
                if too_long
                else Message("is missing")
            )
            field = too_long[0] if too_long else "start"
            problems.append(Problem(name, line, field, message, "write the first or last words"))
        else:
            sources.passages[document.iri, span] = words


def _span(cell: str) -> Span | None:
    match = _SPAN.fullmatch(cell)
    return (int(match[1]), int(match[2])) if match else None


def spans_of(sources: Sources) -> dict[str, list[Span]]:
    """The spans of each document (by IRI) that claims have, without those that repeat others."""
    found: dict[str, set[Span]] = defaultdict(set)
    for claim in sources.claims:
        if document := sources.documents.get(claim.document):
            found[document.iri] |= {document.original(span) for span in claim.spans}
    return {iri: sorted(spans) for iri, spans in found.items()}


def passages_table(text: str, spans: list[Span]) -> bytes:
    """The table for a record, from its text and its spans, in their order.

    Spans without words by which a browser finds them have no row.
    """
    found = [(span, words) for span in spans if (words := passage_words(text, span))]
    rows = [
        (f"{span[0]}-{span[1]}", *(getattr(words, part) for part in PARTS)) for span, words in found
    ]
    return write_rows([("span", *PARTS), *rows], line_end="\n")


def path_of_table(sources: Path, document: Document) -> Path:
    """Where the table of a record is kept."""
    return sources / Path(document.place.file).with_suffix("").with_suffix(SUFFIX)


__all__ = ["OF_DOCUMENTS", "passages_table", "path_of_table", "read_passages", "spans_of"]
