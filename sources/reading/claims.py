"""Second pass over a file: the claims that a record, an entity file or a register makes."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox

from citypact.ontology import CODE, EDITORS, ID, NS, RDF
from citypact.ontology.errors import Message, Problem, shown, suggestion
from citypact.ontology.vocabulary import Property
from citypact.sources.model import Claim, Date, Place, Sources
from citypact.sources.reading.annotations import (
    EVIDENCE,
    INHERITED,
    OF_A_VALUE,
    ClaimContext,
    Remarks,
)
from citypact.sources.reading.declare import Declarer
from citypact.sources.reading.registers import RegisterRows
from citypact.sources.reading.values import MOST_NAMES, ValueFault, parse_text, parse_value
from citypact.sources.reading.yaml_tree import Fields, Items, Node, Text

NEVER_EVIDENCED = ("label", "wikidata", "geonames")
"""Fields that are always the editors' own: names we show and links that we make."""
NAMED_BY_RULE = ("Tenure", "Membership", "Partnership", "Signature", "Figure", "Participation")
"""Classes whose things get their names by rule, from the names of what they join."""
ONLY_EXPECTED = ("expected", "proposed", "invited", "requested")
"""Modalities of what has not come about by the words of a source."""
STRUCTURE = ("id", "versions", "copies")
"""Keys of a document that describe its text rather than state something."""


