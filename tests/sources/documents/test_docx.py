"""DOCX files, written by python-docx, become normal forms."""

from io import BytesIO
from typing import Any

import pytest

from citypact.sources.documents.docx import read_docx
from citypact.sources.documents.normal_form import BlockKind, Mark, NormalForm

docx = pytest.importorskip("docx", reason="python-docx is not installed")
pytest.importorskip("defusedxml", reason="the extra `reading` is not installed")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

ARTICLES = f"""<w:abstractNum {W} w:abstractNumId="90">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="제%1조"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/>
<w:lvlText w:val="%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="ganada"/><w:lvlText w:val="%2-%3."/></w:lvl>
</w:abstractNum>"""
CHANGES = f"""<w:p {W}><w:r><w:t xml:space="preserve">협약 기간은 </w:t></w:r>
<w:del w:id="1" w:author="a"><w:r><w:delText>2년</w:delText></w:r></w:del>
<w:ins w:id="2" w:author="a"><w:r><w:t>3년</w:t></w:r></w:ins><w:r><w:t>이다.</w:t></w:r>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>숨은 글</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r>
</w:p>"""
JOINED = f"""<w:p {W}><w:pPr><w:rPr><w:del w:id="3" w:author="a"/></w:rPr></w:pPr>
<w:r><w:t>두 문단이 </w:t></w:r></w:p>"""
BOX = f"""<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<w:r><w:t>글상자 앞.</w:t><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>
<w:p><w:r><w:t>상자 안의 글.</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>
<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>상자 안의 글.</w:t></w:r></w:p></w:txbxContent>
</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"""
NOTES = f"""<w:footnotes {W}><w:footnote w:id="7"><w:p><w:r><w:t>서명한 날부터.</w:t></w:r></w:p>
</w:footnote></w:footnotes>"""


def element(xml: str) -> Any:
    """An element of python-docx."""
    return docx.oxml.parse_xml(xml)


def add_to_list(document: Any, text: str, level: int) -> None:
    """A paragraph of the list with articles."""
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        element(
            f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>',
        )
    )


@pytest.fixture(scope="module")
def form() -> NormalForm:
    document = docx.Document()
    document.core_properties.title = "서울시 보도자료"
    document.sections[0].header.paragraphs[0].text = "보도자료"
    document.add_heading("서울시와 하노이시의 협약", 0)
    numbering = document.part.numbering_part.element
    numbering.insert(0, element(ARTICLES))
    numbering.append(element(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for text, level in (("목적", 0), ("교통", 1), ("환경", 1), ("물", 2), ("기간", 0), ("3년", 1)):
        add_to_list(document, text, level)
    document.add_paragraph("관광", style="List Bullet")
    document.add_paragraph("부칙").runs[0].bold = True
    table = document.add_table(3, 3)
    for i, words in enumerate(
        ("도시", "나라", "연도", "하노이", "베트남", "1996", "호찌민", "", "2003")
    ):
        table.cell(i // 3, i % 3).text = words
    table.cell(1, 1).merge(table.cell(2, 1))
    body = document.element.body
    package = document.part.package
    part = docx.opc.part.Part(
        docx.opc.packuri.PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        NOTES.encode(),
        package,
    )
    document.part.relate_to(
        part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    )
    for xml in (CHANGES, JOINED):
        body.insert(len(body) - 1, element(xml))
    document.add_paragraph("하나가 된다.")
    body.insert(len(body) - 1, element(BOX))
    document.add_paragraph("분야:\n1. 교통\n2. 환경")
    data = BytesIO()
    document.save(data)
    return read_docx(data.getvalue(), "release.docx")


def test_the_body_is_read_in_order_with_computed_numbers(form: NormalForm) -> None:
    assert form.text.split("\n") == [
        "서울시와 하노이시의 협약",
        "제1조 목적",
        "① 교통",
        "② 환경",
        "②-가. 물",
        "제2조 기간",
        "① 3년",
        "• 관광",
        "부칙",
        "도시 / 나라 / 연도",
        "하노이 / 베트남 / 1996",
        "호찌민 /  / 2003",
        "협약 기간은 3년이다.",
        "서명한 날부터.",
        "두 문단이 하나가 된다.",
        "글상자 앞.",
        "상자 안의 글.",
        "분야:",
        "1. 교통",
        "2. 환경",
        "보도자료",
    ]
    kinds = {form.words(block.span): block for block in form.blocks}
    assert kinds["서울시와 하노이시의 협약"].kind is BlockKind.HEADING
    assert kinds["부칙"].kind is BlockKind.HEADING
    assert (kinds["②-가. 물"].kind, kinds["②-가. 물"].number) == (BlockKind.LIST_ITEM, "②-가.")
    assert kinds["서명한 날부터."].kind is BlockKind.FOOTNOTE
    assert kinds["보도자료"].mark is Mark.PAGE_NOISE
    assert form.metadata.title == "서울시 보도자료"


def test_what_is_deleted_or_hidden_is_logged(form: NormalForm) -> None:
    assert [(entry.action, entry.words) for entry in form.log[:2]] == [
        ("hidden", "숨은 글"),
        ("deleted", "2년"),
    ]


def test_words_lead_back_to_their_paragraph(form: NormalForm) -> None:
    place = form.text.index("1996")
    origin = next(each for each in form.origins if each.span[0] == place)
    assert origin.path == "table 1, row 2, cell 3, paragraph 1, run 1"
