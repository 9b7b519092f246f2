"""Networks: who is joined to whom, by what, when and on which topic; the same on every machine."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest

from citypact.api import Graph
from citypact.graph.build.build import make_graph
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.networks import actors
from citypact.ontology import ID
from citypact.ontology.errors import CitypactError
from tests.running import here_and_elsewhere
from tests.sources.small import write_small
from tests.sources.small_registers import REGISTERS, write_registers

NAMES = ("actors", "topics", "overview", "everything")
SEOUL, LONDON, WEGO = (
    ID + name for name in ("government/seoul", "government/london", "network/wego")
)
BANK = ID + "organization/export-import-bank-of-korea"

AGREEMENTS = {
    "agreement/seoul-san-francisco-1976": ({"seoul", "san-francisco"}, "1976", 1976, "signed"),
    "agreement/seoul-san-francisco-2013": (
        {"seoul", "san-francisco"},
        "2013-10-21",
        2013,
        "signed",
    ),
    "agreement/seoul-london-2015": ({"seoul", "london"}, "2015-12", 2015, "signed"),
    "agreement/wego-eximbank-2016": (
        {"wego", "export-import-bank-of-korea"},
        "2016-03-15",
        2016,
        "announced",
    ),
    "agreement/seoul-london-2017": ({"seoul", "london"}, "2017-04-03", 2017, "signed"),
    "agreement/seoul-los-angeles-2019": ({"seoul", "los-angeles"}, "2019-10-01", 2019, "signed"),
    "agreement/seoul-guayaquil-2020": ({"seoul", "guayaquil"}, "2020-10-30", 2020, "signed"),
}
SIGNED = {name: about for name, about in AGREEMENTS.items() if about[-1] == "signed"}
OTHERS = {
    ("chair", "seoul", "wego"),
    ("membership", "hanoi", "wego"),
    *(
        ("partnership", *sorted(("seoul", city)))
        for city in ("san-francisco", "london", "los-angeles", "guayaquil")
    ),
    ("office", "kotra", "kotra-latin-america"),
    ("office", "kotra", "kotra-quito"),
    *(
        ("brokering", *sorted((broker, party)))
        for broker in ("kotra", "kotra-latin-america", "kotra-quito")
        for party in ("seoul", "guayaquil")
    ),
}

THREE = """\
document:
  id: three-2018
  label: {ko: 세 기관 선언 소식, en: News of a declaration of three}
  type: press-article
  address: https://example.org/three
  published: 2018-06-01
agreements:
  three-2018:
    label: {ko: 세 기관 공동선언, en: Declaration of Three}
    form: [joint-declaration, memorandum-of-understanding]
    parties: [seoul, hanoi, wego]
    signed: 2018-05
    status: signed
    facilitators: desk
  undated:
    label: {ko: 날짜 없는 협정, en: Agreement without date}
    form: agreement
    parties: [seoul, hanoi]
    status: announced
memberships:
  seoul-wego:
    member: seoul
    organization: wego
    role: chair
    start: 2010
    held: 2018-06-01
"""
OFFICES = """\
organizations:
  agency:
    label: {ko: 진흥원, en: Agency}
offices:
  branch:
    label: {ko: 지사, en: Branch}
    unit_of: agency
  desk:
    label: {ko: 데스크, en: Desk}
    unit_of: branch
  archive:
    label: {ko: 기록실, en: Archive}
    unit_of: agency
"""


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Two cities and a network that sign together, with a broker's desk; one agreement undated."""
    folder = write_small(tmp_path_factory.mktemp("three"))
    (folder / "entities/offices.yaml").write_text(OFFICES, encoding="utf-8")
    (folder / "records/three-2018.yaml").write_text(THREE, encoding="utf-8")
    return Graph(make_graph(folder))


def slug(iri: str) -> str:
    return iri.rsplit("/", 1)[1]


def agreements(network: nx.MultiGraph) -> set[str]:
    """The slugs of the agreements that join actors."""
    edges = network.edges(data=True)
    return {slug(edge["agreement"]) for *_, edge in edges if edge["relation"] == "agreement"}


