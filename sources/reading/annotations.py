"""Reads what stands beside values: evidence, modality, rank and remarks; keeps every fault."""

from __future__ import annotations

from dataclasses import dataclass, replace

from citypact.ontology import EDITORS, LANGUAGES
from citypact.ontology.errors import Message, Problem, shown, suggestion
from citypact.ontology.vocabulary import Vocabulary, vocabulary
from citypact.sources.model import Date, Document, Place, Sources, Span
from citypact.sources.reading.values import (
    UnknownThing,
    ValueFault,
    parse_date,
    parse_span,
    parse_term,
    parse_text,
)
from citypact.sources.reading.yaml_tree import Fields, Items, Node, Text

INHERITED = ("at", "modality", "inferred", "attributed_to", "note", "editorial")
"""Keys of a thing that hold for all that is written below it (a note: for the thing alone)."""
OF_A_VALUE = (*INHERITED, "is", "rank", "reason", "as_of")
"""Keys that may stand beside a value, or hold it."""
EVIDENCE = Message("give `at:` with the spans of the words, here or on the thing around it")
"""The cure where a value has no evidence."""

Remarks = tuple[tuple[str, str], ...]
"""A note or reason: pairs of language and words."""


@dataclass(frozen=True)
class ClaimContext:
    """What holds for the value being read: inherited from the thing around it."""

    spans: tuple[Span, ...] = ()
    modality: str = "asserted"
    is_inferred: bool = False
    attributed_to: str = ""
    editorial: bool = False


class RemarkReader:
    """What readers of a file share: its document, the faults found, and the keys beside values."""

    def __init__(self, file: str, sources: Sources, problems: list[Problem]) -> None:
        self.file, self.sources, self.problems = file, sources, problems
        self.vocabulary: Vocabulary = vocabulary()
        self._has_quotes = False
        self.document = Document(EDITORS, "citypact-editors", Place(file, 1, ""))

    def problem(self, line: int, field: str, message: str, cure: str = "") -> None:
        self.problems.append(Problem(self.file, line, field, message, cure))

    def _fault(self, fault: ValueFault, line: int, field: str) -> None:
        # While files or sections are lost, nobody knows which names they declare.
        if self.sources.is_complete or not isinstance(fault, UnknownThing):
            self.problem(line, field, fault.message, fault.cure)

    def _evidence_missing(self, context: ClaimContext) -> bool:
        return self.document.has_text and not context.editorial and not context.spans

    def _inherit(self, node: Fields, outer: ClaimContext, place: Place) -> ClaimContext:
        if not node.values:
            return outer
        context = outer
        at, editorial, inferred = node.get("at"), node.get("editorial"), node.get("inferred")
        if at is not None:
            if not self.document.has_text:
                self.problem(
                    at.line,
                    f"{place.field}.at",
                    "points into a text that the record does not identify",
                    "give the document's sha256 and characters, or remove `at`",
                )
            spans = tuple(sorted(self._spans(at, f"{place.field}.at")))
            # Spans that cannot be read are a fault already: no evidence is asked for once more.
            context = replace(context, spans=self.document.with_copies(spans), editorial=not spans)
        if node.get("modality") is not None:
            word = self._word(node.get("modality"), "modality", place)
            context = replace(context, modality=word or context.modality)
        if inferred is not None:
            is_inferred = self._true(inferred, f"{place.field}.inferred")
            context = replace(context, is_inferred=is_inferred)
        if editorial is not None and self._true(editorial, f"{place.field}.editorial"):
            if at is not None:
                self.problem(
                    editorial.line,
                    f"{place.field}.editorial",
                    "is given together with `at`, but what the text states is not a statement of "
                    "the editors",
                    "remove one of the two",
                )
            context = replace(context, editorial=True, spans=())
        speaker = node.get("attributed_to")
        if speaker is not None:
            prop = self.vocabulary.properties["attributedTo"]
            try:
                text = speaker.value if isinstance(speaker, Text) else ""
                term = parse_term(text, prop, self.vocabulary, self.sources.things, "")
                context = replace(context, attributed_to=term.value)
            except ValueFault as fault:
                self._fault(fault, speaker.line, f"{place.field}.attributed_to")
        return context

    def _spans(self, node: Node, field: str) -> list[Span]:
        found = []
        for item in node.values if isinstance(node, Items) else (node,):
            if isinstance(item, Fields) and item.get("words"):
                if not self._has_quotes:  # one run of the command turns them all
                    message = Message("quotes words that have not been looked up in the text yet")
                    self.problem(item.line, field, message, Message("run `citypact spans`"))
                self._has_quotes = True
                continue
            if not isinstance(item, Text):
                self.problem(item.line, field, "is not a span", "write start-end, such as 120-145")
                continue
            try:
                span = parse_span(item.value)
            except ValueFault as fault:
                self.problem(item.line, field, fault.message, fault.cure)
                continue
            if self.document.characters and span[1] > self.document.characters:
                length = self.document.characters
                self.problem(
                    item.line,
                    field,
                    Message(
                        "{value} ends after the text, "
                        "which has {length} {length:character|characters}",
                        value=item.value,
                        length=length,
                    ),
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
            self.problem(
                node.line,
                field,
                Message("{text} is not a valid {codes}", text=shown(text), codes=codes),
                suggestion(text, known),
            )
            return ""
        return text

    def _true(self, node: Node, field: str) -> bool:
        if isinstance(node, Text) and node.value in ("true", "false"):
            return node.value == "true"
        self.problem(node.line, field, "requires true or false", "write true or false")
        return False

    def _date(self, node: Node | None, place: Place) -> Date | None:
        if node is None:
            return None
        try:
            return parse_date(node.value if isinstance(node, Text) else "")
        except ValueFault as fault:
            self.problem(node.line, f"{place.field}.as_of", fault.message, fault.cure)
            return None

    def _remarks(self, node: Node | None, field: str) -> Remarks:
        if node is None:
            return ()
        pairs = list(node) if isinstance(node, Fields) else []
        found = {language: words.value for language, words in pairs if isinstance(words, Text)}
        if set(found) != set(LANGUAGES):
            self.problem(node.line, field, "requires both languages", "write `{ko: …, en: …}`")
            return ()
        for language, text in found.items():
            try:
                parse_text(text, language)
            except ValueFault as fault:
                self.problem(node.line, field, fault.message, fault.cure)
        return tuple(sorted(found.items()))


__all__ = ["EVIDENCE", "INHERITED", "OF_A_VALUE", "ClaimContext", "RemarkReader", "Remarks"]
