"""The places of the networks of a graph, countries by their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citypact.graph.analysis.places import Places, places
from citypact.graph.networks.country_codes import country_codes

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study


def places_of(study: Study, name: str = "cities") -> Places:
    """The places of the nodes of a network of the study, countries by their codes."""
    network = study.network(name)
    return places(network, country_codes(study.store, network))


__all__ = ["places_of"]
