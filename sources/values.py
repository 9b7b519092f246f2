"""From the words in a record to RDF terms: dates, codes, references, numbers, names."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from ontology import CODE, ID, TOPIC, XSD
from ontology.vocabulary import Property, Vocabulary
from sources.dates import parse_edtf
from sources.model import Span, Thing

Term = ox.NamedNode | ox.Literal

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAXIMUM_NAME = 20_000


class ValueFault(Exception):
    """A value that a field cannot take: what is wrong and how to mend it."""

    def __init__(self, message: str, cure: str) -> None:
        self.message, self.cure = message, cure
        super().__init__(message)


def suggestion(word: str, known: Iterable[str]) -> str:
    """A cure that names the nearest known words."""
    known = sorted(known)
    near = difflib.get_close_matches(word, known, n=3, cutoff=0.5)
    if near:
        return "did you mean " + " or ".join(near) + "?"
    if len(known) <= 12:
        return "use one of: " + ", ".join(known)
    return f"see the record reference for the {len(known)} words that may stand here"


def date_iri(edtf: str) -> str:
    """The IRI of the DateSpan node of an EDTF string; an interval's slash is written as `--`."""
    return ID + "date/" + edtf.replace("/", "--")


def parse_span(text: str) -> Span:
    """Reads `120-145`: start and exclusive end in code points. Raises ValueFault."""
    match = re.fullmatch(r"(\d{1,9})-(\d{1,9})", text)
    if not match:
        raise ValueFault(f"{text!r} is not a span", "write start-end, such as 120-145")
    start, end = int(match[1]), int(match[2])
    if start >= end:
        raise ValueFault(f"the span {text} is empty or runs backwards", "write start-end")
    return start, end


def parse_value(
    text: str, prop: Property, vocabulary: Vocabulary, things: Mapping[str, Thing], whole: str
) -> Term:
    """The term that a word stands for in a field.

    `things` are all declared things by IRI; `whole` is the IRI of the thing the record speaks of,
    for references to its own parts. Raises ValueFault with message and cure.
    """
    match prop.kind:
        case "code":
            known = vocabulary.codes.get(prop.codes, ())
            if text not in known:
                raise ValueFault(f"{text!r} is not in the code list {prop.codes}", suggestion(text, known))
            return ox.NamedNode(f"{CODE}{prop.codes}/{text}")
        case "topic":
            if text not in vocabulary.topics:
                raise ValueFault(f"{text!r} is not a topic", suggestion(text, vocabulary.topics))
            return ox.NamedNode(TOPIC + text)
        case "date":
            return ox.NamedNode(date_iri(_edtf(text)))
        case "thing":
            return ox.NamedNode(_reference(text, prop, vocabulary, things, whole))
        case "identifier":
            if not re.fullmatch(prop.pattern, text):
                raise ValueFault(f"{text!r} does not look right", f"it must match {prop.pattern}")
            return ox.NamedNode(prop.template.replace("{}", text))
        case _:
            return _literal(text, prop)


def _edtf(text: str) -> str:
    try:
        return parse_edtf(text).edtf
    except ValueError as error:
        raise ValueFault(
            str(error), "write EDTF: 2013-10-21, 2015-12, 1976, XXXX-XX-30 or 2016/2018"
        ) from error


_LITERALS: dict[str, tuple[str, str, str]] = {
    "integer": (r"-?(0|[1-9]\d{0,17})", "integer", "write a whole number such as 95"),
    "decimal": (r"-?\d{1,9}(\.\d{1,9})?", "decimal", "write a number such as 37.566"),
    "boolean": (r"true|false", "boolean", "write true or false"),
    "time": (r"([01]\d|2[0-3]):[0-5]\d", "time", "write hours and minutes such as 09:20"),
    "datetime": (
        r"\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d",
        "dateTime",
        "write date and time such as 2016-03-15T11:15",
    ),
}


def _literal(text: str, prop: Property) -> ox.Literal:
    if prop.kind == "string":
        if prop.name == "sha256" and not re.fullmatch(r"[0-9a-f]{64}", text):
            raise ValueFault("is not a SHA-256 digest", "write 64 digits from 0-9 and a-f")
        return ox.Literal(text)
    pattern, datatype, cure = _LITERALS[prop.kind]
    if not re.fullmatch(pattern, text):
        raise ValueFault(f"{text!r} is not of type {datatype}", cure)
    if prop.kind == "datetime":
        _edtf(text[:10])
    if prop.kind in ("time", "datetime"):
        text += ":00"
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


def _reference(
    text: str, prop: Property, vocabulary: Vocabulary, things: Mapping[str, Thing], whole: str
) -> str:
    allowed = sorted({d for name in prop.range for d in vocabulary.descendants(name)})
    if "/" in text:
        for iri in (ID + text, f"{whole}/{text}"):
            if iri.startswith(TOPIC) and iri[len(TOPIC) :] in vocabulary.topics:
                found = "Topic"
            elif iri in things:
                found = things[iri].class_name
            else:
                continue
            if found in allowed:
                return iri
            raise ValueFault(
                f"{text!r} is of the kind {found}, which cannot stand here",
                "use a thing of kind " + ", ".join(allowed),
            )
    segments = {vocabulary.classes[name].segment: name for name in allowed}
    matches = [
        iri
        for segment in sorted(segments)
        for iri in [f"{ID}{segment}/{text}"]
        if iri in things or (segment == "topic" and text in vocabulary.topics)
    ]
    if len(matches) == 1:
        return matches[0]
    if matches:
        ways = " or ".join(iri[len(ID) :] for iri in matches)
        raise ValueFault(f"{text!r} may be several things", f"write {ways}")
    known = [t.iri.rsplit("/", 1)[1] for t in things.values() if t.class_name in allowed]
    cure = suggestion(text, known)
    raise ValueFault(
        f"nothing of kind {', '.join(allowed)} is called {text!r}",
        cure if cure.startswith("did") else "declare it in an entity file, or mend the spelling",
    )


def parse_text(text: str, language: str) -> ox.Literal:
    """A name or sentence in a language. Raises ValueFault where it is empty or far too long."""
    if not text.strip():
        raise ValueFault("is empty", "write the words or remove the field")
    if len(text) > MAXIMUM_NAME:
        raise ValueFault(f"has more than {MAXIMUM_NAME} characters", "shorten it")
    return ox.Literal(text, language=language)
