"""First pass over a file: which documents, things and parts it declares."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from citypact.ontology import ID, LANGUAGES
from citypact.ontology.errors import Message, Problem, shown, suggestion
from citypact.ontology.vocabulary import SLUG
from citypact.sources.model import Document, Place, Sources, Span, Thing
from citypact.sources.reading.annotations import RemarkReader
from citypact.sources.reading.values import LONGEST_IRI
from citypact.sources.reading.yaml_tree import Fields, Items, Node, Text

ONE_LABEL = "needs exactly one label in Korean and one in English"
ONE_LABEL_KOREAN = "한국어와 영어 대표 이름이 하나씩 있어야 합니다"
_NAME = Message("use small letters, digits and single hyphens")
_LONG = Message("makes an IRI of more than {most} characters", most=LONGEST_IRI)
_SPAN = len("#char=123456789,123456789")


class Declarer(RemarkReader):
    """Notes what one file declares. `top` is the tree of the file."""

    def __init__(
        self, file: str, top: Fields, is_entity: bool, sources: Sources, problems: list[Problem]
    ) -> None:
        super().__init__(file, sources, problems)
        self.top, self.is_entity, self.is_import = top, is_entity, False

    def declare(self) -> None:
        """Notes the document, the things of every section and their parts."""
        if not self.is_entity:
            self._declare_document()
        for section, node in self.top:
            if section == "document" and not self.is_entity:
                continue
            line = self.top.key_lines[section]
            found = self.vocabulary.sections.get(section)
            if not found:
                self.sources.is_complete = False
                self._unknown_section(section, line)
            elif not isinstance(node, Fields):
                self.sources.is_complete = False
                self.problem(
                    line, section, "is not a mapping", "write `name:` and its fields below"
                )
            else:
                for slug, body in node:
                    self._declare_thing(
                        f"{ID}{found.segment}/{slug}",
                        slug,
                        found.name,
                        body,
                        Place(self.file, node.key_lines[slug], f"{section}.{slug}"),
                    )

    def _unknown_section(self, section: str, line: int) -> None:
        if section == "document":
            cure = Message("put a record of a document into records/")
        else:
            known = [*self.vocabulary.sections, *([] if self.is_entity else ["document"])]
            cure = suggestion(section, known)
        kind = Message("entity files") if self.is_entity else Message("records")
        self.problem(line, section, Message("is not a section of {kind}", kind=kind), cure)

    def _declare_thing(self, iri: str, slug: str, name: str, body: Node, place: Place) -> None:
        if not SLUG.fullmatch(slug):
            self.sources.is_complete = False
            self.problem(
                place.line,
                place.field,
                Message("{slug} cannot be a name in IRIs", slug=shown(slug)),
                _NAME,
            )
            return
        if len(iri) > LONGEST_IRI:
            self.sources.is_complete = False
            self.problem(place.line, place.field, _LONG, "shorten it")
            return
        if not isinstance(body, Fields):
            self.sources.is_complete = False
            self.problem(place.line, place.field, "has no fields", "write its fields below")
            return
        known = self.sources.things.get(iri)
        if known and body.get("label") and self._declares(known) and not self.is_import:
            self.problem(
                place.line,
                place.field,
                Message(
                    "is declared twice (first in {file}:{line})",
                    file=known.place.file,
                    line=known.place.line,
                ),
                "keep `label` in one place, or choose another name",
            )
        self._both_languages(name, body, place)
        if not known or (body.get("label") and not self._declares(known)):
            self.sources.things[iri] = Thing(iri, name, place, self.is_entity)
            if body.get("label"):
                self.sources.labelled.add(iri)
        for key, prop in self.vocabulary.fields(name).items():
            parts = body.get(key)
            if prop.kind == "part" and isinstance(parts, Fields):
                for part, part_body in parts:
                    self._declare_thing(
                        f"{iri}/{prop.segment}/{part}",
                        part,
                        prop.range[0],
                        part_body,
                        Place(self.file, parts.key_lines[part], f"{place.field}.{key}.{part}"),
                    )

    def _both_languages(self, name: str, body: Fields, place: Place) -> None:
        """Names of places are in both languages, but for those of an import."""
        label = body.get("label")
        is_place = "LocalArea" in self.vocabulary.ancestors(name) or name == "Country"
        if not is_place or self.is_import or not isinstance(label, Fields):
            return
        if not all(label.get(language) for language in LANGUAGES):
            field = f"{place.field}.label"
            self.problems.append(
                Problem(
                    place.file,
                    label.line,
                    field,
                    ONE_LABEL,
                    "name it in ko and en",
                    ONE_LABEL_KOREAN,
                )
            )

    def _declares(self, thing: Thing) -> bool:
        return thing.iri in self.sources.labelled

    def _declare_document(self) -> None:
        node = self.top.get("document")
        line = self.top.key_lines.get("document", 1)
        if not isinstance(node, Fields):
            message = Message("is not a mapping") if node else Message("is missing")
            self.problem(line, "document", message, "begin the record with `document:`")
            return
        slug = node.get("id")
        word = slug.value if isinstance(slug, Text) else ""
        place = Place(self.file, slug.line if slug else line, "document")
        iri = f"{ID}doc/{word}"
        first = self.sources.documents.get(iri)
        if not SLUG.fullmatch(word):
            # The rest is read as that of a document without a name, for its own faults.
            self.problem(place.line, "document.id", "is missing or not a name", _NAME)
            iri = f"{ID}doc/unnamed"
        elif len(iri) + _SPAN > LONGEST_IRI:
            self.problem(place.line, "document.id", _LONG, "shorten it")
        elif first:
            self.problem(
                place.line,
                "document.id",
                Message(
                    "{word!r} is taken by {file}:{line}",
                    word=word,
                    file=first.place.file,
                    line=first.place.line,
                ),
                "each document has one record: choose another id or join the records",
            )
        if not node.get("label") and not node.get("title"):
            cure = Message("give the `title` that it has, or name it in ko and en")
            self.problem(place.line, "document.label", "is missing", cure)
        self.document = Document(iri, word, place, *self._text(node))
        self.document = replace(
            self.document,
            versions=tuple(self._versions(node.get("versions"))),
            copies=tuple(self._copies(node.get("copies"))),
        )
        self.sources.documents.setdefault(iri, self.document)
        self.sources.things.setdefault(iri, Thing(iri, "SourceDocument", place, False))
        self.sources.labelled.add(iri)

    def _text(self, node: Fields) -> tuple[str, int]:
        """The digest of the document's text and how many characters it has."""
        digest, length, kind = node.get("sha256"), node.get("characters"), node.get("type")
        is_data = isinstance(kind, Text) and kind.value == "dataset" and length is None
        if digest is None or is_data:
            return "", 0
        if not isinstance(digest, Text):
            self.problem(digest.line, "document.sha256", "is not a plain value", "write 64 digits")
            return "unknown", 0
        if isinstance(length, Text) and re.fullmatch("[1-9][0-9]{0,8}", length.value):
            return digest.value, int(length.value)
        self.problem(
            length.line if length else digest.line,
            "document.characters",
            "is missing or not a number",
            "say how many characters (code points) the text has",
        )
        return digest.value, 0

    def _versions(self, node: Node | None) -> list[tuple[str, Span]]:
        found = []
        if isinstance(node, Fields):
            for language, text in node:
                known = self.vocabulary.codes["language"]
                if language not in known:
                    message = Message(
                        "{language} is not a known language", language=shown(language)
                    )
                    line, cure = node.key_lines[language], suggestion(language, known)
                    self.problem(line, "document.versions", message, cure)
                found += [(language, span) for span in self._spans(text, "document.versions")]
            spans = sorted(span for _, span in found)
            if any(one[1] > other[0] for one, other in pairwise(spans)):
                cure = Message("end each version where the next one begins")
                self.problem(node.line, "document.versions", "has spans that overlap", cure)
        elif node is not None:
            self.problem(node.line, "document.versions", "is not a mapping", "write `ko: 0-1280`")
        return found

    def _copies(self, node: Node | None) -> list[tuple[Span, Span]]:
        found = []
        for item in node.values if isinstance(node, Items) else () if node is None else (node,):
            field = "document.copies"
            first, again = (
                (item.get("of"), item.get("again")) if isinstance(item, Fields) else (None, None)
            )
            if not first or not again:
                self.problem(item.line, field, "requires `of` and `again`", "write spans for both")
                continue
            one, two = self._spans(first, field), self._spans(again, field)
            if len(one) == len(two) == 1:
                if one[0][1] - one[0][0] != two[0][1] - two[0][0]:
                    cure = Message("give as many characters in `again` as in `of`")
                    self.problem(item.line, field, "has spans of different length", cure)
                found.append((one[0], two[0]))
            elif len(one) > 1 or len(two) > 1:
                cure = Message("write one item for each pair of spans")
                self.problem(item.line, field, "has several spans in `of` or `again`", cure)
        return found


__all__ = ["Declarer"]
