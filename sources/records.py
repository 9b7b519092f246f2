"""Reads records, entities and registers into documents, things and claims; keeps every fault."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from ontology import CODE, EDITORS, ID, LANGUAGES, NS, RDF
from ontology.errors import CitypactError, Problem, RecordError
from ontology.vocabulary import Property
from sources.imports import declare_cities, read_import, read_triples, registers_of
from sources.located import Fields, Items, Node, Text, read_yaml
from sources.merges import merge
from sources.model import Claim, Document, Place, Sources, Span, Thing
from sources.registers import Rows, read_registers
from sources.remarks import EVIDENCE, INHERITED, OF_A_VALUE, Context, RemarkReader, Remarks
from sources.values import SLUG, ValueFault, parse_text, parse_value, shown, suggestion

NEVER_EVIDENCED = ("label", "wikidata", "geonames")
"""Fields that are always the editors' own: names we show and links that we make."""
NAMED_BY_RULE = ("Tenure", "Membership", "Partnership", "Signature", "Figure", "Participation")
"""Classes whose things get their names by rule, from the names of what they join."""
ONE_LABEL = "needs exactly one label in Korean and one in English"
ONE_LABEL_KOREAN = "한국어와 영어 대표 이름이 하나씩 있어야 합니다"
STRUCTURE = ("id", "versions", "copies")
"""Keys of a document that describe its text rather than state something."""


def load_sources(folder: Path, *, registers: bool = True, imports: Sequence[Path] = ()) -> Sources:
    """Reads `entities/*.yaml`, `records/*.yaml` and `registers/*.csv` below a folder.

    Without `registers` the records stand alone, with the entities that they need. `imports` are
    folders of further registers, such as `citypact import` makes. Files are read in the order of
    their names; nothing that is said depends on it.

    Raises RecordError with every fault found, or CitypactError where the folder has no records.
    """
    entities, records = (sorted((folder / part).glob("*.yaml")) for part in ("entities", "records"))
    if not records:
        raise CitypactError(
            f"{folder / 'records'} holds no records\n    -> name a folder that has "
            "entities/*.yaml and records/*.yaml"
        )
    problems = [
        Problem(
            f"{part}/{path.name}", 0, "", "is not read: its name ends in .yml", "end it in .yaml"
        )
        for part in ("entities", "records")
        for path in sorted((folder / part).glob("*.yml"))
    ]
    files: list[tuple[str, Fields, bool]] = []
    for path in (*entities, *records):
        name = f"{path.parent.name}/{path.name}"
        try:
            files.append((name, read_yaml(path, name), path in entities))
        except RecordError as error:
            problems += error.problems
    own = folder / "registers"
    rows = read_registers(own, problems) if registers else []
    lists = [read_import(each) for each in imports]
    rows += [each for one in lists for each in registers_of(one)]
    sources = Sources(is_complete=not problems)
    readers = [Reader(name, top, entity, sources, problems) for name, top, entity in files]
    readers += [RegisterReader(each, sources, problems) for each in rows]
    for reader in readers:
        reader.declare()
    for one in lists:
        declare_cities(one, sources, problems)
    for reader in readers:
        reader.read()
    for one in lists:
        for iri, triples in read_triples(one, sources, problems).items():
            sources.imported.setdefault(iri, []).extend(triples)
    if registers:
        merge(sources, own / "merges.csv", problems)
    if problems:
        raise RecordError(problems)
    return sources


