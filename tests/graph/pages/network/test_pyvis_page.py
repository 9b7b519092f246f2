"""The page as people meet it: in a browser, by hand, by keyboard, on paper, without scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from citypact.graph.pages.network.pyvis_page import PageContent, edge_keys, page, pyvis_network
from tests.graph.pages.network.hostile_page import hostile_picture
from tests.graph.pages.network.page_fixture import BASE, build_network, build_picture, wait_until
from tests.running import here_and_elsewhere

SEOUL, GUAYAQUIL = BASE + "government/seoul", BASE + "government/guayaquil"
PACT = BASE + "agreement/guayaquil-2020"
HANGUL = re.compile("[\uac00-\ud7a3]+")

Open = Callable[..., Any]


def shown(tab: Any) -> set[str]:
    """The IRIs of the nodes that the page shows."""
    return set(tab.evaluate("citypact.shown().nodes"))


def ties(tab: Any) -> set[str]:
    """The ids of the edges that the page shows."""
    return set(tab.evaluate("citypact.shown().edges"))


def of_kind(*kinds: str, first: bool = True) -> set[str]:
    return {
        node
        for node, data in build_network().nodes(data=True)
        if data["kind"] in kinds and (data["first_view"] or not first)
    }


# The page itself ------------------------------------------------------------------------------


def test_opens_with_the_first_view_connected(visit: Open) -> None:
    tab = visit()
    network = build_network()
    first = {node for node, data in network.nodes(data=True) if data["first_view"]}
    assert shown(tab) == first
    seen = ties(tab)
    drawn = nx.Graph(
        edge[:2] for edge, name in edge_keys(network).items() if name.replace("edge:", "e") in seen
    )
    for other in ("network/wego", "organization/kotra", "organization/kexim", "government/hanoi"):
        assert nx.has_path(drawn, SEOUL, BASE + other)
    # Seoul is no party of the bank's memorandum: the way leads through WeGO.
    assert BASE + "network/wego" in nx.shortest_path(drawn, SEOUL, BASE + "organization/kexim")


def test_cities_are_painted_where_the_page_says(visit: Open) -> None:
    tab = visit()
    tab.wait_for_timeout(100)
    colour = tab.evaluate(
        """iri => { const at = citypact.where(iri);
        const canvas = document.querySelector('#picture canvas');
        const box = canvas.getBoundingClientRect(), ratio = canvas.width / box.width;
        return [...canvas.getContext('2d').getImageData(
          (at.x - box.left) * ratio, (at.y - box.top) * ratio, 1, 1).data]; }""",
        GUAYAQUIL,
    )
    assert colour == [0x00, 0x72, 0xB2, 255]


def test_page_is_complete_in_itself(pages: dict[str, Path]) -> None:
    html = unescape(pages["plain"].read_text(encoding="utf-8"))
    assert "default-src 'none'" in html
    assert "'unsafe-inline'" not in re.findall(r"script-src[^;]*", html)[0]
    tags = re.sub(r"<script>.*?</script>", "", html, flags=re.S)
    assert re.findall(r"""(?:src|href|srcset|action)\s*=\s*["']?\s*(?:https?:)?//""", tags) == []
    assert re.findall(r"url\(\s*[\"']?(?!data:)[a-z/]|@import", tags) == []
    assert re.findall(r"<h1\b", tags) == ["<h1"]


def test_numbers_of_ties_depend_on_whose_lists_were_collected(pages: dict[str, Path]) -> None:
    html = unescape(pages["plain"].read_text(encoding="utf-8"))
    assert "whose own list was collected" in html and "자체 목록이 수집된" in html


def test_same_input_gives_the_same_bytes() -> None:
    program = (
        "import sys, hashlib; from citypact.graph.pages.network.pyvis_page import page;"
        "from tests.graph.pages.network.page_fixture import build_picture;"
        "print(hashlib.sha256(page(build_picture()).encode()).hexdigest())"
    )
    here, elsewhere = here_and_elsewhere(program)
    assert here == elsewhere
    assert len(here.strip()) == 64


def test_data_comes_back_from_the_page_as_it_went_in(visit: Open) -> None:
    for name, picture in (("plain", build_picture()), ("hostile", hostile_picture())):
        tab = visit(name)
        drawn = pyvis_network(picture.network)
        held = tab.evaluate(
            "[...Citypact.data.nodes.values()].map((n) => [n.id, n.iri, n.ko, n.en,"
            " n.lines, n.wide.x, n.wide.y, n.size, n.aliases, n.year])"
        )
        assert held == [
            [
                *(node["id"], about["iri"], about["ko"], about["en"], about["lines"]),
                *(node["x"], node["y"], node["size"], about["aliases"], about["year"]),
            ]
            for node in json.loads(json.dumps(drawn.nodes))
            for about in [node["citypact"]]
        ]
        held = tab.evaluate(
            "[...Citypact.data.edges.values()].filter((e) => !e.agreements)"
            ".map((e) => [e.id, e.from, e.to, e.relation, e.ko, e.line.colour])"
        )
        assert held == [
            [
                *(edge["id"], edge["from"], edge["to"], edge["citypact"]["relation"]),
                *(edge["citypact"]["ko"], edge["color"]["color"]),
            ]
            for edge in json.loads(json.dumps(drawn.edges))
        ]


