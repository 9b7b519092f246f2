"""What comes from anywhere does no harm: one line about the file, and the folder goes on."""

import random
import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from citypact.ontology.errors import CitypactError
from citypact.sources.documents.limits import Limits
from citypact.sources.documents.normal_form import NormalForm
from citypact.sources.documents.read import files_in, read_documents
from tests.sources.documents import release
from tests.sources.documents.owpml import NAMES, archive, hwpx, p, section

for library in ("docx", "hwp_converter_ai", "hwpx", "pypdfium2", "reportlab", "unhwp"):
    pytest.importorskip(library, reason=f"{library} is not installed")

LIMITS = Limits(expanded=3_000_000, ratio=50, depth=60, members=100, pages=5, characters=50_000)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]>'


def pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    canvas.drawString(40, 700, "Seoul and Hanoi signed an agreement.")
    canvas.save()
    return file.getvalue()


def docx_with(document: str) -> bytes:
    """The release as DOCX with another text."""
    parts: dict[str, str | bytes] = {}
    with zipfile.ZipFile(BytesIO(release.as_docx())) as file:
        parts.update((name, file.read(name)) for name in file.namelist())
    parts["word/document.xml"] = document
    return archive(parts)


def lying(data: bytes) -> bytes:
    """An archive whose directory says that each file is small."""
    at = 0
    while (at := data.find(b"PK\1\2", at)) >= 0:
        data = data[: at + 24] + struct.pack("<I", 100) + data[at + 28 :]
        at += 4
    return data


def hostile(folder: Path) -> Iterator[tuple[str, bytes, str]]:
    """Names, bytes, and words that the line has."""
    whole = {
        "docx": release.as_docx(), "hwpx": release.as_hwpx(), "hwp": release.as_hwp(folder),
        "pdf": pdf(),
    }  # fmt: skip
    for kind, data in whole.items():
        for share in (3, 60, 95):
            yield f"cut{share}.{kind}", data[: len(data) * share // 100], "damaged"
    rng = random.Random(1)
    noise = rng.randbytes(5000)
    yield "noise.txt", noise, "is no document"
    for kind, magic in (("docx", b"PK\3\4"), ("pdf", b"%PDF-1.7\n")):
        yield f"noise.{kind}", magic + noise, "damaged"
    yield "noise.hwp", OLE + "FileHeader".encode("utf-16-le") + noise, "damaged"
    text = "<hp:t>" + "가" * 2_000_000 + "</hp:t>"
    yield "bomb.hwpx", hwpx(p(text)), "unpacks to more"
    yield "small-bomb.hwpx", hwpx(p(text[:300_000] + "</hp:t>")), "more than 50000 characters"
    yield "lying.hwpx", lying(hwpx(p(text))), "damaged"
    many = {f"Contents__{number}": b"" for number in range(200)}
    yield "many.hwpx", hwpx(p("x"), **many), "unpacks"
    big = "<w:r/>" * 700_000
    big = f'<w:document xmlns:w="{WORD}"><w:body><w:p>{big}</w:p></w:body></w:document>'
    yield "bomb.docx", docx_with(big), "unpacks to more"
    for kind, text in (
        ("hwpx", f"{ENTITIES}{section(p('&a;&b;'))}"),
        ("docx", f'{ENTITIES}<w:document xmlns:w="{WORD}"><w:body/></w:document>'),
    ):
        data = docx_with(text) if kind == "docx" else archive({"Contents/section0.xml": text})
        yield f"entities.{kind}", data, "declares"
    nested = "<hp:p><hp:run><hp:tbl><hp:tr><hp:tc><hp:subList>"
    close = "</hp:subList></hp:tc></hp:tr></hp:tbl></hp:run></hp:p>"
    yield "deep.hwpx", hwpx(nested * 300 + p("x") + close * 300), "unpacks to more"
    deep = f'<w:document xmlns:w="{WORD}">{"<w:p>" * 5000}{"</w:p>" * 5000}</w:document>'
    yield "deep.docx", docx_with(deep), "unpacks to more"
    yield "broken.hwpx", archive({"Contents/section0.xml": f"<hs:sec {NAMES}><hp:p>"}), "damaged"


def test_each_gives_one_line_and_the_folder_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    words = {}
    for name, data, expected in hostile(tmp_path):
        (folder / name).write_bytes(data)
        words[name] = expected
    (folder / "zz.txt").write_text("서울시")
    results = {path.name: found for path, found in read_documents(files_in(folder), LIMITS)}
    good = results.pop("zz.txt")
    assert isinstance(good, NormalForm) and good.text == "서울시"
    for name, found in results.items():
        assert isinstance(found, CitypactError), name
        line, cure, *more = str(found).split("\n")
        assert not more and words[name] in line and cure.startswith("    -> "), (name, str(found))
        assert line.startswith(f"{folder / name}: ")
