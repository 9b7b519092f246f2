"""From the words in a record to RDF terms: dates, codes, references, numbers, names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal

import pyoxigraph as ox

from citypact.ontology import CODE, ID, TOPIC, XSD
from citypact.ontology.errors import Message, shown, suggestion
from citypact.ontology.vocabulary import Property, Term, Vocabulary
from citypact.sources.model import Date, Span, Thing
from citypact.sources.reading.edtf import parse_edtf

MAXIMUM_NAME = 20_000
"""Characters of a text."""
MOST_NAMES = 200
"""Names of one kind that a thing may have."""
LONGEST_IRI = 1_000
"""Characters in an IRI."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""What is no text of one line anywhere, or no character of XML."""


class ValueFault(Exception):
    """A value that a field cannot take: what is wrong and how to mend it."""

    def __init__(self, message: str, cure: str) -> None:
        self.message, self.cure = message, cure
        super().__init__(message)


class UnknownThing(ValueFault):
    """A reference to something that no file declares."""


def parse_span(text: str) -> Span:
    """Reads `120-145`: start and exclusive end in code points. Raises ValueFault."""
    match = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", text)
    if not match:
        raise ValueFault(
            Message("{text} is not a span", text=shown(text)), "write start-end, such as 120-145"
        )
    start, end = int(match[1]), int(match[2])
    if start >= end:
        raise ValueFault(
            Message("the span {text} is empty or runs backwards", text=text),
            "write the start before the end, such as 120-145; the end is exclusive",
        )
    return start, end


def parse_value(
    text: str, prop: Property, vocabulary: Vocabulary, things: Mapping[str, Thing], whole: str
) -> Term | Date:
    """The date, or else the term, that a word in a field means; see `parse_term`."""
    if prop.kind == "date":
        return parse_date(text)
    return parse_term(text, prop, vocabulary, things, whole)


def parse_term(
    text: str, prop: Property, vocabulary: Vocabulary, things: Mapping[str, Thing], whole: str
) -> Term:
    """The term that a word means in a field of anything but dates.

    `things` are all declared things by IRI; `whole` is the IRI of the thing the record speaks of,
    for references to its own parts. Raises ValueFault with message and cure.
    """
    match prop.kind:
        case "code":
            known = vocabulary.codes.get(prop.codes, ())
            if text not in known:
                text = vocabulary.code_names.get((prop.codes, text.casefold()), text)
            if text not in known:
                raise ValueFault(
                    Message(
                        "{text} is not in the code list {codes}", text=shown(text), codes=prop.codes
                    ),
                    suggestion(text, known),
                )
            return ox.NamedNode(f"{CODE}{prop.codes}/{text}")
        case "topic":
            if text not in vocabulary.topics and TOPIC + text not in things:
                raise ValueFault(
                    Message("{text} is not a topic", text=shown(text)),
                    suggestion(text, topics_of(vocabulary, things)),
                )
            return ox.NamedNode(TOPIC + text)
        case "thing":
            return ox.NamedNode(_reference(text, prop, vocabulary, things, whole))
        case "identifier":
            return _identifier(text, prop)
        case _:
            return _literal(text, prop)


def topics_of(vocabulary: Vocabulary, things: Iterable[str]) -> list[str]:
    """The names of all topics: those of the vocabulary, and a project's own among things (IRIs)."""
    own = (iri.removeprefix(TOPIC) for iri in things if iri.startswith(TOPIC))
    return [*vocabulary.topics, *own]


def _identifier(text: str, prop: Property) -> ox.NamedNode:
    message = Message("{text} is not a valid {en}", text=shown(text), en=prop.labels["en"])
    if not re.fullmatch(prop.pattern, text):
        raise ValueFault(message, Message("write it like {example}", example=prop.example))
    iri = prop.template.replace("{}", text)
    if len(iri) > LONGEST_IRI:
        raise ValueFault(Message("has more than {most} characters", most=LONGEST_IRI), "shorten it")
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise ValueFault(message, str(error)) from error


def parse_date(text: str) -> Date:
    """The date that a text in EDTF says. Raises ValueFault."""
    try:
        return parse_edtf(text)
    except ValueError as error:
        raise ValueFault(
            str(error), "write EDTF: 2013-10-21, 2015-12, 1976, XXXX-XX-30 or 2016/2018"
        ) from error


