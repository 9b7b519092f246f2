"""Reads entity files and records into documents, things and claims; collects every fault first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from ontology import CODE, EDITORS, ID, LANGUAGES, NS, RDF, XSD
from ontology.errors import CitypactError, Problem, RecordError
from ontology.vocabulary import Property, Vocabulary, vocabulary
from sources.located import Fields, Items, Node, Text, read_yaml
from sources.model import Claim, Document, Place, Sources, Span, Thing
from sources.values import (
    SLUG,
    ValueFault,
    date_iri,
    parse_span,
    parse_text,
    parse_value,
    suggestion,
)

INHERITED = ("at", "modality", "inferred", "attributed_to", "note", "editorial")
"""Keys of a thing that hold for all that is written below it (a note: for the thing alone)."""
OF_A_VALUE = (*INHERITED, "is", "rank", "reason", "as_of")
NEVER_EVIDENCED = ("label", "wikidata", "geonames")
"""Fields that are always the editors' own: names we show and links that we make."""
NAMED_BY_RULE = ("Tenure", "Membership")
"""Classes whose things get their names by rule, from the names of what they join."""
STRUCTURE = ("id", "versions", "copies")
"""Keys of a document that describe its text rather than state something."""


def load_sources(folder: Path) -> Sources:
    """Reads `entities/*.yaml` and `records/*.yaml` below a folder, in the order of their names.

    Raises RecordError with every fault found, or CitypactError where the folder has no records.
    """
    entities, records = (
        sorted((folder / part).glob("*.yaml")) for part in ("entities", "records")
    )
    if not records:
        raise CitypactError(
            f"{folder / 'records'} holds no records\n    -> name a folder that has "
            "entities/*.yaml and records/*.yaml"
        )
    problems: list[Problem] = []
    files: list[tuple[str, Fields, bool]] = []
    for path in (*entities, *records):
        name = f"{path.parent.name}/{path.name}"
        try:
            files.append((name, read_yaml(path, name), path in entities))
        except RecordError as error:
            problems += error.problems
    sources = Sources()
    readers = [Reader(name, top, entity, sources, problems) for name, top, entity in files]
    for reader in readers:
        reader.declare()
    for reader in readers:
        reader.read()
    if problems:
        raise RecordError(problems)
    return sources


@dataclass(frozen=True)
class Context:
    """What holds for the value being read: inherited from the thing around it."""

    spans: tuple[Span, ...] = ()
    modality: str = "asserted"
    is_inferred: bool = False
    attributed_to: str = ""
    editorial: bool = False


