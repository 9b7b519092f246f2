"""HWPX files by hand: what python-hwpx does not write, and what is not as it should be."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

NAMES = (
    'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph" '
    'xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" '
    'xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head" '
    'xmlns:opf="http://www.idpf.org/2007/opf/"'
)

_IN_RUNS = ("ctrl", "tbl", "rect", "pic", "compose", "switch", "secPr")


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive with these parts."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return data.getvalue()


def section(paragraphs: str) -> str:
    """A section with these paragraphs."""
    return f"<hs:sec {NAMES}>{paragraphs}</hs:sec>"


def hwpx(paragraphs: str, header: str = "", **parts: str | bytes) -> bytes:
    """An HWPX file with one section; header: the properties of its paragraphs."""
    return archive(
        {
            "mimetype": "application/hwp+zip",
            "Contents/header.xml": f"<hh:head {NAMES}>{header}</hh:head>",
            "Contents/section0.xml": section(paragraphs),
            **{name.replace("__", "/"): content for name, content in parts.items()},
        }
    )


def p(content: str, properties: int = 0) -> str:
    """A paragraph of one run, whose content is `t` unless it has other elements of a run."""
    is_run = content.startswith(("<hp:t>", *(f"<hp:{tag}" for tag in _IN_RUNS)))
    inner = content if is_run else f"<hp:t>{content}</hp:t>"
    return f'<hp:p paraPrIDRef="{properties}"><hp:run charPrIDRef="0">{inner}</hp:run></hp:p>'


def table(*rows: list[str]) -> str:
    """A table; each cell is a text or paragraphs."""
    return "<hp:tbl>" + "".join(map(_row, rows)) + "</hp:tbl>"


def _row(cells: list[str]) -> str:
    lists = (cell if cell.startswith("<hp:p") else p(cell) for cell in cells)
    inner = (f"<hp:tc><hp:subList>{one}</hp:subList></hp:tc>" for one in lists)
    return f"<hp:tr>{''.join(inner)}</hp:tr>"
