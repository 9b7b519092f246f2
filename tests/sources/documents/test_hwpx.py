"""HWPX gives its whole text in the order in which a reader sees it."""

from io import BytesIO

import pytest
from hwpx import HwpxDocument

from citypact.ontology.errors import CitypactError
from citypact.sources.documents.hwpx import read_hwpx
from citypact.sources.documents.normal_form import BlockKind, LogEntry, Mark
from tests.sources.documents.owpml import NAMES, archive, hwpx, p, section, table

NOTE = (
    "<hp:t>서울시는 협정</hp:t><hp:ctrl><hp:footNote><hp:subList>"
    '<hp:p><hp:run><hp:ctrl><hp:autoNum num="1" numType="FOOTNOTE"><hp:autoNumFormat '
    'type="DIGIT" suffixChar=")"/></hp:autoNum></hp:ctrl><hp:t>2019년 체결</hp:t></hp:run></hp:p>'
    "</hp:subList></hp:footNote></hp:ctrl><hp:t>을 갱신했다.</hp:t>"
)
MEMO = (
    '<hp:ctrl><hp:fieldBegin type="MEMO"><hp:subList>'
    + p("확인 필요")
    + "</hp:subList></hp:fieldBegin></hp:ctrl><hp:t>두 도시는</hp:t>"
    "<hp:ctrl><hp:fieldEnd/></hp:ctrl><hp:t> 협력한다.</hp:t>"
)
BOX = f"<hp:rect><hp:drawText><hp:subList>{p('글상자 안')}</hp:subList></hp:drawText></hp:rect>"
BEGIN, END = '<hp:t><hp:deleteBegin TcId="1"/></hp:t>', '<hp:t><hp:deleteEnd TcId="1"/></hp:t>'


def deleted(words: str, paraend: int = 0) -> str:
    return f'<hp:deleteBegin TcId="1"/>{words}<hp:deleteEnd TcId="1" paraend="{paraend}"/>'


@pytest.mark.parametrize(
    "paragraphs, texts, log",
    [
        (p("서울<hp:tab/>부산<hp:lineBreak/>인천<hp:nbSpace/>대구"), ["서울 부산 인천 대구"], []),
        (p("분야<hp:lineBreak/>△ 교통<hp:lineBreak/>△ 환경"), ["분야", "△ 교통", "△ 환경"], []),
        (p('<hp:markpenBegin color="#F"/>서울<hp:markpenEnd/>시가'), ["서울시가"], []),
        (p("가<hp:fwSpace/>나<hp:hyphen/>다<hp:titleMark/>라"), ["가 나-다라"], []),
        (p(NOTE), ["서울시는 협정을 갱신했다.", "1) 2019년 체결"], []),
        (p(MEMO), ["두 도시는 협력한다.", "확인 필요"], []),
        (
            p(deleted("25일") + '<hp:insertBegin TcId="2"/>26일<hp:insertEnd TcId="2"/> 체결'),
            ["26일 체결"],
            ["25일"],
        ),
        # a deletion over two paragraphs and their border, and one that never ends
        (
            p('서울과 <hp:deleteBegin TcId="1"/>부산은')
            + p('인천은<hp:deleteEnd TcId="1" paraend="1"/>')
            + p("런던은"),
            ["서울과", "런던은"],
            ["부산은인천은"],
        ),
        (p(f"서울은{deleted(' ', 1)}") + p(" 런던과"), ["서울은 런던과"], []),
        (p('서울<hp:deleteBegin TcId="9"/>시') + p("런던"), ["서울", "런던"], ["시"]),
        (p(table(["도시", "연도"], ["로마", "2000"])), ["도시 / 연도", "로마 / 2000"], []),
        (p("<hp:t>표 1</hp:t>" + table(["로마", ""])), ["표 1", "로마 / "], []),
        # a layout table of one cell, a table inside a cell, a box, and deleted objects
        (p(table([p("보도자료") + p("제목")])), ["보도자료", "제목"], []),
        (
            p(table(["가", p("<hp:t>나</hp:t>" + table(["다", "라"]))]) + "<hp:t>뒤</hp:t>"),
            ["가 / 나", "다 / 라", "뒤"],
            [],
        ),
        (p("<hp:t>앞</hp:t>" + BOX + "<hp:t>뒤</hp:t>"), ["앞뒤", "글상자 안"], []),
        (p("<hp:pic><hp:shapeComment>그림입니다.</hp:shapeComment></hp:pic>"), [], []),
        (
            p(BEGIN + BOX + END) + p("끝"),
            ["끝"],
            ["글상자 안"],
        ),
        (p('<hp:compose composeText="1"/><hp:t>항</hp:t>'), ["1항"], []),
        (
            p(f"<hp:switch><hp:case>{BOX}</hp:case><hp:default>{BOX}</hp:default></hp:switch>"),
            ["글상자 안"],
            [],
        ),
        (p("\u1109\u1165\u110b\u116e\u11af"), ["서울"], []),
    ],
)  # fmt: skip
def test_all_words_in_reading_order(paragraphs: str, texts: list[str], log: list[str]) -> None:
    form = read_hwpx(hwpx(paragraphs), "a.hwpx")
    assert [form.words(block.span) for block in form.blocks] == texts
    assert list(form.log) == [LogEntry("deleted", words) for words in log]
    assert form == read_hwpx(hwpx(paragraphs), "a.hwpx")


