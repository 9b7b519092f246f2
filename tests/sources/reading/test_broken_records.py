"""What a user is told of broken records: file, line, field, fault and cure, all of it at once."""

from __future__ import annotations

import copy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citypact.graph.build.build import make_graph
from citypact.ontology.errors import CitypactError, RecordError
from citypact.sources.reading.annotations import OF_A_VALUE
from citypact.sources.reading.load import load_sources
from tests.sources.small import ENTITIES, RECORD, write_small

CASES: list[dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "broken_records.yaml").read_text(encoding="utf-8")
)
RECORD_FILE, ENTITY_FILE = "records/seoul-hanoi-2015.yaml", "entities/world.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small good set of sources."""
    return write_small(tmp_path)


def spoil(folder: Path, file: str, find: str, write: str) -> None:
    """Replaces one place of a file; where nothing is to be found, writes the file anew."""
    path = folder / file
    if find:
        text = path.read_text(encoding="utf-8")
        assert text.count(find) == 1
        write = text.replace(find, write)
    path.write_text(write, encoding="utf-8")


def told(folder: Path) -> str:
    """What a user is told who builds from a folder."""
    with pytest.raises(RecordError) as caught:
        make_graph(folder)
    return str(caught.value)


def test_the_small_set_is_good(folder: Path) -> None:
    assert len(make_graph(folder)) > 0


@pytest.mark.parametrize("case", CASES, ids=[case["fault"] for case in CASES])
def test_tells_file_line_field_and_cure(case: dict[str, str], folder: Path) -> None:
    spoil(folder, case["file"], case.get("find", ""), case["write"])
    assert told(folder) == case["says"]


def test_nothing_has_thousands_of_names(folder: Path) -> None:
    names = ", ".join(f"Name {number}" for number in range(10_000))
    spoil(folder, ENTITY_FILE, "en: [Hanoi]", f"en: [{names}]")
    assert told(folder).startswith(
        "entities/world.yaml:22: governments.hanoi.aliases: has 10001 names, more than 200"
    )


@pytest.mark.parametrize(
    ("find", "write", "line"),
    [
        ("  seoul-hanoi-2015:\n    label", f"  ? {'x' * 990}\n  :\n    label", 19),
        ("      sharing:", f"      {'x' * 950}:", 36),
        ("type: press-release", f"type: press-release\n  address: https://a.org/{'x' * 990}", 5),
        ("id: seoul-hanoi-2015", f"id: {'x' * 960}", 2),
    ],
    ids=["a thing", "a part", "an address", "a document"],
)
def test_no_iri_is_longer_than_a_load_takes(find: str, write: str, line: int, folder: Path) -> None:
    """Else the graph of a build would not be one that `citypact load` takes."""
    spoil(folder, RECORD_FILE, find, write)
    assert told(folder).startswith(f"{RECORD_FILE}:{line}: ")
    assert "more than 1000 characters\n    -> shorten it" in told(folder)


def test_the_table_has_no_fault_twice() -> None:
    assert [name for name, n in Counter(c["fault"] for c in CASES).items() if n > 1] == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            "document:\n  id: 서울\n".encode("cp949"),
            f"{RECORD_FILE}:2: is not UTF-8\n    -> save the file with the encoding UTF-8",
        ),
        (
            RECORD.encode("utf-16"),
            f"{RECORD_FILE}:1: is not UTF-8\n    -> save the file with the encoding UTF-8",
        ),
        (
            b"# " + b"x" * 6_000_000,
            f"{RECORD_FILE}: is larger than 5000000 bytes\n    -> split it",
        ),
        (
            b"document:\n  id: " + b"[" * 1000 + b"]" * 1000,
            f"{RECORD_FILE}:2: is nested too deeply\n    -> records need about ten levels",
        ),
        (
            b"".join(b" " * depth + b"a:\n" for depth in range(1000)),
            f"{RECORD_FILE}:41: is nested too deeply\n    -> records need about ten levels",
        ),
        (
            b"a: &a [x, x]\n"
            + b"".join(b"%c: &%c [*%c, *%c]\n" % (n, n, n - 1, n - 1) for n in b"bcdefghijklmnop"),
            f"{RECORD_FILE}:1: has a YAML anchor or alias, which records do not use\n"
            "    -> write the value out",
        ),
    ],
    ids=["Korean in cp949", "UTF-16", "6 MB", "1,000 brackets", "1,000 levels", "alias bomb"],
)
def test_refuses_what_is_no_record_at_all(data: bytes, says: str, folder: Path) -> None:
    (folder / RECORD_FILE).write_bytes(data)
    assert told(folder) == says


