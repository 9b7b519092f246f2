"""The ledger of commitments: what was agreed, planned, expected or proposed, and its outcome."""

from __future__ import annotations

from itertools import groupby

from citypact.graph.pages.site.layout import render
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.pages.site.words import message
from citypact.graph.relations.ledger import promises
from citypact.ontology import CODE


def promises_page(graph: SiteGraph, path: str) -> bytes:
    """The ledger of all parties, by state."""
    found = graph.once("promises", lambda: promises(graph.facts))
    groups = [
        (f"{CODE}commitment-state/{state}", state, list(several))
        for state, several in groupby(found, key=lambda promise: promise.state)
    ]
    return render(
        graph,
        "promises.html",
        path,
        message("nav.promises"),
        groups=groups,
        claims_of=graph.describer.claims,
        force=f"{CODE}force/",
    )
