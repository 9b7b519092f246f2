"""Chromium follows the links to passages: it scrolls to the words that a span means."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import pytest

from citypact.sources.model import PassageWords
from citypact.sources.reading.text_fragments import passage_words, text_directive

TEXT = """\
서울시와 런던시가 2017년 4월 3일 우호도시 협정을 체결했다.
양 도시는 ‘기후변화·교통’ 등 9개 분야에서 협력한다고 4일 밝혔다.
협정식에는 박원순 시장과 사디크 칸(Sadiq Khan) 시장이 참석했다.
서울시와 런던시가 교환한 문서는 두 부이다.
타당성 조사시 WeGO의 자문을 받는다.
타당성 조사시 WeGO 외부 자문을 받는다.
The cities signed the Seoul-London agreement, the second of its kind, on 3 April.
Research & development, e-government and “smart cities” are among its topics.
The cities signed again in 2019, at 10:30 a.m.
"""


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page with one block for each line, far from each other."""
    blocks = "".join(f"<p>{escape(line)}</p>" for line in TEXT.upper().splitlines())
    style = "p { margin: 0; padding: 1000px 0; }"
    page = tmp_path_factory.mktemp("article") / "article.html"
    page.write_text(f"<meta charset=utf-8><style>{style}</style>{blocks}", encoding="utf-8")
    return page.as_uri()


def block_in_view(new_tab: Callable[..., Any], address: str) -> int:
    """The number of the block to which the page has scrolled; -1 where it has not."""
    tab = new_tab(address, viewport={"width": 800, "height": 400})
    found = tab.evaluate(
        "() => scrollY === 0 ? -1 : [...document.querySelectorAll('p')].findIndex((p) => {"
        " const range = document.createRange(); range.selectNodeContents(p);"
        " const { top, bottom } = range.getBoundingClientRect();"
        " return bottom > 0 && top < innerHeight; })"
    )
    return int(found)


@pytest.mark.parametrize(
    "words",
    [
        "2017년 4월 3일",
        "우호도시 협정",
        "양 도시는 ‘기후변화·교통’ 등 9개 분야에서 협력한다고 4일",
        "교통",
        "Sadiq Khan",
        "서울시와 런던시가 교환",
        "타당성 조사시 WeGO 외부",
        "조사시 WeGO 외",
        "Seoul-London agreement, the second of its kind",
        "Research & development, e-government and “smart cities”",
        "10:30 a.m.",
    ],
)
def test_a_link_scrolls_to_its_passage(
    new_tab: Callable[..., Any], article: str, words: str
) -> None:
    start = TEXT.index(words)
    found = passage_words(TEXT, (start, start + len(words)))
    assert found is not None
    block = TEXT.count("\n", 0, start)
    assert block_in_view(new_tab, f"{article}#:~:{text_directive(found)}") == block


def test_context_leads_to_the_later_of_two_places(
    new_tab: Callable[..., Any], article: str
) -> None:
    start = TEXT.rindex("The cities signed")
    found = passage_words(TEXT, (start, start + len("The cities signed")))
    assert found is not None and (found.prefix or found.suffix)
    assert block_in_view(new_tab, f"{article}#:~:{text_directive(found)}") == 8
    before = PassageWords("The cities signed", prefix="among its topics.")
    assert block_in_view(new_tab, f"{article}#:~:{text_directive(before)}") == 8


def test_parts_of_words_are_not_found(new_tab: Callable[..., Any], article: str) -> None:
    """Why spans are widened to whole words."""
    for part in ("우호도시 협", "울시와", "ondon agreement"):
        words = PassageWords(part)
        assert block_in_view(new_tab, f"{article}#:~:{text_directive(words)}") == -1
