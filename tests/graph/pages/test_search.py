"""The search by names, in a browser: what people type, and what they find by it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from citypact.graph.pages.html import template_text
from citypact.graph.pages.search.index import Named, name_index

Open = Callable[..., Any]

THINGS = (
    Named("guayaquil", "과야킬", "Guayaquil", ("과야킬시", "City of Guayaquil"), 3),
    Named("seoul", "서울특별시", "Seoul Metropolitan Government", ("서울", "Seoul"), 90),
    Named(
        "pact", "서울–과야킬 스마트시티 협력 협정", "Seoul–Guayaquil smart city agreement", (), 2
    ),
    Named("bangkok", "방콕", "Bangkok", ("크룽텝",), 4),
    Named("paris", "파리", "Paris", (), 8),
    Named("sao-paulo", "상파울루", "São Paulo", (), 6),
    Named("gwangju", "광주광역시", "Gwangju", ("광주",), 5),
    Named("guangzhou", "광저우", "Guangzhou", ("Canton", "광주(중국)"), 5),
    Named("metropolis", "세계대도시협의회", "Metropolis", (), 7),
)


@pytest.fixture(scope="module")
def find(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Any]:
    """Searches the things: keys of the hits in their order."""
    page = tmp_path_factory.mktemp("search") / "search.html"
    script = template_text("pages/search/names.js")
    index = json.dumps(name_index(THINGS))
    page.write_text(f"<meta charset=utf-8><script>{script}</script>", encoding="utf-8")
    tab = browser.new_page()
    tab.goto(page.as_uri())
    tab.evaluate(f"() => {{ window.index = {index}; window.names = nameSearch(index); }}")

    def found(text: str) -> Any:
        answer = tab.evaluate("text => names.find(text, 5)", text)
        answer["keys"] = [THINGS[hit["place"]].key for hit in answer["hits"]]
        return answer

    return found


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("과야킬", "guayaquil"),
        ("GUAYAQUIL", "guayaquil"),
        ("ㄱㅇㅋ", "guayaquil"),
        ("과얔", "guayaquil"),  # while the last syllable is being typed
        ("과야낄", "guayaquil"),
        ("guayakil", "guayaquil"),
        ("gwayakil", "guayaquil"),
        ("guayqauil", "guayaquil"),
        ("서을", "seoul"),
        ("seuol", "seoul"),
        ("ㅅㅇㅌㅂㅅ", "seoul"),
        ("smart guayaquil", "pact"),
        ("협정 과야킬 서울", "pact"),
        ("bangkkok", "bangkok"),
        ("방꼭", "bangkok"),
        ("sao paulo", "sao-paulo"),
        ("ＰＡＲＩＳ", "paris"),
        ("대도시", "metropolis"),
        ("대도시 metropolis", "metropolis"),
    ],
)
def test_what_people_type_finds_what_they_mean(
    find: Callable[[str], Any], text: str, key: str
) -> None:
    assert find(text)["keys"][0] == key


def test_exact_names_come_before_parts_and_heavier_things_first(
    find: Callable[[str], Any],
) -> None:
    assert find("서울")["keys"] == ["seoul", "pact"]
    assert find("광주")["keys"] == ["gwangju", "guangzhou"]


def test_all_hits_are_counted_and_the_name_that_fits_is_given(
    find: Callable[[str], Any],
) -> None:
    answer = find("a")
    assert answer["total"] > len(answer["keys"]) == 5
    assert [hit["name"] for hit in find("canton")["hits"]] == ["Canton"]
    assert not find("paris")["near"]
    assert find("parris")["near"]


@pytest.mark.parametrize("text", ["", "   ", "zzzz", "()", "paris 서울", "\\", "가" * 5000])
def test_nothing_is_found_where_nothing_fits(find: Callable[[str], Any], text: str) -> None:
    assert find(text)["total"] == 0