def heading(number: int, kind: str, level: int, reference: int = 1) -> str:
    return (
        f'<hh:paraPr id="{number}"><hh:heading type="{kind}" idRef="{reference}" '
        f'level="{level}"/></hh:paraPr>'
    )


def test_automatic_numbers_are_counted_and_stand_in_the_text() -> None:
    levels = [("제^1조", "DIGIT"), ("^2.", "HANGUL_SYLLABLE"), ("^3", "CIRCLED_DIGIT")]
    heads = "".join(
        f'<hh:paraHead level="{at}" start="1" numFormat="{way}">{text}</hh:paraHead>'
        for at, (text, way) in enumerate(levels, 1)
    )
    header = (
        f'<hh:numbering id="1">{heads}</hh:numbering>'
        '<hh:numbering id="2"><hh:paraHead level="1" start="3" numFormat="ROMAN_CAPITAL">'
        '(^1)</hh:paraHead><hh:paraHead level="2" numFormat="DIGIT">^n</hh:paraHead>'
        '</hh:numbering><hh:bullet id="1" char="△"/>'
        + "".join(heading(at + 1, "NUMBER", at) for at in range(3))
        + heading(4, "BULLET", 0)
        + heading(5, "OUTLINE", 0, 0)
        + heading(6, "OUTLINE", 1, 0)
    )
    paragraphs = [
        p('<hp:secPr outlineShapeIDRef="2"/><hp:t>개요</hp:t>', 5),
        p("(목적)", 1), p("교통", 2), p("버스", 3), p("", 3), p("철도", 3), p("환경", 2),
        p("본문이다."), p("(기간)", 1), p("관광", 2), p("시민", 4), p("방법", 6), p("일정", 6),
        p("끝", 5),
    ]  # fmt: skip
    form = read_hwpx(hwpx("".join(paragraphs), header), "a.hwpx")
    assert form.text.split("\n") == [
        "(III) 개요", "제1조 (목적)", "가. 교통", "① 버스", "② 철도", "나. 환경",
        "본문이다.", "제2조 (기간)", "가. 관광", "△ 시민", "III.1 방법", "III.2 일정", "(IV) 끝",
    ]  # fmt: skip
    kinds = [(block.kind, block.number, block.level) for block in form.blocks]
    assert kinds[0] == (BlockKind.HEADING, "(III)", 1)
    assert kinds[3] == (BlockKind.LIST_ITEM, "①", 3)
    assert kinds[6] == (BlockKind.PARAGRAPH, "", 0)


def test_a_document_of_python_hwpx() -> None:
    document = HwpxDocument.new()
    document.add_paragraph("서울시와 런던시가 협정을 맺었다.")
    noted = document.add_paragraph("협정은 5년간 유효하다")
    document.notes.add_footnote("연장할 수 있다.", noted)
    noted.add_run(" – 두 시장은 말했다.")
    changed = document.add_paragraph("양측은 25일 서명했다.")
    document.tracking.replace(changed, "25일", "26일")
    document.notes.add_memo("날짜 확인", anchor=changed)
    cities = document.add_table(2, 2)
    for place, words in enumerate(("도시", "연도", "런던", "2024")):
        cities.set_cell_text(place // 2, place % 2, words)
    document.page.set_header(text="보도자료")
    file = BytesIO()
    document.save_to_stream(file)
    form = read_hwpx(file.getvalue(), "a.hwpx")
    assert form.text.split("\n") == [
        "서울시와 런던시가 협정을 맺었다.",
        "협정은 5년간 유효하다 – 두 시장은 말했다.",
        "1) 연장할 수 있다.",
        "양측은 26일 서명했다.",
        "날짜 확인",
        "도시 / 연도",
        "런던 / 2024",
        "보도자료",
    ]
    assert form.log[0] == LogEntry("deleted", "25일") and len(form.log) == 2
    assert form.blocks[-1].mark is Mark.PAGE_NOISE
    assert [form.words(cell) for cell in form.blocks[5].cells] == ["도시", "연도"]
    origins = {form.words(origin.span): origin.path for origin in form.origins}
    assert origins["런던"] == "paragraph 5, run 1, row 2, cell 1, paragraph 1, run 1"


def test_sections_follow_the_spine_and_the_title_is_kept() -> None:
    package = (
        f"<opf:package {NAMES}><opf:metadata><opf:title>협정</opf:title></opf:metadata>"
        '<opf:manifest><opf:item id="b" href="Contents/section1.xml"/>'
        '<opf:item id="a" href="Contents/section0.xml"/></opf:manifest>'
        '<opf:spine><opf:itemref idref="b"/><opf:itemref idref="a"/></opf:spine></opf:package>'
    )
    data = archive(
        {
            "Contents/content.hpf": package,
            "Contents/section0.xml": section(p("둘째")),
            "Contents/section1.xml": section(p("첫째")),
        }
    )
    form = read_hwpx(data, "a.hwpx")
    assert (form.text, form.metadata.title) == ("첫째\n둘째", "협정")
    assert [origin.part for origin in form.origins] == [
        "Contents/section1.xml",
        "Contents/section0.xml",
    ]


def test_a_locked_document_is_named() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    data = hwpx(p("x"), **{"META-INF__manifest.xml": manifest})
    with pytest.raises(CitypactError, match="배포용"):
        read_hwpx(data, "a.hwpx")
