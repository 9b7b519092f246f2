"""PDF gives what a person reads: columns, paragraphs, tables, without page noise among them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from reportlab.lib import colors, pdfencrypt
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

from citypact.ontology.errors import CitypactError
from citypact.sources.documents.limits import Limits
from citypact.sources.documents.normal_form import BlockKind, LogEntry, Mark, NormalForm
from citypact.sources.documents.pdf import read_pdf
from citypact.sources.documents.read import read_bytes

FONT = "HYSMyeongJo-Medium"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
BODY = ParagraphStyle(
    "body", fontName=FONT, fontSize=10, leading=16, alignment=TA_JUSTIFY, wordWrap="CJK"
)
INDENTED = ParagraphStyle("indented", BODY, firstLineIndent=10)
LATIN = ParagraphStyle("latin", fontName="Times-Roman", alignment=TA_JUSTIFY, leading=14)
TITLE = ParagraphStyle("title", BODY, fontSize=18, leading=24, alignment=TA_CENTER)
KOREAN = (
    "서울시와 하노이시는 지난 25일 서울시청에서 우호협력 협정을 체결했다고 밝혔다. 두 도시는 앞으로"
    " 교통과 환경 분야에서 정책 경험을 나누고 공무원을 서로 보내기로 했다. 협정은 5년간 유효하며 "
    "양측이 뜻을 모으면 연장된다. 시장들은 지역 경제를 함께 살리자고 다짐했다."
)
ENGLISH = (
    "The mayors of both cities signed a friendship agreement on Monday and will exchange "
    "experience in transportation, housing and environmental policy over the next five years."
)
MIDDLE = ("VALIGN", (0, 0), (-1, -1), "MIDDLE")
CITIES = [["도시", "국가", "체결일"], ["하노이", "베트남", "2024. 11. 25."], ["로마", "", "2000."]]


def pdf_of(draw: Callable[[Canvas], None], **options: Any) -> bytes:
    """A PDF that is drawn by hand, on pages of 400 by 400 points."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(400, 400), invariant=1, **options)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def release(columns: int) -> tuple[bytes, list[str]]:
    """A release of two pages in columns, with head and page number, and its paragraphs."""
    width = 475 / columns - 12
    frames = [Frame(60 + (width + 24) * column, 60, width, 730) for column in range(columns)]

    def head(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.setFont(FONT, 8)
        canvas.drawString(60, 810, "서울시 보도자료")
        canvas.drawCentredString(297, 30, f"- {template.page} -")

    file = BytesIO()
    template = BaseDocTemplate(file, pagesize=(595, 842), invariant=1)
    template.addPageTemplates(PageTemplate(frames=frames, onPage=head))
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), FONT, 10)]
    texts = [(KOREAN * 2, BODY), (ENGLISH * 2, LATIN), (KOREAN, INDENTED), (KOREAN, INDENTED)]
    texts += [(ENGLISH * 3, LATIN), (KOREAN, BODY), (f"가. {KOREAN}", BODY), ("나. 끝", BODY)] * 3
    title = "서울시, 하노이시와 우호협력 협정 체결"
    template.build(
        [
            Paragraph(title, TITLE),
            Paragraph(KOREAN, BODY),
            Table(CITIES, style=grid),
            *(Paragraph(text, style) for text, style in texts),
        ]
    )
    rows = [" / ".join(row) for row in CITIES]
    return file.getvalue(), [title, KOREAN, *rows, *(text for text, _ in texts)]


def shown(form: NormalForm) -> list[str]:
    """The blocks of a form without its page noise."""
    blocks = (block for block in form.blocks if block.mark is not Mark.PAGE_NOISE)
    return [form.words(block.span) for block in blocks]


@pytest.mark.parametrize("columns", [1, 2])
def test_paragraphs_go_on_over_columns_and_pages(columns: int) -> None:
    data, expected = release(columns)
    form = read_pdf(data, "a.pdf")
    assert shown(form) == expected
    noise = [form.words(block.span) for block in form.blocks if block.mark is Mark.PAGE_NOISE]
    assert noise == ["서울시 보도자료", "- 1 -", "서울시 보도자료", "- 2 -"]
    logged = [entry.words for entry in form.log if entry.words.startswith("page-noise: ")]
    assert logged == [f"page-noise: {words}" for words in noise]
    kinds = [block.kind for block in form.blocks]
    assert kinds[0] is BlockKind.HEADING and kinds[2:5] == [BlockKind.TABLE_ROW] * 3
    assert form.reader.startswith("pdf 1 pypdfium2 ")
    assert form == read_pdf(data, "a.pdf")
    for origin in form.origins:
        assert origin.part in ("page 1", "page 2") and origin.box is not None
        left, bottom, right, top = origin.box
        assert 50 < left < right < 545 and 25 < bottom < top < 825


def lines(*texts: str, left: float = 40, step: float = 14) -> Callable[[Canvas], None]:
    """Draws lines of Latin letters from the top of the page."""

    def draw(canvas: Canvas) -> None:
        for place, text in enumerate(texts):
            canvas.drawString(left, 360 - step * place, text)

    return draw