def ties(network: nx.MultiGraph, *relations: str) -> set[tuple[str, ...]]:
    """Relation and ends of the edges of some relations."""
    return {
        (edge["relation"], *sorted((slug(one), slug(other))))
        for one, other, edge in network.edges(data=True)
        if edge["relation"] in relations
    }


def test_actors_are_joined_by_each_of_their_agreements(graph: Graph) -> None:
    def joining(network: nx.MultiGraph) -> dict[str, Any]:
        return {
            key: ({slug(one), slug(other)}, edge["date"], edge["year"], edge["status"])
            for one, other, key, edge in network.edges(keys=True, data=True)
            if edge["relation"] == "agreement"
        }

    found = joining(graph.network("actors"))
    assert found == SIGNED
    assert joining(graph.network("actors", prospects=True)) == AGREEMENTS
    pairs = Counter(tuple(sorted(ends)) for ends, *_ in found.values())
    assert pairs["san-francisco", "seoul"] == pairs["london", "seoul"] == 2


def test_actors_are_joined_by_chair_membership_brokering_and_offices_that_act(graph: Graph) -> None:
    network = graph.network("actors")
    relations = ("chair", "membership", "partnership", "brokering", "office", "prospect")
    assert ties(network, *relations) == OTHERS
    assert network.number_of_edges() == len(SIGNED) + len(OTHERS)


def test_whom_no_agreement_joins_is_not_joined(graph: Graph) -> None:
    network = graph.network("actors")
    assert not network.has_edge(SEOUL, BANK)
    assert not network.has_edge(LONDON, WEGO)


def test_departments_that_are_only_named_are_in_everything_alone(graph: Graph) -> None:
    bureau = ID + "office/seoul-smart-city-policy-bureau"
    assert bureau not in graph.network("actors")
    assert any(
        edge["relation"] == "unitOf" for edge in graph.network("everything")[bureau][SEOUL].values()
    )


def test_attributes_of_an_agreement_and_of_its_actors(graph: Graph) -> None:
    network = graph.network("actors", prospects=True)
    edge = network.edges[WEGO, BANK, "agreement/wego-eximbank-2016"]
    assert edge["form"] == "business-agreement|memorandum-of-understanding"
    assert edge["form_ko"] == "업무협약|양해각서"
    assert edge["date_of"] == "signing"
    assert (edge["parties"], edge["weight"]) == (2, 1.0)
    assert "e-government" in edge["topics"].split("|")
    seoul = network.nodes[SEOUL]
    assert (seoul["kind"], seoul["label_ko"], seoul["label_en"]) == ("government", "서울", "Seoul")
    assert (seoul["country"], seoul["country_ko"]) == ("south-korea", "대한민국")
    assert "서울특별시" in seoul["aliases"].split("|")
    assert (round(seoul["latitude"]), round(seoul["longitude"])) == (38, 127)


def test_a_membership_is_dated_as_precisely_as_its_source(graph: Graph) -> None:
    network = graph.network("actors")
    [hanoi] = network.get_edge_data(ID + "government/hanoi", WEGO).values()
    assert (hanoi["date"], hanoi["date_of"], hanoi["year"]) == ("2015", "held", 2015)


def test_a_start_comes_before_a_day_on_which_a_membership_held(three: Graph) -> None:
    edges = three.network("actors").get_edge_data(SEOUL, WEGO).values()
    [chair] = [edge for edge in edges if edge["relation"] == "chair"]
    assert (chair["date"], chair["date_of"]) == ("2010", "start")


@pytest.mark.parametrize("name", NAMES)
def test_attributes_are_plain_known_values_in_sorted_order(graph: Graph, name: str) -> None:
    network = graph.network(name, prospects=True)
    assert list(network) == sorted(network)
    data = [about for _, about in network.nodes(data=True)]
    data += [about for *_, about in network.edges(data=True)]
    types: dict[str, set[type]] = {}
    for about in data:
        for key, value in about.items():
            types.setdefault(key, set()).add(type(value))
            assert value != ""
            assert key != "year" or value > 1000
    assert all(len(found) == 1 for found in types.values()), types
    assert set.union(*types.values()) <= {str, int, float, bool}


