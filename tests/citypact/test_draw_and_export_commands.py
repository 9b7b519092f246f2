"""`citypact draw` and `citypact export`: files, filters, measures."""

from __future__ import annotations

import csv
import html
import sqlite3
from pathlib import Path

import networkx as nx
import pytest

from citypact.sources.files.output_files import LIST
from tests.graph.export.test_gexf import read as read_gexf
from tests.running import citypact, environment, made_in


def test_draw_writes_one_page_and_prints_measures(build: Path, tmp_path: Path) -> None:
    done = citypact("draw", "--build", build, "--out", tmp_path / "쪽.html")
    page = (tmp_path / "쪽.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert made_in(tmp_path) == ["쪽.html"]
    head, first, *_ = done.out.splitlines()
    assert head.split() == ["ties", "partners", "agreements", "betweenness", "component", "actor"]
    assert first.endswith("Seoul *")
    assert "* The sources include a list of the ties of this actor alone." in done.out
    assert "shared topics" in done.out
    assert "쪽.html" in done.err


def test_draw_names_actors_in_the_language_asked_for(build: Path, tmp_path: Path) -> None:
    done = citypact("draw", "--build", build, "--language", "ko", folder=tmp_path)
    assert done.out.splitlines()[1].endswith("서울 *")
    assert (tmp_path / "network.html").exists()


@pytest.mark.parametrize("view", ["map", "countries", "communities", "ego"])
def test_draw_writes_other_views_and_says_what_they_hold(
    build: Path, tmp_path: Path, view: str
) -> None:
    middle = ["--city", "서울특별시"] if view == "ego" else []
    options = ["--view", view, *middle, "--build", build]
    done = citypact("draw", *options, "--language", "en", folder=tmp_path)
    assert f"{view}.html" in done.err
    assert made_in(tmp_path) == [f"{view}.html"]
    page = (tmp_path / f"{view}.html").read_text(encoding="utf-8")
    # What the command counts is what the page counts.
    assert html.escape(done.out.strip()) in page
    assert page.startswith("<!doctype html>")
    assert '<html lang="en">' in page
    early = citypact("draw", *options, "--language", "ko", "--as-of", "1980-01-01", folder=tmp_path)
    page = (tmp_path / f"{view}.html").read_text(encoding="utf-8")
    assert html.escape(early.out.strip()) in page
    assert early.out != done.out


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--view", "globe"], "globe"),
        (["--view", "map", "--city", "Seoul"], "--view ego"),
        (["--city", "Seoul"], "--view ego"),
        (["--view", "map", "--prospects"], "--view network"),
        (["--view", "countries", "--kind", "office"], "--view network"),
        (["--view", "ego", "--city", "Atlantis"], "there is no city"),
        (["--view", "ego", "--city", "Hanoi"], "no link of this city"),
        (["--view", "ego", "--city", "Seoul", "--as-of", "1900-01-01"], "no link of this city"),
    ],
)
def test_views_that_do_not_fit_are_refused_and_nothing_is_written(
    build: Path, tmp_path: Path, options: list[str], says: str
) -> None:
    done = citypact("draw", "--build", build, *options, folder=tmp_path, code=2)
    assert says in done.err
    assert not list(tmp_path.iterdir())


def edges(build: Path, folder: Path, *filters: str) -> list[dict[str, str]]:
    """The edges that `export` writes with some filters."""
    done = citypact("export", "--build", build, "--format", "csv", *filters, folder=folder)
    assert done.out.split() == ["actors/nodes.csv", "actors/edges.csv"]
    with (folder / "actors" / "edges.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_filters_leave_out_what_they_say(build: Path, tmp_path: Path) -> None:
    everything = edges(build, tmp_path)
    early = edges(build, tmp_path, "--as-of", "2013-10-20")
    assert 0 < len(early) < len(everything)
    assert all(edge["date"] <= "2013-10-20" for edge in early if edge["date"])
    for topic in ("디지털 포용", "digital-inclusion"):
        found = edges(build, tmp_path, "--topic", topic)
        assert {edge["agreement"].rsplit("/", 1)[1] for edge in found} == {"seoul-los-angeles-2019"}
    governments = edges(build, tmp_path, "--kind", "government")
    assert {edge["relation"] for edge in governments} == {"agreement", "partnership"}
    both = edges(build, tmp_path, "--kind", "government", "--kind", "network")
    assert len(governments) < len(both)
    prospects = edges(build, tmp_path, "--prospects")
    added = len(prospects) - len(everything)
    assert added == sum(edge["prospect"] == "True" for edge in prospects) > 0


@pytest.mark.parametrize("network", ["actors", "cities", "topics", "overview", "everything"])
def test_graphml_of_every_network_reads_back(build: Path, tmp_path: Path, network: str) -> None:
    done = citypact("export", "--build", build, "--network", network, folder=tmp_path)
    assert done.out == f"{network}.graphml\n"
    read = nx.read_graphml(tmp_path / f"{network}.graphml")
    assert done.err == f"{len(read)} nodes, {read.number_of_edges()} edges\n"
    assert len(read) >= 5


def test_a_filter_that_leaves_nothing_is_no_fault(build: Path, tmp_path: Path) -> None:
    for name in ("draw", "export"):
        done = citypact(
            name,
            "--build",
            build,
            "--as-of",
            "1900-01-01",
            "--kind",
            "organization",
            folder=tmp_path,
        )
        assert "Seoul" not in done.out
    assert "0 nodes, 0 edges" in done.err


@pytest.mark.parametrize("name", ["draw", "export"])
@pytest.mark.parametrize(
    ("filters", "says"),
    [
        (["--as-of", "yesterday"], "yesterday"),
        (["--as-of", "2016-13-01"], "2016-13-01"),
        (["--topic", "nothing of the kind"], "there is no cooperation topic called"),
        (["--topic", "Seoul"], "there is no cooperation topic called"),
        (
            ["--topic", "디지털 시민시장실"],
            "say which: topic/digital-government, topic/smart-city-policy",
        ),
        (["--kind", "person"], "person"),
    ],
)
def test_wrong_filters_are_refused_and_nothing_is_written(
    build: Path, tmp_path: Path, name: str, filters: list[str], says: str
) -> None:
    done = citypact(name, "--build", build, *filters, folder=tmp_path, code=2)
    assert says in done.err
    assert not list(tmp_path.iterdir())


def test_export_replaces_a_file_as_a_whole_and_none_of_others(build: Path, tmp_path: Path) -> None:
    out = tmp_path / "actors.graphml"
    out.write_text("x" * 10_000_000)
    done = citypact("export", "--build", build, "--out", out, code=2)
    assert f"{out}: exists and was not written by citypact" in done.err
    assert out.read_text() == "x" * 10_000_000
    citypact("export", "--build", build, "--out", out, "--replace")
    citypact("export", "--build", build, "--out", out)
    assert nx.read_graphml(out)
    assert made_in(tmp_path) == ["actors.graphml"]


WRITTEN = {
    "graphml": ["actors.graphml"],
    "gexf": ["actors.gexf"],
    "csv": ["actors/nodes.csv", "actors/edges.csv"],
    "sqlite": ["citypact.sqlite", "citypact.metadata.json"],
    "jsonld": ["facts.jsonld"],
    "quickstatements": ["quickstatements.tsv"],
}


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder but lists of what we made."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in (".citypact-files", LIST)
    }


