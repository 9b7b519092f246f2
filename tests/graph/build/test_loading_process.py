"""The process that loads the graph of a stranger: what it writes, says and refuses."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from citypact.graph.build import loading_process
from citypact.graph.build.loading_process import load_here, main
from citypact.ontology.errors import CitypactError
from tests.citypact.odd_graphs import CITY, quad, small_graph
from tests.sharing import once

ABC = quad(CITY, "latitude", '"abc"')


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The N-Quads of a small good graph."""
    folder = once(tmp_path_factory, "small-graph", small_graph)
    return (folder / "made" / "graph.nq").read_text("utf-8")


def sent(folder: Path, text: str) -> Path:
    path = folder / "sent.nq"
    path.write_text(text, encoding="utf-8")
    (folder / "out").mkdir(exist_ok=True)
    return path


def said(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_good_graph_is_loaded_and_counted(
    good: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading_process, "BLOCK", 1 << 16)
    path = sent(tmp_path, good)
    assert load_here(path, tmp_path / "out", strict=True) == []
    assert {each.name for each in (tmp_path / "out").iterdir()} == {
        "names.tsv", "store", "summary.json",
    }  # fmt: skip
    summary = json.loads((tmp_path / "out" / "summary.json").read_bytes())
    assert summary["graph sha256"] == hashlib.sha256(good.encode()).hexdigest()
    assert "left out" not in summary
    assert len(ox.Store.read_only(str(tmp_path / "out" / "store"))) == good.count("\n")
    lines = [each["progress"] for each in said(capsys)]
    *loading, checking, counting = lines
    assert [checking["template"], counting["template"]] == ["checking values", "counting"]
    percents = [line["values"]["done"] for line in loading]
    assert percents == sorted(percents)
    assert all(isinstance(each, int) for each in percents)
    assert 0 < percents[0] < 20 and percents[-1] == 100


def test_what_is_odd_is_left_out_with_what_becomes_incomplete(
    good: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = "<https://w3id.org/citypact/graph/claims>"
    claim = "<https://w3id.org/citypact/id/claim/odd>"
    odd = (
        f"{claim} <https://w3id.org/citypact/ns#claims> "
        f"<https://w3id.org/citypact/id/statement/nothing> {claims} .\n"
    )
    messages = load_here(sent(tmp_path, good + ABC + odd), tmp_path / "out", strict=False)
    text = "\n".join(map(str, messages))
    assert "2 values are left out" in text and "'abc' is no number" in text
    table = (tmp_path / "out" / "left-out.csv").read_text("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(table)))) == 2
    assert json.loads((tmp_path / "out" / "summary.json").read_bytes())["left out"] == 2
    assert len(ox.Store.read_only(str(tmp_path / "out" / "store"))) == good.count("\n")


def test_strict_refuses_and_lists_what_is_odd_line_by_line(good: str, tmp_path: Path) -> None:
    odd = ABC + quad(CITY, "longitude", '"999.5"')
    with pytest.raises(CitypactError, match="holds what no build writes:\n    2 values") as caught:
        load_here(sent(tmp_path, good + odd), tmp_path / "out", strict=True)
    assert str(caught.value).count("\n    ") == 4
    assert not (tmp_path / "out" / "summary.json").exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("nonsense\n", "sent.nq: line {next} is not N-Quads"),
        ("_:b <urn:p> <urn:o> .\n", "has nodes without a name"),
        ("<urn:s> <urn:p> _:b .\n", "has nodes without a name"),
        ("<urn:s> <urn:p> <urn:o> _:g .\n", "has nodes without a name"),
        ("<urn:s> <urn:p> <<( <urn:a> <urn:b> <urn:c> )>> .\n", "has nodes without a name"),
    ],
)
def test_what_is_no_graph_of_ours_is_refused(
    good: str, tmp_path: Path, more: str, says: str
) -> None:
    says = says.format(next=good.count("\n") + 1)
    with pytest.raises(CitypactError, match=says):
        load_here(sent(tmp_path, good + more), tmp_path / "out", strict=False)


@pytest.mark.parametrize("text", ["", "<urn:s> <urn:p> <urn:o> .\n"])
def test_a_graph_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(CitypactError, match="has no graph of city partnerships"):
        load_here(sent(tmp_path, text), tmp_path / "out", strict=False)


def test_signs_of_nameless_nodes_within_texts_are_none(good: str, tmp_path: Path) -> None:
    more = quad(CITY, "http://www.w3.org/2004/02/skos/core#note", '"_:x << y"@en')
    load_here(sent(tmp_path, good + more), tmp_path / "out", strict=False)


@pytest.mark.parametrize(
    ("strict", "key"), [("", "odd"), ("strict", "error")], ids=["told", "refused"]
)
def test_the_process_says_how_it_ended(
    good: str, tmp_path: Path, strict: str, key: str,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(loading_process, "end_with_parent", lambda: None)
    main(str(sent(tmp_path, good + ABC)), str(tmp_path / "out"), strict)
    *_, last = said(capsys)
    assert [*last] == [key]
    told = last["odd"][0] if key == "odd" else last["error"]
    assert "{" in told["template"] and told["values"]


def test_what_a_library_makes_of_a_file_is_a_fault_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_: object) -> None:
        raise RuntimeError("x" * 500)

    monkeypatch.setattr(loading_process, "end_with_parent", lambda: None)
    monkeypatch.setattr(loading_process, "load_here", fall)
    main(str(tmp_path / "sent.nq"), str(tmp_path), "")
    (last,) = said(capsys)
    assert last["error"]["values"]["reason"] == "RuntimeError: " + "x" * 200
    assert last["error"]["template"].startswith("{file}: cannot be loaded")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(CitypactError, match="cannot be read"):
        load_here(tmp_path / "nothing.nq", tmp_path / "out", strict=False)
