"""HWP 5 is read by unhwp behind our own look at its header and records.

Files are written by other libraries than the one that reads them: hwp-converter-ai and python-hwpx.
"""

import struct
import sys
from io import BytesIO
from pathlib import Path

import pytest
from hwp_converter_ai import HwpWriter
from hwpx import HwpxDocument

from citypact.ontology.errors import CitypactError
from citypact.sources.documents.hwp import read_hwp
from citypact.sources.documents.hwpx import read_hwpx
from citypact.sources.documents.limits import Limits
from citypact.sources.documents.normal_form import BlockKind, LogEntry, Mark

RELEASE = """서울시는 25일 런던시와 **우호협력** 협정을 체결했다.

- 교통

| 도시 | 연도 |
|---|---|
| 런던 | 2024 |

두 도시는 협력한다.
"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file: Path = tmp_path_factory.mktemp("hwp") / "a.hwp"
    HwpWriter().from_markdown(RELEASE, file)
    return file.read_bytes()


def with_flags(data: bytes, flags: int) -> bytes:
    """The file with more properties in its header, of which the writer leaves an old one too."""
    signature = b"HWP Document File"
    beginning, *headers = data.split(signature)
    old = struct.unpack_from("<I", headers[0], 36 - len(signature))[0]
    new = struct.pack("<I", old | flags)
    at = 36 - len(signature)
    return signature.join([beginning, *(h[:at] + new + h[at + 4 :] for h in headers)])


def test_paragraphs_and_tables_in_reading_order(plain: bytes) -> None:
    form = read_hwp(plain, "a.hwp")
    assert form.text.split("\n") == [
        "서울시는 25일 런던시와 우호협력 협정을 체결했다.",
        "- 교통",
        "도시 / 연도",
        "런던 / 2024",
        "두 도시는 협력한다.",
    ]
    assert [form.words(cell) for cell in form.blocks[3].cells] == ["런던", "2024"]
    assert form.reader.startswith("hwp 1 unhwp ") and not form.log
    assert form == read_hwp(plain, "a.hwp")
    paths = {form.words(origin.span): origin.path for origin in form.origins}
    assert paths["런던"] == "table 3, row 2, cell 1, paragraph 1"


def documents(document: HwpxDocument, folder: Path) -> tuple[bytes, bytes]:
    """A document as HWP 5 and as HWPX."""
    document.save_to_path(str(folder / "a.hwp"))
    file = BytesIO()
    document.save_to_stream(file)
    return (folder / "a.hwp").read_bytes(), file.getvalue()


def test_notes_numbers_and_margins_are_those_of_the_other_reader(tmp_path: Path) -> None:
    document = HwpxDocument.new()
    noted = document.add_paragraph("협정은 5년간 유효하다")
    document.notes.add_footnote("연장할 수 있다.", noted)
    noted.add_run(" – 두 시장은 말했다.")
    document.add_paragraph("연장할 수 있다.")
    levels = [{"text": "제^1조"}, {"numFormat": "HANGUL_SYLLABLE", "text": "^2."}]
    article, item = document.styles.ensure_numbering(kind="number", levels=levels)
    (sign,) = document.styles.ensure_numbering(kind="bullet", levels=[{"char": "△"}])
    for words, properties in (
        ("목적", article), ("교통", item), ("환경", item), ("기간", article), ("시민", sign),
    ):  # fmt: skip
        document.add_paragraph(words, para_pr_id_ref=properties)
    document.notes.add_memo("확인", anchor=document.add_paragraph("끝"))
    document.page.set_header(text="보도자료")
    hwp, hwpx = documents(document, tmp_path)
    form, other = read_hwp(hwp, "a"), read_hwpx(hwpx, "a")
    assert form.text == other.text
    assert [(b.kind, b.number, b.level, b.mark) for b in form.blocks] == [
        (b.kind, b.number, b.level, b.mark) for b in other.blocks
    ]
    assert form.text.split("\n")[:3] == [
        "협정은 5년간 유효하다 – 두 시장은 말했다.",
        "1) 연장할 수 있다.",
        "연장할 수 있다.",
    ]
    kinds = [block.kind for block in form.blocks]
    assert kinds[:3] == [BlockKind.PARAGRAPH, BlockKind.FOOTNOTE, BlockKind.PARAGRAPH]
    assert form.blocks[-1].mark is Mark.PAGE_NOISE
    assert [entry.action for entry in form.log] == ["marked"]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    document = HwpxDocument.new()
    document.add_paragraph("두 도시는 협력한다.")
    document.tracking.replace(document.add_paragraph("시장은 25일 서명했다."), "25일", "26일")
    document.tracking.delete(document.add_paragraph("빠진 문단"))
    hwp, hwpx = documents(document, tmp_path)
    form = read_hwp(hwp, "a.hwp")
    assert form.text == read_hwpx(hwpx, "a.hwpx").text
    assert form.text == "두 도시는 협력한다.\n시장은 26일 서명했다."
    assert form.log == (LogEntry("deleted", "25일"), LogEntry("deleted", "빠진 문단"))


@pytest.mark.parametrize(
    "flags, words",
    [(1 << 1, "password"), (1 << 2, "배포용"), (1 << 4, "DRM"), (1 << 8, "certificate")],
)
def test_locked_documents_are_named(plain: bytes, flags: int, words: str) -> None:
    with pytest.raises(CitypactError, match=words) as caught:
        read_hwp(with_flags(plain, flags), "a.hwp")
    assert str(caught.value).startswith("a.hwp: is ")


def test_limits_hold_while_unpacking(plain: bytes) -> None:
    with pytest.raises(CitypactError, match="unpacks to more"):
        read_hwp(plain, "a.hwp", Limits(expanded=1000))


def test_where_unhwp_is_missing_one_line_says_so(
    plain: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "unhwp", None)
    with pytest.raises(CitypactError, match=r"a\.hwp: .*unhwp[\s\S]*ARM.*HWPX"):
        read_hwp(plain, "a.hwp")