def test_pyvis_network_is_fit_for_use_in_python() -> None:
    from pyvis.network import Network

    network = build_network()
    drawn = pyvis_network(network)
    assert isinstance(drawn, Network)
    assert [node["id"] for node in drawn.nodes] == [f"n{i + 1}" for i in range(len(network))]
    assert [node["citypact"]["iri"] for node in drawn.nodes] == sorted(network)
    assert len(drawn.edges) == network.number_of_edges()
    between = [{e["from"], e["to"]} for e in drawn.edges]
    assert max(between.count(pair) for pair in between) == 2  # chair and member, both kept
    assert drawn.options["physics"] == {"enabled": False}
    assert all(isinstance(node["x"], int) and isinstance(node["y"], int) for node in drawn.nodes)
    assert "vis.Network" in drawn.generate_html()
    assert "서울" not in json.dumps(drawn.options, ensure_ascii=False) + str(drawn.heading)


def test_edge_keys_follow_source_target_and_key() -> None:
    network = nx.MultiDiGraph([("b", "a", "x"), ("a", "c", "z"), ("a", "c", "y")])
    assert edge_keys(network) == {
        ("a", "c", "y"): "edge:0",
        ("a", "c", "z"): "edge:1",
        ("b", "a", "x"): "edge:2",
    }


@pytest.mark.parametrize("count", [0, 1])
def test_pages_of_almost_nothing(browser: Any, tmp_path: Path, count: int) -> None:
    network = nx.MultiDiGraph()
    for number in range(count):
        network.add_node(f"https://example.org/{number}", kind="government", label_ko="외딴 도시")
    words = {"ko": "빈 그림", "en": "Nothing"}
    path = tmp_path / "page.html"
    path.write_text(page(PageContent(words, words, network)), encoding="utf-8")
    tab = browser.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto(path.as_uri() + "#lang=en")
    assert tab.title() == "Nothing"
    assert errors == []
    tab.close()


# Language -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("locale", "first"), [("ko-KR", "ko"), ("en-GB", "en"), ("fr-FR", "en")])
def test_first_language_is_the_browsers(visit: Open, locale: str, first: str) -> None:
    tab = visit(locale=locale)
    assert tab.evaluate("document.documentElement.lang") == first
    assert f"lang={first}" in tab.url


def test_switch_changes_everything(visit: Open) -> None:
    tab = visit()
    assert tab.title() == "서울의 도시 협력 지도"
    assert "범례와 필터" in tab.inner_text("#filters")
    tab.click("text=English")
    assert tab.title() == "Seoul’s city partnerships"
    assert tab.evaluate("document.documentElement.lang") == "en"
    tab.evaluate("iri => citypact.open(iri)", PACT)
    tab.click("#expand")
    tab.click("#tab-table")
    for text in (tab.inner_text("body"), tab.inner_text("#panel"), tab.inner_text("#view-table")):
        assert set(HANGUL.findall(text)) <= {"한국어"}
    spoken = "[...document.querySelectorAll('[aria-label], [placeholder], option')].map(e =>"
    spoken += "(e.getAttribute('aria-label') || '') + (e.placeholder || '') + (e.text || ''))"
    assert not HANGUL.findall(" ".join(tab.evaluate(spoken)))
    tab.click("text=한국어")
    assert "스마트시티 협력을 위한 업무협약" in tab.inner_text("#panel-title")
    assert tab.get_attribute("#query", "placeholder") == "도시·협정·분야 검색"


# Search ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "과야킬",
        "Guayaquil",
        "구아야킬",
        "  guaya QUIL ",
        "ＧＵＡＹＡＱＵＩＬ",
        "과야킬시",
        "\u1100\u116a야킬",
    ],
)
def test_search_finds_the_city_by_any_of_its_names(visit: Open, query: str) -> None:
    tab = visit()
    tab.fill("#query", query)
    tab.keyboard.press("Enter")
    assert tab.inner_text("#panel-title") == "과야킬시"


def test_search_by_keyboard_and_what_it_tells_a_screen_reader(visit: Open) -> None:
    tab = visit(fragment="#lang=en")
    tab.keyboard.press("/")
    tab.keyboard.type("smart")
    assert tab.get_attribute("#query", "aria-expanded") == "true"
    options = tab.locator("#found [role=option]")
    assert options.count() == 8
    assert tab.get_attribute("#query", "aria-activedescendant") == "hit-0"
    tab.keyboard.press("ArrowUp")
    assert tab.get_attribute("#query", "aria-activedescendant") == "hit-7"
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    chosen = tab.locator("#found [aria-selected=true] .name").inner_text()
    tab.keyboard.press("Enter")
    assert tab.inner_text("#panel-title") == chosen
    assert tab.locator("#found").is_hidden()
    tab.fill("#query", "zzzz")
    assert "Nothing found" in tab.inner_text("#found")


