"""A project of one's own: what `citypact new` makes, and how it stands on the package."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import citypact as api
from citypact.graph.networks.overview import Overview
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.store.base import LocalStore
from citypact.ontology import ID
from citypact.ontology.errors import CitypactError, RecordError
from citypact.sources import PACKAGED
from citypact.sources.reading.base_changes import base_changes, note_base
from citypact.sources.reading.load import load_sources
from citypact.sources.reading.project import find_project, read_project
from tests.running import citypact, new_project

SOURCE = ["bfic", "부산 자매도시 목록", "List of Busan's sister cities", "web-notice"]
PARTNERS = (
    ["busan", "auckland", "1996-04-22"],
    ["busan", "shanghai", "1993-08-24"],
    ["auckland", "shanghai", ""],
)


def rows(path: Path, *added: dict[str, str]) -> None:
    """Writes rows below the headings that a register has."""
    with path.open(encoding="utf-8", newline="") as file:
        (header,) = csv.reader(file)
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, header).writerows(added)


@pytest.fixture(scope="module")
def busan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built project of a user who takes of the package only what the rows name."""
    folder = tmp_path_factory.mktemp("projects") / "busan"
    new_project(folder, "--language", "en", city="부산광역시")
    settings = folder / "citypact.toml"
    text = settings.read_text(encoding="utf-8")
    editors = 'editors = { ko = "부산시", en = "Office of Busan" }\n'
    settings.write_text(text.replace("imports", f"{editors}imports"), encoding="utf-8")
    registers = folder / "registers"
    document = dict(zip(("id", "label.ko", "label.en", "type"), SOURCE, strict=True))
    rows(registers / "documents.csv", document | {"address": "https://example.org/cities"})
    rows(
        registers / "partnerships.csv",
        *(
            {
                "id": f"{one}-{other}",
                "source": "bfic",
                "label.ko": f"{one}–{other}",
                "label.en": f"{one}–{other}",
                "partners": f"city/{one};city/{other}",
                "relation_type": "sister-city",
                "established": day,
            }
            for one, other, day in PARTNERS
        ),
    )
    (folder / "entities" / "places.yaml").write_text(
        "cities:\n  busan:\n    aliases: {en: Pusan harbour}\n", encoding="utf-8"
    )
    citypact("build", folder=folder)
    return folder


def test_a_new_project_speaks_of_its_own_centre(busan: Path) -> None:
    page = (busan / "build" / "network.html").read_text(encoding="utf-8")
    assert "Busan&#39;s network of city partnerships" in page
    assert "부산의 도시 협력 네트워크" in page
    assert "Seoul" not in re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    told = citypact("build", folder=busan).out
    assert "query partners-of-city --city Busan" in told
    assert "Seoul" not in told


def test_only_what_is_named_comes_from_the_package(busan: Path) -> None:
    graph = api.open(project=busan)
    cities = {str(row["city"]) for row in graph.query("SELECT ?city { ?city a citypact:City }")}
    assert cities == {f"<{ID}city/{name}>" for name in ("auckland", "busan", "shanghai")}
    partners = citypact("query", "partners-of-city", "--city", "Busan", folder=busan / "records")
    assert "New Zealand" in partners.out  # the country of a city comes with it
    assert graph.centre == f"{ID}city/busan"
    assert not graph.store.summary()["coverage"]  # totals of Seoul's partners are not needed


def test_own_names_are_added_to_those_of_the_package(busan: Path) -> None:
    for arguments in (
        ("why", "Pusan harbour", "--project", busan),
        ("--project", busan, "why", "Pusan harbour"),
    ):
        assert citypact(*arguments).out.startswith("Busan")
    assert "has no citypact.toml" in citypact("--project", busan.parent, "why", "Busan", code=2).err


def test_what_the_editors_of_a_project_state_bears_their_name(busan: Path) -> None:
    told = citypact("why", "Pusan harbour", folder=busan).out
    assert "alias: Pusan harbour\n      [statement of the editors, Office of Busan]\n" in told
    assert "[statement of the editors]\n" in told  # what the package says
    graph = api.open(project=busan)
    documents = {str(row["document"]) for row in graph.query("publication-of-documents")}
    assert not any("editors" in iri for iri in documents)
    assert graph.store.summary()["documents"] == len(documents)


