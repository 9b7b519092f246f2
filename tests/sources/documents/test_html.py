"""HTML pages become normal forms: what a page shows, and what of it is evidence."""

import pytest

from citypact.ontology.errors import CitypactError
from citypact.sources.documents.html import read_html
from citypact.sources.documents.normal_form import BlockKind, Mark, Metadata, NormalForm

pytest.importorskip("resiliparse", reason="the extra `reading` is not installed")

ARTICLE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>도시신문</title>
<meta property="og:site_name" content="도시신문">
<link rel="canonical" href="https://city.example/news/1">
<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "url": "https://a.example"},
{"@type": "NewsArticle", "headline": "서울시, 하노이와 협약",
"datePublished": "2024-05-02T09:00:00+09:00", "publisher": {"name": "도시신문"}}]}</script></head>
<body><header><nav><ul><li><a href="/">홈</a><li><a href="/p">정치</a></ul></nav></header>
<article><h1>서울시, 하노이와 협약</h1>
<p>서울시는 2일 하노이시와 <b>교통&nbsp;분야</b> 업무협약을
체결했다고 밝혔다. 두 도시는 함께 일한다.</p>
<p>협력 분야는 다음과 같다.</p><ol start="3" type="i"><li>교통<li>환경</ol>
<ul><li>관광을 함께 알린다</ul><figure><figcaption>두 시장</figcaption></figure>
<p>하노이시장은 서울의 경험을 배우고 싶다고 말했다. 협약 기간은 3년이다.</p>
<p style="display: none">숨은 글</p></article>
<div class="relatedNews"><h3>다른 소식</h3><ul><li><a href="/2">부산시, 상하이와 자매결연 30주년</a>
</ul></div><footer>도시신문</footer></body></html>"""

BOARD = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=euc-kr">
<title>새소식</title></head><body><table width="100%"><tr><td><a href="/">처음</a></td><td>
<table><tr><th>제목</th><td colspan="3">수원시, 잘츠부르크와 우호협력</td></tr>
<tr><th>작성자</th><td>국제교류과</td><th>작성일</th><td>2019. 4. 11.</td></tr>
<tr><td colspan="4">수원시와 잘츠부르크시가 11일 우호도시 협약을 맺었다.<br><br>협약에는
다음이 담겼다.<br>1. 문화 교류<br>2. 관광 진흥<br><br>두 시장이
시청에서 서명했다. 협약은 오늘부터 효력이 있다.</td></tr>
</table>
<table><tr><th>국가</th><th>도시</th><th>체결일</th></tr>
<tr><td rowspan="2">중국</td><td>지난</td><td>1993</td></tr>
<tr><td>주하이</td><td>2006</td></tr></table>
<table><tr><th>번호</th><th>제목</th></tr><tr><td>2</td><td>대전시, 시애틀과 자매결연</td></tr>
<tr><td>1</td><td>부산시, 오사카와 우호협력</td></tr></table>
<img src="https://never.example/k.gif" alt="공공누리 제1유형: 출처표시"></td></tr></table>
</body></html>"""


def evidence(form: NormalForm) -> list[str]:
    """The words of the blocks that are evidence."""
    return [form.words(block.span) for block in form.evidence]


def test_an_article_is_read_with_its_numbers_and_without_other_news() -> None:
    form = read_html(ARTICLE.encode(), "news.html")
    assert evidence(form) == [
        "서울시, 하노이와 협약",
        "서울시는 2일 하노이시와 교통 분야 업무협약을 체결했다고 밝혔다. 두 도시는 함께 일한다.",
        "협력 분야는 다음과 같다.",
        "iii. 교통",
        "iv. 환경",
        "관광을 함께 알린다",
        "두 시장",
        "하노이시장은 서울의 경험을 배우고 싶다고 말했다. 협약 기간은 3년이다.",
    ]
    kinds = [block.kind for block in form.evidence]
    assert kinds[0] is BlockKind.HEADING and kinds[3:6] == [BlockKind.LIST_ITEM] * 3
    marked = {form.words(block.span): block.mark for block in form.blocks if block.mark}
    assert marked["부산시, 상하이와 자매결연 30주년"] is Mark.BOILERPLATE
    assert marked["정치"] is Mark.BOILERPLATE
    assert [(entry.action, entry.words) for entry in form.log if entry.action == "hidden"] == [
        ("hidden", "숨은 글")
    ]
    assert form.metadata == Metadata(
        "https://city.example/news/1", "서울시, 하노이와 협약", "도시신문", "2024-05-02", ""
    )
    place = form.text.index("교통 분야")
    paths = [each.path for each in form.origins if each.span[0] == place]
    assert paths == ["article[1]/p[1]/b[1]/text()[1]"]


def test_a_notice_board_in_tables_is_read_in_order() -> None:
    form = read_html(BOARD.encode("euc-kr"), "board.html")
    assert evidence(form)[1:] == [
        "제목 / 수원시, 잘츠부르크와 우호협력",
        "수원시와 잘츠부르크시가 11일 우호도시 협약을 맺었다.",
        "협약에는 다음이 담겼다.",
        "1. 문화 교류",
        "2. 관광 진흥",
        "두 시장이 시청에서 서명했다. 협약은 오늘부터 효력이 있다.",
        "국가 / 도시 / 체결일",
        "중국 / 지난 / 1993",
        " / 주하이 / 2006",
    ]
    marked = [form.words(block.span) for block in form.blocks if block.mark]
    assert "부산시, 오사카와 우호협력" in marked
    assert form.metadata.published == "2019-04-11"
    assert form.metadata.licence == "공공누리 제1유형"


def test_a_few_broken_bytes_are_shown_as_such() -> None:
    data = BOARD.replace("</table>", "<p>" + "협력 " * 400 + "</p></table>", 1).encode("euc-kr")
    form = read_html(data.replace("시청".encode("euc-kr"), b"\xbd\xff\xc3\xbb"), "board.html")
    assert "두 시장이" in form.text and form.log[0].action == "broken"


def test_a_name_of_the_whole_page_marks_nothing() -> None:
    page = ARTICLE.replace("<article>", '<div class="content has-sidebar">').replace(
        "</article>", "</div>"
    )
    assert len(evidence(read_html(page.encode(), "news.html"))) == 8


@pytest.mark.parametrize(
    "page", ["<html><p>", "<html>" + "<p class=" * 50, "<!DOCTYPE html>", "<html>&lt;<script>"]
)
def test_pages_without_a_text_are_read(page: str) -> None:
    assert len(read_html(page.encode(), "a.html").text) < 10


def test_deep_nesting_is_refused_before_the_library_takes_minutes() -> None:
    with pytest.raises(CitypactError, match="nested more than 200 deep"):
        read_html(("<div>" * 60_000 + "x").encode(), "deep.html")
