"""One press release in every format that is read, each file written by another library."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

TITLE = "서울시, 하노이시와 교통·환경 분야 우호협력 협정 체결"
PARAGRAPHS = (
    "서울특별시는 2024년 11월 25일 서울시청에서 하노이시와 우호협력 협정을 체결했다고 밝혔다. 두 "
    "도시는 앞으로 5년간 교통과 환경 분야에서 정책 경험을 나누고 공무원을 서로 보내기로 했다.",
    "시장은 “협정이 시민의 삶을 바꾸는 계기가 될 것”이라며 “지역 경제도 함께 살리겠다”고 말했다.",
    "△ 대중교통 요금 체계",
    "△ 대기질 관측 자료",
)
ROWS = (
    ("도시", "국가", "체결일"),
    ("하노이", "베트남", "2024. 11. 25."),
    ("로마", "이탈리아", "2000."),
)
ENGLISH = (
    "Seoul and Hanoi signed a friendship agreement on November 25, 2024. Over the next five years "
    "they will share experience in transportation and environmental policy and send civil "
    "servants to each other.",
    "“The agreement is a chance for both regions,” the mayor of Hanoi said.",
)
TEXT = "\n".join([TITLE, *PARAGRAPHS, *(" / ".join(row) for row in ROWS), *ENGLISH])
"""The release as every reader should give it."""


def as_text() -> bytes:
    """Lines; the cells of a row are parted by tabs."""
    rows = "\n".join("\t".join(row) for row in ROWS)
    return "\n\n".join([TITLE, *PARAGRAPHS, rows, *ENGLISH]).encode()


def as_html() -> bytes:
    """A page with nothing else."""
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in ROWS
    )
    return (
        '<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title></title><style>'
        "body { font: 11pt sans-serif; text-align: justify; word-break: keep-all } "
        ".split { word-break: break-all } td { border: 1px solid; padding: 4px }"
        f"</style></head><body><article><h1>{escape(TITLE)}</h1>"
        + "".join(f'<p class="split">{escape(text)}</p>' for text in PARAGRAPHS)
        + f'<table style="border-collapse: collapse">{rows}</table>'
        + "".join(f'<p lang="en">{escape(text)}</p>' for text in ENGLISH)
        + "</article></body></html>"
    ).encode()


def as_pdf(browser: Any) -> bytes:
    """The page as Chromium prints it: justified, Korean lines end inside words."""
    page = browser.new_page()
    page.set_content(as_html().decode())
    data: bytes = page.pdf(format="A5", margin=dict.fromkeys(("left", "right"), "60px"))
    page.close()
    return data


def as_docx() -> bytes:
    """A document of python-docx."""
    from docx import Document

    document = Document()
    document.add_heading(TITLE, 1)
    _add(document, PARAGRAPHS)
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    _add(document, ENGLISH)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def as_hwpx() -> bytes:
    """A document of python-hwpx."""
    from hwpx import HwpxDocument

    document = HwpxDocument.new()
    _add(document, (TITLE, *PARAGRAPHS))
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            table.set_cell_text(row, column, cell)
    _add(document, ENGLISH)
    file = BytesIO()
    document.save_to_stream(file)
    return file.getvalue()


def as_hwp(folder: Path) -> bytes:
    """A document of hwp-converter-ai."""
    from hwp_converter_ai import HwpWriter

    head, *rows = (f"| {' | '.join(row)} |" for row in ROWS)
    table = "\n".join([head, "|---" * len(ROWS[0]) + "|", *rows])
    file = folder / "release.hwp"
    HwpWriter().from_markdown("\n\n".join([TITLE, *PARAGRAPHS, table, *ENGLISH]), file)
    return file.read_bytes()


def _add(document: Any, texts: Sequence[str]) -> None:
    for text in texts:
        document.add_paragraph(text)
