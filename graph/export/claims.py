"""What documents claim, as rows: statement, document, modality, rank and places in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from citypact.graph.rdf.terms import read_date, short
from citypact.graph.store.base import Store
from citypact.graph.store.labels import Names
from citypact.graph.tables.table import Row
from citypact.ontology import CLAIMS_GRAPH, LANGUAGES


def claim_rows(store: Store, names: Names) -> Iterator[Row]:
    """One row for each claim; see `graph.export.schema.CLAIMS`."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in _ask(store, "?claim citypact:evidence ?span"):
        start, end = row["span"].value.rsplit("#char=", 1)[1].split(",")
        spans[row["claim"].value].append((int(start), int(end)))
    addresses = {
        row["document"].value: row["address"].value
        for row in store.solutions("SELECT * WHERE { ?document citypact:address ?address }")
    }
    linked = {
        row["of"].value: row["link"].value for row in _ask(store, "?of citypact:passageLink ?link")
    }
    links: dict[str, str] = {}
    for row in _ask(store, "?claim citypact:evidence/citypact:passageLink ?link"):
        link = row["link"].value
        links[row["claim"].value] = min(link, links.get(row["claim"].value, link))
    notes: dict[str, Row] = defaultdict(dict)
    for row in _ask(store, "?claim citypact:note ?note"):
        note = row["note"]
        if isinstance(note, ox.Literal) and note.language in LANGUAGES:
            notes[row["claim"].value][f"note_{note.language}"] = note.value
    speakers = {
        row["claim"].value: row["who"].value
        for row in _ask(store, "?claim citypact:attributedTo ?who")
    }
    days = {
        row["claim"].value: read_date(row["day"].value).text
        for row in _ask(store, "?claim citypact:claimedAsOf ?day")
    }
    inferred = {row["claim"].value for row in _ask(store, "?claim citypact:isInferred true")}
    facts = {
        row["statement"].value
        for row in store.solutions(
            f"SELECT ?statement WHERE {{ GRAPH <{CLAIMS_GRAPH}> {{ ?statement rdf:subject ?s ; "
            "rdf:predicate ?p ; rdf:object ?o } ?s ?p ?o }"
        )
    }
    for row in _ask(
        store,
        "?claim citypact:claims ?statement ; citypact:inDocument ?document ; "
        "citypact:modality ?modality ; citypact:rank ?rank . "
        "?statement rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?value",
    ):
        claim, statement, value = row["claim"].value, row["statement"].value, row["value"]
        document = row["document"].value
        values: Row = {"id": claim, "statement": statement, "document": document}
        values["link"] = links.get(claim) or linked.get(document) or addresses.get(document)
        for name in ("subject", "property"):
            values |= _named(name, row[name].value, names)
        if isinstance(value, ox.Literal):
            values |= {"value": value.value, "value_ko": value.value, "value_en": value.value}
            values["language"] = value.language
        else:
            values |= _named("value", value.value, names)
        values |= _named("modality", row["modality"].value, names)
        values["modality"] = short(row["modality"].value).split("/")[-1]
        values["rank"] = short(row["rank"].value).split("/")[-1]
        values["as_of"] = days.get(claim)
        values["is_fact"], values["is_inferred"] = statement in facts, claim in inferred
        if claim in speakers:
            values |= _named("attributed_to", speakers[claim], names)
        if claim in spans:
            values["spans"] = [f"{start},{end}" for start, end in sorted(spans[claim])]
        yield values | notes.get(claim, {})


def _ask(store: Store, pattern: str) -> Iterator[dict[str, Any]]:
    return store.solutions(f"SELECT * WHERE {{ GRAPH <{CLAIMS_GRAPH}> {{ {pattern} }} }}")


def _named(name: str, iri: str, names: Names) -> Row:
    labels = {f"{name}_{language}": names.label(iri, language) for language in LANGUAGES}
    return {name: iri, **labels}


__all__ = ["claim_rows"]