@pytest.mark.parametrize("name", ["actors", "overview", "everything"])
def test_the_key_of_an_edge_is_its_own_in_the_whole_network(
    graph: Graph, three: Graph, name: str
) -> None:
    for each in (graph, three):
        keys = [key for *_, key in each.network(name, prospects=True).edges(keys=True)]
        assert keys
        assert len(keys) == len(set(keys))


# Agreements of three


def test_an_agreement_of_three_joins_each_pair_and_counts_once_for_each(three: Graph) -> None:
    network = three.network("actors")
    edges = [
        ({slug(one), slug(other)}, edge)
        for one, other, edge in network.edges(data=True)
        if edge["relation"] == "agreement" and slug(edge["agreement"]) == "three-2018"
    ]
    pairs = sorted(sorted(ends) for ends, _ in edges)
    assert pairs == [["hanoi", "seoul"], ["hanoi", "wego"], ["seoul", "wego"]]
    assert {edge["parties"] for _, edge in edges} == {3}
    for end in ("hanoi", "seoul", "wego"):
        assert sum(edge["weight"] for ends, edge in edges if end in ends) == 1.0


def test_brokers_are_joined_to_each_of_three_parties_and_upwards_to_their_bodies(
    three: Graph,
) -> None:
    network = three.network("actors")
    brokered = ties(network, "brokering")
    assert {
        ("brokering", *sorted(("desk", party))) for party in ("hanoi", "seoul", "wego")
    } <= brokered
    assert ties(network, "office") == {("office", "branch", "desk"), ("office", "agency", "branch")}


def test_an_agreement_without_date_has_no_year_and_is_left_out_of_the_past(three: Graph) -> None:
    network = three.network("actors", prospects=True)
    edge = network.edges[SEOUL, ID + "government/hanoi", "agreement/undated"]
    assert not {"date", "date_of", "year", "topics"} & set(edge)
    assert edge["prospect"] and edge["status"] == "announced"
    assert agreements(three.network("actors", as_of="2100-01-01", prospects=True)) == {
        "seoul-hanoi-2015",
        "three-2018",
    }


# Filters


@pytest.mark.parametrize(
    ("day", "joined", "others"),
    [
        ("1976-12-30", "", ""),
        ("1976-12-31", "1976", "partnership"),
        ("2013-10-20", "1976", "partnership"),
        ("2013-10-21", "1976 2013", "partnership"),
        ("2015-12-30", "1976 2013", "partnership"),
        ("2015-12-31", "1976 2013 2015", "partnership membership"),
        ("2016-12-31", "1976 2013 2015", "partnership membership chair"),
        ("2020-10-29", "1976 2013 2015 2017 2019", "partnership membership chair"),
        (
            "2020-10-30",
            "1976 2013 2015 2017 2019 2020",
            "partnership membership chair brokering office",
        ),
    ],
)
def test_as_of_keeps_what_is_known_to_have_begun(
    graph: Graph, day: str, joined: str, others: str
) -> None:
    network = graph.network("actors", as_of=day)
    assert {name.rsplit("-", 1)[1] for name in agreements(network)} == set(joined.split())
    relations = {edge["relation"] for *_, edge in network.edges(data=True)} - {"agreement"}
    assert relations == set(others.split())


def test_a_day_may_be_text_date_or_time_of_day(graph: Graph) -> None:
    day = datetime.date(2013, 10, 21)
    times = (day, day.isoformat(), datetime.datetime(2013, 10, 21, 9))
    found = [agreements(graph.network("actors", as_of=each)) for each in times]
    assert found[0] == found[1] == found[2] != set()


@pytest.mark.parametrize("topic", ["e-government", "전자정부", "e-Government"])
def test_a_topic_is_found_by_its_name_in_either_language(graph: Graph, topic: str) -> None:
    network = graph.network("actors", topic=topic)
    found = {"seoul-london-2017", "seoul-san-francisco-2013"}
    assert agreements(network) == found
    assert {edge["relation"] for *_, edge in network.edges(data=True)} == {"agreement"}


def test_a_topic_takes_in_the_narrower_ones(graph: Graph) -> None:
    network = graph.network("actors", topic="smart-city")
    exactly = {"seoul-london-2017", "seoul-guayaquil-2020"}
    narrower = {"seoul-los-angeles-2019"}
    assert agreements(network) == exactly | narrower
    assert ties(network, "brokering", "office") == {tie for tie in OTHERS if "kotra" in str(tie)}


