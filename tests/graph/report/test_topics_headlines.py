"""Key figures on topics where a document is missing: beside documents looked up one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from citypact.graph.analysis.robustness import without
from citypact.graph.analysis.topics import (
    share_in_one_agreement,
    share_of_group,
    topics_per_agreement,
)
from citypact.graph.report.shared.study import Study
from citypact.graph.store.base import LocalStore
from citypact.ontology import ID
from tests.graph.report.chapters import cities_of, store_of

ENTITIES = cities_of({"seoul": "south-korea", "tokyo": "japan", "paris": "france"})
DAILY, WEEKLY = (f"{ID}doc/{name}" for name in ("daily", "weekly"))


def _record(name: str, partner: str, topics: str) -> str:
    return (
        f"agreements:\n  {name}: {{label: {{ko: 협정 {name}, en: The {name}}}, form: agreement, "
        f"parties: [seoul, {partner}], signed: 2014, status: signed, topics: [{topics}]}}\n"
    )


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Each of two documents tells of an agreement of Seoul's; both are on tourism."""
    return Study(
        store_of(
            tmp_path_factory.mktemp("topics"),
            ENTITIES,
            {
                "daily": _record("first", "tokyo", "tourism, transport"),
                "weekly": _record("second", "paris", "tourism"),
            },
        )
    )


def test_an_agreement_goes_with_its_only_document(study: Study) -> None:
    network, documents = study.network("topics"), study.documents("topics")
    seoul = f"{ID}government/seoul", f"{ID}topic/tourism"
    assert documents[seoul] == {DAILY, WEEKLY}
    assert topics_per_agreement(network) == 1.5
    assert share_in_one_agreement(network) == 1 / 2
    # Seoul's tie to tourism stays and names both agreements; one of them is known to nobody now.
    left = without(network, documents, [DAILY])
    assert "first" in left.edges[seoul]["agreements"]
    assert topics_per_agreement(left) == 1
    assert share_in_one_agreement(left) == 1
    other = without(network, documents, [WEEKLY])
    assert topics_per_agreement(other) == 2
    transport = f"{ID}topic/transport-and-safety"
    broader = {f"{ID}topic/transport": [transport]}
    assert share_of_group(network, transport, broader) == 1 / 2
    assert share_of_group(other, transport, broader) == 1
    assert share_of_group(left, transport, broader) == 0


def test_every_agreement_of_the_real_graph_is_named_by_two(whole_build: Path) -> None:
    network = Study(LocalStore.open(whole_build)).network("topics")
    pairs: dict[tuple[str, str], int] = {}
    for one, other, data in network.edges(data=True):
        topic = one if network.nodes[one]["bipartite"] else other
        for name in data["agreements"].split("|"):
            pairs[name, topic] = pairs.get((name, topic), 0) + 1
    assert min(pairs.values()) == 2
    whole = {name for name, _ in pairs}
    assert topics_per_agreement(network) == len(pairs) / len(whole)
