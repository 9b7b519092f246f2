"""The page of the packaged records: what a visitor finds there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from citypact.api import Graph
from citypact.graph.pages.network.page import network_page
from citypact.ontology import ID
from citypact.sources.reading.texts import Texts

Open = Callable[..., Any]

WEGO, KOTRA = ID + "network/wego", ID + "organization/kotra"
BANK, SEOUL = ID + "organization/export-import-bank-of-korea", ID + "government/seoul"
LONDON, MEMORANDUM = ID + "government/london", ID + "agreement/wego-eximbank-2016"


@pytest.fixture
def tab(visit: Open) -> Any:
    return visit("packaged", fragment="#lang=en")


def test_first_view_has_the_organisations_and_partners_in_one_piece(tab: Any) -> None:
    shown = set(tab.evaluate("citypact.shown().nodes"))
    assert {WEGO, KOTRA, BANK, SEOUL, LONDON, MEMORANDUM} <= shown
    assert not [iri for iri in shown if "/prospect/" in iri or "/person/" in iri]


@pytest.mark.parametrize("query", ["과야킬", "Guayaquil", "로스엔젤레스", "수은", "코트라"])
def test_search_finds_names_and_aliases(tab: Any, query: str) -> None:
    tab.fill("#query", query)
    assert tab.locator("#found [role=option]").count() > 0


def test_what_is_chosen_is_named_in_the_language_of_the_page(tab: Any) -> None:
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.fill("#query", "ㄱㅇㅋ")
    years = tab.locator("#found .year").all()
    assert years and all(each.bounding_box()["height"] < 30 for each in years), "on one line"
    tab.keyboard.press("Enter")
    assert tab.input_value("#query") == "Guayaquil"


def test_panel_of_the_memorandum_names_what_a_visitor_asks(tab: Any) -> None:
    tab.evaluate("iri => citypact.open(iri)", MEMORANDUM)
    words = tab.inner_text("#panel-body")
    for expected in (
        "WeGO",
        "Export-Import Bank of Korea",
        "2016-03-15",
        "Nam Young-sook",
        "Kim Seong-taek",
        "e-Government",
        "Announced",
        "Press release",
    ):
        assert expected in words
    assert "Seoul Metropolitan Government" not in tab.inner_text("#panel-body .part >> nth=0")


def test_everything_changes_its_language(tab: Any) -> None:
    tab.keyboard.press("l")
    assert tab.evaluate("document.documentElement.lang") == "ko"
    tab.evaluate("iri => citypact.open(iri)", MEMORANDUM)
    assert "한국수출입은행" in tab.inner_text("#panel-body")
    assert "서명자" in tab.inner_text("#panel-body")


def test_the_first_words_are_in_the_language_of_the_reader(
    new_tab: Open, whole_build: Path
) -> None:
    tab = new_tab((whole_build / "network.html").as_uri() + "#lang=en", own=True)
    tab.add_init_script(
        "new MutationObserver(() => { if (document.body)"
        " window.first ||= document.documentElement.lang; })"
        ".observe(document, { childList: true, subtree: true });"
    )
    tab.reload()
    assert tab.evaluate("window.first") == "en"


def test_prospects_are_off_until_asked_for(tab: Any) -> None:
    prospect = ID + "prospect/london-suggested-for-wego"
    assert prospect not in tab.evaluate("citypact.shown().nodes")
    for box in tab.query_selector_all("#filters input[name]:not(:checked)"):
        box.check()
    assert prospect in tab.evaluate("citypact.shown().nodes")


def test_sentences_are_shown_where_documents_are_given(graph: Graph) -> None:
    material = os.environ.get("CITYPACT_MATERIAL")
    if not material:
        pytest.skip("CITYPACT_MATERIAL is not set: no documents at hand")
    texts = Texts.in_folder(Path(material) / "seeds")
    with_texts, without = network_page(graph.store, texts), network_page(graph.store)
    sentences = [
        text[start : start + 40]
        for text in texts.by_digest.values()
        for start in (200, 600)
        if "\n" not in text[start : start + 40] and '"' not in text[start : start + 40]
    ]
    assert sentences
    assert any(sentence in with_texts for sentence in sentences)
    assert not any(sentence in without for sentence in sentences)


NAMED = """() => {
  const { canvas, labelPlacement, data } = Citypact;
  const { nodes } = canvas.state.shown;
  const { scale, frame } = canvas.fitting();
  const language = document.documentElement.lang;
  const labels = labelPlacement.place(nodes, scale, language, { frame });
  const boxes = [...labels.values()];
  const iri = (id) => data.nodes.get(id).iri;
  const actors = [...nodes].map((id) => data.nodes.get(id)).filter(data.isActor);
  const hubs = actors.sort((a, b) => b.edges.length - a.edges.length).slice(0, 36);
  const shapes = actors.map((node) => labelPlacement.shapeBox(node, scale, language, 0));
  const extent = (low, high) => Math.max(...shapes.map((box) => box[high])) -
    Math.min(...shapes.map((box) => box[low]));
  return { named: [...labels.keys()].map(iri), unnamed: hubs.filter((node) => !labels.has(node.id))
    .map((node) => node.iri),
    outside: boxes.filter((box) => box.left < frame.left || box.right > frame.right ||
      box.top < frame.top || box.bottom > frame.bottom).length,
    across: extent("left", "right") / canvas.host.clientWidth,
    down: extent("top", "bottom") / canvas.host.clientHeight };
}"""
"""What the first view names, and how much of its place it takes."""


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_first_view_fills_its_place_and_names_its_hubs(
    language: str, new_tab: Open, whole_build: Path
) -> None:
    address = (whole_build / "network.html").as_uri() + f"#lang={language}"
    for width, height, missing in ((1400, 900, 0), (1280, 720, 2), (800, 900, 4)):
        view = new_tab(address, {"width": width, "height": height}).evaluate(NAMED)
        assert view["across"] > 0.75 and view["down"] > 0.75, (width, view)
        assert view["outside"] == 0, "no name is cut off"
        assert len(view["unnamed"]) <= missing, (width, view["unnamed"])


def test_the_actors_with_the_most_ties_are_named_at_first_sight(
    new_tab: Open, whole_build: Path
) -> None:
    address = (whole_build / "network.html").as_uri() + "#lang=en"
    tab = new_tab(address, {"width": 1400, "height": 900})
    named = tab.evaluate(NAMED)["named"]
    networks = {ID + f"network/{name}" for name in ("c40", "citynet", "metropolis", "wego")}
    hubs = ("london", "paris", "new-york", "los-angeles", "beijing", "san-francisco")
    cities = {ID + f"government/{name}" for name in hubs}
    assert networks | cities | {SEOUL} <= set(named)
    assert len(named) > 180, "of 298; of 94 names most were on the rim"
    touching = tab.evaluate(
        "(() => { const { canvas, labelPlacement, data } = Citypact;"
        " const scale = canvas.stage.scale();"
        " const nodes = [...canvas.state.shown.nodes].map((id) => data.nodes.get(id));"
        " const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);"
        " const reach = (node) => labelPlacement.radius(node, scale);"
        " return nodes.filter((a) => nodes.some((b) => a.id < b.id &&"
        "   far(a, b) < 0.95 * (reach(a) + reach(b)))).length; })()"
    )
    assert touching == 0, "no circle hides another"


RESIZED = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const { stage } = Citypact.canvas;
  const clock = performance.now.bind(performance);
  let asked = 0;
  performance.now = () => clock() + 50 * (asked += 1);
  stage.redraw();
  await frame();
  stage.moveTo({ scale: 2 * stage.scale(), ease: 400 });
  for (let turn = 0; turn < 8; turn += 1) { await frame(); stage.resize(); }
}"""
"""Resizes the picture while it moves, by a clock on which each frame takes long."""


