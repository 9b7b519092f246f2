"""Networks as files: what networkx, igraph, pandas and csv read back is what was written."""

from __future__ import annotations

import codecs
import csv
import io
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pandas as pd
import pytest

from citypact.api import Graph
from citypact.graph.export import to_graphml, to_tables, write_network, write_output
from citypact.ontology.errors import CitypactError
from citypact.sources.files.spreadsheet_cells import guarded, unguarded
from tests.running import made_in

NAMES = ("actors", "cities", "topics", "overview", "everything")
EMPTY = "1900-01-01"

HOSTILE = {
    "script": "</data><script>alert(1)</script>",
    "quotes": "\"'`“”,;\t|",
    "lines": "first\nsecond\n\nfourth",
    "returns": "a\rb\r\nc",
    "markup": "&lt;b&gt; ]]> <!-- -->",
    "direction": "\u202eLIVE\u2066",
    "formula": '=HYPERLINK("https://example.org")',
    "spaces": "  leading and trailing  ",
    "number": "007",
    "missing": "NA",
    "long": "가" * 10_000,
    "beyond": "𝕊𝔼𝕆𝕌𝕃 🏙",
}
CONTROL = "\x00\x07\r\x1b[31m\x7f\x85\ufffe"


def whole(graph: Graph, name: str) -> nx.Graph:
    """A network with all that it can hold; that of cities has no prospects."""
    return graph.network(name) if name == "cities" else graph.network(name, prospects=True)


@pytest.fixture(params=NAMES)
def network(graph: Graph, request: pytest.FixtureRequest) -> nx.Graph:
    """Each of the networks, prospects included."""
    found: nx.Graph = whole(graph, request.param)
    return found


def hostile() -> nx.MultiDiGraph:
    """A network whose labels would like to be markup, code or something else than they are."""
    found = nx.MultiDiGraph(name="hostile")
    for name, text in HOSTILE.items():
        found.add_node(name, label_ko=text, year=2013, latitude=37.5, first_view=True)
        found.add_edge("script", name, key=f"key of {name}", relation=text, weight=0.5)
    return found


def edges(network: nx.Graph) -> list[tuple[Any, ...]]:
    """Ends, key and attributes of all edges; the ends in sorted order where they have none."""
    if network.is_multigraph():
        found = [(one, other, key, data) for one, other, key, data in network.edges.data(keys=True)]
    else:
        found = [(one, other, "", data) for one, other, data in network.edges.data()]
    if not network.is_directed():
        found = [(*sorted(edge[:2]), *edge[2:]) for edge in found]
    return sorted(found, key=lambda edge: edge[:3])


def types(data: dict[str, Any]) -> dict[str, type]:
    return {key: type(value) for key, value in data.items()}


def assert_equal(one: nx.Graph, other: nx.Graph) -> None:
    """The same kind of network, nodes, edges and keys, attributes and their types."""
    assert type(one) is type(other)
    assert dict(one.nodes(data=True)) == dict(other.nodes(data=True))
    assert edges(one) == edges(other)
    # 1, 1.0 and True are equal, so that types are compared for themselves.
    for node, data in one.nodes(data=True):
        assert types(data) == types(other.nodes[node])
    for edge, twin in zip(edges(one), edges(other), strict=True):
        assert types(edge[3]) == types(twin[3])


def read_graphml(data: bytes, like: nx.Graph) -> nx.Graph:
    """What networkx reads; the keys of edges stand there twice, for readers that know no ids."""
    read = nx.read_graphml(io.BytesIO(data), force_multigraph=like.is_multigraph())
    if read.is_multigraph():
        for *_, key, attributes in read.edges(keys=True, data=True):
            assert attributes.pop("key") == key
    return read


def test_graphml_reads_back_equal(network: nx.Graph) -> None:
    assert_equal(read_graphml(to_graphml(network), network), network)


def test_graphml_of_hostile_labels_reads_back_equal() -> None:
    network = hostile()
    del (
        network.nodes["returns"]["label_ko"],
        network["script"]["returns"]["key of returns"]["relation"],
    )
    assert_equal(read_graphml(to_graphml(network), network), network)


def test_graphml_leaves_out_what_xml_cannot_hold() -> None:
    network = nx.MultiGraph()
    network.add_node("n", label_ko=f"서{CONTROL}울\ttab\nline")
    read = read_graphml(to_graphml(network), network)
    assert read.nodes["n"]["label_ko"] == "서[31m\x7f\x85울\ttab\nline"
    assert network.nodes["n"]["label_ko"] == f"서{CONTROL}울\ttab\nline"


