"""Judges a graph by the SHACL shapes and the check queries; faults lead back to file and line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from citypact.graph.build.claims import Triple, conflicting_claims
from citypact.graph.build.shacl import results
from citypact.graph.rdf.terms import CLAIMS, object_term, short
from citypact.ontology import ID, NS, RDFS, SKOS, folder
from citypact.ontology.errors import Message, Problem
from citypact.ontology.query_files import headers
from citypact.ontology.vocabulary import vocabulary, vocabulary_quads
from citypact.sources.model import Place, Sources
from citypact.sources.reading.load import NAMED_BY_RULE

LABEL = SKOS + "prefLabel"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a triple, or with a property of a thing (then the value is '')."""

    subject: str
    predicate: str
    value: object
    message: str
    korean: str
    cure: str = ""


def problems(store: ox.Store, sources: Sources) -> list[Problem]:
    """Every fault that shapes and checks find in the facts and claims of a store, sorted."""
    conflicts = [
        Problem(
            claim.place.file,
            claim.place.line,
            claim.place.field,
            Message(
                "is claimed twice by this document with another rank, date or `inferred` "
                "(see {file}:{line})",
                file=first.place.file,
                line=first.place.line,
            ),
            "join the two into one value",
            "같은 문서가 같은 진술을 다른 순위, 시점, 추론 여부로 두 번 주장합니다",
        )
        for first, claim in conflicting_claims(sources)
    ]
    places = _Places(sources)
    found = [*_without_echoes(_shapes(store), sources), *_checks(store)]
    # A pair in conflict is one claim with two ranks: what else that breaks is not said again.
    said = {(p.file, p.field) for p in conflicts}
    others = [p for p in map(places.problem, found) if (p.file, p.field) not in said]
    return sorted({*conflicts, *others}, key=lambda p: (p.file, p.line, p.field, p.message))


def claim_problems(store: ox.Store) -> list[Problem]:
    """Faults in the bookkeeping of statements, claims and spans: none, whatever the records say."""
    claims = store.quads_for_pattern(None, None, None, CLAIMS)
    data = ((q.subject, q.predicate, q.object) for q in claims)
    return [_Places(Sources()).problem(fault) for fault in _violations(data, "claim-shapes.ttl")]  # type: ignore[arg-type]


def vocabulary_problems() -> list[Problem]:
    """Terms, codes and topics that break the house style: every term speaks both languages."""
    data = ((t.subject, t.predicate, t.object) for t in vocabulary_quads())
    found = [
        Problem("ontology", 0, short(fault.subject), fault.message, "", fault.korean)
        for fault in _violations(data, "vocabulary-shapes.ttl")  # type: ignore[arg-type]
    ]
    return sorted(found, key=lambda p: (p.field, p.message))


class _Places:
    """Finds the line of a record that says a triple, or that declares its subject."""

    def __init__(self, sources: Sources) -> None:
        self.things = {iri: thing.place for iri, thing in sources.things.items()}
        self.triples: dict[tuple[str, str, str], Place] = {}
        self.fields: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for claim in sources.claims:
            key = (claim.subject, claim.predicate, str(object_term(claim.object)))
            self.triples.setdefault(key, claim.place)
            self.fields[claim.subject, claim.predicate].append(claim.place)

    def problem(self, fault: Fault) -> Problem:
        """A fault with its file, line and field, and the place of what it clashes with."""
        said = self.fields.get((fault.subject, fault.predicate), [])
        place = self.triples.get((fault.subject, fault.predicate, str(fault.value)))
        cure = fault.cure
        if place is None:
            place = said[-1] if said else self._of_thing(fault)
            other = next((p for p in said if (p.file, p.line) != (place.file, place.line)), None)
            if other and not cure:
                cure = Message(
                    "another value is in {file}:{line}", file=other.file, line=other.line
                )
        return Problem(place.file, place.line, place.field, fault.message, cure, fault.korean)

    def _of_thing(self, fault: Fault) -> Place:
        prop = vocabulary().by_iri(fault.predicate) if fault.predicate else None
        name = prop.field if prop and prop.field else fault.predicate.removeprefix(NS)
        known = self.things.get(fault.subject)
        if known is None:
            return Place(fault.subject.removeprefix(ID), 0, name)
        return Place(known.file, known.line, f"{known.field}.{name}" if name else known.field)


def _shapes(store: ox.Store) -> list[Fault]:
    return _violations(_facts(store), "shapes.ttl")


def _without_echoes(faults: list[Fault], sources: Sources) -> list[Fault]:
    """Leaves out missing names that follow from another fault of a thing that is named by rule."""
    faulty = {fault.subject for fault in faults if fault.predicate != LABEL}
    by_rule = {t.iri for t in sources.things.values() if t.class_name in NAMED_BY_RULE}
    return [f for f in faults if f.predicate != LABEL or f.subject not in faulty & by_rule]


def _violations(triples: Iterable[Triple], shapes_file: str) -> list[Fault]:
    shapes = (folder() / shapes_file).read_text(encoding="utf-8")
    return [
        Fault(each.focus, each.path, each.value, each.english, each.korean)
        for each in results(triples, shapes)
    ]


def _facts(store: ox.Store) -> Iterator[Triple]:
    """The facts and the class hierarchy, without what else describes our own terms."""
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        subject, predicate = quad.subject, quad.predicate
        if subject.value.startswith(ID) or predicate.value == RDFS + "subClassOf":  # type: ignore[union-attr]
            yield subject, predicate, quad.object  # type: ignore[misc]


def _checks(store: ox.Store) -> list[Fault]:
    """What the check queries find; `{about}` in their messages is the label that they select."""
    found = []
    files = sorted((folder() / "checks").iterdir(), key=lambda path: path.name)
    for path in files:
        text = path.read_text(encoding="utf-8")
        head = headers(text)
        result = store.query(text)
        assert isinstance(result, ox.QuerySolutions)
        names = [variable.value for variable in result.variables]
        for row in result:
            solution = {name: row[name] for name in names if row[name] is not None}
            english, korean = (
                solution[name].value if name in solution else "" for name in ("about", "korean")
            )
            found.append(
                Fault(
                    solution["subject"].value,
                    solution["predicate"].value,
                    solution["object"],
                    head["message-en"].replace("{about}", english),
                    head["message-ko"].replace("{about}", korean),
                    head["cure"],
                )
            )
    return found
