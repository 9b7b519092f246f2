"""`citypact read`: from files of several formats to drafts that build and check take."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from citypact.sources.documents.form_json import form_from_json
from tests.running import citypact, new_project

docx = pytest.importorskip("docx", reason="python-docx is not installed")
hwpx = pytest.importorskip("hwpx", reason="python-hwpx is not installed")
hwp = pytest.importorskip("hwp_converter_ai", reason="hwp-converter-ai is not installed")
pytest.importorskip("resiliparse", reason="the extra `reading` is not installed")
pytest.importorskip("unhwp", reason="unhwp has no build for this system")

RELEASE = [
    "나주시, 오슬로시와 손잡다",
    "나주시는 12일 노르웨이 오슬로시와 업무협약(MOU)을 체결했다고 13일 밝혔다. 김하늘 나주시장과 "
    "에릭 하겐 오슬로시장이 나주시청에서 협약서에 서명했다.",
    "두 도시는 △관광 △대중교통 분야에서 협력한다.",
]


FORMATS = "abcdefg"
"""The names of the release in text, Markdown, HTML, DOCX, PDF, HWPX and HWP."""


def write_pdf(file: Path) -> None:
    """The release as a justified PDF."""
    pdfmetrics.registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    body = ParagraphStyle(
        "body", fontName="HYSMyeongJo-Medium", leading=16, alignment=TA_JUSTIFY, wordWrap="CJK"
    )
    title = ParagraphStyle("title", body, fontSize=18, leading=24, spaceAfter=12)
    styles = (title, body, body)
    story = [Paragraph(text, style) for text, style in zip(RELEASE, styles, strict=True)]
    SimpleDocTemplate(str(file), invariant=1).build(story)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which a folder was read, with a file that cannot be."""
    folder = new_project(tmp_path_factory.mktemp("new") / "busan")
    press = folder.parent / "press"
    press.mkdir()
    (press / "a.txt").write_text("\n\n".join(RELEASE), encoding="cp949")
    (press / "b.md").write_text("# " + "\n\n".join(RELEASE), encoding="utf-8")
    title, *body = RELEASE
    paragraphs = "".join(f"<p>{each}</p>" for each in body)
    html = f"<html><meta charset=utf-8><h1>{title}</h1>{paragraphs}</html>"
    (press / "c.html").write_text(html, encoding="utf-8")
    document = docx.Document()
    document.add_heading(title, 0)
    for each in body:
        document.add_paragraph(each)
    document.save(press / "d.docx")
    write_pdf(press / "e.pdf")
    sheet = hwpx.HwpxDocument.new()
    for each in RELEASE:
        sheet.add_paragraph(each)
    with (press / "f.hwpx").open("wb") as file:
        sheet.save_to_stream(file)
    hwp.HwpWriter().from_markdown("\n\n".join(RELEASE), press / "g.hwp")
    (press / "z.pdf").write_bytes(b"\x89PNG")
    told = citypact("read", press, "--published", "2019-03-13", folder=folder, code=1)
    assert re.search(r"z\.pdf: is a picture\n    -> ", told.err)
    assert "8 documents: 7 read, 0 unchanged, 1 not readable" in told.out
    return folder


def values(draft: Any) -> Any:
    """The values of a draft without their spans."""
    if isinstance(draft, list):
        return [values(each) for each in draft]
    if isinstance(draft, dict):
        return {key: values(value) for key, value in draft.items() if key != "spans"}
    return draft


def made(project: Path, name: str) -> list[Any]:
    """From what a draft was made: its head, the normal form and the values."""
    path = project / "drafts" / f"{name}.draft.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_all_formats_give_the_same_values_each_with_its_words(project: Path) -> None:
    drafts = {}
    for name in FORMATS:
        _, form, draft = made(project, name)
        drafts[name] = values(draft)
        form = form_from_json(form)
        assert (project / "documents" / f"{name}.txt").read_text(encoding="utf-8") == form.text
        record = yaml.safe_load((project / "drafts" / f"{name}.yaml").read_text(encoding="utf-8"))
        assert record["document"]["sha256"] == hashlib.sha256(form.text.encode()).hexdigest()
        assert record["document"]["read_by"] == form.reader
        (agreement,) = record["agreements"].values()
        start, end = map(int, str(agreement["signed"]["at"]).split("-"))
        assert form.text[start:end] == "12일" and str(agreement["signed"]["is"]) == "2019-03-12"
        assert agreement["form"]["is"] == "memorandum-of-understanding"
        assert [party["is"] for party in agreement["parties"]][1] == "government/oslo"
    for name in FORMATS:
        assert drafts[name] == drafts["a"], name


