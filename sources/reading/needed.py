"""Keeps of a project's base only what is spoken of, where the base is there for its entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pyoxigraph as ox

from citypact.ontology import NS
from citypact.sources.model import Claim, Sources

GOVERNS = NS + "governs"


def keep_what_is_needed(sources: Sources, prefixes: Sequence[str]) -> None:
    """Takes out things, claims and documents of files with these prefixes that nothing leads to.

    What the other files name is kept, with all that is claimed of it, the things that these claims
    name in turn, the documents that state them, and the governments of cities.
    """
    if not prefixes:
        return
    before = tuple(prefixes)
    claims_on: dict[str, list[Claim]] = defaultdict(list)
    governments: dict[str, list[str]] = defaultdict(list)
    reached: set[str] = set()
    open_ends: list[str] = []

    def reach(*iris: str) -> None:
        for iri in iris:
            if iri not in reached:
                reached.add(iri)
                open_ends.append(iri)

    def follow(claim: Claim) -> None:
        reach(claim.subject, claim.document)
        if isinstance(claim.object, ox.NamedNode):
            reach(claim.object.value)

    for claim in sources.claims:
        if claim.place.file.startswith(before):
            claims_on[claim.subject].append(claim)
            if claim.predicate == GOVERNS and isinstance(claim.object, ox.NamedNode):
                governments[claim.object.value].append(claim.subject)
        else:
            follow(claim)
    reach(
        *(thing.iri for thing in sources.things.values() if not thing.place.file.startswith(before))
    )
    for triples in sources.imported.values():
        reach(
            *(end.value for s, _, o in triples for end in (s, o) if isinstance(end, ox.NamedNode))
        )
    while open_ends:
        iri = open_ends.pop()
        reach(*governments[iri])
        for claim in claims_on[iri]:
            follow(claim)
    sources.claims = [
        claim
        for claim in sources.claims
        if claim.subject in reached or not claim.place.file.startswith(before)
    ]
    sources.things = {iri: thing for iri, thing in sources.things.items() if iri in reached}
    sources.documents = {iri: doc for iri, doc in sources.documents.items() if iri in reached}
    sources.labelled &= reached


__all__ = ["keep_what_is_needed"]