def test_ids_in_graphml_are_unique(network: nx.Graph) -> None:
    root = ElementTree.fromstring(to_graphml(network))
    for element in ("key", "node", "edge"):
        ids = [each.get("id") for each in root.findall(f".//{{*}}{element}")]
        ids = [each for each in ids if each is not None]
        assert len(ids) == len(set(ids))


def test_igraph_reads_the_same_network(network: nx.Graph, tmp_path: Path) -> None:
    [path] = write_network(network, "graphml", tmp_path / "network.graphml")
    read = igraph.Graph.Read_GraphML(str(path))
    assert (read.vcount(), read.ecount()) == (len(network), network.number_of_edges())
    names = {vertex["id"]: vertex["label_ko"] for vertex in read.vs}
    assert names == dict(network.nodes(data="label_ko"))
    if network.is_multigraph():
        assert sorted(read.es["key"]) == sorted(key for *_, key in network.edges(keys=True))


def test_graphml_writes_truth_values_as_xml_does(graph: Graph) -> None:
    data = to_graphml(graph.network("overview", prospects=True))
    assert b">true</data>" in data
    assert b">True</data>" not in data
    hostile_text = nx.Graph()
    hostile_text.add_node("n", label_ko="True", first_view=True)
    assert b">True</data>" in to_graphml(hostile_text)  # a name stays as it is


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_programs_that_draw_get_the_picture_of_the_page(
    graph: Graph, tmp_path: Path, form: str
) -> None:
    [path] = graph.export(form, tmp_path / "drawn", graph.network("actors"), language="ko")
    root = ElementTree.fromstring(path.read_bytes())
    if form == "graphml":
        nodes = [dict(data) for _, data in nx.read_graphml(path).nodes(data=True)]
        places = [(node["x"], node["y"]) for node in nodes]
        colours = {(node["kind"], node["r"], node["g"], node["b"]) for node in nodes}
        labels = {node["label"] for node in nodes}
    else:
        places = [(e.get("x"), e.get("y")) for e in root.iter("{http://gexf.net/1.3/viz}position")]
        colours = {tuple(e.attrib.values()) for e in root.iter("{http://gexf.net/1.3/viz}color")}
        labels = {str(e.get("label")) for e in root.findall(".//{*}node")}
    assert len(set(places)) == len(graph.network("actors"))
    assert len(colours) > 1
    assert {"과야킬", "런던"} <= labels


@pytest.mark.parametrize("name", ["actors", "topics", "overview"])
def test_an_empty_network_is_written_too(graph: Graph, name: str) -> None:
    network = graph.network(name, as_of=EMPTY)
    assert len(network) == 0
    assert len(read_graphml(to_graphml(network), network)) == 0
    tables = to_tables(network)
    assert [line.split(",")[0] for line in tables["nodes.csv"].decode("utf-8-sig").split()] == [
        "Id"
    ]
    assert tables["edges.csv"].decode("utf-8-sig").startswith("Source,Target")


def rows_of(network: nx.Graph) -> dict[str, list[dict[str, Any]]]:
    """What the tables of a network must say, a row each."""
    ends = ("Source", "Target", "key") if network.is_multigraph() else ("Source", "Target")
    listed = network.edges(keys=True) if network.is_multigraph() else network.edges()
    names = {node: name for node, name in network.nodes(data="label_en") if name}

    def named(**nodes: str) -> dict[str, str]:
        return {column: names[node] for column, node in nodes.items() if node in names}

    return {
        "nodes.csv": [
            {"Id": node, **named(Label=node), **data} for node, data in network.nodes(data=True)
        ],
        "edges.csv": [
            {
                **dict(zip(ends, edge, strict=True)),
                **named(source_label=edge[0], target_label=edge[1]),
                **network.edges[edge],
            }
            for edge in listed
        ],
    }


@pytest.mark.parametrize("name", [*NAMES, "hostile"])
def test_tables_read_by_csv_say_all_that_the_network_says(graph: Graph, name: str) -> None:
    network = hostile() if name == "hostile" else whole(graph, name)
    for file, expected in rows_of(network).items():
        data = to_tables(network)[file]
        assert data.startswith(codecs.BOM_UTF8), "Excel in Korea else reads it as CP949"
        text = data.decode("utf-8-sig")
        read = list(csv.DictReader(io.StringIO(text, newline="")))
        known = [{key: value for key, value in row.items() if value != ""} for row in read]
        assert known == [
            {key: guarded(str(value)) if isinstance(value, str) else str(value)
             for key, value in row.items()}
            for row in expected
        ]  # fmt: skip


