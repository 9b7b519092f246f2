"""The page in use: panels and their sources, keyboard, tables, addresses."""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from citypact.graph.pages.network.pyvis_page import edge_keys
from tests.graph.pages.network.page_fixture import BASE, build_network, wait_until

Open = Callable[..., Any]

SEOUL = BASE + "government/seoul"
PACT = BASE + "agreement/guayaquil-2020"
ARTICLE = "https://m.ajunews.com/view/20201030083947647"


def where(tab: Any, iri: str) -> dict[str, float]:
    found: dict[str, float] = tab.evaluate("iri => citypact.where(iri)", iri)
    return found


def all_layers(tab: Any) -> None:
    for box in tab.query_selector_all("#filters input[name]:not(:checked)"):
        box.check()


# Panels ---------------------------------------------------------------------------------------


def test_click_on_a_node_opens_its_panel_with_sources(visit: Open) -> None:
    tab = visit(fragment="#lang=en")
    at = where(tab, PACT)
    tab.mouse.click(at["x"], at["y"])
    assert tab.inner_text("#panel-title") == "Agreement on smart city cooperation"
    assert "2020-10-30" in tab.inner_text("#panel-body")
    assert not tab.locator("#panel dl .claims").first.is_visible()
    tab.locator("#panel .evidence summary").first.click()
    claim = tab.locator("#panel dl .claims li").first
    assert claim.is_visible()
    for words in (
        "Article, Aju News",
        "m.ajunews.com",
        "asserted",
        "preferred",
        "characters 1282–1403",
    ):
        assert words in claim.inner_text()
    position = claim.locator("a", has_text="1282–1403")
    assert position.get_attribute("href") == f"{ARTICLE}#:~:text=Smart%20education"
    link = claim.locator("a").first
    assert link.get_attribute("href") == f"{ARTICLE}#:~:text=Smart%20education"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("target") == "_blank"
    for words in ("City of Guayaquil", "KOTRA", "Cynthia Viteri", "Smart education"):
        assert words in tab.inner_text("#panel-body")


def test_click_on_an_edge_opens_its_panel_with_the_sentence(visit: Open) -> None:
    tab = visit(fragment="#lang=en")
    ends = (BASE + "agreement/los-angeles-2019", BASE + "government/seoul")
    a, b = where(tab, ends[0]), where(tab, ends[1])
    tab.mouse.click((a["x"] + b["x"]) / 2, (a["y"] + b["y"]) / 2)
    assert tab.inner_text("#panel-title") == "Party"
    assert "MOU on Information Technology" in tab.inner_text("#panel .ends")
    tab.click("#expand")
    assert tab.locator("#panel mark").first.inner_text() == "MOU on Information Technology"
    assert tab.locator("#panel blockquote").first.inner_text() == (
        "MOU on Information Technology and Seoul Metropolitan Government stand together here."
    )
    keys = edge_keys(build_network())
    assert f"edge={keys[*ends, 'party'].replace('edge:', 'e')}" in tab.url


def test_panel_leads_from_one_thing_to_the_next_and_closes(visit: Open) -> None:
    tab = visit()
    at = where(tab, SEOUL)
    tab.mouse.click(at["x"], at["y"])
    tab.click("#panel-body dl a:has-text('세계도시전자정부협의체') >> nth=0")
    assert tab.inner_text("#panel-title") == "세계도시전자정부협의체"
    tab.keyboard.press("Escape")
    assert tab.is_hidden("#panel")
    box = tab.locator("#picture").bounding_box()
    at = where(tab, SEOUL)  # the view has moved to show what was open
    tab.mouse.click(at["x"], at["y"])
    assert tab.is_visible("#panel")
    tab.mouse.click(box["x"] + 6, box["y"] + box["height"] - 6)
    assert tab.is_hidden("#panel")