def test_kinds_choose_the_actors(graph: Graph) -> None:
    network = graph.network("actors", kinds="government")
    assert {data["kind"] for _, data in network.nodes(data=True)} == {"government"}
    assert agreements(network) == {slug(name) for name in AGREEMENTS} - {"wego-eximbank-2016"}
    offices = graph.network("actors", kinds=["organization", "office"])
    assert ties(offices, "office", "brokering") == {tie for tie in OTHERS if tie[0] == "office"}


def test_filters_work_together(graph: Graph) -> None:
    network = graph.network("actors", as_of="2016-12-31", topic="e-government", kinds="government")
    assert agreements(network) == {"seoul-san-francisco-2013"}


def test_prospects_are_there_only_when_asked_for_and_marked(graph: Graph) -> None:
    network = graph.network("actors", prospects=True)
    [edge] = network.get_edge_data(LONDON, WEGO).values()
    assert (edge["relation"], edge["prospect"], edge["modality"]) == ("prospect", True, "proposed")
    without = graph.network("actors")
    added = set(network.edges(keys=True)) - set(without.edges(keys=True))
    relations = {network.edges[each]["relation"] for each in added}
    assert relations == {"prospect", "agreement"}
    announced = {
        slug(edge["agreement"])
        for *_, edge in network.edges(data=True)
        if edge.get("status") == "announced"
    }
    assert announced == {"wego-eximbank-2016"}
    marked = [each for *_, each in network.edges(data=True) if "prospect" in each]
    assert len(marked) == len(added)


def test_those_who_propose_together_are_not_joined_by_it(graph: Graph) -> None:
    network = graph.network("actors", prospects=True)
    quito, region = ID + "office/kotra-quito", ID + "office/kotra-latin-america"
    assert network.has_edge(quito, SEOUL)
    assert not network.has_edge(quito, region)


def test_prospects_obey_time_and_topic(graph: Graph) -> None:
    def found(**filters: Any) -> set[tuple[str, ...]]:
        return ties(graph.network("actors", prospects=True, **filters), "prospect")

    suggestion = ("prospect", "london", "wego")
    assert suggestion not in found(as_of="2017-04-02")
    assert found(as_of="2017-04-03") == {suggestion}
    assert suggestion in found(topic="e-government")
    assert suggestion not in found(topic="smart-city")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"kinds": ["city"]}, "city is not a kind of actor"),
        ({"as_of": "last year"}, "'last year' is not a date"),
        ({"topic": "e-governance"}, "e-Government"),
    ],
)
def test_wrong_filters_are_refused_with_a_cure(
    graph: Graph, wrong: dict[str, Any], message: str
) -> None:
    with pytest.raises(CitypactError, match=message) as caught:
        graph.network("actors", **wrong)
    assert "->" in str(caught.value)


# The other networks


def test_the_two_mode_network_joins_actors_to_what_their_agreements_cover(graph: Graph) -> None:
    network = graph.network("topics")
    sides = nx.get_node_attributes(network, "bipartite")
    assert all({sides[one], sides[other]} == {0, 1} for one, other in network.edges())
    covered = graph.query(
        "SELECT ?actor ?topic (COUNT(DISTINCT ?a) AS ?count) "
        "WHERE { ?a citypact:status code-agreement-status:signed ; citypact:party ?actor ; "
        "citypact:covers ?topic } GROUP BY ?actor ?topic"
    )
    expected = {
        frozenset((row["actor"].value, row["topic"].value)): int(row["count"].value)
        for row in covered
    }
    found = {frozenset(ends): edge["weight"] for *ends, edge in network.edges(data=True)}
    assert found == expected
    edge = network.edges[SEOUL, ID + "topic/e-government"]
    assert edge["agreements"] == "agreement/seoul-london-2017|agreement/seoul-san-francisco-2013"


