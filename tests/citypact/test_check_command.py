"""`citypact check`: silent about problems on good sources, exact about bad ones."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from citypact.sources import PACKAGED
from tests.running import citypact
from tests.sources.small import RECORD, TEXT, write_small

RECORDS = sorted(path.stem for path in (PACKAGED / "records").glob("*.yaml"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small(tmp_path / "small")


def test_the_packaged_sources_have_no_problems(checked: Callable[..., str]) -> None:
    told = checked("--language", "en")
    for record in RECORDS:
        assert f"\n{record}: " in "\n" + told
    assert "Contradictions between sources: " in told


def test_json_tells_of_every_document(checked: Callable[..., str]) -> None:
    report = json.loads(checked("--json"))
    assert report["problems"] == []
    slugs = {document["slug"] for document in report["documents"]}
    of_registers = {d["slug"] for d in report["documents"] if d["of_register"]}
    assert sorted(slugs - of_registers) == RECORDS
    assert of_registers
    assert report["contradictions"] and report["coverage"]
    assert {row["words"] for row in report["unmapped topic words"]} >= {"exchange"}
    assert 0 < report["free text share"] < 0.15


def test_what_is_missing_of_documents_is_counted_and_no_fault(
    checked: Callable[..., str],
) -> None:
    report = json.loads(checked("--json"))
    described, documents = report["documents described"], report["documents"]
    assert described.pop("documents") == len(documents)
    assert described == {
        name: sum(name not in document["lacks"] for document in documents) for name in described
    }
    assert described["title"] >= 130 and described["publisher"] >= 198
    assert described["published"] >= 125 and described["languages"] >= 195
    assert described["passage"] >= 180
    by_slug = {document["slug"]: document for document in documents}
    assert "title" in by_slug["newsjkkr-f55530"]["lacks"]  # found in no search
    assert "title" not in by_slug["ajunewscom-07436b"]["lacks"]
    title = f"{described['title']} ({described['title'] / len(documents):.0%})"
    assert f"    title: {title}" in checked("--language", "en")
    assert f"    제목: {title}" in checked("--language", "ko")


def test_contradictions_alone(checked: Callable[..., str]) -> None:
    done = checked("--contradictions", "--language", "en")
    assert "signingDate" in done
    assert "the facts follow this value" in done
    assert "partnership/seoul-cairo established" in done
    assert "of the text covered" not in done


def test_the_language_of_titles(small: Path) -> None:
    assert "News of the Seoul–Hanoi memorandum" in citypact("check", "--sources", small).out
    korean = citypact("check", "--sources", small, "--language", "ko").out
    assert "서울–하노이 양해각서 소식" in korean
    assert "본문 없음" in korean
    assert "Free text" not in korean
    assert " claims" not in korean


def test_texts_at_hand_are_verified(small: Path, tmp_path: Path) -> None:
    ask = ["check", "--sources", small]
    assert "text not available" in citypact(*ask).out
    assert "text not available" in citypact(*ask, "--documents", tmp_path).out
    assert "text available and verified" in citypact(*ask, "--documents", small / "documents").out


def test_a_record_that_does_not_fit_its_text_is_a_problem(small: Path) -> None:
    record = small / "records" / "seoul-hanoi-2015.yaml"
    record.write_text(
        RECORD.replace(f"characters: {len(TEXT)}", f"characters: {len(TEXT) + 1}"), "utf-8"
    )
    assert not citypact("check", "--sources", small).err
    done = citypact("check", "--sources", small, "--documents", small / "documents", code=1)
    assert "record and text differ" in done.out
    problem = rf"^records/seoul-hanoi-2015.yaml:\d+: document.characters: the text has {len(TEXT)} "
    assert re.search(problem, done.err)


def test_passages_are_written_found_missing_and_found_wrong(small: Path, tmp_path: Path) -> None:
    with_text = ["--sources", small, "--documents", small / "documents"]
    assert "without the words of their passage: 8" in citypact("check", "--sources", small).out
    refused = citypact("passages", "--sources", small, "--documents", tmp_path, code=2)
    assert "has no text of a record" in refused.err
    assert "8 of 8 spans have a passage (written)" in citypact("passages", *with_text).out
    table = small / "records" / "seoul-hanoi-2015.passages.csv"
    rows = table.read_text("utf-8").splitlines()
    assert "46-62,하노이시는 WeGO 회원이다,,," in rows
    assert "0-45,서울시와 하노이시는 2015년,스마트시티 양해각서에 서명했다,," in rows
    assert "(unchanged)" in citypact("passages", *with_text).out
    assert "of their passage" not in citypact("check", *with_text).out
    # Words that another text had, and a span that no claim has any more.
    table.write_text(
        "\n".join(rows).replace("하노이시는 WeGO", "하노이시는 We") + "\n1-2,a,,,\n", "utf-8"
    )
    assert not citypact("check", "--sources", small).err
    done = citypact("check", *with_text, code=1)
    assert "passages.csv: 46-62: 2 passages are not those of the text" in done.err
    table.write_text("span,start\n1-,a\n1-2,\n3-4," + "a" * 26, "utf-8")
    told = citypact("check", "--sources", small, code=1).err
    for line, says in ((2, "'1-' is not a span"), (3, "is missing"), (4, "more than 25")):
        assert re.search(rf"passages.csv:{line}: \w+: .*{says}", told)


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ("status: signed", "status: singed", "did you mean signed"),
        ("2015-03-02, at", "2015-02-30, at", "does not exist"),
        ("parties: [seoul, hanoi]", "parties: [seoul, hanoy]", "did you mean hanoi"),
        ("parties: [seoul, hanoi]", "partys: [seoul, hanoi]", "did you mean parties"),
        ("at: [46-62", "at: [4600-6200", "227 characters"),
        ("form: memorandum", "  form: memorandum", "is not YAML"),
    ],
)
def test_problems_have_file_line_and_cure(small: Path, good: str, bad: str, says: str) -> None:
    record = small / "records" / "seoul-hanoi-2015.yaml"
    assert good in RECORD
    record.write_text(RECORD.replace(good, bad), "utf-8")
    line = RECORD[: RECORD.index(good)].count("\n") + 1
    done = citypact("check", "--sources", small, code=1)
    assert f"records/seoul-hanoi-2015.yaml:{line}: " in done.err
    assert says in done.err
    assert "problem" in done.err.splitlines()[-1]
    assert not done.out
    told = json.loads(citypact("check", "--sources", small, "--json", code=1).out)
    assert any(says in problem for problem in told["problems"])


@pytest.mark.parametrize("name", ["build", "check"])
def test_sources_that_are_none_are_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "file"
    file.write_text("no sources")
    for place in (tmp_path / "none", tmp_path, file):
        done = citypact(name, "--sources", place, folder=tmp_path, code=2)
        assert "has no records" in done.err
        assert "->" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


MATERIAL = os.environ.get("CITYPACT_MATERIAL", "")


@pytest.mark.skipif(not MATERIAL, reason="CITYPACT_MATERIAL is not set: no texts of documents")
def test_the_packaged_records_fit_their_texts(checked: Callable[..., str], tmp_path: Path) -> None:
    whole = json.loads(checked("--json"))["documents"]
    without_text = {each["slug"] for each in whole if each["state"] == "not at hand"}
    assert {each["state"] for each in whole} == {"not at hand", "cited by address"}
    # Registers cite documents by their addresses: there is no text to compare them with.
    for part in ("entities", "records"):
        shutil.copytree(PACKAGED / part, tmp_path / part)
    ask = ["--sources", tmp_path, "--documents", Path(MATERIAL) / "seeds"]
    report = json.loads(citypact("check", "--json", *ask).out)
    verified = {each["slug"] for each in report["documents"] if each["state"] == "verified"}
    assert len(verified) == 5
    assert verified == without_text
    covered = [document["covered"] for document in report["documents"] if document["covered"]]
    assert min(covered) > 0.3
    assert not any(document["without_passage"] for document in report["documents"])