def test_a_slow_picture_may_be_resized_while_it_moves(tab: Any) -> None:
    faults: list[str] = []
    tab.on("pageerror", lambda fault: faults.append(str(fault)))
    tab.evaluate(RESIZED)
    assert not faults


def test_a_large_first_view_has_lines_for_agreements_until_they_are_asked_for(
    new_tab: Open, whole_build: Path
) -> None:
    tab = new_tab(
        (whole_build / "network.html").as_uri() + "#lang=en", {"width": 1400, "height": 900}
    )
    shown = set(tab.evaluate("citypact.shown().nodes"))
    assert not [iri for iri in shown if "/agreement/" in iri or "/topic/" in iri]
    assert {KOTRA, SEOUL, LONDON, ID + "network/c40"} <= shown
    assert "157 agreements" in tab.inner_text("#count")
    tab.evaluate("iri => citypact.open(iri)", MEMORANDUM)
    assert {MEMORANDUM, WEGO, BANK} <= set(tab.evaluate("citypact.shown().nodes"))
    tab.keyboard.press("Escape")
    assert set(tab.evaluate("citypact.shown().nodes")) == shown
    tab.check("input[name=kind][value=agreement]")
    assert MEMORANDUM in tab.evaluate("citypact.shown().nodes")


@pytest.mark.parametrize("width", [360, 800, 1400])
def test_where_sources_disagree_is_one_click_away(
    width: int, new_tab: Open, whole_build: Path
) -> None:
    tab = new_tab(
        (whole_build / "network.html").as_uri() + "#lang=en", {"width": width, "height": 900}
    )
    tab.click("#disputes")
    rows = tab.locator("#view-table tr", has=tab.locator("th", has_text="Seoul Metropolitan"))
    row = rows.filter(has_text="total of partner cities")
    words = row.inner_text()
    for value in ("76", "42", "57", "58", "68", "71"):
        assert value in words
    links = row.locator("a.out").all()
    assert len(links) >= 5
    assert all(link.is_visible() for link in links), "without a further click"
    assert all(link.get_attribute("href").startswith("http") for link in links)
    row.locator("a.go").click()
    assert tab.inner_text("#panel-title") == "Seoul"
    others = tab.locator("#panel .others", has_text="42")
    assert "The latest total" in others.first.inner_text()


