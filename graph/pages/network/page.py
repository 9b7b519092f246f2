"""The network page of a graph: its overview, panels and numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from citypact.graph.networks.filter import Filter
from citypact.graph.networks.overview import Overview
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.pages.network.pyvis_page import PageContent, edge_keys, page
from citypact.graph.pages.network.words import message
from citypact.graph.provenance.citations import (
    Bibliography,
    bibtex,
    by_date,
    csl_item,
    english,
    korean,
)
from citypact.graph.provenance.counts import claims_by_place, count, shares
from citypact.graph.provenance.trace import ProvenanceTracer
from citypact.graph.rdf.terms import read_date
from citypact.graph.store.base import Store
from citypact.graph.store.labels import Names
from citypact.graph.things.description import ThingDescriber
from citypact.graph.things.sections import Section
from citypact.ontology import is_editors
from citypact.sources.reading.texts import Texts


def page_content(
    store: Store,
    texts: Texts | None = None,
    chosen: Filter | None = None,
    digest: str = "",
    describer: ThingDescriber | None = None,
) -> PageContent:
    """The content of the page for a store; with `texts`, the panels quote sentences.

    digest: the hash of the data to show, by default that of the build. chosen: a filter of ties and
    actors; prospects are always included, for the reader to switch on. describer: one that has
    described things of the store with these texts before.
    """
    names = Names.of(store)
    if describer is None:
        describer = ThingDescriber(store, names, ProvenanceTracer(store, names, texts))
    reader = NetworkReader.of(store, replace(chosen or Filter(), prospects=True))
    overview = Overview(reader, store.centre)
    panels: dict[str, list[Section]] = {
        iri: describer.sections(iri) for iri in sorted(overview.network)
    }
    names_of_edges = edge_keys(overview.network)
    targets = {city: body for body, cities in reader.cities.items() for city in cities}
    for edge, name in names_of_edges.items():
        things = overview.things.get(edge, ())
        targets |= dict.fromkeys(things, name)
        panels[name] = [section for thing in things for section in describer.sections(thing)]
        panels[name] = panels[name] or describer.evidence(overview.statements[edge])
    return PageContent(
        message("page.title", project=store.title or message("page.unnamed")),
        message("page.quoting") if texts else message("page.subtitle"),
        overview.network,
        panels,
        _meta(store, digest),
        overview.readings(),
        _citations(panels.values(), Bibliography(store, names)),
        targets,
        _founded(reader),
        describer.disagreement_rows(),
    )


def _founded(reader: NetworkReader) -> dict[str, int]:
    """The years in which bodies were founded; of several the first."""
    years: dict[str, int] = {}
    for iri, dates in reader.pairs("?a a citypact:Organization ; citypact:established ?b").items():
        known = [date.begin.year for date in map(read_date, dates) if date.begin]
        if known:
            years[iri] = min(known)
    return years


def network_page(
    store: Store,
    texts: Texts | None = None,
    digest: str = "",
    describer: ThingDescriber | None = None,
) -> str:
    """The page as self-contained HTML; see `page_content`."""
    return page(page_content(store, texts, digest=digest, describer=describer))


def _meta(store: Store, digest: str) -> dict[str, object]:
    names = {"topics": "topics in use"}
    counted = ("documents", "agreements", "actors", "topics", "claims")
    counts = {name: count(store, names.get(name, name)) for name in counted}
    known = digest or str(store.summary().get("graph sha256", ""))
    percents = {name: f"{share:.0%}" for name, share in shares(claims_by_place(store)).items()}
    return {"hash": known, "counts": counts, "places": message("help.claims", **percents)}


def _citations(
    panels: Iterable[list[Section]], bibliography: Bibliography
) -> dict[str, dict[str, Any]]:
    """The citations of all documents in panels, in the order of their dates."""
    rows = [row for sections in panels for section in sections for row in section["rows"]]
    named = {place.get("source") for row in rows for place in (row, *row["claims"])}
    documents = {
        iri: bibliography.document(iri) for iri in named if iri is not None and not is_editors(iri)
    }
    return {
        iri: {
            "ko": korean(each),
            "en": english(each),
            "bibtex": bibtex(each),
            "csl": csl_item(each),
        }
        for iri, each in sorted(documents.items(), key=lambda item: by_date(item[1]))
    }