class Reader(RemarkReader):
    """Reads one file. `declare` notes its things, `read` makes its claims."""

    def __init__(
        self, file: str, top: Fields, is_entity: bool, sources: Sources, problems: list[Problem]
    ) -> None:
        super().__init__(file, sources, problems)
        self.top, self.is_entity, self.is_import = top, is_entity, False

    # Declaring

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
            cure = "a record of a document belongs into records/"
        else:
            known = [*self.vocabulary.sections, *([] if self.is_entity else ["document"])]
            cure = suggestion(section, known)
        kind = "entity files" if self.is_entity else "records"
        self.problem(line, section, f"is no section of {kind}", cure)

    def _declare_thing(self, iri: str, slug: str, name: str, body: Node, place: Place) -> None:
        if not SLUG.fullmatch(slug):
            self.sources.is_complete = False
            self.problem(place.line, place.field, f"{shown(slug)} cannot be a name in IRIs", _NAME)
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
                f"is declared twice (first in {known.place.file}:{known.place.line})",
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
            message = "is not a mapping" if node else "is missing"
            self.problem(line, "document", message, "begin the record with `document:`")
            return
        slug, label = node.get("id"), node.get("label")
        word = slug.value if isinstance(slug, Text) else ""
        place = Place(self.file, slug.line if slug else line, "document")
        iri = f"{ID}doc/{word}"
        first = self.sources.documents.get(iri)
        if not SLUG.fullmatch(word):
            # The rest is read as that of a document without a name, for its own faults.
            self.problem(place.line, "document.id", "is missing or no name", _NAME)
            iri = f"{ID}doc/unnamed"
        elif first:
            self.problem(
                place.line,
                "document.id",
                f"{word!r} is taken by {first.place.file}:{first.place.line}",
                "one record a document: choose another id or join the records",
            )
        if not label:
            self.problem(place.line, "document.label", "is missing", "name it in ko and en")
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
            "is missing or no number",
            "say how many characters (code points) the text has",
        )
        return digest.value, 0

    def _versions(self, node: Node | None) -> list[tuple[str, Span]]:
        found = []
        if isinstance(node, Fields):
            for language, text in node:
                known = self.vocabulary.codes["language"]
                if language not in known:
                    message = f"{shown(language)} is no language known"
                    line, cure = node.key_lines[language], suggestion(language, known)
                    self.problem(line, "document.versions", message, cure)
                found += [(language, span) for span in self._spans(text, "document.versions")]
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
                self.problem(item.line, field, "needs `of` and `again`", "write spans for both")
                continue
            one, two = self._spans(first, field), self._spans(again, field)
            if len(one) == len(two) == 1:
                if one[0][1] - one[0][0] != two[0][1] - two[0][0]:
                    cure = "give as many characters in `again` as in `of`"
                    self.problem(item.line, field, "has spans of different length", cure)
                found.append((one[0], two[0]))
            elif len(one) > 1 or len(two) > 1:
                cure = "write one item for each pair of spans"
                self.problem(item.line, field, "has several spans in `of` or `again`", cure)
        return found

    # Reading

    def read(self) -> None:
        """Makes the claims of the file."""
        document = self.top.get("document")
        if isinstance(document, Fields) and not self.is_entity:
            self._read_document(document)
        elif self.document.iri == EDITORS and not self.is_entity:
            return  # Without a document nothing can be said of its claims.
        start = Context(editorial=self.is_entity)
        for section, node in self.top:
            found = self.vocabulary.sections.get(section)
            if found and isinstance(node, Fields):
                for slug, body in node:
                    iri = f"{ID}{found.segment}/{slug}"
                    if isinstance(body, Fields) and iri in self.sources.things:
                        place = Place(self.file, node.key_lines[slug], f"{section}.{slug}")
                        self._read_thing(iri, iri, found.name, body, start, place)

    def _read_document(self, node: Fields) -> None:
        iri, place, context = self.document.iri, self.document.place, Context(editorial=True)
        self._claim(iri, RDF + "type", ox.NamedNode(NS + "SourceDocument"), context, place)
        self._read_fields(iri, iri, "SourceDocument", node, context, place)

    def _read_thing(
        self, iri: str, whole: str, name: str, body: Fields, outer: Context, place: Place
    ) -> Context:
        """Reads a thing's own claims; gives back what holds below it."""
        context = self._inherit(body, outer, place)
        kind = ox.NamedNode(NS + name)
        thing = self.sources.things[iri]
        if not thing.is_entity or self.is_entity:
            if iri == whole and self._evidence_missing(context):
                self.problem(place.line, place.field, "has no evidence", EVIDENCE)
                context = replace(context, editorial=True)  # so that it is said once
            note = self._remarks(body.get("note"), f"{place.field}.note")
            self._claim(iri, RDF + "type", kind, context, place, note=note)
        elif body.get("note"):
            self.problem(
                body.key_lines["note"],
                f"{place.field}.note",
                "has no statement to stand beside: the thing is declared in an entity file",
                "write the note inside a value",
            )
        if name == "Prospect":
            self._read_modality(iri, body, context, place)
        if iri == whole and iri not in self.sources.labelled and name not in NAMED_BY_RULE:
            self.sources.labelled.add(iri)
            self.problem(place.line, f"{place.field}.label", "is missing", "name it in ko and en")
        self._read_fields(iri, whole, name, body, context, place)
        return context

    def _read_modality(self, iri: str, body: Fields, context: Context, place: Place) -> None:
        """Claims how a prospect is put: of a prospect its modality is a fact."""
        line = body.key_lines.get("modality", place.line)
        place = Place(self.file, line, f"{place.field}.modality")
        if body.get("modality") is None:
            cure = "say expected, proposed, invited or requested"
            self.problem(place.line, place.field, "is missing", cure)
        code = ox.NamedNode(f"{CODE}modality/{context.modality}")
        self._claim(iri, NS + "modality", code, context, place)

    def _read_fields(
        self, iri: str, whole: str, name: str, body: Fields, context: Context, place: Place
    ) -> None:
        fields = self.vocabulary.fields(name)
        others = STRUCTURE if name == "SourceDocument" else INHERITED
        for key, node in body:
            if key in others:
                continue
            here = Place(self.file, body.key_lines[key], f"{place.field}.{key}")
            prop = fields.get(key)
            if prop is None:
                cure = (
                    f"`{key}` belongs inside a value, beside `is:`"
                    if key in OF_A_VALUE
                    else suggestion(key, [*fields, *others])
                )
                self.problem(here.line, here.field, f"is no field of {name}", cure)
            elif prop.kind == "part":
                self._read_parts(iri, whole, prop, node, context, here)
            elif isinstance(node, Items) and not node.values:
                self.problem(here.line, here.field, "has no value", "write one or remove the field")
            else:
                for value in node.values if isinstance(node, Items) else (node,):
                    self._read_value(iri, whole, prop, value, context, here)

    def _read_parts(
        self, iri: str, whole: str, prop: Property, node: Node, context: Context, place: Place
    ) -> None:
        if not isinstance(node, Fields):
            self.problem(
                place.line, place.field, "is not a mapping", "write `name:` and its fields"
            )
            return
        for slug, body in node:
            part = f"{iri}/{prop.segment}/{slug}"
            here = Place(self.file, node.key_lines[slug], f"{place.field}.{slug}")
            if not isinstance(body, Fields) or part not in self.sources.things:
                continue
            inner = self._read_thing(part, whole, prop.range[0], body, context, here)
            link = replace(context, spans=inner.spans, is_inferred=inner.is_inferred)
            if "Provision" not in self.vocabulary.ancestors(prop.range[0]):
                # That an agreement has an optional clause is a fact; that it has a signature that
                # is only expected is none.
                link = replace(link, modality=inner.modality)
            self._claim(iri, prop.iri, ox.NamedNode(part), link, here)

    def _read_value(
        self, iri: str, whole: str, prop: Property, node: Node, outer: Context, place: Place
    ) -> None:
        place = Place(place.file, node.line, place.field)
        remarks = node if isinstance(node, Fields) else Fields({}, {}, node.line)
        context = self._inherit(remarks, outer, place)
        if prop.field == "label" and self.is_import and self._is_named_elsewhere(iri):
            prop = self.vocabulary.properties["altLabel"]
        elif prop.field in NEVER_EVIDENCED and not self.is_import:
            if remarks.get("at"):
                cure = "remove `at`; a name as a document writes it goes to `aliases` or `title`"
                self.problem(place.line, place.field, "is always the editors' own", cure)
            context = Context(editorial=True)
        elif self._evidence_missing(context):
            self.problem(place.line, place.field, "has no evidence", EVIDENCE)
        rank = self._word(remarks.get("rank"), "rank", place) or "normal"
        as_of = self._date(remarks.get("as_of"), place)
        note = self._remarks(remarks.get("note"), f"{place.field}.note")
        reason = self._remarks(remarks.get("reason"), f"{place.field}.reason")
        if rank != "normal" and not reason:
            message = f"has the rank {rank} without a reason"
            self.problem(place.line, place.field, message, "give `reason:`")
        for language, text in self._words(node, prop, place):
            try:
                term = (
                    parse_text(text, language)
                    if prop.kind == "text"
                    else parse_value(text, prop, self.vocabulary, self.sources.things, whole)
                )
            except ValueFault as fault:
                self._fault(fault, place.line, place.field)
                continue
            self._claim(
                iri,
                prop.iri,
                term,
                context,
                place,
                rank=rank,
                as_of=as_of,
                note=note,
                reason=reason,
            )

    def _is_named_elsewhere(self, iri: str) -> bool:
        """Whether another file gives the name of a thing: that of an import is then an alias."""
        thing = self.sources.things.get(iri)
        return thing is not None and thing.place.file != self.file

    def _words(self, node: Node, prop: Property, place: Place) -> list[tuple[str, str]]:
        """The plain words of a value with the key that they stand under."""
        if isinstance(node, Text) and prop.kind != "text":
            return [("is", node.value)]
        keys = LANGUAGES if prop.kind == "text" else ("is",)
        wanted = "`ko: …` and `en: …`" if prop.kind == "text" else "a plain value or `is:`"
        if not isinstance(node, Fields):
            message = "has no value of the right form"
            self.problem(place.line, place.field, message, f"write {wanted}")
            return []
        unknown = [key for key, _ in node if key not in (*OF_A_VALUE, *keys)]
        for key in unknown:
            cure = suggestion(key, [*OF_A_VALUE, *keys])
            self.problem(node.key_lines[key], place.field, f"{shown(key)} cannot stand here", cure)
        found = []
        given = [(key, node.get(key)) for key in keys if node.get(key)]
        for key, value in given:
            for item in value.values if isinstance(value, Items) else (value,):
                if isinstance(item, Text):
                    found.append((key, item.value))
                elif item is not None:
                    self.problem(item.line, place.field, "is not a plain value", f"write {wanted}")
        if not found and not unknown and not any(isinstance(v, Fields) for _, v in given):
            self.problem(place.line, place.field, "has no value", f"write {wanted}")
        return found

    def _claim(
        self,
        subject: str,
        predicate: str,
        term: ox.NamedNode | ox.Literal,
        context: Context,
        place: Place,
        *,
        rank: str = "normal",
        as_of: str = "",
        note: Remarks = (),
        reason: Remarks = (),
    ) -> None:
        self.sources.claims.append(
            Claim(
                subject,
                predicate,
                term,
                EDITORS if context.editorial else self.document.iri,
                place,
                () if context.editorial else context.spans,
                context.modality,
                rank,
                as_of,
                context.is_inferred,
                context.attributed_to,
                note,
                reason,
            )
        )


class RegisterReader(Reader):
    """Reads what one source says in one register; a row of `documents.csv` is a document."""

    def __init__(self, rows: Rows, sources: Sources, problems: list[Problem]) -> None:
        super().__init__(rows.file, rows.top, not rows.source, sources, problems)
        self.rows, self.is_import = rows, rows.is_import

    def _declare_document(self) -> None:
        if "document" in self.top.values:
            super()._declare_document()

    def read(self) -> None:
        """Makes the claims of the rows."""
        if self.rows.source and "document" not in self.top.values:
            document = self.sources.documents.get(f"{ID}doc/{self.rows.source}")
            if document is None or document.has_text:
                known = [d.slug for d in self.sources.documents.values() if not d.has_text]
                self.problem(
                    self.rows.line,
                    "source",
                    f"{shown(self.rows.source)} is a text: what it says needs evidence"
                    if document
                    else f"{shown(self.rows.source)} is no document",
                    "write it into the record of that document"
                    if document
                    else suggestion(self.rows.source, known),
                )
                return
            self.document = document
        super().read()


_NAME = "use small letters, digits and single hyphens"

__all__ = ["NAMED_BY_RULE", "NEVER_EVIDENCED", "STRUCTURE", "load_sources"]