def test_own_claims_stand_beside_those_of_the_package(busan: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "citypact.toml").write_text('[base]\ntake = "all"\n', encoding="utf-8")
    (own / "registers").mkdir()
    for name in ("documents.csv", "partnerships.csv"):
        (own / "registers" / name).write_bytes((busan / "registers" / name).read_bytes())
    text = (own / "registers" / "partnerships.csv").read_text(encoding="utf-8")
    text = text.replace("busan-auckland", "seoul-taipei").replace("busan–auckland", "")
    text = text.replace("city/busan;city/auckland", "")
    (own / "registers" / "partnerships.csv").write_text(text, encoding="utf-8")
    sources = load_sources(own)
    said = {
        (claim.place.file, claim.object.text)  # type: ignore[union-attr]
        for claim in sources.claims
        if claim.subject == f"{ID}partnership/seoul-taipei"
        and claim.predicate.endswith("established")
    }
    assert ("registers/partnerships.csv", "1996-04-22") in said
    assert ("citypact:registers/partnerships.csv", "1968") in said


def test_documents_of_the_base_are_not_listed_one_by_one(tmp_path: Path) -> None:
    project = new_project(tmp_path / "busan")
    partnership = {"id": "busan-bangkok", "source": "aseannowcom-42d996", "label.ko": "부산–방콕",
                   "label.en": "Busan–Bangkok", "partners": "city/busan;city/bangkok",
                   "relation_type": "sister-city"}  # fmt: skip
    rows(project / "registers" / "partnerships.csv", partnership)
    told = citypact("check", folder=project).out
    assert "cited by address in registers: 1, with" in told
    assert "aseannowcom" not in told


def test_what_is_declared_twice_is_told_with_both_places(busan: Path, tmp_path: Path) -> None:
    (tmp_path / "citypact.toml").write_text('[base]\ntake = "entities"\n', encoding="utf-8")
    (tmp_path / "entities").mkdir()
    (tmp_path / "entities" / "places.yaml").write_text(
        "cities:\n  auckland:\n    label: {ko: 오클랜드, en: Auckland}\n    country: new-zealand\n",
        encoding="utf-8",
    )
    with pytest.raises(RecordError) as raised:
        load_sources(tmp_path)
    assert re.search(
        r"^entities/places.yaml:2: cities.auckland: is declared twice "
        r"\(first in citypact:registers/cities.csv:\d+\)",
        str(raised.value),
    )


def test_a_project_may_build_on_another(busan: Path, tmp_path: Path) -> None:
    (tmp_path / "citypact.toml").write_text(
        f'[base]\nproject = {json.dumps(str(busan))}\ntake = "entities"\n',
        encoding="utf-8",
    )
    (tmp_path / "entities").mkdir()
    (tmp_path / "entities" / "bodies.yaml").write_text(
        "cities:\n  busan:\n    aliases: {en: Pusan}\n", encoding="utf-8"
    )
    names = {
        claim.object.value  # type: ignore[union-attr]
        for claim in load_sources(tmp_path).claims
        if claim.subject == f"{ID}city/busan" and claim.predicate.endswith("altLabel")
    }
    assert {"Pusan", "Pusan harbour"} <= names


