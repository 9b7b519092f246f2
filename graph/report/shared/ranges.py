"""How far key figures move when sources are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from citypact.graph.analysis import robustness
from citypact.graph.analysis.robustness import Range
from citypact.graph.analysis.vertex_bootstrap import vertex_bootstrap
from citypact.graph.networks.documents import Documents, EdgeId
from citypact.graph.networks.tie_documents import TieDocuments
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.study import Study

LARGE = 250_000
"""Edges that are looked at for one key figure at most, in all draws and in all sources left out."""


FEWEST = 50
"""Draws and sources left out at least, however large the network."""


def ranges(study: Study, findings: Sequence[Finding]) -> dict[tuple[str, str], Range]:
    """The range of every headline, by the names of finding and headline.

    Each is measured on its network as it is, without each source on which some tie rests alone,
    and on halves of the sources (`graph.analysis.robustness`). What was measured in this study is
    kept in `study.ranges`. In networks of many edges fewer sources are left out and fewer halves
    drawn, so that a figure costs about as much as `LARGE` edges; the ranges say how many. Where
    most ties of the cities rest on an imported list alone, cities are redrawn instead of halves.

    Raises CitypactError for a headline of a network whose edges have no documents.
    """
    wanted = [(finding.name, each) for finding in findings for each in finding.headlines]
    missing = [(name, each) for name, each in wanted if (name, each.name) not in study.ranges]
    networks: dict[str, list[tuple[str, Headline]]] = {}
    for name, headline in missing:
        networks.setdefault(headline.network, []).append((name, headline))
    for network_name, asked in networks.items():
        study.progress("leaving sources out")
        network = study.network(network_name)
        most = max(FEWEST, LARGE // max(1, network.number_of_edges()))
        documents = study.documents(network_name)
        measures = {f"{name}\n{headline.name}": headline.measure for name, headline in asked}
        drawing = (min(study.draws, most), study.seed)
        redrawn = None
        if not network.is_multigraph() and _rests_on_a_list(study, documents):
            redrawn = vertex_bootstrap(network, measures, *drawing, study.cluster, study.progress)
        found = robustness.ranges(
            network, documents, measures, *drawing, most, study.cluster, study.progress, redrawn
        )
        for name, headline in asked:
            study.ranges[name, headline.name] = found[f"{name}\n{headline.name}"]
    return {(name, each.name): study.ranges[name, each.name] for name, each in wanted}


def _rests_on_a_list(study: Study, documents: Mapping[EdgeId, Documents]) -> bool:
    """Whether one imported list is the only source of at least half of the ties."""
    lists = TieDocuments.of(study.store).lists
    alone = Counter(min(known) for known in documents.values() if len(known) == 1)
    return any(2 * alone[each] >= len(documents) for each in lists) and bool(documents)