def test_highlight_counts_characters_as_the_records_do(visit: Open) -> None:
    # Offsets count code points; a script would count the emoji twice.
    from citypact.graph.things.sections import safe_sections

    claim = {"sentence": "🏙 서울 signed", "highlight": [2, 4]}
    rows = [{"label": {}, "value": {}, "claims": [claim]}]
    [section] = safe_sections([{"heading": {}, "rows": rows}])
    assert section["rows"][0]["claims"][0]["sentence"] == ["🏙 ", "서울", " signed"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (ARTICLE, ARTICLE),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//example.org", ""),
        ("https://", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(given: str, kept: str) -> None:
    from citypact.graph.things.sections import safe_sections

    rows = [{"address": given, "claims": [{"address": given}]}]
    [section] = safe_sections([{"rows": rows}])
    assert section["rows"][0]["address"] == kept
    assert section["rows"][0]["claims"][0]["address"] == kept


def test_sources_of_a_panel_are_copied_as_citations(visit: Open) -> None:
    """With the keyboard, in the language of the page; to a text field without a clipboard."""
    allowed = ("clipboard-read", "clipboard-write")
    tab = visit(fragment="#lang=en", permissions=allowed)
    at = where(tab, PACT)
    tab.mouse.click(at["x"], at["y"])

    def copied(name: str) -> str:
        tab.get_by_role("group", name="Copy citations").get_by_role("button", name=name).press(
            "Enter"
        )
        wait_until(tab, "document.getElementById('cite-said').textContent !== ''")
        return str(tab.evaluate("navigator.clipboard.readText()"))

    text = copied("Text")
    assert text.splitlines()[0].startswith("“")
    assert ARTICLE in text
    assert f"{len(text.splitlines())} citation copied." in tab.inner_text("#cite-said")
    entries = copied("BibTeX")
    assert entries.count("@misc{") == len(text.splitlines())
    items = json.loads(copied("CSL-JSON"))
    assert [item["type"] for item in items] == ["webpage"] * len(text.splitlines())
    tab.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    tab.click("[data-speak=ko]")
    tab.get_by_role("button", name="참고문헌").press("Enter")
    tab.wait_for_selector("#cite-text:not([hidden])")
    assert tab.evaluate("document.activeElement.id") == "cite-text"
    assert tab.evaluate("getSelection().toString()") == tab.input_value("#cite-text")
    assert tab.input_value("#cite-text").startswith("「")
    assert "아래에서 복사하십시오" in tab.inner_text("#cite-said")


def test_selected_node_lights_up_its_neighbourhood(visit: Open) -> None:
    tab = visit()

    def blue(iri: str) -> float:
        at = where(tab, iri)
        pixel = tab.evaluate(
            """([x, y]) => { const canvas = document.querySelector('#picture canvas');
            const box = canvas.getBoundingClientRect(), ratio = canvas.width / box.width;
            return [...canvas.getContext('2d').getImageData(
              (x - box.left) * ratio, (y - box.top) * ratio, 1, 1).data]; }""",
            [at["x"], at["y"]],
        )
        return math.dist(pixel[:3], (0x00, 0x72, 0xB2))

    partner, stranger = BASE + "government/guayaquil", BASE + "government/london"
    tab.evaluate("iri => citypact.open(iri)", PACT)
    tab.wait_for_timeout(200)
    assert blue(partner) < 3
    assert blue(stranger) > 100
    tab.keyboard.press("Escape")
    tab.wait_for_timeout(200)
    assert blue(stranger) < 3


# Keyboard -------------------------------------------------------------------------------------


def test_the_picture_by_keyboard_alone(visit: Open) -> None:
    tab = visit(fragment="#lang=en")
    seen = []
    for _ in range(40):
        tab.keyboard.press("Tab")
        seen.append(tab.evaluate("document.activeElement.id || document.activeElement.className"))
        if seen[-1] == "picture":
            break
    assert seen[-1] == "picture"
    assert "query" in seen
    assert "tab-picture" in seen
    assert "Seoul Metropolitan Government, City government" in tab.text_content("#reader .en")
    before = tab.text_content("#reader .en")
    tab.keyboard.press("ArrowRight")
    after = tab.text_content("#reader .en")
    assert after != before
    tab.keyboard.press("Enter")
    assert tab.inner_text("#panel-title") == after.split(", ")[0]
    assert tab.evaluate("document.activeElement.id") == "panel-title"
    tab.keyboard.press("Escape")
    assert tab.is_hidden("#panel")
    assert tab.evaluate("document.activeElement.id") == "picture"
    tab.keyboard.press("Home")
    assert "Seoul Metropolitan Government" in tab.text_content("#reader .en")


def test_every_first_view_neighbour_can_be_reached_by_arrows(visit: Open) -> None:
    tab = visit(fragment="#lang=en")
    tab.focus("#query")
    tab.focus("#picture")
    reached = set()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        for _ in range(12):
            tab.keyboard.press(key)
            reached.add(tab.text_content("#reader .en").split(", ")[0])
    assert len(reached) > 8


def test_keys_for_language_zoom_help_and_search(visit: Open) -> None:
    tab = visit()
    tab.keyboard.press("l")
    assert tab.evaluate("document.documentElement.lang") == "en"

    def apart() -> float:
        return math.dist(
            where(tab, SEOUL).values(), where(tab, BASE + "government/london").values()
        )

    before, scale = apart(), tab.evaluate("Citypact.canvas.stage.scale()")
    tab.keyboard.press("+")
    wait_until(tab, f"Citypact.canvas.stage.scale() > 1.1 * {scale}")
    assert apart() > 1.1 * before
    tab.keyboard.press("0")
    assert apart() == pytest.approx(before)
    tab.keyboard.press("?")
    assert tab.is_visible("#help")
    tab.keyboard.press("Escape")
    assert tab.is_hidden("#help")
    tab.keyboard.press("+")  # the help has gone, though its button may still have the focus
    wait_until(tab, f"Citypact.canvas.stage.scale() > 1.1 * {scale}")
    tab.keyboard.press("/")
    tab.keyboard.type("l/?+")
    assert tab.input_value("#query") == "l/?+"
    assert tab.evaluate("document.documentElement.lang") == "en"


# Tables ---------------------------------------------------------------------------------------


def visible_rows(tab: Any, table: str) -> list[list[str]]:
    tab.click(f"[data-table={table}]")
    rows = tab.locator(f"#table-{table} tbody tr[data-id]:visible").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


def items(cell: str) -> set[str]:
    """The names in a cell; the eight first of many."""
    return set(re.sub(r"\s+and \d+ more$", "", cell).split(" · ")) if cell else set()


def test_tables_hold_what_the_network_holds(visit: Open) -> None:
    tab = visit(fragment="#lang=en&tab=table")
    network = build_network()
    names = {node: data["label_en"] for node, data in network.nodes(data=True)}

    def others(node: str, relation: str) -> set[str]:
        around = [*network.in_edges(node, data=True), *network.out_edges(node, data=True)]
        return {
            names[t if s == node else s] for s, t, data in around if data["relation"] == relation
        }

    agreements = {row[0]: row for row in visible_rows(tab, "agreements")}
    for node, data in network.nodes(data=True):
        if data["kind"] != "agreement":
            continue
        row = agreements.pop(names[node])
        assert row[1] == data["form_en"]
        assert items(row[2]) == others(node, "party")
        assert row[3] == data["date"]
        assert row[4].lower() == data["status"]
        topics = others(node, "topic")
        assert items(row[5]) <= topics
        assert len(items(row[5])) == min(8, len(topics))
    assert agreements == {}

    all_layers(tab)
    shown = [
        row
        for name in ("agreements", "actors", "topics", "further")
        for row in visible_rows(tab, name)
    ]
    assert sorted(row[0] for row in shown) == sorted(names.values())
    drawn = sorted(
        (row[0], re.sub("^(.+)Prospect$", r"\1", row[1].strip()), row[2])
        for row in visible_rows(tab, "ties")
    )
    held = sorted(
        (names[s], data["relation_en"] if not data["prospect"] else "Prospect", names[t])
        for s, t, data in network.edges(data=True)
        if data["relation"] not in ("party", "topic")
    )
    assert drawn == held


def test_tables_follow_filters_and_language(visit: Open) -> None:
    tab = visit(fragment="#tab=table&table=agreements")
    assert tab.inner_text("#table-agreements caption") == "협정 (7)"
    tab.fill("#from", "2019")
    assert tab.inner_text("#table-agreements caption") == "협정 (2)"
    assert {row[3] for row in visible_rows(tab, "agreements")} == {"2019-10-01", "2020-10-30"}
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.click("text=English")
    assert tab.inner_text("#table-agreements caption") == "Agreements (2)"
    assert {row[4] for row in visible_rows(tab, "agreements")} == {"Signed"}


def test_tables_are_real_tables(visit: Open) -> None:
    tab = visit(fragment="#tab=table")
    for name in ("actors", "agreements", "ties", "topics"):
        tab.click(f"[data-table={name}]")
        table = tab.locator("#view-table table")
        assert table.locator("caption").count() == 1
        heads = table.locator("thead th[scope=col]").count()
        assert heads >= 3
        for row in table.locator("tbody tr[data-id]").all()[:3]:
            assert row.locator("th[scope=row]").count() == 1
            assert row.locator("th, td").count() == heads


def test_a_name_in_a_table_opens_its_panel(visit: Open) -> None:
    tab = visit(fragment="#lang=en&tab=table&table=agreements")
    tab.click("#table-agreements a:has-text('Joint Declaration')")
    assert tab.inner_text("#panel-title") == "Joint Declaration of Sister City Ties"
    assert tab.evaluate("document.activeElement.id") == "panel-title"
    tab.keyboard.press("Escape")
    assert "Joint Declaration" in tab.evaluate("document.activeElement.innerText")


def test_tables_are_sorted_by_the_order_of_the_language(visit: Open) -> None:
    tab = visit(fragment="#lang=ko&tab=table&table=actors")
    names = tab.locator("#table-actors tbody th")
    tab.click("#table-actors thead button >> nth=0")
    found = names.all_inner_texts()
    assert found == sorted(found, key=lambda name: (not "가" <= name[0] <= "힣", name))
    head = tab.locator("#table-actors thead th").first
    assert head.get_attribute("aria-sort") == "ascending"
    tab.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert names.all_inner_texts() == found[::-1]


def test_the_open_table_is_saved_as_csv(visit: Open) -> None:
    tab = visit(fragment="#lang=en&tab=table&table=agreements&from=2019")
    tab.click("#downloads summary")
    with tab.expect_download() as saving:
        tab.click("[data-form=csv]")
    text = Path(saving.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert rows[0][:3] == ["Agreement", "Form", "Parties"]
    assert [row[3] for row in rows[1:]] == ["2019-10-01", "2020-10-30"]


def test_cells_that_look_like_formulas_are_saved_as_text(visit: Open) -> None:
    tab = visit("hostile", fragment="#lang=en&tab=table&table=agreements")
    tab.evaluate("Citypact.data.nodes.get('n1').en = '=1+1'")
    tab.evaluate("for (const n of Citypact.data.nodes.values()) n.en = '=1+1'")
    tab.click("#downloads summary")
    with tab.expect_download() as saving:
        tab.click("[data-form=csv]")
    rows = list(csv.reader(Path(saving.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert {row[0] for row in rows[1:]} == {"'=1+1"}


def test_the_picture_is_saved_as_png_and_svg(visit: Open) -> None:
    tab = visit(fragment="#lang=ko")
    for form, beginning in (("png", b"\x89PNG"), ("svg", b"<svg")):
        tab.click("#downloads summary")
        with tab.expect_download() as saving:
            tab.click(f"[data-form={form}]")
        data = Path(saving.value.path()).read_bytes()
        assert data.startswith(beginning)
    root = ElementTree.fromstring(data)
    texts = {"".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")}
    assert "과야킬시" in texts
    titles = list(root.iter("{http://www.w3.org/2000/svg}title"))
    assert len(titles) == len(tab.evaluate("citypact.shown().nodes"))


# Address --------------------------------------------------------------------------------------


def test_an_address_restores_filters_table_and_selection(visit: Open) -> None:
    tab = visit(fragment="#lang=en")
    tab.uncheck("input[name=kind][value=office]")
    tab.check("input[name=kind][value=person]")
    tab.uncheck("input[name=form][value=agreement]")
    tab.fill("#from", "2013")
    tab.click("#tab-table")
    tab.click("[data-table=ties]")
    tab.evaluate("iri => citypact.open(iri)", PACT)
    shown = set(tab.evaluate("citypact.shown().nodes"))
    again = visit(fragment="#" + tab.url.partition("#")[2])
    assert set(again.evaluate("citypact.shown().nodes")) == shown
    assert again.inner_text("#panel-title") == "Agreement on smart city cooperation"
    assert again.is_visible("#table-ties")
    assert again.input_value("#from") == "2013"
    assert not again.is_checked("input[name=form][value=agreement]")


def test_a_state_can_be_bookmarked(visit: Open) -> None:
    tab = visit(fragment="#lang=en")
    tab.evaluate("iri => citypact.open(iri)", BASE + "person/viteri")
    address = tab.url.partition("#")[2]
    again = visit(fragment="#" + address, locale="ko-KR")
    assert again.evaluate("document.documentElement.lang") == "en"
    assert again.inner_text("#panel-title") == "Cynthia Viteri"
    assert BASE + "person/viteri" in again.evaluate("citypact.shown().nodes")


def test_an_address_of_a_hidden_tie_shows_it(visit: Open) -> None:
    keys = edge_keys(build_network())
    ends = (BASE + "government/london", BASE + "network/wego", "prospect")
    tab = visit(fragment=f"#lang=en&edge={keys[ends].replace('edge:', 'e')}")
    assert tab.inner_text("#panel-title") == "Prospect"
    assert keys[ends].replace("edge:", "e") in tab.evaluate("citypact.shown().edges")


def test_strange_addresses_open_the_plain_page(visit: Open) -> None:
    for fragment in (
        "#node=%3Cscript%3E&lang=xx&edge=__proto__&tab=constructor",
        "#%%%",
        "#edge=e99999",
    ):
        tab = visit(fragment=fragment)
        assert tab.is_hidden("#panel")
        assert tab.evaluate("citypact.shown().nodes.length") == 77


def test_filters_do_not_move_what_stands(visit: Open) -> None:
    tab = visit()
    london, hanoi = BASE + "government/london", BASE + "government/hanoi"

    def angle() -> float:
        a, b = where(tab, london), where(tab, hanoi)
        return math.atan2(b["y"] - a["y"], b["x"] - a["x"])

    before = angle()
    all_layers(tab)
    assert angle() == pytest.approx(before, abs=1e-6)


def test_panels_of_edges_without_sections_still_say_what_they_tie(
    browser: Any, tmp_path: Any
) -> None:
    from citypact.graph.pages.network.pyvis_page import PageContent, page

    network = nx.MultiDiGraph()
    for name in "ab":
        network.add_node(name, kind="government", label_ko=name * 3, first_view=True)
    network.add_edge("a", "b", key="x", relation="unheard-of", first_view=True)
    path = tmp_path / "page.html"
    words = {"ko": "그림"}
    path.write_text(page(PageContent(words, words, network)), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(path.as_uri() + "#edge=e0")
    assert tab.inner_text("#panel-title") == "unheard-of"
    assert "aaa" in tab.inner_text("#panel .ends")
    held = tab.evaluate("document.getElementById('data-panels').textContent")
    assert json.loads(held)["panels"] == {}
    tab.close()


def test_a_page_opens_around_its_centre_and_shows_the_rest_when_asked(
    browser: Any, tmp_path: Any
) -> None:
    from citypact.graph.pages.network.pyvis_page import PageContent, page

    network = nx.MultiDiGraph()
    for name in "abc":  # c is beyond the centre, though its tie is of a kind that is shown at first
        network.add_node(name, kind="government", label_ko=name * 3, first_view=name != "c")
    for ends in ("ab", "bc"):
        network.add_edge(*ends, key=ends, relation="partnership", first_view=True)
    path = tmp_path / "page.html"
    words = {"ko": "그림"}
    path.write_text(page(PageContent(words, words, network)), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(path.as_uri())
    tab.click("#tab-table")
    rows = tab.locator("#table-actors tbody tr[data-id]:visible")
    assert rows.count() == 2
    tab.check("input[value=far]")
    assert rows.count() == 3
    tab.close()


@pytest.mark.parametrize("drawn", [True, False])
def test_only_agreements_that_are_to_be_seen_are_counted_and_listed(
    new_tab: Open, tmp_path: Path, drawn: bool
) -> None:
    """Drawn as sheets or told by a line between their parties; not those beyond the centre."""
    from citypact.graph.pages.network.pyvis_page import PageContent, page

    network = nx.MultiDiGraph()
    for name in "abcd":
        near = name in "ab"
        network.add_node(BASE + name, kind="government", label_ko=name, first_view=near)
    for ends in ("ab", "cd"):
        network.add_node(
            BASE + ends,
            kind="agreement",
            label_ko=ends,
            form="agreement",
            form_ko="협정",
            first_view=ends == "ab",
        )
        for end in ends:
            network.add_edge(
                BASE + ends, BASE + end, key="party", relation="party", first_view=True
            )
    path, title = tmp_path / "page.html", {"ko": "그림", "en": "Picture"}
    path.write_text(page(PageContent(title, title, network)), encoding="utf-8")
    tab = new_tab(path.as_uri() + "#lang=en", viewport={"width": 1400, "height": 900})
    tab.set_checked("input[name=kind][value=agreement]", drawn)
    for count in ("1 agreement ·", "2 agreements ·"):
        assert count in tab.inner_text("#count")
        tab.click("#tab-table")
        tab.click("[data-table=agreements]")
        rows = tab.locator("#table-agreements tbody tr[data-id]")
        assert rows.count() == int(count[0])
        tab.click("#tab-picture")
        tab.check("input[value=far]")


# Large pages ----------------------------------------------------------------------------------


def test_a_large_page_is_drawn_on_a_canvas_that_is_moved_and_clicked(
    new_tab: Open, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from citypact.graph.pages.network import pyvis_page
    from tests.graph.pages.network.page_fixture import build_picture

    monkeypatch.setattr(pyvis_page, "LARGE", 50)
    path = tmp_path / "page.html"
    path.write_text(pyvis_page.page(build_picture()), encoding="utf-8")
    assert "vis.Network" not in path.read_text(encoding="utf-8")
    tab = new_tab(path.as_uri() + "#lang=en", viewport={"width": 1400, "height": 900})
    at = where(tab, PACT)
    tab.mouse.move(at["x"], at["y"])
    wait_until(tab, "!document.getElementById('tip').hidden")
    assert "Agreement on smart city cooperation" in tab.inner_text("#tip")
    tab.mouse.click(at["x"], at["y"])
    assert tab.inner_text("#panel-title") == "Agreement on smart city cooperation"
    tab.keyboard.press("Escape")
    at = where(tab, SEOUL)
    tab.mouse.move(400, 800)
    tab.mouse.down()
    tab.mouse.move(460, 760, steps=4)
    tab.mouse.up()
    moved = where(tab, SEOUL)
    assert moved["x"] - at["x"] == pytest.approx(60, abs=8)
    assert moved["y"] - at["y"] == pytest.approx(-40, abs=8)
    scale = tab.evaluate("Citypact.canvas.stage.scale()")
    tab.mouse.wheel(0, -200)
    wait_until(tab, f"Citypact.canvas.stage.scale() > 1.1 * {scale}")
    tab.click("#zoom-fit")
    a, b = (where(tab, BASE + name) for name in ("agreement/los-angeles-2019", "government/seoul"))
    tab.mouse.click((a["x"] + b["x"]) / 2, (a["y"] + b["y"]) / 2)
    assert tab.inner_text("#panel-title") == "Party"


def test_kinds_of_partnership_can_be_chosen(new_tab: Open, tmp_path: Path) -> None:
    """Sister and friendship cities have lines of their own, which the legend hides and shows."""
    from citypact.graph.pages.network.pyvis_page import PageContent, page

    network = nx.MultiDiGraph()
    kinds = {
        "tokyo": ("sister-city", "Sister city"),
        "hanoi": ("friendship-city", "Friendship city"),
    }
    for slug in ("seoul", *kinds):
        network.add_node(
            BASE + slug, kind="city", label_ko=slug, label_en=slug.title(), first_view=True
        )
    for slug, (kind, name) in kinds.items():
        network.add_edge(
            BASE + "seoul",
            BASE + slug,
            key="partnership",
            relation="partnership",
            relation_type=kind,
            relation_ko=name,
            relation_en=name,
            first_view=True,
        )
    keys = edge_keys(network)
    tie = {
        slug: keys[BASE + "seoul", BASE + slug, "partnership"].replace("edge:", "e")
        for slug in kinds
    }
    path, title = tmp_path / "page.html", {"ko": "그림", "en": "Picture"}
    path.write_text(page(PageContent(title, title, network)), encoding="utf-8")
    tab = new_tab(path.as_uri() + "#lang=en", viewport={"width": 1400, "height": 900})
    assert set(tab.evaluate("citypact.shown().edges")) == set(tie.values())
    entry = tab.locator("#filters label", has=tab.locator("input[value=friendship-city]"))
    assert "Friendship city" in entry.inner_text() and "1" in entry.inner_text()
    entry.locator("input").uncheck()
    assert tab.evaluate("citypact.shown().edges") == [tie["tokyo"]]
    again = new_tab(tab.url, viewport={"width": 1400, "height": 900})
    assert again.evaluate("citypact.shown().edges") == [tie["tokyo"]]
    assert not again.is_checked("input[value=friendship-city]")