def test_what_an_update_of_the_base_changes_is_listed(busan: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(busan, own, ignore=shutil.ignore_patterns("build", ".*"))
    noted = own / "base.csv"
    text = noted.read_text(encoding="utf-8")
    assert "city/auckland,prefLabel,Auckland@en,citypact-editors" in text
    assert "city/london" not in text  # the project does not name it
    assert "now differs" not in citypact("check", "--language", "en", folder=own).out
    noted.write_text(
        text.replace("Auckland@en", "Tamaki Makaurau@en"), encoding="utf-8", newline=""
    )
    told = citypact("check", "--accept-base", "--language", "en", folder=own).out
    assert "- city/auckland  prefLabel  Tamaki Makaurau@en" in told
    assert "+ city/auckland  prefLabel  Auckland@en" in told
    assert noted.read_text(encoding="utf-8") == text


def test_what_a_project_names_later_is_no_change_of_its_base(busan: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(busan, own, ignore=shutil.ignore_patterns("build", ".*"))
    noted = own / "base.csv"
    text = noted.read_text(encoding="utf-8")
    # As the first build left it, when nothing of Auckland was written yet.
    before = [line for line in text.splitlines(keepends=True) if "city/auckland," not in line]
    before += ["city/london,prefLabel,London as it was@en,citypact-editors\r\n"]
    noted.write_text("".join(before), encoding="utf-8", newline="")
    project, sources = read_project(own), load_sources(own)
    assert not base_changes(project, sources)
    note_base(project, sources)
    assert "city/auckland,prefLabel,Auckland@en" in noted.read_text(encoding="utf-8")
    changed = noted.read_text(encoding="utf-8").replace("Auckland@en", "Tamaki Makaurau@en")
    noted.write_text(changed, encoding="utf-8", newline="")
    note_base(project, sources)
    assert noted.read_text(encoding="utf-8") == changed, "a build accepts no change"
    found = base_changes(project, sources)
    assert ("city/auckland", "prefLabel", "Tamaki Makaurau@en", "citypact-editors") in found.gone
    assert ("city/auckland", "prefLabel", "Auckland@en", "citypact-editors") in found.new


def test_projects_that_build_on_each_other_many_times_are_refused(tmp_path: Path) -> None:
    for number in range(40):  # each twice on the next: a trillion ways to the last
        folder = tmp_path / str(number)
        folder.mkdir()
        both = f"[[base]]\nproject = '../{number + 1}'\n" * 2
        (folder / "citypact.toml").write_text(both if number < 39 else "", encoding="utf-8")
    told = "0/citypact.toml: base: builds on more than 50 projects"
    with pytest.raises(CitypactError, match=told):
        read_project(tmp_path / "0")
    assert read_project(tmp_path / "36").bases


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title = {", "is not TOML"),
        ('tilte = "x"', "'tilte': is not a field"),
        ('title = { ko = "부산" }', "title: is not in both languages"),
        ('centre = "Busan"', "centre: is not a city or body"),
        ('centre = "../etc"', "centre: is not a city or body"),
        ("build = 3", "build: is not a text"),
        ('build = "../other"', "build: does not lie in the project"),
        ('build = "."', "build: does not lie in the project"),
        ('imports = "list"', "imports: is not a list"),
        ('[base]\nproject = "."', "base.project: builds on itself"),
        ('[base]\nproject = "nowhere"', "is not the folder of a project"),
        ('[base]\nproject = "hub"', "or package, hubs, memberships, hubs-and-memberships"),
        ('title = { ko = "부산" }'.encode("utf-16"), "is not encoded in UTF-8"),
        ("title = " + "[" * 5000, "is not TOML"),
        (b"\xef\xbb\xbf" + b"centre = 3", "centre: is not a text"),
        ('[base]\ntake = "al"', "base.take: 'al' is not a part of a project"),
    ],
)
def test_faults_in_the_settings_are_told(tmp_path: Path, text: str | bytes, told: str) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "citypact.toml").write_bytes(data)
    with pytest.raises(CitypactError, match=re.escape(told)) as raised:
        read_project(tmp_path)
    assert str(tmp_path / "citypact.toml") in str(raised.value)
    assert "\n    -> " in str(raised.value)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: path.symlink_to("nowhere"), "cannot be read (No such file or directory)"),
        (lambda path: path.symlink_to("/dev/null"), "cannot be read (it is a pipe or a device)"),
        (os.mkfifo, "cannot be read (it is a pipe or a device)"),
        (Path.mkdir, "is a folder"),
        (lambda path: path.write_bytes(b"#" * 1_000_001), "is larger than 1000000 bytes"),
    ],
    ids=["a link to nothing", "a device", "a pipe", "a folder", "too large"],
)
def test_settings_that_are_no_file_are_not_passed_over(
    tmp_path: Path, make: Callable[[Path], object], told: str
) -> None:
    """A build would take the package for the project, and be written into its folder."""
    make(tmp_path / "citypact.toml")
    done = citypact("check", folder=tmp_path, code=2)
    assert f"citypact.toml: {told}" in done.err