def test_filters_by_year_and_topic_say_what_they_leave_out(
    new_tab: Open, whole_build: Path
) -> None:
    tab = new_tab((whole_build / "network.html").as_uri() + "#lang=en&to=2005")
    shown = set(tab.evaluate("citypact.shown().nodes"))
    assert ID + "network/wego" not in shown  # founded in 2010
    assert ID + "government/tokyo" in shown  # since 1988
    tab.evaluate("iri => citypact.open(iri)", ID + "government/tokyo")
    assert set(tab.evaluate("citypact.shown().nodes")) == shown  # its agreements are of 2014
    tab.keyboard.press("Escape")
    number = int(tab.inner_text("#undated-count"))
    assert number > 50
    ties = len(tab.evaluate("citypact.shown().edges"))
    tab.check("#undated")
    assert len(tab.evaluate("citypact.shown().edges")) > ties
    assert ID + "network/wego" not in tab.evaluate("citypact.shown().nodes")
    tab.click("#filters-reset")
    tab.select_option("#topic", ID + "topic/digital-government")
    tab.click("#tab-table")
    tab.click("[data-table=agreements]")
    rows = tab.locator("#table-agreements tbody tr")
    parties = {
        link.get_attribute("data-go")
        for row in rows.all()
        for link in row.locator("td:nth-child(3) a").all()
    }
    kept = tab.evaluate(
        "[...Citypact.filters.filtered().nodes].filter((id) =>"
        " Citypact.data.isActor(Citypact.data.nodes.get(id)))"
    )
    assert set(kept) == parties


def test_the_page_is_light_and_its_panels_wait(whole_build: Path) -> None:
    html = (whole_build / "network.html").read_bytes()
    assert len(html) < 2_500_000
