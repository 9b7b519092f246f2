"""Plain texts become blocks of the normal form."""

import hashlib
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise

import pytest

from citypact.sources.documents.line_ends import LineJoiner, width
from citypact.sources.documents.list_marks import list_mark
from citypact.sources.documents.normal_form import BlockKind
from citypact.sources.documents.plain import plain_form, read_plain
from tests.running import environment

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


@pytest.mark.parametrize(
    "lines, rows",
    [
        (
            ["2014. 5. 1. / 베를린", "2015. 6. 2. / 로마"],
            ["2014. 5. 1. / 베를린", "2015. 6. 2. / 로마"],
        ),
        (
            ["For Nashville      For Lima", "Ada Berg       Ana Ruiz"],
            ["For Nashville For Lima", "Ada Berg Ana Ruiz"],
        ),
        (["1.\t목적   ", "2.\t기간"], ["1. 목적", "2. 기간"]),
        (["두 도시는 협력한다. 교통 / 환경", "시장은 서명했다. 관광 / 문화"], None),
    ],
)
def test_separators_of_rows(lines: list[str], rows: list[str] | None) -> None:
    assert plain_form("\n".join(lines)).text.split("\n") == (rows or lines)


def test_syllables_in_parts_are_composed() -> None:
    assert plain_form("\u1109\u1165\u110b\u116e\u11af\n").text == "서울"


KOREAN = [
    "서울시와 하노이시가 교통 분야에서 협력하기로 했다. 두 도시는 지역 문화를 알리는 행사도 함께 "
    "열기로 했으며, 서울시장은 청소년 교류를 넓히겠다고 말했다. 협약은 서명한 날부터 3년이다.",
    "서명식에는 두 도시의 공무원이 참석했다. 지역 행사는 내년에 열린다.",
]


def set_in_syllables(text: str, columns: int) -> list[str]:
    """Lines of a text that is broken between any two characters."""
    lines = [""]
    for character in text:
        if width(lines[-1] + character) > columns:
            lines.append("")
        lines[-1] += character
    return lines


def set_in_words(text: str, columns: int) -> list[str]:
    """Lines of a text that is broken at spaces."""
    lines = [""]
    for word in text.split():
        if width(f"{lines[-1]} {word}") > columns:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


ENGLISH = """The cities of Seoul and Hanoi will work together on transport, and
they have agreed to hold a festival of local culture in each other's
streets. The agreement (the first of its kind) runs for three years.

- urban transport, including buses, trams and all that belongs to a
  network of lines
- culture"""


@pytest.mark.parametrize(
    "setting, columns", [(set_in_syllables, 54), (set_in_syllables, 64), (set_in_words, 54)]
)
def test_lines_of_korean_paragraphs_are_joined_inside_and_between_words(
    setting: Callable[[str, int], list[str]], columns: int
) -> None:
    text = "\n".join(line for paragraph in KOREAN for line in setting(paragraph, columns))
    form = plain_form(text, use_kiwi=False)
    assert form.text.split("\n") == KOREAN
    for origin in form.origins:
        line = text.split("\n")[int(origin.path.removeprefix("line ")) - 1]
        assert form.words(origin.span).strip() == line.strip()


def test_kiwi_decides_where_the_words_of_a_text_do_not() -> None:
    pytest.importorskip("kiwipiepy", reason="Kiwi is not installed")
    lines = [
        "두 도시는 새로운 교통 기반시",
        "설을 함께 짓기로 뜻을 모았",
        "다.",
    ]
    joiner = LineJoiner([lines])
    assert [joiner.joint(*pair) for pair in pairwise(lines)] == ["", ""]
    assert joiner.asked.startswith(" kiwi ")


def test_lines_of_english_paragraphs_and_items_are_joined() -> None:
    assert plain_form(ENGLISH).text.split("\n") == [
        "The cities of Seoul and Hanoi will work together on transport, and they have agreed to "
        "hold a festival of local culture in each other's streets. The agreement (the first of its "
        "kind) runs for three years.",
        "- urban transport, including buses, trams and all that belongs to a network of lines",
        "- culture",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Sister cities of the port", "Rotterdam", "Yokohama", "Busan", "Shanghai"],
        [f"201{i}. 3. 5. 서울시와 도시{i}시가 자매도시 결연" for i in range(8)],
        [f"서울시와 도시{i}시, 2012년 5월 자매도시 협정 체결" for i in range(8)],
        [f"Port of St. Elena {i} Republic of Lima sister port 1998" for i in range(8)],
    ],
)
def test_lines_that_are_rows_or_names_stay_apart(lines: list[str]) -> None:
    assert plain_form("\n".join(lines)).text == "\n".join(lines)


BESIDE_EXTRACTION = """
import resource
from citypact.sources.documents.limits import LIMITS
from citypact.sources.documents.line_ends import LineJoiner
from citypact.sources.documents.plain import plain_form
from citypact.sources.extraction.extract import extract
resource.setrlimit(resource.RLIMIT_AS, (LIMITS.memory, LIMITS.memory))
assert extract(plain_form("서울시는 3일 하노이시와 업무협약을 체결했다.")).agreements
lines = ["두 도시는 새로운 교통 기반시", "설을 함께 짓기로 뜻을 모았"]
assert LineJoiner([lines]).joint(*lines) == ""
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is that of Linux")
def test_there_is_room_for_kiwi_beside_extraction_in_the_process_that_reads() -> None:
    pytest.importorskip("kiwipiepy", reason="Kiwi is not installed")
    subprocess.run([sys.executable, "-c", BESIDE_EXTRACTION], check=True, env=environment())
