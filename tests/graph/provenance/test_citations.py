"""Citations: real readers read them, and what is unknown is told rather than made up."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import unquote

import jsonschema
import pytest
from pybtex.database import parse_string
from pybtex.richtext import Text

from citypact.graph.provenance.citations import (
    STYLES,
    Bibliography,
    CitedDocument,
    bibtex,
    cite,
    csl_item,
    english,
    korean,
)
from citypact.graph.store.base import LocalStore
from citypact.graph.store.labels import Names
from citypact.ontology import EDITORS, ID
from citypact.sources.reading.edtf import parse_edtf

BERLIN = "서울-베를린 양 도시 '문화·관광 교류협력' MOU 체결"
ARTICLE = CitedDocument(
    slug="article",
    kind="press-article",
    title={"ko": "서울시, 양해각서 체결"},
    name={"ko": "서울시, 양해각서 체결", "en": "[Seoul concludes MOU]"},
    author={},
    publisher={"ko": "시민일보", "en": "Citizen Daily"},
    language="ko",
    published=parse_edtf("2014-08-14"),
    is_inferred=False,
    retrieved=parse_edtf("2026-11-29"),
    address="https://example.org/1",
    archive="",
)
UNKNOWN = replace(
    ARTICLE,
    slug="unknown",
    kind="web-notice",
    title={},
    name={"ko": "서울시 글", "en": "Page of Seoul"},
    publisher={},
    published=None,
    retrieved=None,
    address="",
)
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "items": {"type": "array", "items": {"type": "number"}, "minItems": 1, "maxItems": 3},
            "minItems": 1,
            "maxItems": 2,
        },
        "literal": {"type": "string"},
    },
    "additionalProperties": False,
}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "type": {"enum": ["article-newspaper", "dataset", "document", "report", "webpage"]},
            "author": {
                "type": "array",
                "items": {"required": ["literal"], "additionalProperties": {"type": "string"}},
            },
            "issued": DATE,
            "accessed": DATE,
            **{
                name: {"type": "string"}
                for name in (
                    *("id", "title", "container-title", "publisher", "URL", "language"),
                    *("genre", "note"),
                )
            },
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}
"""What csl-data.json of the Citation Style Language 1.0.2 says of the fields that we write."""


@pytest.fixture(scope="module")
def documents(packaged: LocalStore) -> list[CitedDocument]:
    """All documents of the packaged graph."""
    bibliography = Bibliography(packaged, Names.of(packaged))
    rows = packaged.solutions("SELECT ?d { ?d a citypact:SourceDocument } ORDER BY ?d")
    return [bibliography.document(row["d"].value) for row in rows if row["d"].value != EDITORS]


def test_each_style(documents: list[CitedDocument]) -> None:
    assert korean(ARTICLE) == (
        "「서울시, 양해각서 체결」, 『시민일보』, 2014. 8. 14., https://example.org/1 "
        "(확인일: 2026. 11. 29.)."
    )
    assert english(ARTICLE) == (
        "“서울시, 양해각서 체결” [Seoul concludes MOU]. Citizen Daily, 14 August 2014. "
        "https://example.org/1. Accessed 29 November 2026."
    )
    issued = replace(
        ARTICLE,
        kind="press-release",
        author={"ko": "서울특별시", "en": "Seoul Metropolitan Government"},
        published=parse_edtf("2014-08"),
        is_inferred=True,
        archive="https://archive.example/1",
    )
    assert korean(issued).startswith(
        "서울특별시, 「서울시, 양해각서 체결」, 시민일보, [2014. 8.], "
    )
    assert english(issued).startswith("Seoul Metropolitan Government. “서울시")
    assert "Citizen Daily, [August 2014]. " in english(issued)
    assert english(issued).endswith("Archived copy: https://archive.example/1.")
    by_slug = {document.slug: document for document in documents}
    assert korean(by_slug["ajunewscom-07436b"]).startswith(
        f"「{BERLIN}」, 『아주경제』, 2014. 8. 14."
    )


def test_what_is_unknown_is_told() -> None:
    assert korean(UNKNOWN) == "[서울시 글], 발행처 불명, 발행일 불명."
    assert english(UNKNOWN) == "[Page of Seoul]. Publisher unknown, n.d."
    paper = replace(UNKNOWN, kind=ARTICLE.kind)
    assert korean(paper) == korean(UNKNOWN)  # no brackets around a newspaper that nobody names
    assert csl_item(UNKNOWN) == {
        "id": "unknown",
        "type": "webpage",
        "title": "[서울시 글]",
        "language": "ko",
    }
    assert re.findall(r"(\w+) = \{+(.*?)\}", bibtex(UNKNOWN)) == [
        ("title", "[서울시 글]"),
        ("year", "n.d."),
        ("langid", "korean"),
    ]
    decade = replace(UNKNOWN, published=parse_edtf("199X"))
    assert korean(decade).endswith("199X.") and english(decade).endswith("199X.")
    assert csl_item(decade)["issued"] == {"literal": "199X"}


def read(value: str) -> str:
    """The text of a field of BibTeX; pybtex leaves some commands of LaTeX as they are."""
    text = re.sub(r"\\text(braceleft|braceright|asciicircum)\{\}", r"@\1@", value)
    text = str(Text.from_latex(text)).replace(r"\$", "$")
    for name, character in (("braceleft", "{"), ("braceright", "}"), ("asciicircum", "^")):
        text = text.replace(f"@{name}@", character)
    return text


def test_readers_of_bibtex_read_every_document(documents: list[CitedDocument]) -> None:
    hostile = '{a} } \\ 50% & #1_x ~ ^ $ @article{b, "c"'
    documents = [*documents, replace(ARTICLE, title={"ko": hostile}, publisher={"ko": hostile})]
    entries = parse_string(cite(documents, "bibtex"), "bibtex").entries
    assert list(entries) == [document.slug for document in documents]
    for document in documents:
        entry = entries[document.slug]
        assert read(entry.fields["title"]) == csl_item(document)["title"]
        assert entry.fields["year"]
        assert unquote(entry.fields.get("url", "")) == unquote(document.address)
    assert read(entries["article"].fields["journal"]) == hostile


def test_csl_json_is_as_its_schema_says(documents: list[CitedDocument]) -> None:
    items = json.loads(cite([*documents, ARTICLE, UNKNOWN], "csl-json"))
    jsonschema.validate(items, SCHEMA)
    assert len({item["id"] for item in items}) == len(items) == len(documents) + 2
    assert all(item["title"] for item in items)


def test_the_same_document_in_all_styles_once(documents: list[CitedDocument]) -> None:
    for style in STYLES:
        told = cite(documents, style)
        assert told.count("20140814104840899") == 1
        assert told == cite(documents, style)
    assert f"{ID}doc/" not in cite(documents, "korean")