def test_words_that_a_hyphen_parts_are_joined() -> None:
    text = (
        "Both cities will share co-operation in the field of environ-",
        "mental protection; the co-operation has long been in prepara-",
        "tion, and co-",
        "operation goes on.",
    )
    form = read_pdf(pdf_of(lines(*text)), "a.pdf")
    assert "environmental protection" in form.text and "preparation, and" in form.text
    assert form.text.endswith("co-operation goes on.")
    assert form.log[0] == LogEntry("joined", "environ- mental")


def twice(canvas: Canvas) -> None:
    canvas.drawString(40, 300, "Agreement")
    canvas.drawString(40.3, 300, "Agreement")


def turned(degrees: int) -> Callable[[Canvas], None]:
    """Draws on a page that is turned when it is shown."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(degrees)
        canvas.translate(*{90: (400, 0), 180: (400, 400), 270: (0, 400)}[degrees])
        canvas.rotate(degrees)
        lines("Seoul and Hanoi", "signed an agreement.")(canvas)

    return draw


def marked(canvas: Canvas) -> None:
    lines("Seoul and Hanoi signed an agreement,", "which holds for five years.")(canvas)
    canvas.translate(20, 320)
    canvas.rotate(40)
    canvas.drawString(0, 0, "CONFIDENTIAL")


def without_lines(canvas: Canvas) -> None:
    for place, row in enumerate((("City", "Year"), ("Hanoi", "2024"), ("Rome", "2000"))):
        canvas.drawString(40, 300 - 14 * place, row[0])
        canvas.drawString(160, 300 - 14 * place, row[1])


def framed(canvas: Canvas) -> None:
    canvas.rect(30, 250, 340, 100)
    lines("A frame around text", "is no table.")(canvas)


def merged(canvas: Canvas) -> None:
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("SPAN", (0, 0), (0, 1))]
    table = Table([["Release", "Date", "25"], ["", "Office", "7"]], style=[*style, MIDDLE])
    table.wrapOn(canvas, 300, 200)
    table.drawOn(canvas, 40, 200)


def korean(*texts: str) -> Callable[[Canvas], None]:
    """Draws lines of Korean from the middle of the page."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        for place, text in enumerate(texts):
            canvas.drawString(40, 300 - 16 * place, text)

    return draw


@pytest.mark.parametrize(
    "draw, texts",
    [
        (twice, ["Agreement"]),
        (turned(90), ["Seoul and Hanoi signed an agreement."]),
        (turned(180), ["Seoul and Hanoi signed an agreement."]),
        (turned(270), ["Seoul and Hanoi signed an agreement."]),
        (marked, ["Seoul and Hanoi signed an agreement, which holds for five years."]),
        (without_lines, ["City / Year", "Hanoi / 2024", "Rome / 2000"]),
        (merged, ["Release / Date / 25", "Office / 7"]),
        (
            korean("서울시는 하노이시(시장 응우옌 반", "아)와 협정을 체결했다고 밝혔다."),
            ["서울시는 하노이시(시장 응우옌 반 아)와 협정을 체결했다고 밝혔다."],
        ),
        (
            korean("두 도시는 지난 25일 협정을 맺었", "다. 시장들은 시청에서 기자를 만"),
            ["두 도시는 지난 25일 협정을 맺었다. 시장들은 시청에서 기자를 만"],
        ),
        (
            korean("분야는 △대기질 관리 △버스 정보", "△관광이다."),
            ["분야는 △대기질 관리 △버스 정보 △관광이다."],
        ),
        (korean("가. 교통과 환경", "나. 관광"), ["가. 교통과 환경", "나. 관광"]),
        (framed, ["A frame around text is no table."]),
        (lines("1. Transport", "2. Housing"), ["1. Transport", "2. Housing"]),
        (lines("Seoul", "Hanoi", step=40), ["Seoul", "Hanoi"]),
    ],
)
def test_what_is_drawn_by_hand(draw: Callable[[Canvas], None], texts: list[str]) -> None:
    assert shown(read_pdf(pdf_of(draw), "a.pdf")) == texts


def scan(canvas: Canvas) -> None:
    canvas.rect(0, 0, 400, 400, fill=1)


def pages(canvas: Canvas) -> None:
    for _ in range(3):
        canvas.showPage()


@pytest.mark.parametrize(
    "data, limits, words",
    [
        (pdf_of(scan), Limits(), "has no text.*\n.*text recognition"),
        (pdf_of(pages), Limits(pages=2), "has [34] pages, more than 2"),
        (pdf_of(lines("Seoul")), Limits(characters=3), "more than 3 characters"),
        (
            pdf_of(lines("Seoul"), encrypt=pdfencrypt.StandardEncryption("user", "owner")),
            Limits(),
            "is encrypted",
        ),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, limits: Limits, words: str) -> None:
    with pytest.raises(CitypactError, match=words) as caught:
        read_bytes(data, "a.pdf", limits)
    assert str(caught.value).startswith("a.pdf: ")
