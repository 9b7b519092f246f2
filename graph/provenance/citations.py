"""Source documents as citations: as people write them in Korean and English, BibTeX, CSL-JSON.

The writers are our own: for the few kinds of documents that sources are, citeproc-py (with lxml and
a style for each language) would be more to carry than what it does. Whoever needs another style
applies it to the CSL-JSON.

Nothing is made up: an unknown date is "n.d.", a title that was not seen is the editors' description
in square brackets, and so is a date of publication that was inferred.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from citypact.graph.rdf.terms import CLAIMS, read_date, statement_iri, term
from citypact.graph.store.base import DEFAULT_GRAPH, Store
from citypact.graph.store.labels import Names
from citypact.ontology import DCTERMS, ID, LANGUAGES, NS
from citypact.ontology.vocabulary import Labels
from citypact.sources.model import Date

ARTICLE = "press-article"
CSL_TYPES = {
    ARTICLE: "article-newspaper",
    "press-release": "webpage",
    "web-notice": "webpage",
    "report": "report",
    "dataset": "dataset",
}
"""Types of CSL 1.0.2 by kind of document; others are a `document`."""
TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}
"""How BibTeX takes characters that mean something to it; braces are counted even after `\\`."""


@dataclass(frozen=True)
class CitedDocument:
    """What is known of a document: texts by language, '' or None where nothing is.

    title: as it has it; name: how we call it, in brackets where that describes or translates.
    author: the body that issued it. is_inferred: whether the date of publication is.
    """

    slug: str
    kind: str
    title: Labels = field(hash=False)
    name: Labels = field(hash=False)
    author: Labels = field(hash=False)
    publisher: Labels = field(hash=False)
    language: str
    published: Date | None
    is_inferred: bool
    retrieved: Date | None
    address: str
    archive: str


@dataclass(frozen=True)
class Bibliography:
    """Reads documents of a store to be cited."""

    store: Store
    names: Names

    def document(self, iri: str) -> CitedDocument:
        """What is known of a document."""
        node = ox.NamedNode(iri)
        values: dict[str, list[ox.NamedNode | ox.Literal]] = {}
        for quad in self.store.quads(node, None, None, DEFAULT_GRAPH):
            values.setdefault(quad.predicate.value, []).append(quad.object)  # type: ignore[arg-type]

        def of(name: str) -> list[str]:
            return sorted(value.value for value in values.get(name, ()))

        def one(name: str) -> str:
            return next(iter(of(NS + name)), "")

        def texts(name: str) -> Labels:
            found = sorted(values.get(name, ()), key=str, reverse=True)  # of several the first
            literals = [text for text in found if isinstance(text, ox.Literal)]
            return {text.language or "": " ".join(text.value.split()) for text in literals}

        titles = texts(DCTERMS + "title")
        spoken = [iri.rsplit("/", 1)[1] for iri in of(NS + "textLanguage")]
        known = [
            language for language in (*spoken, *LANGUAGES, *sorted(titles)) if language in titles
        ]
        author, day = one("issuedBy"), one("publishedOn")
        return CitedDocument(
            iri.removeprefix(f"{ID}doc/"),
            one("documentType").rsplit("/", 1)[-1],
            titles,
            self.names.both(iri),
            self.names.both(author) if author else {},
            texts(NS + "publisherName"),
            (known or spoken or [""])[0],
            read_date(day) if day else None,
            bool(day) and self._is_inferred(node, "publishedOn", ox.NamedNode(day)),
            read_date(one("retrievedOn")) if one("retrievedOn") else None,
            one("address"),
            one("archiveAddress"),
        )

    def _is_inferred(self, document: ox.NamedNode, name: str, value: ox.NamedNode) -> bool:
        statement = statement_iri((document, term(name), value))
        return any(
            self.store.has(ox.Quad(quad.subject, term("isInferred"), ox.Literal(True), CLAIMS))
            for quad in self.store.quads(None, term("claims"), statement, CLAIMS)
        )


def korean(document: CitedDocument) -> str:
    """As Korean journals cite: 발행 기관, 「제목」, 『신문』, 날짜, 주소(확인일)."""
    title, translated = _title(document, "ko")
    author, publisher = _bodies(document, "ko")
    date = _marked(document, _korean_date(document.published)) if document.published else ""
    place = document.address
    if document.retrieved:
        place += f" (확인일: {_korean_date(document.retrieved)})"
    parts = (
        author,
        (f"「{title}」" if document.title else title) + (f" {translated}" if translated else ""),
        (f"『{publisher}』" if publisher and document.kind == ARTICLE else publisher)
        or ("" if author else "발행처 불명"),
        date or "발행일 불명",
        place,
        f"보존본 {document.archive}" if document.archive else "",
    )
    return ", ".join(filter(None, parts)).removesuffix(".") + "."


def english(document: CitedDocument) -> str:
    """Title in quotation marks, publisher, date, address: near to the Chicago Manual."""
    title, translated = _title(document, "en")
    author, publisher = _bodies(document, "en")
    date = _marked(document, _english_date(document.published)) if document.published else "n.d."
    sentences = (
        author,
        (f"“{title}”" if document.title else title) + (f" {translated}" if translated else ""),
        ", ".join(filter(None, (publisher or ("" if author else "Publisher unknown"), date))),
        document.address,
        f"Accessed {_english_date(document.retrieved)}" if document.retrieved else "",
        f"Archived copy: {document.archive}" if document.archive else "",
    )
    return " ".join(f"{part.removesuffix('.')}." for part in sentences if part)


def bibtex(document: CitedDocument) -> str:
    """An entry for BibTeX and biblatex."""
    language = document.language
    title, _ = _title(document, language)
    author, publisher = _bodies(document, language)
    is_article = document.kind == ARTICLE
    published = document.published
    fields = {
        "author": author and _tex(author),
        "title": _tex(title),
        "journal" if is_article else "howpublished": publisher and _tex(publisher),
        "date": published.text if published and _parts(published) else "",
        "year": str(_parts(published)[0]) if published and _parts(published) else "",
        "url": quote(document.address, safe="!#$%&'()*+,-./:;=?@[]_~"),
        "urldate": document.retrieved.text if document.retrieved else "",
        "langid": {"ko": "korean", "en": "english"}.get(language, ""),
        "note": _tex(_note(document)),
    }
    if not fields["year"]:
        fields["year"] = _tex(published.text) if published else "n.d."
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    # Braces in braces keep capitals, and the name of a body in one piece.
    lines = [re.sub(r"^(  (?:title|author) = )(.*)$", r"\1{\2}", line) for line in lines]
    return f"@{'article' if is_article else 'misc'}{{{document.slug},\n" + ",\n".join(lines) + "\n}"


def csl_item(document: CitedDocument) -> dict[str, Any]:
    """An item of CSL-JSON (schema csl-data.json of the Citation Style Language, 1.0.2)."""
    language = document.language
    title, _ = _title(document, language)
    author, publisher = _bodies(document, language)
    is_article = document.kind == ARTICLE
    item = {
        "id": document.slug,
        "type": CSL_TYPES.get(document.kind, "document"),
        "title": title,
        "author": [{"literal": author}] if author else None,
        "container-title" if is_article else "publisher": publisher,
        "issued": _csl_date(document.published),
        "accessed": _csl_date(document.retrieved),
        "URL": document.address,
        "language": language,
        "genre": "Press release" if document.kind == "press-release" else "",
        "note": _note(document),
    }
    return {name: value for name, value in item.items() if value}


def csl_json(documents: Iterable[CitedDocument]) -> str:
    """CSL-JSON, as Zotero, Pandoc and other programs read it."""
    return json.dumps([csl_item(each) for each in documents], ensure_ascii=False, indent=1)


WRITERS: dict[str, Callable[[CitedDocument], str]] = {
    "korean": korean,
    "english": english,
    "bibtex": bibtex,
}
STYLES = (*WRITERS, "csl-json")
STYLE_OF = {"ko": "korean", "en": "english"}
"""The style of each language."""


def by_date(document: CitedDocument) -> tuple[bool, str, str]:
    """The key by which documents are ordered: by date, those without one at the end."""
    date = document.published
    return date is None, date.text if date else "", document.slug


def cite(documents: Iterable[CitedDocument], style: str) -> str:
    """Citations of documents in one of `STYLES`, one a line, an entry or an item each."""
    if style == "csl-json":
        return csl_json(documents) + "\n"
    return "".join(f"{WRITERS[style](each)}\n" for each in documents)


def _title(document: CitedDocument, language: str) -> tuple[str, str]:
    """The title for readers of a language, and its translation in brackets where there is one."""
    name = document.name.get(language) or next(iter(document.name.values()), "")
    if not document.title:
        return (name if name.startswith("[") else f"[{name}]"), ""
    if title := document.title.get(language):
        return title, ""
    title = document.title.get(document.language) or next(iter(document.title.values()))
    return title, name if name.startswith("[") and name != title else ""


def _bodies(document: CitedDocument, language: str) -> tuple[str, str]:
    """Who issued and who published a document; a body that did both is named once."""
    author, publisher = (
        of.get(language) or next((of[key] for key in (*LANGUAGES, *sorted(of)) if key in of), "")
        for of in (document.author, document.publisher)
    )
    if document.kind != ARTICLE and author == publisher:
        author = ""
    return author, publisher


def _note(document: CitedDocument) -> str:
    notes = (
        "Date of publication inferred" if document.is_inferred else "",
        f"Archived copy: {document.archive}" if document.archive else "",
    )
    return "; ".join(filter(None, notes))


def _tex(words: str) -> str:
    return "".join(TEX.get(character, character) for character in words)


def _parts(date: Date) -> list[int]:
    """Year, month and day of a date as far as it names them; none of an interval or a decade."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", date.text):
        return []
    return [int(part) for part in date.text.split("-")]


def _csl_date(date: Date | None) -> dict[str, Any] | None:
    if date is None:
        return None
    return {"date-parts": [_parts(date)]} if _parts(date) else {"literal": date.text}


def _korean_date(date: Date) -> str:
    return "".join(f"{part}. " for part in _parts(date)).rstrip() or date.text


def _english_date(date: Date) -> str:
    year, *rest = _parts(date) or (date.text,)
    month = calendar.month_name[rest[0]] if rest else ""
    return " ".join(filter(None, (*map(str, rest[1:]), month, str(year))))


def _marked(document: CitedDocument, date: str) -> str:
    """A date, in brackets where it was inferred."""
    return f"[{date}]" if document.is_inferred else date


__all__ = [
    "STYLES",
    "STYLE_OF",
    "Bibliography",
    "CitedDocument",
    "bibtex",
    "by_date",
    "cite",
    "csl_item",
    "csl_json",
    "english",
    "korean",
]
