"""Texts of documents in a project: from a file and what is known of it to statements with words."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from citypact.ontology import ID
from citypact.sources.reading.load import load_sources
from tests.running import citypact, environment, new_project

KOREAN = (
    "부산시, 오클랜드시와 협력\r\n\r\n부산시와 오클랜드시가 업무협약을 체결했다. "
    "두 시는 2일 부산에서 만나 관광과 항만, 컨테이너 부두의 협력을 약속했다. "
    "협약은 2일부터 효력이 있다.\r\n"
)
ENGLISH = (
    "Memorandum of the cities\n"
    "Busan and Auckland signed a memorandum of understanding on 2 May, and on 2 May they spoke\n"
    "of tourism at the port and of a container terminal for the city of Busan.\n"
)
OPTIONS = ("--title", '"부산 #1": 협력\n강화', "--published", "2024년 5월 3일",
           "--address", "https://example.org/1", "--publisher", "Busan Ilbo",
           "--type", "press-article")  # fmt: skip


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_project(tmp_path_factory.mktemp("new") / "busan")


@pytest.fixture
def busan(new: Path, tmp_path: Path) -> Path:
    """A new project."""
    return shutil.copytree(new, tmp_path / "busan")


def without_comments(text: str) -> str:
    """A record with its example, of which somebody removed the comment signs."""
    head, _, example = text.partition("\n# agreements:")
    return head + re.sub("(?m)^# ?", "", f"\n# agreements:{example}")


@pytest.mark.parametrize(
    ("language", "text", "encoding"), [("ko", KOREAN, "cp949"), ("en", ENGLISH, "utf-8-sig")]
)
def test_a_text_becomes_a_record_and_its_example_statements(
    busan: Path, tmp_path: Path, language: str, text: str, encoding: str
) -> None:
    file = tmp_path / "Press 1.txt"
    file.write_bytes(text.encode(encoding))
    added = citypact("add", file, *OPTIONS, "--language", language, folder=busan)
    assert f"{len(text):,}" in added.out
    record = busan / "records" / "press-1.yaml"
    assert (busan / "documents" / "press-1.txt").read_bytes() == file.read_bytes()

    written = record.read_text(encoding="utf-8")
    (document,) = (d for d in load_sources(busan).documents.values() if d.slug == "press-1")
    assert document.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert document.characters == len(text)

    assert "is there already" in citypact("add", file, *OPTIONS, folder=busan).out

    record.write_text(without_comments(written), encoding="utf-8")
    told = citypact("check", folder=busan, code=1)
    assert re.search(r"records/press-1.yaml:\d+: .*\n    -> run `citypact spans`\n1 ", told.err)
    assert citypact("spans", folder=busan / "records").out.startswith("press-1.yaml: 5 quotes")
    claims = [c for c in load_sources(busan).claims if c.place.file == "records/press-1.yaml"]
    said = {c.predicate.rpartition("#")[2]: c for c in claims}
    signed = said["signingDate"]
    assert signed.subject == f"{ID}agreement/busan-auckland-2024"
    assert {text[slice(*span)] for span in signed.spans} == {"2일" if language == "ko" else "2 May"}
    titles = {c.object.value for c in claims if c.predicate.endswith("/title")}  # type: ignore[union-attr]
    assert titles == {'"부산 #1": 협력 강화'}
    assert str(said["publishedOn"].object.text) == "2024-05-03"  # type: ignore[union-attr]


def test_several_texts_are_added_and_known_ones_left_alone(busan: Path, tmp_path: Path) -> None:
    files = [tmp_path / "하나.txt", tmp_path / "two.md", tmp_path / "same.txt"]
    for file, text in zip(files, (KOREAN, ENGLISH, ENGLISH), strict=True):
        file.write_text(text, encoding="utf-8", newline="")
    # What is half written does not stand in the way of another text.
    (busan / "records" / "half.yaml").write_text("document: {id: half\n", encoding="utf-8")
    added = json.loads(citypact("add", *files, "--json", folder=busan).out)
    assert [each["languages"] for each in added["added"]] == [["ko"], ["en"]]
    assert added["added"][1]["id"] == "two"
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "binary.txt").write_bytes(b"\0\1")
    told = citypact("add", *files, *sorted(tmp_path.glob("*y.txt")), folder=busan, code=2).err
    assert "binary.txt: is not a text" in told
    assert "empty.txt: is empty" in told
    again = json.loads(citypact("add", *files, "--json", folder=busan).out)
    assert again == {"added": [], "known": [each["id"] for each in added["added"]]}


@pytest.mark.parametrize(
    ("name", "data", "options", "says"),
    [
        ("a.txt", b"", (), "a.txt: is empty"),
        ("a.txt", b"%PDF\0", (), "a.txt: is not a text\n    -> save the text"),
        ("a.txt", "é bon ça".encode("latin-1"), (), "encoding cannot be determined\n    -> save"),
        ("a.pdf", b"%PDF", (), "a.pdf: is neither a form nor a text"),
        ("a.csv", b"a", ("--title", "x"), "--title is for documents"),
        ("a.txt", b"Jumelage", ("--title", "Jumelage"), "--text-language: cs, de, en"),
        ("a.txt", b"A", ("--text-language", "xx"), "'xx' is not in the code list language"),
        ("a.txt", b"A", ("--published", "03/04/1990"), "'03/04/1990' is not a date"),
        ("a.txt", b"A", ("--address", "example.org"), "'example.org' is not an address"),
        ("a.txt", b"A", ("--id", "../x"), "'../x' cannot be a name in IRIs"),
        ("a.txt", b"A", ("--id", "seoul-london-2017"), "'seoul-london-2017' is taken by citypact:"),
        (
            "a.txt",
            b"A",
            ("--address", "http://seoulsolution.kr/ko/node/6568"),
            "is the address of seoul-london-2017 already (citypact:records/seoul-london-2017.yaml",
        ),
    ],
)
def test_what_cannot_be_added_leaves_no_trace(
    busan: Path, tmp_path: Path, name: str, data: bytes, options: tuple[str, ...], says: str
) -> None:
    (tmp_path / name).write_bytes(data)
    told = citypact("add", tmp_path / name, *options, folder=busan, code=2)
    assert says in told.err
    assert [path.name for path in busan.glob("[rd]*/[!.]*") if path.suffix != ".csv"] == []


def test_doubts_of_quotes_are_told_in_korean(busan: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(KOREAN, encoding="utf-8")
    citypact("add", tmp_path / "a.txt", folder=busan)
    record = busan / "records" / "a.yaml"
    written = record.read_text(encoding="utf-8") + (
        'agreements:\n  a:\n    at: [{words: "2일"}, {words: "우호협약을 체결했다"}]\n'
    )
    record.write_text(written, encoding="utf-8")
    korean = environment(LC_ALL="ko_KR.UTF-8")
    told = citypact("spans", "a", folder=busan, env=korean, code=1)
    assert "'2일'은 원문에 2번 나옵니다:\n        1: 3행: …" in told.err
    assert "원문에 없습니다. 가장 가까운 구절:\n        3행: …" in told.err
    assert record.read_text(encoding="utf-8") == written