def test_search_reveals_what_filters_hide(visit: Open) -> None:
    tab = visit()
    assert BASE + "person/viteri" not in shown(tab)
    tab.fill("#query", "Viteri")
    assert "숨겨짐" in tab.inner_text("#found")
    tab.keyboard.press("Enter")
    assert BASE + "person/viteri" in shown(tab)
    assert "필터로 숨겨져" in tab.inner_text("#message")
    tab.fill("#query", "페루")
    tab.keyboard.press("Enter")
    assert BASE + "country/peru" in shown(tab)
    tab.click("#close")
    assert BASE + "country/peru" not in shown(tab)


# Filters --------------------------------------------------------------------------------------


def test_kinds_of_actors(visit: Open) -> None:
    tab = visit()
    tab.uncheck("input[name=kind][value=office]")
    assert not shown(tab) & of_kind("office")
    tab.uncheck("input[name=kind][value=topic]")
    assert shown(tab) == of_kind("government", "network", "organization", "agreement")
    tab.uncheck("input[name=kind][value=agreement]")
    # Lines stand for agreements that are not drawn themselves.
    assert shown(tab) == of_kind("government", "network", "organization")
    assert any(edge.startswith("p") for edge in ties(tab))
    tab.click("#filters-reset")
    wait_until(tab, "citypact.shown().nodes.length === 77")
    assert tab.is_checked("input[name=kind][value=office]")


def test_forms_of_agreements(visit: Open) -> None:
    tab = visit()
    for form in ("memorandum-of-understanding", "agreement", "business-agreement"):
        tab.uncheck(f"input[name=form][value={form}]")
    left = shown(tab)
    assert left & of_kind("agreement") == {BASE + "agreement/san-francisco-1976"}
    assert left & of_kind("topic") == {BASE + "topic/arts-culture"}
    assert GUAYAQUIL not in left
    assert "표시 중: 협정 1건 ·" in tab.inner_text("#count")


def test_topics(visit: Open) -> None:
    tab = visit()
    tab.select_option("#topic", BASE + "topic/climate")
    network = build_network()
    topics = {n for n, d in network.nodes(data=True) if d["top_topic"] == BASE + "topic/climate"}
    agreements = {a for t in topics for a in network.predecessors(t)}
    assert shown(tab) & of_kind("topic") == topics
    assert shown(tab) & of_kind("agreement") == agreements
    assert BASE + "organization/kotra" not in shown(tab)


def test_years_and_agreements_of_unknown_year(visit: Open) -> None:
    tab = visit()
    tab.fill("#from", "2015")
    tab.fill("#to", "2017")
    expected = {f"{BASE}agreement/{a}" for a in ("london-2015", "wego-kexim-2016", "london-2017")}
    assert shown(tab) & of_kind("agreement") == expected
    tab.fill("#from", "1800")
    tab.fill("#to", "1801")
    assert shown(tab) == set()
    assert tab.is_visible("#nothing")


def test_what_has_no_year_is_left_out_unless_asked_for(browser: Any, tmp_path: Path) -> None:
    picture = build_picture()
    undated = BASE + "agreement/london-2015"
    picture.network.nodes[undated].update(year=0, date="")
    path = tmp_path / "page.html"
    path.write_text(page(picture), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(path.as_uri() + "#lang=en")
    tab.fill("#from", "2019")
    assert undated not in shown(tab)
    assert tab.is_visible("#undated-entry")
    tab.check("#undated")
    assert undated in shown(tab)
    assert BASE + "agreement/london-2017" not in shown(tab)
    tab.close()


def test_ties_of_no_layer_are_off_at_first(visit: Open) -> None:
    tab = visit()
    keys = edge_keys(build_network())
    ends = (BASE + "agreement/london-2017", BASE + "agreement/london-2015", "follow-up")
    name = keys[ends].replace("edge:", "e")
    assert name not in ties(tab)
    tab.check("input[name=kind][value=more]")
    assert name in ties(tab)


def test_prospects_are_off_at_first_and_dashed(visit: Open) -> None:
    tab = visit()
    keys = edge_keys(build_network())
    prospects = {
        keys[s, t, k].replace("edge:", "e")
        for s, t, k, data in build_network().edges(keys=True, data=True)
        if data["prospect"]
    }
    assert len(prospects) == 5
    assert not ties(tab) & prospects
    tab.check("input[name=kind][value=prospect]")
    assert prospects <= ties(tab)
    assert {BASE + "country/peru", BASE + "country/el-salvador"} <= shown(tab)
    dashed = tab.evaluate(
        "[...Citypact.data.edges.values()].filter((e) => e.dashed).map((e) => e.id)"
    )
    assert set(dashed) == prospects


@pytest.mark.parametrize("layer", ["person", "event", "project", "solution"])
def test_layers(visit: Open, layer: str) -> None:
    tab = visit()
    things = of_kind(layer, first=False)
    assert not shown(tab) & things
    tab.check(f"input[name=kind][value={layer}]")
    first = {n for n, d in build_network().nodes(data=True) if d["first_view"]}
    assert shown(tab) - first == things