@pytest.mark.parametrize(
    ("file", "name"), [("records/folder.yaml", "Is a directory"), ("records/link.yaml", "No such")]
)
def test_names_what_cannot_be_read(file: str, name: str, folder: Path) -> None:
    if name == "Is a directory":
        (folder / file).mkdir()
    else:
        (folder / file).symlink_to("nowhere")
    assert told(folder).startswith(f"{file}: cannot be read: {name}")


def test_a_folder_without_records_is_named(tmp_path: Path) -> None:
    with pytest.raises(CitypactError, match="has no records\n    -> name a folder that has"):
        load_sources(tmp_path)


def test_all_faults_of_all_files_are_told_together_in_order(folder: Path) -> None:
    spoil(folder, ENTITY_FILE, "latitude: 37.566", "latitude: north")
    spoil(folder, ENTITY_FILE, "country: vietnam", "country: vietnan")
    spoil(folder, RECORD_FILE, "legally_binding: false", "legaly_binding: no")
    spoil(folder, RECORD_FILE, "status: signed", "status: singed")
    spoil(folder, RECORD_FILE, "modality: invited", "modality: hoped")
    spoil(folder, "records/again.yaml", "", "document: {}\n")
    assert [line for line in told(folder).splitlines() if "->" not in line] == [
        f"{ENTITY_FILE}:5: cities.seoul.latitude: 'north' is not of type decimal",
        f"{ENTITY_FILE}:10: cities.hanoi.country: nothing among the countries is called 'vietnan'",
        "records/again.yaml:1: document.id: is missing or not a name",
        "records/again.yaml:1: document.label: is missing",
        f"{RECORD_FILE}:25: agreements.seoul-hanoi-2015.status: "
        "'singed' is not in the code list agreement-status",
        f"{RECORD_FILE}:26: agreements.seoul-hanoi-2015.legaly_binding: "
        "is not a field of Agreement",
        f"{RECORD_FILE}:49: prospects.hanoi-invited.modality: 'hoped' is not a valid modality",
    ]


def test_a_lost_file_does_not_make_every_reference_to_it_a_fault(folder: Path) -> None:
    (folder / ENTITY_FILE).write_bytes(b"\xff\xfe")
    spoil(folder, RECORD_FILE, "status: signed", "status: singed")
    assert [line.split(":")[0] for line in told(folder).splitlines() if "->" not in line] == [
        ENTITY_FILE,
        RECORD_FILE,
    ]


def test_a_fault_is_told_once(folder: Path) -> None:
    aliases = "aliases: {ko: [가, 나], en: [A, B], at: 5-2, rank: best, note: {ko: 가}}"
    spoil(folder, RECORD_FILE, "status: signed", aliases)
    lines = told(folder).splitlines()
    assert [line for line, n in Counter(lines).items() if n > 1 and "->" not in line] == []


def test_a_long_word_is_shortened_in_the_message(folder: Path) -> None:
    spoil(folder, RECORD_FILE, "status: signed", "status: " + "x" * 100_000)
    assert len(told(folder)) < 300


