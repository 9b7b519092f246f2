"""The door to all readers: formats by content, limits, and files that do harm."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from citypact.ontology.errors import CitypactError
from citypact.sources.documents.form_json import form_from_json, form_to_json
from citypact.sources.documents.formats import Format, format_of
from citypact.sources.documents.limits import Limits
from citypact.sources.documents.normal_form import NormalForm
from citypact.sources.documents.plain import plain_form
from citypact.sources.documents.read import files_in, read_bytes, read_document, read_documents

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(*names: str) -> bytes:
    """An archive with empty files."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return data.getvalue()


@pytest.mark.parametrize(
    "data, file, expected",
    [
        ("서울시".encode(), "a", Format.PLAIN),
        ("서울시".encode("utf-16"), "a.txt", Format.PLAIN),
        (b"a < b and c > d", "a.txt", Format.PLAIN),
        (b"# Seoul", "a.md", Format.MARKDOWN),
        (b"\xef\xbb\xbf<!DOCTYPE html><title>", "a.txt", Format.HTML),
        (b"Seoul<br>signs", "a", Format.HTML),
        ("<html>".encode("utf-16"), "a", Format.HTML),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.zip", Format.DOCX),
        (zipped("mimetype", "Contents/section0.xml"), "a.docx", Format.HWPX),
        (OLE + "FileHeader".encode("utf-16-le"), "a.txt", Format.HWP),
        (b"\n%PDF-1.7", "a.txt", Format.PDF),
    ],
)
def test_the_content_tells_the_format(data: bytes, file: str, expected: Format) -> None:
    assert format_of(data, file) is expected


@pytest.mark.parametrize(
    "data, words",
    [
        (b" \n", "is empty"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"HWP Document File V3.00", "HWP 3"),
        (b"\x7fELF\0\0", "is no document"),
        (b"PK\x03\x04 cut", "is damaged"),
        (zipped("xl/workbook.xml"), "citypact import"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "WordDocument".encode("utf-16-le"), "Word 97"),
    ],
)
def test_what_is_not_read_is_named_with_a_cure(data: bytes, words: str) -> None:
    with pytest.raises(CitypactError, match=words) as caught:
        format_of(data, "a.bin")
    assert str(caught.value).startswith("a.bin: ") and "\n    -> " in str(caught.value)


def test_a_form_survives_json() -> None:
    form = plain_form("서울\ta\n부산\tb\n△ 교통\n", "a.txt")
    assert form_from_json(json.loads(json.dumps(form_to_json(form)))) == form


def test_a_bad_file_does_not_stop_a_folder(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("서울시")
    (tmp_path / "2.pdf").write_bytes(b"\x89PNG")
    (tmp_path / "3.txt").write_text("Seoul")
    for name in (".hidden", "list.csv", "photo.jpg"):
        (tmp_path / name).write_text("x")
    found = [result for _, result in read_documents(files_in(tmp_path))]
    first, second, third = found
    assert isinstance(first, NormalForm) and isinstance(third, NormalForm)
    assert first == read_bytes("서울시".encode(), str(tmp_path / "1.txt"))
    assert isinstance(second, CitypactError) and "2.pdf: is a picture" in str(second)
    # what went between processes can still be translated
    assert second.message.template.startswith("{file}: is {kind}")


@pytest.mark.parametrize(
    "limits, words",
    [
        (Limits(bytes=10), "larger than"),
        (Limits(characters=10), "more than 10 characters"),
        (Limits(seconds=0), "takes longer than 0 seconds"),
        (Limits(memory=1_000_000), "memory|ended"),
    ],
)
def test_limits_end_the_reading_of_a_file(tmp_path: Path, limits: Limits, words: str) -> None:
    file = tmp_path / "long.txt"
    file.write_text("Seoul and Busan. " * 1000)
    with pytest.raises(CitypactError, match=words) as caught:
        read_document(file, limits)
    assert str(caught.value).startswith(f"{file}: ")