def test_everything_has_an_edge_for_every_fact_between_things(graph: Graph) -> None:
    facts = graph.query(
        "SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER(ISIRI(?o) "
        '&& STRSTARTS(STR(?s), STR(id:)) && !REGEX(STR(?s), "/id/(code|date|rule)/") '
        '&& STRSTARTS(STR(?o), STR(id:)) && !REGEX(STR(?o), "/id/(code|date|rule)/") '
        "&& STRSTARTS(STR(?p), STR(citypact:))) }"
    )
    expected = {
        (row["s"].value, slug(row["p"].value.replace("#", "/")), row["o"].value) for row in facts
    }
    network = graph.network("everything")
    edges = network.edges(keys=True, data=True)
    found = {(one, edge["relation"], other) for one, other, _, edge in edges}
    assert found == expected
    assert len(edges) == len(expected)
    for one, other, key, edge in list(edges)[::50]:
        subject, predicate, value = graph.tracer.triple(ox.NamedNode(ID + key))
        assert (subject.value, slug(predicate.value.replace("#", "/"))) == (one, edge["relation"])
        assert value.value == other


def test_everything_refuses_to_be_filtered_rather_than_ignore_it(graph: Graph) -> None:
    with pytest.raises(CitypactError, match="cannot be filtered"):
        graph.network("everything", as_of="2016-12-31")


def test_the_overview_has_agreements_and_topics_as_nodes(graph: Graph) -> None:
    network = graph.network("overview")
    kinds = Counter(data["kind"] for _, data in network.nodes(data=True))
    assert kinds["agreement"] == len(SIGNED)
    assert kinds["prospect"] == 0
    for name, (parties, *_) in SIGNED.items():
        edges = network.out_edges(ID + name, data=True)
        assert {slug(end) for _, end, edge in edges if edge["relation"] == "party"} == parties
    assert not [edge for *_, edge in network.edges(data=True) if edge["prospect"]]
    assert graph.network("overview", prospects=True).has_node(
        ID + "prospect/london-suggested-for-wego"
    )


def test_filters_of_the_overview_hold_for_its_layers_too(graph: Graph) -> None:
    early = graph.network("overview", as_of="2013-10-21", prospects=True)
    assert {data["year"] for _, data in early.nodes(data=True) if "year" in data} == {1976, 2013}
    assert not {data["kind"] for _, data in early.nodes(data=True)} & {"prospect", "network"}
    narrow = graph.network("overview", topic="sharing-economy")
    found = {slug(node) for node, data in narrow.nodes(data=True) if data["kind"] == "agreement"}
    assert found == {"seoul-san-francisco-2013"}
    governments = {node for node, data in narrow.nodes(data=True) if data["kind"] == "government"}
    assert {slug(node) for node in governments} == {"seoul", "san-francisco"}


# The same everywhere


def test_networks_are_the_same_under_another_hash_seed(build: Path) -> None:
    program = (
        "import citypact, hashlib, sys\n"
        "from citypact.graph.export import to_graphml\n"
        "graph = citypact.open(sys.argv[1])\n"
        "for name in sys.argv[2:]:\n"
        "    network = graph.network(name, prospects=True)\n"
        "    print(hashlib.sha256(to_graphml(network)).hexdigest())\n"
        "    print(list(network.edges))\n"
    )
    here, elsewhere = here_and_elsewhere(program, build, *NAMES)
    assert here == elsewhere != ""


def test_a_tie_of_a_term_counts_from_its_last_possible_day(tmp_path: Path) -> None:
    rows = REGISTERS["partnerships"].replace("1996-05-01", '"[1995-07..1998-06,1999]"')
    store = make_graph(
        write_registers(
            tmp_path,
            partnerships=rows.replace("1997,,,,기사는 해만 적었다.,A year alone.", ",,,,,"),
        )
    )

    def ties(day: datetime.date) -> set[str]:
        edges = actors(store, Filter(as_of=day)).edges(data=True)
        return {data["date"] for *_, data in edges if data["relation"] == "partnership"}

    assert ties(datetime.date(1999, 12, 30)) == set()
    assert ties(datetime.date(1999, 12, 31)) == {"[1995-07..1998-06,1999]"}
    days = store.solutions(
        "SELECT ?first ?last WHERE { ?p citypact:establishedEarliest ?first ;"
        " citypact:establishedLatest ?last }"
    )
    assert [(row["first"].value, row["last"].value) for row in days] == [
        ("1995-07-01", "1999-12-31")
    ]