KEYS = [*OF_A_VALUE, "ko", "en", "label", "provisions", "signatures"]
ODD: list[Any] = [
    *(None, "", "x", "seoul", "../x", "/", "a/b/c", "0-5", "5-0", "true", "2015-02-30", "-5", "٣"),
    *("expected", "government/seoul", "topic/tourism", "https://a.b/%", "e" * 300, "1" * 30),
    *([], {}, [[["x"]]], ["seoul", "seoul"], {"a": "b"}, {"is": {"is": "x"}}, {"at": "0-3"}),
    *({"ko": "가", "en": "A"}, {"ko": [], "en": {}}, {"is": "seoul", "rank": "preferred"}),
    *({"is": "x", "note": {"fr": "y"}}, {"is": "x", "attributed_to": "y", "as_of": "z"}),
]


def places(node: Any) -> list[tuple[Any, Any]]:
    """Every container of a tree with every key in it."""
    keys = node.items() if isinstance(node, dict) else enumerate(node)
    return [(node, k) for k, _ in keys] + [
        place for _, child in keys if isinstance(child, dict | list) for place in places(child)
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_written_anywhere_is_read_or_refused(data: st.DataObject, folder: Path) -> None:
    file = data.draw(st.sampled_from([RECORD_FILE, ENTITY_FILE]))
    tree = yaml.load(RECORD if file == RECORD_FILE else ENTITIES, Loader=yaml.BaseLoader)
    for _ in range(data.draw(st.integers(1, 3))):
        node, key = data.draw(st.sampled_from(places(tree)))
        odd = copy.deepcopy(data.draw(st.sampled_from(ODD)))
        if data.draw(st.booleans()):
            node[key] = odd
        else:
            node[key] = {"is": node[key], data.draw(st.sampled_from(KEYS)): odd}
    write_small(folder)
    spoil(folder, file, "", yaml.safe_dump(tree, allow_unicode=True, sort_keys=False))
    try:
        load_sources(folder)
    except RecordError as error:
        assert all(problem.message and problem.cure for problem in error.problems)


@pytest.mark.parametrize("encode", ["utf-8-sig", "utf-8"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_bytes_of_other_editors_make_the_same_graph(
    encode: str, newline: str, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = write_small(tmp_path_factory.mktemp("other"))
    (other / RECORD_FILE).write_bytes(RECORD.replace("\n", newline).encode(encode))
    (other / ENTITY_FILE).write_bytes(ENTITIES.replace("\n", newline).encode(encode))
    assert set(make_graph(other).inner) == set(make_graph(folder).inner)


@pytest.mark.parametrize(
    ("find", "write"),
    [
        ("    legally_binding: false\n", ""),
        ("inferred: true}", "inferred: false}"),
        ("inferred: true}", "editorial: false, at: 0-5}"),
        ("inferred: true}", "editorial: true}"),
        ("is: 2015-03-02", "is: 2015-03-02%"),
        ("is: 2015-03-02", "is: 2015-03-02?/2015-03-02"),
        ("type: press-release", "type:\tpress-release"),
        ("    at: [46-62, 163-189]", "    at: [46-62, 163-189]\n    modality: expected"),
    ],
)
def test_accepts(find: str, write: str, folder: Path) -> None:
    spoil(folder, RECORD_FILE, find, write)
    assert len(make_graph(folder)) > 0


def test_problems_carry_their_parts(folder: Path) -> None:
    spoil(folder, RECORD_FILE, "parties: [seoul, hanoi]", "parties: [seoul]")
    with pytest.raises(RecordError) as caught:
        make_graph(folder)
    parts: list[dict[str, Any]] = [vars(problem) for problem in caught.value.problems]
    assert parts == [
        {
            "file": RECORD_FILE,
            "line": 23,
            "field": "agreements.seoul-hanoi-2015.parties",
            "message": "needs at least two parties that are organisations",
            "cure": "",
            "korean": "기관인 당사자가 둘 이상 있어야 합니다",
        }
    ]