@pytest.mark.parametrize("name", [*NAMES, "hostile"])
def test_tables_read_by_pandas_say_all_that_the_network_says(graph: Graph, name: str) -> None:
    network = hostile() if name == "hostile" else whole(graph, name)
    for file, expected in rows_of(network).items():
        columns = {key: type(value) for row in expected for key, value in row.items()}
        texts = [name for name, kind in columns.items() if kind is str]
        frame = pd.read_csv(
            io.BytesIO(to_tables(network)[file]),
            dtype=dict.fromkeys(texts, str),
            keep_default_na=False,
            na_values={name: [""] for name in columns if name not in texts},
        )
        assert len(frame) == len(expected)
        for row, wanted in zip(frame.to_dict("records"), expected, strict=True):
            assert {key: plain(row[key]) for key in wanted} == wanted


def plain(value: Any) -> Any:
    """What a cell says, without the apostrophe that keeps a spreadsheet from running it."""
    return unguarded(value) if isinstance(value, str) else value


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula_to_a_spreadsheet(text: str) -> None:
    network = nx.MultiGraph()
    network.add_node("n", label_ko=text, degree=-1)
    (row,) = csv.DictReader(
        io.StringIO(to_tables(network)["nodes.csv"].decode("utf-8-sig"), newline="")
    )
    assert row == {"Id": "n", "Label": "", "degree": "-1", "label_ko": f"'{text}"}


def test_tables_keep_control_characters() -> None:
    network = nx.MultiGraph()
    network.add_node("n", label_ko=CONTROL)
    text = to_tables(network)["nodes.csv"].decode("utf-8")
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == ["n", "", CONTROL]


def test_tables_go_to_a_folder_and_graphml_to_a_file(graph: Graph, tmp_path: Path) -> None:
    network = graph.network("actors")
    tables = write_network(network, "csv", tmp_path / "new" / "tables")
    assert [path.name for path in tables] == ["nodes.csv", "edges.csv"]
    [path] = write_network(network, "graphml", tmp_path / "new" / "actors.graphml")
    assert path.read_bytes() == to_graphml(network)
    write_network(graph.network("topics"), "graphml", path)
    assert path.read_bytes() == to_graphml(graph.network("topics"))
    assert made_in(path.parent) == ["actors.graphml", "tables"]


def test_an_unknown_format_is_refused(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(CitypactError, match="use one of: graphml, gexf, csv"):
        write_network(graph.network("actors"), "ods", tmp_path / "actors.ods")
    with pytest.raises(CitypactError, match="csv, sqlite, parquet, datapackage, jsonld, xlsx"):
        graph.export("ods", tmp_path / "actors.ods")
    assert not list(tmp_path.iterdir())


def test_of_several_files_none_is_replaced_where_one_cannot_be(
    graph: Graph, tmp_path: Path
) -> None:
    (tmp_path / "x.sqlite").write_text("old")
    (tmp_path / "x.metadata.json").mkdir()
    with pytest.raises(CitypactError, match="is a folder"):
        graph.export("sqlite", tmp_path / "x.sqlite", replace=True)
    assert (tmp_path / "x.sqlite").read_text() == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["x.metadata.json", "x.sqlite"]


def test_a_folder_is_replaced_only_where_we_made_it(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "nodes.csv").write_text("my own")
    with pytest.raises(CitypactError, match="was not made by citypact"):
        graph.export("csv", tmp_path / "mine")
    assert (tmp_path / "mine" / "nodes.csv").read_text() == "my own"
    files = graph.export("csv", tmp_path / "ours")
    (tmp_path / "ours" / "notes.txt").write_text("my own")
    before = files[0].read_bytes()
    files[0].write_text("half")
    graph.export("csv", tmp_path / "ours")
    assert files[0].read_bytes() == before
    assert (tmp_path / "ours" / "notes.txt").read_text() == "my own"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["mine", "ours"]


def test_a_place_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for place in (tmp_path, tmp_path / "file" / "below", tmp_path / ("x" * 300), Path()):
        with pytest.raises(CitypactError, match="->"):
            write_output(place, b"data")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("file", "mine")]