def test_a_centre_that_nothing_declares_is_told(tmp_path: Path) -> None:
    text = 'build = "build"\ncentre = "city/busann"\n[base]\ntake = "entities"\n'
    settings = tmp_path / "citypact.toml"
    settings.write_text(text, encoding="utf-8")
    fault = r"citypact.toml:2: centre: 'city/busann' is declared nowhere\n.*city/busan\b"
    with pytest.raises(RecordError, match=fault):
        load_sources(tmp_path)
    settings.write_text(text.replace("busann", "busan"), encoding="utf-8")
    assert f"{ID}city/busan" in load_sources(tmp_path).things  # though nothing names it yet


def test_an_empty_folder_that_one_stands_in_becomes_a_project(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("empty")
    before = (tmp_path / "empty").stat().st_ino
    citypact("new", "link", "--city", "Busan", folder=tmp_path)
    assert (tmp_path / "empty").stat().st_ino == before
    assert read_project(tmp_path / "empty").centre == "city/busan"
    assert not list((tmp_path / "empty").glob(".*"))
    (tmp_path / "list.csv").write_text(
        "City,Country,Partner,Partner country\nBusan,South Korea,Galway,Ireland\n"
    )
    told = citypact("import", "twins", "list.csv", "--name", "a", "--project", "empty",
                    folder=tmp_path)  # fmt: skip
    assert "build --import a --project empty\n" in told.out
    told = citypact("import", "twins", "../list.csv", "--name", "b", folder=tmp_path / "empty")
    assert "build --import b\n" in told.out


def test_a_project_is_found_from_a_folder_below(busan: Path, tmp_path: Path) -> None:
    below = find_project(busan / "registers")
    assert below is not None
    assert below.folder == busan
    assert find_project(tmp_path) is None


def test_new_writes_nothing_where_it_cannot(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("mine")
    (tmp_path / "nowhere").symlink_to("gone")
    for folder, city, told in (
        ("notes", "Busan", "is not an empty folder"),
        ("nowhere", "Busan", "is not an empty folder"),
        ("other", "Busann", "did you mean Busan"),
        ("a/b", "Busan", "is not a folder"),
    ):
        failed = citypact("new", folder, "--city", city, folder=tmp_path, code=2)
        assert told in failed.err
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["mine.txt", "notes", "nowhere"]
    (tmp_path / "notes").chmod(0o555)
    failed = citypact("new", tmp_path / "notes" / "a", "--city", "Busan", code=2, unprivileged=True)
    assert "a: cannot be written (Permission denied)\n    -> name another folder" in failed.err
    assert len(list((tmp_path / "notes").iterdir())) == 1
    wrong = citypact("build", "--project", "notes", folder=tmp_path, code=2)
    assert "has no citypact.toml" in wrong.err


def test_what_a_killed_new_left_behind_is_removed(tmp_path: Path) -> None:
    (tmp_path / "busan" / ".citypact-half" / "new" / "records").mkdir(parents=True)
    citypact("new", "busan", "--city", "Busan", folder=tmp_path)
    assert not list((tmp_path / "busan").glob(".*"))


def test_the_first_view_is_around_the_centre(packaged: LocalStore) -> None:
    reader = NetworkReader.of(packaged)

    def first(centre: str) -> set[str]:
        network = Overview(reader, centre).network
        return {iri for iri, data in network.nodes(data=True) if data["first_view"]}

    everything = first("")
    london = first(f"{ID}city/london")
    assert {f"{ID}government/london", f"{ID}government/seoul"} <= london < everything
    assert f"{ID}government/hanoi" in everything - london
    assert first(f"{ID}city/seoul") == everything  # the graph was made around it


def test_ties_among_partners_of_the_centre_come_with_the_rest(busan: Path) -> None:
    store = LocalStore.open(busan / "build")
    network = Overview(NetworkReader.of(store), store.centre).network
    first = {
        tuple(sorted(end.rpartition("/")[2] for end in (source, target))): data["first_view"]
        for source, target, data in network.edges(data=True)
        if data["relation"] == "partnership"
    }
    assert first == {
        ("auckland", "busan"): True,
        ("busan", "shanghai"): True,
        ("auckland", "shanghai"): False,
    }


def test_the_package_is_a_project_itself() -> None:
    assert read_project(PACKAGED).centre == "city/seoul"
