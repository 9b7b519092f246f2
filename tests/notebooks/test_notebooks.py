"""Notebooks run in a fresh kernel, say what they say in the repository, and quote no document."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("nbclient", reason="nbclient is not installed: notebooks are not run")
pytest.importorskip("ipykernel", reason="ipykernel is not installed: notebooks are not run")

import nbformat
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from notebooks.execute import FOLDER, executed
from tests.sharing import once

ROOT = FOLDER.parent

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
FIRST = "01-seoul-in-five-documents.ipynb"
SECOND = "02-half-a-century-of-partners.ipynb"
THIRD = "03-topics.ipynb"
FOURTH = "04-brokers-and-policy-transfer.ipynb"
FIFTH = "05-seoul-in-the-world.ipynb"
QUOTABLE = 60
WHERE = Path(os.environ.get("CITYPACT_MATERIAL") or "nowhere")
MATERIAL = WHERE / "seeds"
HAS_WORLD = (WHERE / "world").is_dir()
"""Whether the published networks are at hand, with which the fifth notebook keeps its outputs."""

Fresh = Callable[[Path], Any]


OPEN_BUILD = """
import citypact

def open_build(place, opened=citypact.open):
    return opened({build!r} if place == "memory" else place)

citypact.open = open_build
"""
"""Makes a notebook take the build of this run of the tests for the same graph in memory."""
IN_MEMORY = 'citypact.open("memory")'


@pytest.fixture
def fresh(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """Gives a notebook after a run in a fresh kernel, the only one of this run of the tests.

    Where a cell fails, all who ask are told so: to run it again would take as long.
    """
    return partial(_fresh, request, tmp_path_factory)


def _fresh(request: pytest.FixtureRequest, factory: pytest.TempPathFactory, path: Path) -> Any:
    for package in ("altair", "vl_convert", "statsmodels"):
        pytest.importorskip(package, reason=f"{package} is not installed: no figures are drawn")

    notebook, before = kept(path), []
    # One notebook makes the graph in memory, as readers do; to make it again takes most of a run.
    if path.name != SECOND and any(IN_MEMORY in each.source for each in notebook.cells):
        build = str(request.getfixturevalue("whole_build"))
        before = [nbformat.v4.new_code_cell(OPEN_BUILD.format(build=build))]
    notebook.cells = [*before, *notebook.cells]

    def run(folder: Path) -> None:
        nbformat.write(notebook, folder / path.name)
        try:
            found = executed(folder / path.name)
            del found.cells[: len(before)]
            nbformat.write(found, folder / path.name)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            (folder / "fault.txt").write_text(str(error), encoding="utf-8")

    folder = once(factory, path.stem, run)
    if (fault := folder / "fault.txt").exists():
        pytest.fail(fault.read_text(encoding="utf-8"))
    return nbformat.read(folder / path.name, as_version=4)


def kept(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def said(cell: Any) -> list[str]:
    """What a cell prints and shows as text; what figures show is for eyes."""
    texts: list[str] = []
    printing = False
    for output in cell.get("outputs", ()):
        before, printing = printing, output.output_type == "stream" and output.name == "stdout"
        if printing and before:
            texts[-1] += output.text  # A busy kernel sends what one cell prints in pieces.
        elif printing:
            texts.append(output.text)
        elif output.output_type in ("execute_result", "display_data"):
            texts += [
                output.data[kind] for kind in ("text/plain", "text/html") if kind in output.data
            ]
    return texts


def cell(notebook: Any, name: str) -> Any:
    """The cell of that id."""
    return next(each for each in notebook.cells if each.id == name)


@pytest.fixture(
    params=[
        pytest.param(path, id=path.name, marks=[] if path.name == FIRST else pytest.mark.slow)
        for path in NOTEBOOKS
    ]
)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_notebooks_run_and_say_what_they_keep(path: Path, fresh: Fresh) -> None:
    run, old = fresh(path), kept(path)
    if path.name == FIFTH and not HAS_WORLD:
        pytest.skip("CITYPACT_MATERIAL has no world/: the fifth notebook keeps other outputs")
    assert [each.id for each in run.cells] == [each.id for each in old.cells]
    for each, before in zip(run.cells, old.cells, strict=True):
        if "documents" in each.metadata.get("tags", ()) and not MATERIAL.is_dir():
            continue  # Its output has words of documents that are not at hand.
        assert said(each) == said(before), (
            f"{path.name}, cell {each.id}: the output kept is not that of a run\n"
            "    -> make notebooks"
        )


def test_kept_outputs_have_no_errors_and_name_no_machine(path: Path) -> None:
    notebook = kept(path)
    assert notebook.metadata.kernelspec.name == "python3"
    for each in notebook.cells:
        for output in each.get("outputs", ()):
            assert output.output_type != "error"
            assert output.get("name") != "stderr"
        text = "\n".join(said(each))
        assert not re.search(r"0x[0-9a-f]{6,}|(?<![\w:/])/(home|tmp|root|work|Users)/", text)


def test_every_heading_has_its_korean_summary(path: Path) -> None:
    for each in kept(path).cells:
        if each.cell_type == "markdown" and each.source.startswith("## "):
            assert re.search(r"^> \*\*요약\.\*\* .*[가-힣]", each.source, re.MULTILINE), each.source


def test_kept_notebooks_quote_no_long_run_of_a_document(path: Path) -> None:
    if not MATERIAL.is_dir():
        pytest.skip("CITYPACT_MATERIAL has no seeds/: there are no documents to compare with")
    texts = [file.read_text(encoding="utf-8") for file in sorted(MATERIAL.iterdir())]
    notebook = kept(path)
    parts = [each.source for each in notebook.cells]
    parts += [text for each in notebook.cells for text in said(each)]
    for part in parts:
        runs = (part[i : i + QUOTABLE] for i in range(len(part) - QUOTABLE + 1))
        assert not [run for run in runs if any(run in text for text in texts)]


def test_the_first_notebook_counts_and_lists_the_agreements(fresh: Fresh) -> None:
    notebook = fresh(FOLDER / FIRST)
    [counts, _] = said(cell(notebook, "counts"))
    found = {
        words: int(n) for words, n in re.findall(r"^(\w[\w ]+?)\s+(\d+)$", counts, re.MULTILINE)
    }
    assert (found["documents with text"], found["agreements"]) == (5, 7)
    table = said(cell(notebook, "table"))[0]
    assert len(re.findall(r"\bSeoul – ", table)) == 6
    assert (table.count(" signed "), table.count(" announced ")) == (6, 1)


def test_the_first_notebook_finds_the_topics_that_recur(fresh: Fresh) -> None:
    found = said(cell(fresh(FOLDER / FIRST), "two-mode"))
    fields = "Digital government and public administration; Information technology and data"
    assert f"Broad fields with all four: {fields}\n" in found[0]
    assert re.search(r"\b7 with two or more partner cities", found[0])
    rows = dict(re.findall(r"^(\S.*?)\s{2,}((?:[01]\s*){4})$", found[1], re.MULTILINE))
    assert {name: row.split() for name, row in rows.items()} == {
        "Sharing of policies, expertise and best practices": ["1", "0", "1", "1"],
        "Arts and culture": ["1", "1", "0", "0"],
        "Tourism": ["1", "1", "0", "0"],
        "e-Government": ["1", "1", "0", "0"],
        "Information technology (ICT)": ["1", "0", "1", "0"],
        "Data-driven decision-making": ["0", "0", "1", "1"],
        "Smart city": ["0", "1", "0", "1"],
    }


def test_the_first_notebook_names_the_brokers_and_keeps_prospects_apart(fresh: Fresh) -> None:
    notebook = fresh(FOLDER / FIRST)
    [brokers] = said(cell(notebook, "brokers"))
    assert brokers.strip() == (
        "Brokers: KOTRA Latin America Regional Headquarters; KOTRA Quito Trade Office; KOTRA"
    )
    [prospects] = said(cell(notebook, "prospects-network"))
    assert "London is joined to WeGO: False" in prospects
    countries = " ".join(said(cell(notebook, "prospects-table")))
    assert re.search(r"El Salvador\s+none", countries)
    assert re.search(r"Peru\s+none", countries)


def test_the_first_notebook_leads_to_the_place_in_the_document(fresh: Fresh) -> None:
    [why] = said(cell(fresh(FOLDER / FIRST), "why"))
    assert "ko char=577,613" in why
    assert "en char=2869,2940" in why
    assert ("»" in why) == MATERIAL.is_dir()


def test_the_first_notebook_has_two_figures(fresh: Fresh) -> None:
    for name in ("figure-topics", "figure-network"):
        for notebook in (fresh(FOLDER / FIRST), kept(FOLDER / FIRST)):
            [output] = cell(notebook, name).outputs
            assert 10_000 < len(output.data["image/png"]) < 400_000


def number(text: str, pattern: str) -> float:
    """The number that a pattern finds in what a cell said."""
    found = re.search(pattern, text)
    assert found, (pattern, text)
    return float(found[1].replace(",", ""))


@pytest.mark.slow
def test_the_second_notebook_dates_the_partnerships_of_the_register(fresh: Fresh) -> None:
    notebook = fresh(FOLDER / SECOND)
    with (ROOT / "sources/registers/partnerships.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    text = "".join(said(cell(notebook, "partnerships")))
    whole = number(text, r"Partnerships: (\d+)")
    dated = number(text, r"known year: (\d+)")
    assert whole == dated + number(text, r"without: (\d+)")
    assert len(known) <= whole <= len(known) + 3  # records add to the register
    pace = "".join(said(cell(notebook, "change")))
    assert number(pace, r"Before \d+: (\d+)") + number(pace, r"From \d+: +(\d+)") == dated
    assert number(pace, r"p = ([0-9.e-]+)") < 0.05


@pytest.mark.slow
def test_the_second_notebook_has_the_pace_of_the_report(report: Path, fresh: Fresh) -> None:
    with (report / "tables/chronology-pace.csv").open(encoding="utf-8", newline="") as file:
        row, *_ = csv.DictReader(file)
    ratio, low, high, p = (float(row[name]) for name in ("ratio", "low", "high", "p"))
    pace = "".join(said(cell(fresh(FOLDER / SECOND), "change")))
    year = row["year"]
    assert f"Before {year}: {row['before']} (" in pace
    assert f"From {year}:   {row['after']} (" in pace
    assert f"Ratio {ratio:.2f} ({low:.2f} to {high:.2f}), p = {p:.2g}\n" in pace
    # What the report says of it in words is the same.
    found = json.loads((report / "findings.json").read_text(encoding="utf-8"))["findings"]
    (chronology,) = (each for each in found if each["name"] == "chronology")
    answer = "".join(words["en"] for words in chronology["answer"])
    assert f"Before {year}, " in answer
    interval = f"{low:.2f}–{high:.2f}"
    times = f"{ratio:.2f} times its earlier value"
    assert f"{times} (95% confidence interval {interval}" in answer


@pytest.mark.slow
def test_the_third_notebook_finds_fields_and_one_pair_that_culture_and_tourism_make(
    fresh: Fresh,
) -> None:
    notebook = fresh(FOLDER / THIRD)
    counts = said(cell(notebook, "counts"))
    assert number(counts[0], r"Agreements with topics: (\d+)") > 100
    assert counts[1].index("Culture and tourism") < counts[1].index("Smart city")
    together = said(cell(notebook, "together"))
    assert number(together[0], r"clear of chance: (\d+)") >= 1
    first = next(line for line in together[1].splitlines() if line.startswith("0"))
    assert "Arts and culture" in first and "Tourism" in first
    # A model in which nothing goes together is called so, too.
    assert re.search(r"beyond chance in the ten: [01]\b", said(cell(notebook, "made-up"))[0])


@pytest.mark.slow
def test_the_fourth_notebook_has_one_broker_and_one_transfer_on_record(fresh: Fresh) -> None:
    notebook = fresh(FOLDER / FOURTH)
    assert "of which a broker is on record:      1\n" in said(cell(notebook, "counts"))[0]
    transfer = "".join(said(cell(notebook, "transfer")))
    assert "Seoul" in transfer and "Guayaquil" in transfer and "KOTRA" in transfer
    words = said(cell(notebook, "why"))[0]
    assert words.count("char=") >= 4 and "https://" in words


@pytest.mark.slow
def test_the_fifth_notebook_runs_without_the_published_networks(fresh: Fresh) -> None:
    if HAS_WORLD:
        pytest.skip("CITYPACT_MATERIAL has world/: the notebook runs with the published networks")
    notebook = fresh(FOLDER / FIFTH)
    assert "Left out: set CITYPACT_MATERIAL" in said(cell(notebook, "konect"))[0]
    # The partner lists of 37 cities take their place.
    assert number(said(cell(notebook, "network"))[0], r"([0-9,]+) cities") > 300
    assert "Seoul" in said(cell(notebook, "ranks"))[0]


@pytest.mark.slow
def test_the_fifth_notebook_is_calibrated_and_finds_the_known_clique(fresh: Fresh) -> None:
    if not HAS_WORLD:
        pytest.skip("CITYPACT_MATERIAL has no world/: the published networks are not at hand")
    notebook = fresh(FOLDER / FIFTH)
    assert "26 of 34 equal at every printed digit" in said(cell(notebook, "konect"))[0]
    assert "every digit: 6 of 8" in said(cell(notebook, "differences"))[0]
    cliques = said(cell(notebook, "cliques"))[0]
    assert "Largest clique: 28 towns; the Douzelage association: True" in cliques
    published = said(cell(notebook, "published"))[0]
    # The list of 2022, cut as it was published; the United States less American Samoa.
    assert "310; 927" in published
    assert "2,567; 130" in published
    # European ties lie about as near as in another list of European towns.
    assert number(published, r"within 1,000 km +70.7 % +([0-9.]+)%") == pytest.approx(70.7, abs=5)
    proximity = said(cell(notebook, "distances"))[0]
    assert number(proximity, r"within 1000 +([0-9.]+)%") > 2 * number(
        proximity, r"within 1000 +[0-9.]+% +([0-9.]+)%"
    )


@pytest.mark.parametrize("name", [SECOND, THIRD, FOURTH, FIFTH])
def test_every_notebook_has_question_figure_answer_and_doubts(name: str) -> None:
    notebook = kept(FOLDER / name)
    headings = [each.source.splitlines()[0] for each in notebook.cells if "## " in each.source]
    for wanted in ("The question", "An answer", "What could be wrong"):
        assert any(heading.endswith(wanted) for heading in headings), wanted
    outputs = [out for each in notebook.cells for out in each.get("outputs", ())]
    assert any("image/png" in out.get("data", {}) for out in outputs)
