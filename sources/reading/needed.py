"""Keeps of a project's base only what is spoken of, where the base is there for its entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pyoxigraph as ox

from citypact.ontology import NS
from citypact.ontology.vocabulary import vocabulary
from citypact.sources.model import Claim, Sources

GOVERNS = NS + "governs"
OF_LISTS = (NS + "partnerCityTotal", NS + "partnerListCompleteness")
"""What is said of the partner list of a government as a whole."""
ENTITIES = (
    "cities",
    "countries",
    "governments",
    "networks",
    "offices",
    "organizations",
    "people",
    "posts",
    "territories",
)
"""The sections of whom and what others speak of: these lead to each other."""


def keep_what_is_needed(sources: Sources, files: Sequence[str], centre: str = "") -> None:
    """Takes out of `sources` what stands in files whose names begin so, and is not needed.

    What the other files name is kept, and `centre`, with all that is claimed of it, the cities,
    bodies and people that these claims name in turn, the documents that state them, and the
    governments of cities. Agreements and ties that the other files do not name are not needed, nor
    are totals of them but for those of the centre.
    """
    if not files:
        return
    before = tuple(files)
    leading = {vocabulary().sections[section].name for section in ENTITIES} | {"Topic"}
    claims_on: dict[str, list[Claim]] = defaultdict(list)
    governments: dict[str, list[str]] = defaultdict(list)
    reached: set[str] = set()
    open_ends: list[str] = []

    def reach(iri: str) -> None:
        if iri not in reached:
            reached.add(iri)
            open_ends.append(iri)

    if centre:
        reach(centre)
    for claim in sources.claims:
        if not claim.place.file.startswith(before):
            reach(claim.subject)
            reach(claim.document)
            if isinstance(claim.object, ox.NamedNode):
                reach(claim.object.value)
            continue
        claims_on[claim.subject].append(claim)
        if claim.predicate == GOVERNS and isinstance(claim.object, ox.NamedNode):
            governments[claim.object.value].append(claim.subject)
    for thing in sources.things.values():
        if not thing.place.file.startswith(before):
            reach(thing.iri)
    for triples in sources.imported.values():
        for one, _, other in triples:
            reach(one.value)
            if isinstance(other, ox.NamedNode):
                reach(other.value)
    counted = {centre, *governments[centre]}
    while open_ends:
        iri = open_ends.pop()
        for government in governments[iri]:
            reach(government)
        for claim in claims_on[iri]:
            if claim.predicate in OF_LISTS and iri not in counted:
                continue
            reach(claim.document)
            named = _named(claim)
            if named in sources.things and sources.things[named].class_name in leading:
                reach(named)
    sources.claims = [
        claim
        for claim in sources.claims
        if claim.subject in reached
        and (
            claim.predicate not in OF_LISTS
            or claim.subject in counted
            or not claim.place.file.startswith(before)
        )
        and (_named(claim) in reached or _named(claim) not in sources.things)
    ]
    sources.things = {iri: thing for iri, thing in sources.things.items() if iri in reached}
    sources.documents = {iri: doc for iri, doc in sources.documents.items() if iri in reached}
    sources.labelled &= reached


def _named(claim: Claim) -> str:
    """The IRI that a claim names; '' for a literal or a date."""
    return claim.object.value if isinstance(claim.object, ox.NamedNode) else ""


__all__ = ["keep_what_is_needed"]
