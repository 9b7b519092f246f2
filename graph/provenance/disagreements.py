"""Where the sources of a store disagree: the values they give, which the facts follow, and why.

Only properties that have one value (`citypact:hasOneValue`) are looked at, and only claims of
documents: what the editors add contradicts nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from citypact.graph.provenance.trace import Evidence, ProvenanceTracer
from citypact.graph.rdf.terms import CLAIMS, is_date, read_date
from citypact.ontology import RDF
from citypact.ontology.vocabulary import Labels, Term, vocabulary
from citypact.sources.model import Date


@dataclass(frozen=True)
class ClaimedValue:
    """A value that documents claim, their claims, and whether the facts follow it."""

    value: Term
    followed: bool
    claims: tuple[Evidence, ...]


@dataclass(frozen=True)
class Disagreement:
    """A property of a thing for which documents give values that cannot all hold.

    values: those that the facts follow first, then by value. reason: the words, by language, of the
    rank that decides; empty where none does.
    """

    subject: str
    predicate: str
    values: tuple[ClaimedValue, ...]
    reason: Labels = field(hash=False)

    @property
    def followed(self) -> tuple[ClaimedValue, ...]:
        """The values that are facts: several where no rank decides."""
        return tuple(value for value in self.values if value.followed)


def disagreements(tracer: ProvenanceTracer) -> dict[tuple[str, str], Disagreement]:
    """Every disagreement between documents by subject and property (IRIs), sorted."""
    store = tracer.store
    found: dict[tuple[str, str], list[ox.NamedNode]] = defaultdict(list)
    for prop in vocabulary().properties.values():
        if not prop.one_value:
            continue
        stated = store.quads(None, ox.NamedNode(RDF + "predicate"), ox.NamedNode(prop.iri), CLAIMS)
        for statement in sorted((quad.subject for quad in stated), key=str):
            subject = tracer.triple(statement)[0].value  # type: ignore[arg-type]
            found[subject, prop.iri].append(statement)  # type: ignore[arg-type]
    several = {place: nodes for place, nodes in found.items() if len(nodes) > 1}
    read = {place: _read(tracer, *place, nodes) for place, nodes in sorted(several.items())}
    return {place: each for place, each in read.items() if each is not None}


def _read(
    tracer: ProvenanceTracer, subject: str, predicate: str, statements: list[ox.NamedNode]
) -> Disagreement | None:
    if "SourceDocument" in tracer.names.kinds(subject):
        return None
    values = []
    for statement in statements:
        claims = tuple(c for c in tracer.claims(statement) if not c.is_editorial)
        if claims:
            value = tracer.triple(statement)[2]
            is_fact = tracer.store.has(
                ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, ox.DefaultGraph())
            )
            values.append(ClaimedValue(value, is_fact, claims))
    if can_all_hold(_plain(value.value) for value in values):
        return None
    values.sort(key=lambda each: (not each.followed, str(each.value)))
    claims = tuple(claim for value in values for claim in value.claims)
    reasons = [claim.reason for claim in claims if claim.reason]
    return Disagreement(subject, predicate, tuple(values), reasons[0] if reasons else {})


def _plain(value: Term) -> Date | str:
    return read_date(value.value) if is_date(value.value) else value.value


def can_all_hold(values: Iterable[Date | str]) -> bool:
    """Whether all values can be true: all equal, or dates that lie within one another."""
    known = set(values)
    dates = {value for value in known if isinstance(value, Date)}
    if len({value.text if isinstance(value, Date) else value for value in known}) < 2:
        return True
    return bool(dates) and all(_within(a, b) or _within(b, a) for a in dates for b in dates)


def _within(one: Date, other: Date) -> bool:
    """Whether the first date is as precise as the second or more, and does not contradict it."""
    if None in (other.begin, other.end, one.begin, one.end):
        return _fits(one.text, other.text)
    return other.begin <= one.begin and one.end <= other.end  # type: ignore[operator]


def _fits(one: str, other: str) -> bool:
    """Whether a date with digits unknown (`XXXX-XX-30`) may be the other."""
    return len(one) >= len(other) and all(
        a == b or "X" in (a, b) for a, b in zip(one, other, strict=False)
    )


__all__ = ["ClaimedValue", "Disagreement", "can_all_hold", "disagreements"]