class Reader:
    """Reads one file. `declare` notes its things, `read` makes its claims."""

    def __init__(
        self, file: str, top: Fields, is_entity: bool, sources: Sources, problems: list[Problem]
    ) -> None:
        self.file, self.top, self.is_entity = file, top, is_entity
        self.sources, self.problems = sources, problems
        self.vocabulary: Vocabulary = vocabulary()
        self.document = Document(EDITORS, "citypact-editors", Place(file, 1, ""))

    def problem(self, line: int, field: str, message: str, cure: str = "") -> None:
        self.problems.append(Problem(self.file, line, field, message, cure))

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
                known = [*self.vocabulary.sections, "document"]
                self.problem(line, section, "is no section of records", suggestion(section, known))
            elif not isinstance(node, Fields):
                self.problem(line, section, "is not a mapping", "write `name:` and its fields below")
            else:
                for slug, body in node:
                    self._declare_thing(
                        f"{ID}{found.segment}/{slug}",
                        slug,
                        found.name,
                        body,
                        Place(self.file, node.key_lines[slug], f"{section}.{slug}"),
                    )

    def _declare_thing(self, iri: str, slug: str, name: str, body: Node, place: Place) -> None:
        if not SLUG.fullmatch(slug):
            self.problem(
                place.line,
                place.field,
                f"{slug[:80]!r} cannot be a name in IRIs",
                "use small letters, digits and single hyphens",
            )
            return
        if not isinstance(body, Fields):
            self.problem(place.line, place.field, "has no fields", "write its fields below")
            return
        known = self.sources.things.get(iri)
        if known and body.get("label") and self._declares(known):
            self.problem(
                place.line,
                place.field,
                f"is declared twice (first in {known.place.file}:{known.place.line})",
                "keep `label` in one place, or choose another name",
            )
        if not known or (body.get("label") and not self._declares(known)):
            self.sources.things[iri] = Thing(iri, name, place, self.is_entity)
            if body.get("label"):
                self._labelled.add(iri)
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

    @property
    def _labelled(self) -> set[str]:
        return self.sources.labelled

    def _declares(self, thing: Thing) -> bool:
        return thing.iri in self._labelled

    def _declare_document(self) -> None:
        node = self.top.get("document")
        line = self.top.key_lines.get("document", 1)
        if not isinstance(node, Fields):
            self.problem(line, "document", "is missing", "begin the record with `document:`")
            return
        slug = node.get("id")
        if not isinstance(slug, Text) or not SLUG.fullmatch(slug.value):
            self.problem(
                line,
                "document.id",
                "is missing or no name",
                "use small letters, digits and single hyphens",
            )
            return
        iri = f"{ID}doc/{slug.value}"
        place = Place(self.file, slug.line, "document")
        if iri in self.sources.documents:
            first = self.sources.documents[iri].place
            self.problem(
                slug.line,
                "document.id",
                f"{slug.value!r} is taken by {first.file}:{first.line}",
                "one record a document: choose another id or join the records",
            )
            return
        digest, length = node.get("sha256"), node.get("characters")
        characters = 0
        if isinstance(digest, Text):
            if isinstance(length, Text) and length.value.isdecimal() and int(length.value) > 0:
                characters = int(length.value)
            else:
                self.problem(
                    digest.line,
                    "document.characters",
                    "is missing or no number",
                    "say how many characters (code points) the text has",
                )
        self.document = Document(
            iri,
            slug.value,
            place,
            digest.value if isinstance(digest, Text) else "",
            characters,
        )
        self.document = replace(
            self.document,
            versions=tuple(self._versions(node.get("versions"))),
            copies=tuple(self._copies(node.get("copies"))),
        )
        self.sources.documents[iri] = self.document
        self.sources.things[iri] = Thing(iri, "SourceDocument", place, False)
        if node.get("label"):
            self._labelled.add(iri)
        else:
            self.problem(slug.line, "document.label", "is missing", "name it in ko and en")

    def _versions(self, node: Node | None) -> list[tuple[str, Span]]:
        found = []
        if isinstance(node, Fields):
            for language, text in node:
                if language not in self.vocabulary.codes["language"]:
                    self.problem(text.line, "document.versions", f"{language!r} is no language known")
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
            if one and two:
                if one[0][1] - one[0][0] != two[0][1] - two[0][0]:
                    self.problem(item.line, field, "has spans of different length", "measure again")
                found.append((one[0], two[0]))
        return found

    # Reading

    def read(self) -> None:
        """Makes the claims of the file."""
        document = self.top.get("document")
        if not self.is_entity and isinstance(document, Fields):
            self._read_document(document)
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
        iri = self.document.iri
        place = self.document.place
        self._claim(iri, RDF + "type", ox.NamedNode(NS + "SourceDocument"), Context(editorial=True), place)
        self._read_fields(iri, iri, "SourceDocument", node, Context(editorial=True), place)

    def _read_thing(
        self, iri: str, whole: str, name: str, body: Fields, outer: Context, place: Place
    ) -> Context:
        """Reads a thing's own claims; gives back what holds below it."""
        context = self._inherit(body, outer, place)
        kind = ox.NamedNode(NS + name)
        thing = self.sources.things[iri]
        if not thing.is_entity or self.is_entity:
            if thing.class_name != name:
                self.problem(
                    place.line,
                    place.field,
                    f"is a {thing.class_name} in {thing.place.file}:{thing.place.line}",
                    "use the same section in both",
                )
            if iri == whole and self._evidence_missing(context):
                self.problem(place.line, place.field, "has no evidence", _EVIDENCE)
            self._claim(iri, RDF + "type", kind, context, place, note=body.get("note"))
        if "modality" in self._own_properties(name):
            modality = body.get("modality")
            if modality is None and name == "Prospect":
                self.problem(
                    place.line,
                    f"{place.field}.modality",
                    "is missing",
                    "say expected, proposed, invited or requested",
                )
            code = ox.NamedNode(f"{CODE}modality/{context.modality}")
            self._claim(iri, NS + "modality", code, context, place)
        if iri == whole and iri not in self._labelled and name not in NAMED_BY_RULE:
            self._labelled.add(iri)
            self.problem(place.line, f"{place.field}.label", "is missing", "name it in ko and en")
        self._read_fields(iri, whole, name, body, context, place)
        return context

    def _own_properties(self, name: str) -> set[str]:
        return {p.name for p in self.vocabulary.properties.values() if name in p.domain}

    def _read_fields(
        self, iri: str, whole: str, name: str, body: Fields, context: Context, place: Place
    ) -> None:
        fields = self.vocabulary.fields(name)
        is_document = name == "SourceDocument"
        for key, node in body:
            if key in INHERITED or (is_document and key in STRUCTURE):
                continue
            here = Place(self.file, body.key_lines[key], f"{place.field}.{key}")
            prop = fields.get(key)
            if prop is None:
                cure = suggestion(key, [*fields, *INHERITED])
                self.problem(here.line, here.field, f"is no field of {name}", cure)
            elif prop.kind == "part":
                self._read_parts(iri, whole, prop, node, context, here)
            else:
                for value in node.values if isinstance(node, Items) else (node,):
                    self._read_value(iri, whole, prop, value, context, here)

    def _read_parts(
        self, iri: str, whole: str, prop: Property, node: Node, context: Context, place: Place
    ) -> None:
        if not isinstance(node, Fields):
            self.problem(place.line, place.field, "is not a mapping", "write `name:` and its fields")
            return
        for slug, body in node:
            part = f"{iri}/{prop.segment}/{slug}"
            here = Place(self.file, node.key_lines[slug], f"{place.field}.{slug}")
            if not isinstance(body, Fields) or part not in self.sources.things:
                continue
            inner = self._read_thing(part, whole, prop.range[0], body, context, here)
            # The link belongs to the whole: that an agreement has an optional clause is a fact.
            link = replace(context, spans=inner.spans, is_inferred=inner.is_inferred)
            self._claim(iri, prop.iri, ox.NamedNode(part), link, here)

    def _read_value(
        self, iri: str, whole: str, prop: Property, node: Node, outer: Context, place: Place
    ) -> None:
        place = Place(place.file, node.line, place.field)
        extra: dict[str, Node] = {}
        texts: list[tuple[str, str]] = []
        context = outer
        if isinstance(node, Fields):
            extra = {key: value for key, value in node if key in OF_A_VALUE}
            languages = LANGUAGES if prop.kind == "text" else ("is",)
            unknown = [key for key, _ in node if key not in (*OF_A_VALUE, *languages)]
            for key in unknown:
                cure = suggestion(key, [*OF_A_VALUE, *languages])
                self.problem(node.key_lines[key], place.field, f"{key!r} cannot stand here", cure)
            context = self._inherit(node, outer, place)
            for language in languages:
                value = node.get(language)
                for item in value.values if isinstance(value, Items) else (value,):
                    if isinstance(item, Text):
                        texts.append((language, item.value))
                    elif item is not None:
                        self.problem(item.line, place.field, "is not a plain value")
            if not texts and not unknown:
                wanted = "`ko:` or `en:`" if prop.kind == "text" else "`is:`"
                self.problem(place.line, place.field, "has no value", f"give {wanted}")
        elif isinstance(node, Text) and prop.kind != "text":
            texts = [("is", node.value)]
        else:
            wanted = "`ko: …` and `en: …`" if prop.kind == "text" else "a plain value or `is:`"
            self.problem(place.line, place.field, "has no value of the right form", f"write {wanted}")
        if prop.field in NEVER_EVIDENCED:
            context = Context(editorial=True)
        elif self._evidence_missing(context):
            self.problem(place.line, place.field, "has no evidence", _EVIDENCE)
        for language, text in texts:
            try:
                term = (
                    parse_text(text, language)
                    if prop.kind == "text"
                    else parse_value(text, prop, self.vocabulary, self.sources.things, whole)
                )
            except ValueFault as fault:
                self.problem(place.line, place.field, fault.message, fault.cure)
                continue
            self._claim(
                iri,
                prop.iri,
                term,
                context,
                place,
                rank=self._word(extra.get("rank"), "rank", place) or "normal",
                as_of=self._date(extra.get("as_of"), place),
                note=extra.get("note"),
                reason=extra.get("reason"),
            )

    def _evidence_missing(self, context: Context) -> bool:
        return self.document.has_text and not context.editorial and not context.spans

    def _inherit(self, node: Fields, outer: Context, place: Place) -> Context:
        context = outer
        at = node.get("at")
        if at is not None:
            if not self.document.has_text:
                self.problem(
                    at.line,
                    f"{place.field}.at",
                    "points into a text that the record does not identify",
                    "give the document's sha256 and characters, or remove `at`",
                )
            spans = tuple(sorted(self._spans(at, f"{place.field}.at")))
            context = replace(context, spans=self.document.with_copies(spans), editorial=False)
        if node.get("modality") is not None:
            word = self._word(node.get("modality"), "modality", place)
            context = replace(context, modality=word or context.modality)
        if node.get("inferred") is not None:
            context = replace(context, is_inferred=self._true(node.get("inferred"), place))
        if node.get("editorial") is not None:
            context = replace(context, editorial=self._true(node.get("editorial"), place), spans=())
        speaker = node.get("attributed_to")
        if speaker is not None:
            prop = self.vocabulary.properties["attributedTo"]
            try:
                text = speaker.value if isinstance(speaker, Text) else ""
                term = parse_value(text, prop, self.vocabulary, self.sources.things, "")
                context = replace(context, attributed_to=term.value)
            except ValueFault as fault:
                field = f"{place.field}.attributed_to"
                self.problem(speaker.line, field, fault.message, fault.cure)
        return context

    def _spans(self, node: Node, field: str) -> list[Span]:
        found = []
        for item in node.values if isinstance(node, Items) else (node,):
            if not isinstance(item, Text):
                self.problem(item.line, field, "is not a span", "write start-end, such as 120-145")
                continue
            try:
                span = parse_span(item.value)
            except ValueFault as fault:
                self.problem(item.line, field, fault.message, fault.cure)
                continue
            if self.document.characters and span[1] > self.document.characters:
                self.problem(
                    item.line,
                    field,
                    f"{item.value} ends after the text, which has {self.document.characters} characters",
                    "count code points of the text whose sha256 the record gives",
                )
            found.append(span)
        return found

    def _word(self, node: Node | None, codes: str, place: Place) -> str:
        if node is None:
            return ""
        text = node.value if isinstance(node, Text) else ""
        known = self.vocabulary.codes[codes]
        if text not in known:
            field = f"{place.field}.{codes}"
            self.problem(node.line, field, f"{text!r} is no {codes}", suggestion(text, known))
            return ""
        return text

    def _true(self, node: Node | None, place: Place) -> bool:
        if isinstance(node, Text) and node.value in ("true", "false"):
            return node.value == "true"
        self.problem(place.line, place.field, "needs true or false")
        return False

    def _date(self, node: Node | None, place: Place) -> str:
        if node is None:
            return ""
        text = node.value if isinstance(node, Text) else ""
        prop = self.vocabulary.properties["claimedAsOf"]
        try:
            parse_value(text, prop, self.vocabulary, {}, "")
        except ValueFault as fault:
            self.problem(node.line, f"{place.field}.as_of", fault.message, fault.cure)
            return ""
        return text

    def _remarks(self, node: Node | None, field: str) -> tuple[tuple[str, str], ...]:
        if node is None:
            return ()
        found = {k: v.value for k, v in node if isinstance(v, Text)} if isinstance(node, Fields) else {}
        if set(found) != set(LANGUAGES):
            self.problem(node.line, field, "needs both languages", "write `{ko: …, en: …}`")
        return tuple(sorted(found.items()))

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
        note: Node | None = None,
        reason: Node | None = None,
    ) -> None:
        reasons = self._remarks(reason, f"{place.field}.reason")
        if rank != "normal" and not reasons:
            self.problem(
                place.line, place.field, f"has the rank {rank} without a reason", "give `reason:`"
            )
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
                self._remarks(note, f"{place.field}.note"),
                reasons,
            )
        )


_EVIDENCE = "give `at:` with the spans of the words, here or on the thing around it"

__all__ = ["INHERITED", "NEVER_EVIDENCED", "OF_A_VALUE", "XSD", "date_iri", "load_sources"]