class RecordReader(Declarer):
    """Reads one file. `declare` notes its things, `read` makes its claims."""

    def read(self) -> None:
        """Makes the claims of the file."""
        document = self.top.get("document")
        if isinstance(document, Fields) and not self.is_entity:
            self._read_document(document)
        elif self.document.iri == EDITORS and not self.is_entity:
            return  # Without a document nothing can be said of its claims.
        start = ClaimContext(editorial=self.is_entity)
        for section, node in self.top:
            found = self.vocabulary.sections.get(section)
            if found and isinstance(node, Fields):
                for slug, body in node:
                    iri = f"{ID}{found.segment}/{slug}"
                    if isinstance(body, Fields) and iri in self.sources.things:
                        place = Place(self.file, node.key_lines[slug], f"{section}.{slug}")
                        self._read_thing(iri, iri, found.name, body, start, place)

    def _read_document(self, node: Fields) -> None:
        iri, place, context = self.document.iri, self.document.place, ClaimContext(editorial=True)
        self._claim(iri, RDF + "type", ox.NamedNode(NS + "SourceDocument"), context, place)
        self._read_fields(iri, iri, "SourceDocument", node, context, place)

    def _read_thing(
        self, iri: str, whole: str, name: str, body: Fields, outer: ClaimContext, place: Place
    ) -> ClaimContext:
        """Reads a thing's own claims; gives back what holds below it."""
        context = self._inherit(body, outer, place)
        if name == "Partnership":
            context = self._as_the_relation(body, context)
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
                "has no statement to annotate: the thing is declared in an entity file",
                "write the note inside a value",
            )
        if name == "Prospect":
            self._read_modality(iri, body, context, place)
        if iri == whole and iri not in self.sources.labelled and name not in NAMED_BY_RULE:
            self.sources.labelled.add(iri)
            self.problem(place.line, f"{place.field}.label", "is missing", "name it in ko and en")
        self._read_fields(iri, whole, name, body, context, place)
        return context

    @staticmethod
    def _as_the_relation(body: Fields, context: ClaimContext) -> ClaimContext:
        """What holds of a partnership: where a source only expects its relation, so of the whole.

        Its partners are then expected as well, whichever modality they are written with.
        """
        node = body.get("relation_type")
        modality = node.get("modality") if isinstance(node, Fields) else None
        if isinstance(modality, Text) and modality.value in ONLY_EXPECTED:
            return replace(context, modality=modality.value)
        return context

    def _read_modality(self, iri: str, body: Fields, context: ClaimContext, place: Place) -> None:
        """Claims how a prospect is put: of a prospect its modality is a fact."""
        line = body.key_lines.get("modality", place.line)
        place = Place(self.file, line, f"{place.field}.modality")
        if body.get("modality") is None:
            cure = Message("say expected, proposed, invited or requested")
            self.problem(place.line, place.field, "is missing", cure)
        code = ox.NamedNode(f"{CODE}modality/{context.modality}")
        self._claim(iri, NS + "modality", code, context, place)

    def _read_fields(
        self, iri: str, whole: str, name: str, body: Fields, context: ClaimContext, place: Place
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
                    Message("`{key}` belongs inside a value, next to `is:`", key=key)
                    if key in OF_A_VALUE
                    else suggestion(key, [*fields, *others])
                )
                self.problem(
                    here.line, here.field, Message("is not a field of {name}", name=name), cure
                )
            elif prop.kind == "part":
                self._read_parts(iri, whole, prop, node, context, here)
            elif isinstance(node, Items) and not node.values:
                self.problem(here.line, here.field, "has no value", "write one or remove the field")
            else:
                for value in node.values if isinstance(node, Items) else (node,):
                    self._read_value(iri, whole, prop, value, context, here)

    def _read_parts(
        self, iri: str, whole: str, prop: Property, node: Node, context: ClaimContext, place: Place
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
        self, iri: str, whole: str, prop: Property, node: Node, outer: ClaimContext, place: Place
    ) -> None:
        place = Place(place.file, node.line, place.field)
        remarks = node if isinstance(node, Fields) else Fields({}, {}, node.line)
        context = self._inherit(remarks, outer, place)
        if prop.field == "label" and self.is_import and self._is_named_elsewhere(iri):
            prop = self.vocabulary.properties["altLabel"]
        elif prop.field in NEVER_EVIDENCED and not self.is_import:
            if remarks.get("at"):
                cure = Message(
                    "remove `at`; a name as a document writes it goes to `aliases` or `title`"
                )
                self.problem(place.line, place.field, "is always the editors' own", cure)
            context = ClaimContext(editorial=True)
        elif self._evidence_missing(context):
            self.problem(place.line, place.field, "has no evidence", EVIDENCE)
        rank = self._word(remarks.get("rank"), "rank", place) or "normal"
        as_of = self._date(remarks.get("as_of"), place)
        note = self._remarks(remarks.get("note"), f"{place.field}.note")
        reason = self._remarks(remarks.get("reason"), f"{place.field}.reason")
        if rank != "normal" and not reason:
            message = Message("has the rank {rank} without a reason", rank=rank)
            self.problem(place.line, place.field, message, "give `reason:`")
        for language, text in self._words(node, prop, place):
            try:
                value = (
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
                value,
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
        keys = prop.languages if prop.kind == "text" else ("is",)
        wanted = (
            Message("`ko: …` and `en: …`")
            if prop.kind == "text"
            else Message("a plain value or `is:`")
        )
        if not isinstance(node, Fields):
            message = Message("has a value of the wrong form")
            self.problem(place.line, place.field, message, Message("write {wanted}", wanted=wanted))
            return []
        unknown = [key for key, _ in node if key not in (*OF_A_VALUE, *keys)]
        for key in unknown:
            cure = suggestion(key, [*OF_A_VALUE, *keys])
            self.problem(
                node.key_lines[key],
                place.field,
                Message("{key} cannot be used here", key=shown(key)),
                cure,
            )
        found = []
        given = [(key, node.get(key)) for key in keys if node.get(key)]
        for key, value in given:
            for item in value.values if isinstance(value, Items) else (value,):
                if isinstance(item, Text):
                    found.append((key, item.value))
                elif item is not None:
                    self.problem(
                        item.line,
                        place.field,
                        "is not a plain value",
                        Message("write {wanted}", wanted=wanted),
                    )
        if not found and not unknown and not any(isinstance(v, Fields) for _, v in given):
            self.problem(
                place.line, place.field, "has no value", Message("write {wanted}", wanted=wanted)
            )
        if len(found) > MOST_NAMES:
            message = Message(
                "has {count} names, more than {most}", count=len(found), most=MOST_NAMES
            )
            self.problem(place.line, place.field, message, "keep those that sources use")
            return []
        return found

    def _editors(self) -> str:
        return EDITORS if self.is_import else self.sources.editors_of(self.file)

    def _claim(
        self,
        subject: str,
        predicate: str,
        value: ox.NamedNode | ox.Literal | Date,
        context: ClaimContext,
        place: Place,
        *,
        rank: str = "normal",
        as_of: Date | None = None,
        note: Remarks = (),
        reason: Remarks = (),
    ) -> None:
        self.sources.claims.append(
            Claim(
                subject,
                predicate,
                value,
                self._editors() if context.editorial else self.document.iri,
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


class RegisterReader(RecordReader):
    """Reads what one source says in one register; a row of `documents.csv` is a document."""

    def __init__(self, rows: RegisterRows, sources: Sources, problems: list[Problem]) -> None:
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
                source = shown(self.rows.source)
                self.problem(
                    self.rows.line,
                    "source",
                    Message("{source} has a text: its claims need evidence", source=source)
                    if document
                    else Message("{source} is not a document", source=source),
                    "write it into the record of that document"
                    if document
                    else suggestion(self.rows.source, known),
                )
                return
            self.document = document
        super().read()


__all__ = ["NAMED_BY_RULE", "NEVER_EVIDENCED", "STRUCTURE", "RecordReader", "RegisterReader"]