@pytest.mark.parametrize("form", [*WRITTEN, "parquet"])
def test_every_format_has_a_place_and_the_same_bytes_for_any_hash_seed(
    build: Path, tmp_path: Path, form: str
) -> None:
    found = []
    # A fork has a seed by chance.
    for name, changes in (("fork", {}), ("new", {"PYTHONHASHSEED": "1", "TZ": "Asia/Seoul"})):
        folder = tmp_path / name
        folder.mkdir()
        env = environment(**changes)
        done = citypact("export", "--build", build, "--format", form, folder=folder, env=env)
        assert done.out.split() == WRITTEN.get(form, done.out.split())
        found.append(contents(folder))
        assert set(found[-1]) == set(done.out.split())
    assert found[0] == found[1] and all(found[0].values())


def test_gexf_and_sqlite_follow_the_filters(build: Path, tmp_path: Path) -> None:
    day = ["--as-of", "2013-10-20"]
    edges = ("export", "--build", build, *day)
    done = citypact(*edges, "--format", "gexf", folder=tmp_path)
    read = read_gexf((tmp_path / "actors.gexf").read_bytes())
    assert done.err == f"{len(read)} nodes, {read.number_of_edges()} edges\n"
    citypact(*edges, "--format", "sqlite", folder=tmp_path)
    connection = sqlite3.connect(tmp_path / "citypact.sqlite")
    assert connection.execute("SELECT COUNT(*) FROM edges").fetchone() == (read.number_of_edges(),)
    connection.close()
    citypact(*edges, "--format", "jsonld", folder=tmp_path)
    assert (tmp_path / "actors.jsonld").exists()


def test_quickstatements_say_what_became_of_the_partnerships(build: Path, tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text("Q8684,Q62\n", encoding="utf-8")
    way = ("export", "--build", build, "--format", "quickstatements")
    done = citypact(*way, folder=tmp_path)
    assert "new statements; 0 already in Wikidata" in done.err and "--known" in done.err
    before = (tmp_path / "quickstatements.tsv").read_text(encoding="utf-8")
    done = citypact(*way, "--known", "links.csv", folder=tmp_path)
    assert "1 already in Wikidata" in done.err and "--known" not in done.err
    after = (tmp_path / "quickstatements.tsv").read_text(encoding="utf-8")
    assert set(before.splitlines()) - set(after.splitlines()) == {
        line for line in before.splitlines() if line.startswith("Q8684\tP190\tQ62\t")
    }
    citypact(*way, "--relation", "friendship-city", folder=tmp_path)
    assert "\tQ84\t" in (tmp_path / "quickstatements.tsv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--format", "ods"], "ods"),
        (["--format", "quickstatements", "--network", "actors"], "not a network"),
        (["--format", "quickstatements", "--as-of", "2016-12-31"], "not a network"),
        (["--format", "quickstatements", "--known", "missing.csv"], "cannot be read"),
        (["--format", "quickstatements", "--relation", "cousin"], "cousin"),
        (["--format", "gexf", "--known", "links.csv"], "--format quickstatements"),
        (["--format", "sqlite", "--network", "everything", "--kind", "office"], "filter"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    build: Path, tmp_path: Path, options: list[str], says: str
) -> None:
    done = citypact("export", "--build", build, *options, folder=tmp_path, code=2)
    assert says in done.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", ["gexf", "sqlite", "jsonld"])
def test_a_write_that_fails_leaves_the_old_file(build: Path, tmp_path: Path, form: str) -> None:
    old = tmp_path / "folder" / "old"
    old.parent.mkdir()
    old.write_text("old")
    old.parent.chmod(0o500)
    done = citypact(
        "export", "--build", build, "--format", form, "--out", old, code=2, unprivileged=True
    )
    assert "cannot be written" in done.err and "->" in done.err
    assert contents(tmp_path) == {"folder/old": b"old"}
