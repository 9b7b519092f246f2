"""The sections of descriptions as pages hold them: complete, with no links but web addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from citypact.graph.text.bilingual import complete
from citypact.sources.reading.text_fragments import readable

Section: TypeAlias = dict[str, Any]
"""A key (one of `description.SECTIONS`, `related` or `evidence`), a heading and rows."""
Row: TypeAlias = dict[str, Any]
"""A statement: label and value in both languages, and where it leads.

target is the IRI of the thing that is its value, or ""; address the web address that is its value,
or ""; claims are those of documents and editors behind it. Further keys where they apply: source,
the IRI of the document that the row is; details, a list of label and value in both languages;
others, values that other documents give and that the facts do not follow, each with value and
claims, and reason, the words of the rank that decides.

A claim has document, publisher, address, link, source, published, spans, modality, rank, note,
sentence and highlight. Everything is text from sources and neither escaped nor checked: pages use
`safe_sections`, or escape and check addresses themselves.
"""


def safe_sections(
    sections: Iterable[Mapping[str, Any]], sources: Mapping[str, int] = MappingProxyType({})
) -> list[dict[str, Any]]:
    """Sections with every field present, and with no links but web addresses.

    sources: the numbers by which the page knows the documents (IRIs) of rows and claims.
    """
    return [
        {
            "key": str(section.get("key") or ""),
            "heading": complete(section.get("heading")),
            "rows": [_row(row, sources) for row in section.get("rows") or ()],
        }
        for section in sections
    ]


def _row(row: Mapping[str, Any], sources: Mapping[str, int]) -> dict[str, Any]:
    return {
        "label": complete(row.get("label")),
        "value": complete(row.get("value")),
        "target": str(row.get("target") or ""),
        "address": address(row.get("address")),
        "source": sources.get(str(row.get("source"))),
        "claims": [_claim(claim, sources) for claim in row.get("claims") or ()],
        "details": [
            {"label": complete(each.get("label")), "value": complete(each.get("value"))}
            for each in row.get("details") or ()
        ],
        "others": [
            {
                "value": complete(other.get("value")),
                "claims": [_claim(claim, sources) for claim in other.get("claims") or ()],
            }
            for other in row.get("others") or ()
        ],
        "reason": complete(row.get("reason")),
    }


def _claim(claim: Mapping[str, Any], sources: Mapping[str, int]) -> dict[str, Any]:
    sentence = str(claim.get("sentence") or "")
    marked = [int(offset) for offset in claim.get("highlight") or ()]
    start, end = marked if len(marked) == 2 else (0, 0)
    web = address(claim.get("address"))
    return {
        "document": complete(claim.get("document")),
        "publisher": complete(claim.get("publisher")),
        "address": web,
        "passage": _passage(claim.get("link"), web),
        "source": sources.get(str(claim.get("source"))),
        "published": str(claim.get("published") or ""),
        "spans": [
            {
                "position": str(span.get("position") or ""),
                "passage": _passage(span.get("link"), web),
            }
            for span in claim.get("spans") or ()
        ],
        "modality": complete(claim.get("modality")),
        "rank": complete(claim.get("rank")),
        "note": complete(claim.get("note")),
        # Split here: offsets count code points, while scripts count UTF-16 code units.
        "sentence": _cut(sentence, max(0, start), max(0, end)),
    }


def _passage(link: object, web: str) -> str:
    """What a link to a passage adds to the address of its document, which the page has once."""
    found = address(link)
    if not web or not found.startswith(web):
        return ""
    return readable(found[len(web) :])


def _cut(sentence: str, start: int, end: int) -> list[str]:
    """A sentence as the text before, within and after its highlight."""
    return [sentence[:start], sentence[start:end], sentence[max(start, end) :]] if sentence else []


def address(value: object) -> str:
    """A web address as it is; '' for anything else."""
    text = str(value or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.netloc else ""
