"""Plain texts become blocks of the normal form."""

import hashlib

import pytest

from citypact.sources.documents.list_marks import list_mark
from citypact.sources.documents.normal_form import BlockKind
from citypact.sources.documents.plain import plain_form, read_plain

NOTICE = """서울시, 하노이와 손잡다

□ 개요
 ○ 두 도시는 교통·환경 분야에서 협력한다.
제1조(목적) 이 협약은 3.1절과 무관하다.
도시\t국가\t연도
하노이\t베트남\t1996

Signed cities
| Bangkok | 2006 |
| Tokyo |  |
끝이다.\u200b
"""


def test_the_form_of_lines_tells_headings_lists_and_tables() -> None:
    form = plain_form(NOTICE, "notice.txt")
    kinds = [(block.kind, block.number, block.language) for block in form.blocks]
    assert kinds == [
        (BlockKind.HEADING, "", "ko"),
        (BlockKind.LIST_ITEM, "□", "ko"),
        (BlockKind.LIST_ITEM, "○", "ko"),
        (BlockKind.LIST_ITEM, "제1조", "ko"),
        (BlockKind.TABLE_ROW, "", "ko"),
        (BlockKind.TABLE_ROW, "", "ko"),
        (BlockKind.HEADING, "", "en"),
        (BlockKind.TABLE_ROW, "", "en"),
        (BlockKind.TABLE_ROW, "", "en"),
        (BlockKind.PARAGRAPH, "", "ko"),
    ]
    assert form.text.split("\n") == [form.words(block.span) for block in form.blocks]
    assert [form.words(cell) for cell in form.blocks[5].cells] == ["하노이", "베트남", "1996"]
    assert [form.words(cell) for cell in form.blocks[8].cells] == ["Tokyo", ""]
    lines = NOTICE.split("\n")
    for origin in form.origins:
        line = lines[int(origin.path.removeprefix("line ")) - 1]
        assert form.words(origin.span) in line
    assert form.text_sha256 == hashlib.sha256(form.text.encode()).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_encodings_give_the_same_text(encoding: str) -> None:
    text = NOTICE.replace("\u200b", "")
    data = text.encode(encoding)
    form = read_plain(data, "notice.txt")
    assert form.text == plain_form(NOTICE).text
    assert form.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "line, mark",
    [
        ("△시민안전 △대중교통", "△"),
        ("▪ 관광", "▪"),
        ("– transport", "–"),
        ("-교통", "-"),
        ("ㆍ 교통", "ㆍ"),
        ("① 교통", "①"),
        ("(1) Urban development;", "(1)"),
        ("2.1 Scope", "2.1"),
        ("가. 교통", "가."),
        ("a) transport", "a)"),
        ("ii. tourism", "ii."),
        ("제12조의2 (기간)", "제12조의2"),
        ("ARTICLE IV", "ARTICLE IV"),
        ("문화·관광 교류", ""),
        ("3.1절 기념식", ""),
        ("2014.08.14", ""),
        ("-5도까지 내려갔다", ""),
        ("e-Government", ""),
        ("제1조에 따라 협력한다", ""),
        ("Articles of faith", ""),
    ],
)
def test_marks_of_lists(line: str, mark: str) -> None:
    assert list_mark(line)[0] == mark


def test_syllables_in_parts_are_composed() -> None:
    assert plain_form("\u1109\u1165\u110b\u116e\u11af\n").text == "서울"