def test_a_folder_of_kept_texts_is_refused_and_said_to_be_one(project: Path) -> None:
    told = citypact("read", "documents", folder=project, code=2)
    assert "documents: is where texts and drafts are kept" in told.err and not told.out


def test_a_linked_folder_of_texts_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "busan")
    (tmp_path / "press").mkdir()
    (tmp_path / "press" / "a.txt").write_text("\n\n".join(RELEASE), encoding="utf-8")
    (folder / "documents").rmdir()
    (folder / "documents").symlink_to(tmp_path / "press")
    before = sorted(folder.rglob("*"))
    told = citypact("read", tmp_path / "press" / "a.txt", folder=folder, code=2)
    assert "documents: is a symbolic link" in told.err
    assert sorted(folder.rglob("*")) == before


def test_a_judged_draft_is_checked_and_known(project: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(project, tmp_path / "busan")
    (folder / "drafts" / "a.yaml").rename(folder / "records" / "a.yaml")
    citypact("check", "--sources", folder, "--documents", folder / "documents", folder=folder)
    told = citypact("read", project.parent / "press" / "a.txt", folder=folder)
    assert "is there already: records/a.yaml" in told.out
    # and is known by its file, where another reader gave the text
    record = folder / "records" / "a.yaml"
    text = record.read_text(encoding="utf-8")
    record.write_text(re.sub("  sha256: .{8}", "  sha256: 00000000", text), encoding="utf-8")
    told = citypact("read", project.parent / "press" / "a.txt", folder=folder)
    assert "is there already: records/a.yaml" in told.out
    assert not (folder / "drafts" / "a.yaml").exists()


def as_another_reader(folder: Path, change: tuple[str, str]) -> tuple[Path, str]:
    """Makes the draft of a.txt a record whose text and spans are as another reader gave them.

    Its text begins with a line more, has a line end in a word, and differs by `change`. Gives the
    record, and what it was before.
    """
    record, place = folder / "records" / "a.yaml", folder / "documents" / "a.txt"
    (folder / "drafts" / "a.yaml").rename(record)
    (folder / "drafts" / "a.draft.jsonl").unlink()
    text, before = place.read_text(encoding="utf-8"), record.read_text(encoding="utf-8")
    within = text.index("체결했다고") + 2
    head = "보도자료\n"
    other = (head + text[:within] + "\n" + text[within:]).replace(*change)
    place.write_text(other, encoding="utf-8")

    def moved(match: re.Match[str]) -> str:
        start, end = (int(each) + len(head) + (int(each) > within) for each in match.groups())
        return f"{start}-{end}"

    fields = {
        "sha256": hashlib.sha256(other.encode()).hexdigest(),
        "characters": str(len(other)),
        "read_by": '"text 0.0"',
    }
    now = re.sub(r"(?<=[ \[])(\d+)-(\d+)(?=[],}\n])", moved, before)
    for field, value in fields.items():
        now = re.sub(f"(?m)^  {field}: .*", f"  {field}: {value}", now)
    record.write_text(now, encoding="utf-8")
    return record, before


def test_spans_of_a_record_are_found_again_in_another_readers_text(
    project: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(project, tmp_path / "busan")
    file = project.parent / "press" / "a.txt"
    record, before = as_another_reader(folder, ("", ""))
    documents = ("--documents", folder / "documents")
    citypact("check", *documents, folder=folder)
    citypact("passages", *documents, folder=folder)
    was = record.read_text(encoding="utf-8")
    told = citypact("read", file, folder=folder)
    assert "--again finds its spans" in told.out
    assert record.read_text(encoding="utf-8") == was != before
    told = citypact("read", file, "--again", folder=folder)
    assert "the spans of records/a.yaml were found again" in told.out
    assert record.read_text(encoding="utf-8") == before
    passages = (folder / "records" / "a.passages.csv").read_text(encoding="utf-8")
    citypact("check", *documents, folder=folder)
    citypact("passages", *documents, folder=folder)
    assert (folder / "records" / "a.passages.csv").read_text(encoding="utf-8") == passages
    assert "is there already: records/a.yaml\n" in citypact("read", file, folder=folder).out


def test_spans_that_are_not_found_again_are_told_and_nothing_is_moved(
    project: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(project, tmp_path / "busan")
    record, _ = as_another_reader(folder, ("12일", "엊그제"))
    was = record.read_text(encoding="utf-8")
    files = sorted(folder.rglob("*"))
    file = project.parent / "press" / "a.txt"
    told = citypact("read", file, "--again", folder=folder, code=1)
    assert re.search(r"records/a\.yaml:\d+: agreements\S*signed.*«엊그제»", told.err), told.err
    assert record.read_text(encoding="utf-8") == was and sorted(folder.rglob("*")) == files
    # nor where the text is gone in which the spans count
    (folder / "documents" / "a.txt").unlink()
    told = citypact("read", file, "--again", folder=folder, code=1)
    assert "the text in which its spans count is not in" in told.err
    assert record.read_text(encoding="utf-8") == was


def test_only_what_changed_is_read_again_and_edits_are_kept(project: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(project, tmp_path / "busan")
    press = folder.parent / "press"
    shutil.copytree(project.parent / "press", press)
    for name in ("e.pdf", "f.hwpx", "g.hwp", "z.pdf"):
        (press / name).unlink()
    options = ("--published", "2019-03-13", "--json")

    def states(*more: str) -> list[tuple[str, str]]:
        told = citypact("read", press, *options, *more, folder=folder)
        return [(each["id"], each["state"]) for each in json.loads(told.out)]

    assert states() == [(name, "unchanged") for name in "abcd"]
    draft = folder / "drafts" / "b.yaml"
    draft.write_text(draft.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    for name in ("a.txt", "b.md"):
        file = press / name
        file.write_bytes(
            file.read_bytes()
            + "\n\n협약 기간은 3년이다.".encode("cp949" if name == "a.txt" else "utf-8")
        )
    assert states() == [("a", "read"), ("b", "edited"), ("c", "unchanged"), ("d", "unchanged")]
    assert draft.read_text(encoding="utf-8").endswith("# mine\n")
    assert ("b", "read") in states("--again")
    assert "# mine" not in draft.read_text(encoding="utf-8")


def test_outside_a_project_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("\n\n".join(RELEASE), encoding="utf-8")
    told = citypact("read", file, "--text", folder=tmp_path)
    assert told.out == "\n".join(RELEASE) + "\n"
    told = citypact("read", file, "--language", "ko", folder=tmp_path)
    assert "양해각서: 나주시 – 오슬로시" in told.out and "서명자: 김하늘" in told.out
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_in_a_folder_is_read_only_where_it_stays_in_it(
    project: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "sent"
    (folder / "inner").mkdir(parents=True)
    text = "나주시는 2019년 3월 12일 오슬로시와 업무협약을 체결했다."
    (tmp_path / "private.txt").write_text(f"{text} secret", encoding="utf-8")
    (folder / "inner" / "one.txt").write_text(text, encoding="utf-8")
    (folder / "inside.txt").symlink_to("inner/one.txt")
    (folder / "outside.txt").symlink_to("../private.txt")
    done = citypact("read", folder, folder=project, code=1)
    assert "outside.txt: is a link that leads out of the folder" in done.err
    assert "inside.txt" in done.out and "one.txt" in done.out
    for path in (project / "documents", project / "drafts"):
        assert not any("secret" in each.read_text("utf-8") for each in path.iterdir())
    assert "drafts/outside.yaml" in citypact("read", folder / "outside.txt", folder=project).out
