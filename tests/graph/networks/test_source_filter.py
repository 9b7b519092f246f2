"""Networks of some sources: a list alone, a document alone, all but one, a city's register."""

from __future__ import annotations

import csv
import json
import os
import statistics
from pathlib import Path

import networkx as nx
import pytest

import citypact as api
from citypact.graph.networks.documents import documents_of_edges
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.networks import actors, actors_and_topics, cities, overview
from citypact.graph.networks.tie_documents import TieDocuments
from citypact.graph.rdf.terms import short
from citypact.graph.store.base import Store
from citypact.ontology import ID
from citypact.ontology.errors import CitypactError
from tests.running import citypact, new_project
from tests.sources.imported_list import import_list
from tests.sources.small_registers import REGISTERS, write_registers

MATERIAL = os.environ.get("CITYPACT_MATERIAL", "")
DAILY, WEEKLY, PAGE = (f"{ID}doc/{name}" for name in ("daily", "weekly", "page"))
LINKS = [
    ("seoul", "a"), ("seoul", "b"), ("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "c"),
    ("x", "y"), ("seoul", "london"),
]  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Store:
    from citypact.graph.build.build import make_graph

    return make_graph(write_registers(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the packaged records with a made-up list, in which Seoul is one of many."""
    folder = tmp_path_factory.mktemp("list")
    known = {
        "seoul": ("Seoul", "South Korea", "Q8684"),
        "london": ("London", "United Kingdom", "Q84"),
    }
    nodes = sorted({node for link in LINKS for node in link})
    rows = [known.get(node, (f"Town {node}", "France", "")) for node in nodes]
    import_list(
        folder,
        links="source,target\n" + "".join(f"{one},{other}\n" for one, other in LINKS),
        cities="id,name,country,wikidata\n"
        + "".join(f"{node},{','.join(row)}\n" for node, row in zip(nodes, rows, strict=True)),
    )
    out = folder / "build"
    citypact("build", "--records-only", "--import", "mine", "--data", folder, "--out", out)
    return out


def test_a_tie_is_there_if_one_of_the_chosen_sources_reports_it(small: Store) -> None:
    def ties(**chosen: tuple[str, ...]) -> set[str]:
        network = actors(small, Filter(**chosen))  # type: ignore[arg-type]
        return {key.rpartition("/")[2] for *_, key in network.edges(keys=True)}

    assert ties(sources=(PAGE,)) == {"seoul-hanoi"}
    assert ties(sources=(WEEKLY,)) == {"seoul-hanoi-2016"}
    assert ties(left_out=(DAILY,)) == ties()
    assert ties(left_out=(DAILY, WEEKLY)) == ties() - {"seoul-hanoi-2016"}
    assert ties(sources=(DAILY,), left_out=(DAILY,)) == set()


def test_topics_are_those_of_the_chosen_sources(small: Store) -> None:
    network = actors_and_topics(small, Filter(sources=(WEEKLY,)))
    assert {short(node) for node in network} == {"government/hanoi", "government/seoul", "tourism"}


def test_the_documents_of_edges_are_chosen_too(small: Store) -> None:
    chosen = Filter(sources=(DAILY,))
    found = documents_of_edges(small, cities(small, chosen), chosen)
    assert set(found.values()) == {frozenset({DAILY})}


def test_the_page_has_what_the_source_says_alone(small: Store) -> None:
    network = overview(small, Filter(sources=(PAGE,)))
    assert {data["relation"] for *_, data in network.edges(data=True)} == {"partnership"}


def test_a_hub_is_known_by_the_documents_about_its_government(tmp_path: Path) -> None:
    from citypact.graph.build.build import make_graph

    head, daily, *rest = REGISTERS["documents"].splitlines()
    head = head.replace("issued_by", "issued_by,about")
    rows = [
        line.replace("-article,,", "-article,,,").replace("government/seoul,", "government/seoul,,")
        for line in (daily, *rest)
    ]
    rows[0] = rows[0].replace("press-article,,,", "press-article,,government/hanoi,")
    store = make_graph(write_registers(tmp_path, documents="\n".join((head, *rows)) + "\n"))
    documents = TieDocuments.of(store)
    hanoi = documents.find_hub("Hanoi")
    assert cities(store, Filter(hubs=(hanoi,))).number_of_edges() == 1
    assert not cities(store, Filter(hubs=(hanoi,), left_out=(DAILY,)))
    with pytest.raises(CitypactError, match="no register of its own side"):
        documents.find_hub("Hue")


def test_a_list_alone_gives_its_own_statistics(listed: Path) -> None:
    graph, expected = api.open(listed), nx.Graph(LINKS)
    alone = graph.network("cities", source="mine")
    assert graph.network("cities").number_of_edges() > alone.number_of_edges()
    assert nx.is_isomorphic(alone, expected)
    assert alone.degree(f"{ID}city/seoul") == expected.degree("seoul")
    for measure in (
        nx.transitivity,
        nx.number_connected_components,
        nx.degree_assortativity_coefficient,
    ):
        assert measure(alone) == pytest.approx(measure(expected))
    rest = graph.network("cities", without_source="mine")
    assert set(rest.edges) == set(graph.network("cities", hub="서울").edges)
    with pytest.raises(CitypactError, match="nowhere"):
        graph.network("cities", source="nowhere")


def test_a_list_alone_puts_its_cities_where_it_says(tmp_path: Path) -> None:
    import_list(
        tmp_path,
        links="source,target\nhong-kong,a\nseoul,a\n",
        cities="id,name,country,wikidata,population\nhong-kong,Hong Kong,China,Q8646,7\n"
        "seoul,Seoul,South Korea,Q8684,9\na,Town a,France,,5\n",
    )
    out, project = tmp_path / "build", new_project(tmp_path / "busan")
    citypact("build", "--import", "mine", "--data", tmp_path, "--out", out, folder=project)
    graph, city = api.open(out), f"{ID}city/hong-kong"
    assert graph.network("cities").nodes[city]["country"] == "hong-kong"
    alone = graph.network("cities", source="mine").nodes
    assert alone[city]["country"] == "china" and alone[city]["country_ko"] == "중국"
    assert alone[f"{ID}city/seoul"]["country"] == "south-korea"


def statistics_of(network: nx.Graph) -> dict[str, float]:
    """What networkx says of a network, by the names of the report."""
    degrees = sorted(degree for _, degree in network.degree)
    largest = network.subgraph(max(nx.connected_components(network), key=len))
    steps = [
        length
        for _, lengths in nx.all_pairs_shortest_path_length(largest)
        for length in lengths.values()
        if length
    ]
    size, total = len(degrees), sum(degrees)
    ranked = sum((2 * at - size - 1) * degree for at, degree in enumerate(degrees, 1))
    return {
        "nodes": size,
        "edges": network.number_of_edges(),
        "density": nx.density(network),
        "components": nx.number_connected_components(network),
        "largest": len(largest),
        "isolated": nx.number_of_isolates(network),
        "transitivity": nx.transitivity(network),
        "mean_clustering": nx.average_clustering(network),
        "mean_distance": sum(steps) / len(steps),
        "diameter": max(steps),
        "mean_degree": total / size,
        "median_degree": statistics.median(degrees),
        "greatest_degree": degrees[-1],
        "gini": ranked / (size * total),
        "degree_centralisation": (degrees[-1] * size - total) / ((size - 1) * (size - 2)),
        "degree_assortativity": nx.degree_assortativity_coefficient(network),
    }


def test_the_command_line_gives_the_statistics_of_a_list_alone(
    listed: Path, tmp_path: Path
) -> None:
    pytest.importorskip("altair", reason="altair is not installed: no report is made")
    out = tmp_path / "report"
    citypact("analyse", "--store", listed, "--network", "cities", "--source", "mine", "--only",
             "structure", "--draws", "20", "--out", out)  # fmt: skip
    expected = nx.Graph(LINKS)
    found = json.loads((out / "findings.json").read_text(encoding="utf-8"))
    assert found["chosen_sources"] == [f"{ID}doc/mine-twins-2026-11-20"] and found["coverage"] == []
    with (out / "tables/structure-actors.csv").open(encoding="utf-8") as file:
        degrees = {row["id"]: int(row["degree"]) for row in csv.DictReader(file)}
    assert sorted(degrees.values()) == sorted(degree for _, degree in expected.degree)
    assert degrees[f"{ID}city/seoul"] == 3
    with (out / "tables/structure-network.csv").open(encoding="utf-8") as file:
        values = {row["id"]: float(row["value"]) for row in csv.DictReader(file)}
    for name, value in statistics_of(expected).items():
        assert values[name] == pytest.approx(value, rel=1e-5), name
    assert "only these sources: The list mine" in (out / "report.html").read_text(encoding="utf-8")


def test_the_list_of_the_world_gives_its_own_statistics(listed_world: Path, tmp_path: Path) -> None:
    world, out = Path(MATERIAL) / "world/wikidata_2022", tmp_path / "cities"
    citypact("export", "--network", "cities", "--source", "world", "--format", "csv",
             "--store", listed_world, "--out", out)  # fmt: skip
    with (world / "links.csv").open(encoding="utf-8") as file:
        links = [(row["source"], row["target"]) for row in csv.DictReader(file)]
    with (out / "edges.csv").open(encoding="utf-8-sig") as file:
        ties = [(row["Source"], row["Target"]) for row in csv.DictReader(file)]
    with (out / "nodes.csv").open(encoding="utf-8-sig") as file:
        names = {row["label_en"]: row["Id"] for row in csv.DictReader(file)}
    expected, found = nx.Graph(links), nx.Graph(ties)
    expected.remove_edges_from(list(nx.selfloop_edges(expected)))
    assert sorted(d for _, d in found.degree) == sorted(d for _, d in expected.degree)
    assert found.degree(names["Seoul"]) == expected.degree("Q8684")
    # The records tie Seoul to cities that the list does not.
    everything = api.open(listed_world).network("cities")
    assert everything.degree(names["Seoul"]) > found.degree(names["Seoul"])
    above = [
        sum(d > n.degree(seoul) for _, d in n.degree)
        for n, seoul in ((found, names["Seoul"]), (expected, "Q8684"))
    ]
    assert above[0] == above[1], "the rank of Seoul"
    for measure in (
        nx.transitivity,
        nx.number_connected_components,
        nx.degree_assortativity_coefficient,
    ):
        assert measure(found) == pytest.approx(measure(expected))
    with (world / "cities.csv").open(encoding="utf-8") as file:
        countries = {row["id"]: row["iso2"] for row in csv.DictReader(file)}
    nx.set_node_attributes(expected, countries, "country")
    with (out / "nodes.csv").open(encoding="utf-8-sig") as file:
        nx.set_node_attributes(
            found, {row["Id"]: row["country"] for row in csv.DictReader(file)}, "country"
        )
    assert nx.attribute_assortativity_coefficient(found, "country") == pytest.approx(
        nx.attribute_assortativity_coefficient(expected, "country")
    )