_LITERALS: dict[str, tuple[str, str, str]] = {
    "integer": (r"-?(0|[1-9][0-9]{0,17})", "integer", Message("write a whole number such as 95")),
    "decimal": (
        r"-?[0-9]{1,9}(\.[0-9]{1,9})?",
        "decimal",
        Message("write a number such as 37.566"),
    ),
    "boolean": (r"true|false", "boolean", Message("write true or false")),
    "time": (
        r"([01][0-9]|2[0-3]):[0-5][0-9]",
        "time",
        Message("write hours and minutes such as 09:20"),
    ),
    "datetime": (
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]",
        "dateTime",
        Message("write date and time such as 2016-03-15T11:15"),
    ),
}


def _literal(text: str, prop: Property) -> ox.Literal:
    if prop.kind == "string":
        if prop.name == "sha256" and not re.fullmatch(r"[0-9a-f]{64}", text):
            raise ValueFault("is not a SHA-256 digest", "write 64 digits from 0-9 and a-f")
        return ox.Literal(text)
    pattern, datatype, cure = _LITERALS[prop.kind]
    if not re.fullmatch(pattern, text):
        raise ValueFault(
            Message("{text} is not of type {datatype}", text=shown(text), datatype=datatype), cure
        )
    if prop.kind == "datetime":
        parse_date(text[:10])
    if prop.kind in ("time", "datetime"):
        text += ":00"
    if prop.kind in ("integer", "decimal"):
        # One text for one number: statements are named after it, and stores keep no other.
        text = f"{(Decimal(text) + 0).normalize():f}"
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


def _reference(
    text: str, prop: Property, vocabulary: Vocabulary, things: Mapping[str, Thing], whole: str
) -> str:
    allowed = {d for name in prop.range for d in vocabulary.descendants(name)}

    def class_of(iri: str) -> str:
        if iri.startswith(TOPIC) and iri.removeprefix(TOPIC) in vocabulary.topics:
            return "Topic"
        return things[iri].class_name if iri in things else ""

    if "/" in text:
        candidates = [ID + text, f"{whole}/{text}"]
    else:
        candidates = [f"{ID}{segment}/{text}" for segment in vocabulary.segments]
    found = {iri: name for iri in candidates if (name := class_of(iri))}
    fitting = [iri for iri, name in found.items() if name in allowed]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        ways = " or ".join(iri.removeprefix(ID) for iri in fitting)
        raise ValueFault(
            Message("{text!r} is ambiguous", text=text), Message("write {ways}", ways=ways)
        )
    sections = _sections(allowed, vocabulary)
    if found:
        others = _sections(found.values(), vocabulary)
        raise ValueFault(
            Message(
                "{text!r} is among the {others}, which cannot be used here",
                text=text,
                others=others,
            ),
            Message("use one of the {sections}", sections=sections),
        )
    known = [t.iri.rsplit("/", 1)[1] for t in things.values() if t.class_name in allowed]
    cure = suggestion(text, known)
    raise UnknownThing(
        Message(
            "nothing among the {sections} is called {text}", sections=sections, text=shown(text)
        ),
        cure if cure.startswith("did") else "declare it in an entity file, or correct the spelling",
    )


def _sections(names: Iterable[str], vocabulary: Vocabulary) -> str:
    """What records call the things of these classes."""
    classes = [vocabulary.classes[name] for name in names]
    return ", ".join(sorted(c.section or f"{c.segment}s" for c in classes if c.segment))


def parse_text(text: str, language: str) -> ox.Literal:
    """A name or sentence in a language.

    Raises ValueFault where it shows nothing, is far too long or has control characters.
    """
    if not any(unicodedata.category(sign)[0] in "LNPS" for sign in text):
        raise ValueFault("is empty", "write the words or remove the field")
    control = CONTROL.search(text)
    if control:
        raise ValueFault(
            Message("has the control character U+{ord:04X}", ord=ord(control[0])), "remove it"
        )
    if len(text) > MAXIMUM_NAME:
        raise ValueFault(
            Message("has more than {maximum_name} characters", maximum_name=MAXIMUM_NAME),
            "shorten it",
        )
    return ox.Literal(text, language=language)
