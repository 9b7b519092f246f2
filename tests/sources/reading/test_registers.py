"""Registers: what rows say, whose claims they are, and what a user is told of a broken one."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citypact.graph.build.build import make_graph
from citypact.graph.rdf.serialise import sorted_quads, to_nquads
from citypact.graph.rdf.terms import object_term
from citypact.graph.store.labels import Names
from citypact.ontology import EDITORS, ID, NS, SKOS
from citypact.ontology.errors import RecordError
from citypact.sources.model import Claim, Sources
from citypact.sources.reading.load import load_sources
from tests.running import citypact
from tests.soak import times
from tests.sources.small import write_small
from tests.sources.small_registers import REGISTERS, write_registers

CASES: list[dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "broken_registers.yaml").read_text(encoding="utf-8")
)
PACT, TIE = ID + "agreement/seoul-hanoi-2016", ID + "partnership/seoul-hanoi"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small set of sources with its registers."""
    return write_registers(tmp_path)


def said(sources: Sources, subject: str, name: str) -> dict[tuple[str, str], Claim]:
    """The claims of a thing's property, by value and by the name of the document."""
    iri = name if ":" in name else NS + name
    return {
        (
            object_term(claim.object).value.removeprefix(ID),
            claim.document.removeprefix(ID + "doc/"),
        ): claim
        for claim in sources.claims
        if (claim.subject, claim.predicate) == (subject, iri)
    }


def nquads(folder: Path) -> bytes:
    return to_nquads(sorted_quads(make_graph(folder).inner))


def told(folder: Path) -> str:
    """What a user is told who builds from a folder."""
    with pytest.raises(RecordError) as caught:
        make_graph(folder)
    return str(caught.value)


# What rows say


def test_a_row_is_a_claim_of_its_source(folder: Path) -> None:
    found = said(load_sources(folder), PACT, "signingDate")
    assert found.keys() == {("date/2016-05-04", "daily"), ("date/2016-05-04", "weekly")}
    assert {claim.place.line for claim in found.values()} == {2, 3}
    assert {claim.place.file for claim in found.values()} == {"registers/agreements.csv"}


def test_hidden_files_of_systems_and_editors_are_no_sources(folder: Path) -> None:
    before = nquads(folder)
    for part, ending in (("registers", "csv"), ("records", "yaml"), ("entities", "yaml")):
        (folder / part / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
        (folder / part / f"._agreements.{ending}").write_bytes(b"\0\5\26\7\0\2Mac OS X")
        (folder / part / f".#agreements.{ending}").symlink_to("user@host.1234:1")
    (folder / "records" / "._seoul-hanoi-2015.passages.csv").write_bytes(b"\0\5\26\7")
    assert nquads(folder) == before


def test_several_values_stand_between_semicolons(folder: Path) -> None:
    sources = load_sources(folder)
    assert said(sources, PACT, "topic").keys() == {
        ("topic/tourism", "daily"),
        ("topic/smart-city", "daily"),
        ("topic/tourism", "weekly"),
    }
    aliases = {value for value, _ in said(sources, ID + "city/hue", SKOS + "altLabel")}
    assert aliases == {"훼", "후에시", "Huế"}


@pytest.mark.parametrize("name", ["친선도시", "자매도시", "Twin town"])
def test_a_code_may_be_written_by_its_name(folder: Path, name: str) -> None:
    path = folder / "registers/partnerships.csv"
    path.write_text(path.read_text("utf-8").replace("sister-city", name), encoding="utf-8")
    claims = said(load_sources(folder), TIE, "relationType")
    assert {value for value, _ in claims} == {"code/relation-type/sister-city"}


def test_a_semicolon_may_be_part_of_an_address(tmp_path: Path) -> None:
    documents = """\
id,title.en,type,address,archive_address
page,A page,web-notice,https://seoul.example/a;id=7?b;c,https://one.example/a;b;http://two.example/
"""
    write_small(tmp_path)
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers/documents.csv").write_text(documents, encoding="utf-8")
    sources = load_sources(tmp_path)
    found = {
        name: {value for value, _ in said(sources, ID + "doc/page", name)}
        for name in ("address", "archiveAddress")
    }
    assert found == {
        "address": {"https://seoul.example/a;id=7?b;c"},
        "archiveAddress": {"https://one.example/a;b", "http://two.example/"},
    }


def test_what_stands_beside_a_value_has_a_column_of_its_own(folder: Path) -> None:
    sources = load_sources(folder)
    found = said(sources, TIE, "established")
    chosen, other = found["date/1996-05-01", "page"], found["date/1997", "daily"]
    assert (chosen.rank, other.rank) == ("preferred", "normal")
    assert dict(chosen.reasons) == {"ko": "당사자의 글이다.", "en": "The page is of a party."}
    assert dict(other.notes) == {"ko": "기사는 해만 적었다.", "en": "A year alone."}
    total = said(sources, ID + "government/seoul", "partnerCityTotal")
    assert total["2", "page"].as_of.text.endswith("2016")
    assert not total["5", "weekly"].as_of


def test_a_row_without_a_source_is_the_editors_own(folder: Path) -> None:
    claims = [c for c in load_sources(folder).claims if c.subject == ID + "city/hue"]
    assert len(claims) > 5
    assert {claim.document for claim in claims} == {EDITORS}


def test_a_document_is_named_after_its_title_where_it_has_no_name(tmp_path: Path) -> None:
    documents = """\
id,label.en,title.ko,title.en,title.ja,type,address,said_after_signing
daily,,서울시,,ソウル市,press-article,https://daily.example/1,true
page,[A page],,,ソウル市,web-notice,https://seoul.example/partners,
weekly,,,Weekly,週刊,press-article,https://weekly.example/2,true
"""
    names = Names(make_graph(write_registers(tmp_path, documents=documents)))
    assert {row: names.both(f"{ID}doc/{row}") for row in ("daily", "page", "weekly")} == {
        "daily": {"ko": "서울시", "en": "서울시"},
        "page": {"ko": "ソウル市", "en": "[A page]"},
        "weekly": {"ko": "Weekly", "en": "Weekly"},
    }


def test_parts_have_a_register_of_their_own(folder: Path) -> None:
    signature = f"{PACT}/signature/seoul"
    found = said(load_sources(folder), signature, "signatory")
    assert {key: claim.is_inferred for key, claim in found.items()} == {
        ("person/park", "daily"): False,
        ("person/park", "weekly"): True,
    }


def test_a_column_holds_for_all_that_its_row_says(folder: Path, tmp_path: Path) -> None:
    rows = REGISTERS["agreements.signatures"].replace("inferred", "modality")
    rows = rows.replace("seoul,\n", "seoul,expected\n").replace("true", "expected")
    store = make_graph(write_registers(tmp_path, agreements_signatures=rows))
    about = ox.NamedNode(f"{PACT}/signature/seoul")
    assert not list(store.quads(about, None, None, ox.DefaultGraph()))
    assert not list(store.quads(None, None, about, ox.DefaultGraph()))


def test_records_alone_leave_registers_out(folder: Path) -> None:
    sources = load_sources(folder, registers=False)
    assert ID + "city/hue" not in sources.things
    assert {document.slug for document in sources.documents.values()} == {"seoul-hanoi-2015"}


def test_the_words_behind_a_register_lead_to_its_source(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    citypact("build", "--sources", folder, "--out", out)
    shown = citypact("why", "partnership/seoul-hanoi", "established", "--store", out).out
    for words in (
        "1996-05-01",
        "https://seoul.example/partners",
        "1997",
        "https://daily.example/1",
    ):
        assert words in shown
    assert "The page is of a party." in shown
    rows = citypact("query", "partnerships", "--why", "--store", out, "--language", "ko").out
    assert "서울–하노이 자매도시 관계" in rows
    assert "https://seoul.example/partners" in rows


# The order of rows, columns and files


def shuffled(text: str, chance: random.Random) -> str:
    """A register with its rows and its columns in another order."""
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    columns = chance.sample(range(len(header)), len(header))
    rows = chance.sample(rows, len(rows))
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[row[at] for at in columns] for row in (header, *rows)])
    return out.getvalue()


@pytest.mark.parametrize("seed", range(3))
def test_order_changes_nothing(
    seed: int, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(seed)
    changed = {name.replace(".", "_"): shuffled(text, chance) for name, text in REGISTERS.items()}
    other = write_registers(tmp_path_factory.mktemp("other"), **changed)
    assert nquads(other) == nquads(folder)


def test_names_of_documents_decide_nothing(folder: Path, tmp_path: Path) -> None:
    """The value that facts follow comes from a rank, whichever document is read first."""
    for new in ("a-first", "z-last"):
        changed = {
            name.replace(".", "_"): text.replace("page,", f"{new},")
            for name, text in REGISTERS.items()
        }
        store = make_graph(write_registers(tmp_path / new, **changed))
        dates = store.quads(ox.NamedNode(TIE), ox.NamedNode(NS + "established"), None)
        default = {q.object.value for q in dates if isinstance(q.graph_name, ox.DefaultGraph)}
        assert default == {ID + "date/1996-05-01"}


# Faults


@pytest.mark.parametrize("case", CASES, ids=[case["fault"] for case in CASES])
def test_tells_file_line_column_and_cure(case: dict[str, str], folder: Path) -> None:
    path = folder / "registers" / case["file"]
    write = case["write"]
    if find := case.get("find", ""):
        text = path.read_text(encoding="utf-8")
        assert text.count(find) == 1
        write = text.replace(find, write)
    path.write_text(write, encoding="utf-8", newline="")
    assert told(folder) == case["says"]


def test_the_table_has_no_fault_twice() -> None:
    assert [name for name, n in Counter(c["fault"] for c in CASES).items() if n > 1] == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            REGISTERS["cities"].encode("cp949", errors="replace"),
            "registers/cities.csv:2: is not UTF-8\n"
            "    -> save it as “CSV UTF-8”, or convert it: iconv -f CP949 -t UTF-8 FILE > NEW",
        ),
        (
            REGISTERS["cities"].encode("utf-16"),
            "registers/cities.csv: is UTF-16, not UTF-8\n    -> save it as “CSV UTF-8”",
        ),
        (
            REGISTERS["cities"].encode().replace(b"Hue", b"H\0ue"),
            "registers/cities.csv:2: contains a NUL character\n    -> save it as CSV again",
        ),
        (
            REGISTERS["cities"].encode().replace(b",Hue", b"," + b"x" * 30_000),
            "registers/cities.csv:2: label.en: has more than 20000 characters\n    -> shorten it",
        ),
    ],
    ids=["Korean in cp949", "UTF-16", "NUL", "a book in a cell"],
)
def test_refuses_what_is_no_register_at_all(data: bytes, says: str, folder: Path) -> None:
    (folder / "registers/cities.csv").write_bytes(data)
    assert told(folder) == says


def test_what_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "registers/people.csv").mkdir()
    assert told(folder).startswith("registers/people.csv: cannot be read: Is a directory")


def test_faults_of_several_registers_are_told_together(folder: Path) -> None:
    (folder / "registers/cities.csv").write_bytes(b"\xff")
    (folder / "registers/people.csv").write_text("id\n", encoding="utf-8")
    assert [line for line in told(folder).splitlines() if "->" not in line] == [
        "registers/cities.csv:1: is not UTF-8",
        "registers/people.csv:1: has no column 'source'",
    ]


def test_a_broken_register_keeps_the_last_build(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    citypact("build", "--sources", folder, "--out", out)
    before = out.stat().st_ino
    (folder / "registers/cities.csv").write_bytes(b"\xff")
    done = citypact("build", "--sources", folder, "--out", out, code=1)
    assert "registers/cities.csv:1: is not UTF-8" in done.err
    assert out.stat().st_ino == before


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encode", ["utf-8", "utf-8-sig"])
def test_bytes_of_other_programs_make_the_same_graph(
    newline: str, encode: str, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = write_registers(tmp_path_factory.mktemp("other"))
    for path in (other / "registers").iterdir():
        text = path.read_text(encoding="utf-8").replace("\n", newline) + newline * 2
        path.write_bytes(text.encode(encode))
    assert nquads(other) == nquads(folder)


# Any text in a cell

TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\"';,=<"), max_size=40
) | st.sampled_from(
    ["<script>alert(1)</script>", "=1+1", "'=1+1", "@x", "-1", '"', '""', "a\nb", "a;b", " ; ", "'"]
)


def quoted(text: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([text])
    return out.getvalue().removesuffix("\r\n")


@settings(max_examples=times(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_any_text_is_a_name_as_it_stands_or_is_refused(text: str, folder: Path) -> None:
    rows = REGISTERS["cities"].replace(",Hue,", f",{quoted(text)},")
    write_registers(folder, cities=rows)
    try:
        sources = load_sources(folder)
    except RecordError as error:
        assert all(problem.file == "registers/cities.csv" for problem in error.problems)
        assert all(problem.line for problem in error.problems)
        return
    names = {value for value, _ in said(sources, ID + "city/hue", SKOS + "prefLabel")}
    plain = text.strip()
    if plain[:1] == "'" and plain[1:2] in {"=", "+", "-", "@"}:
        plain = plain[1:]  # the mark by which spreadsheets take a formula for text
    assert " ".join(plain.split()) in {" ".join(name.split()) for name in names}


@settings(max_examples=times(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_written_into_any_cell_is_read_or_refused(
    data: st.DataObject, folder: Path
) -> None:
    name = data.draw(st.sampled_from(sorted(REGISTERS)))
    rows = list(csv.reader(io.StringIO(REGISTERS[name], newline="")))
    row = data.draw(st.sampled_from(rows))
    row[data.draw(st.integers(0, len(row) - 1))] = data.draw(TEXTS)
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    write_registers(folder, **{name.replace(".", "_"): out.getvalue()})
    try:
        load_sources(folder)
    except RecordError as error:
        assert all(problem.message and problem.cure for problem in error.problems)


def test_a_name_with_markup_stays_text_on_the_page(folder: Path, tmp_path: Path) -> None:
    evil = "</script><script>alert(1)</script>"
    rows = REGISTERS["partnerships"].replace("Sister cities Seoul and Hanoi", evil)
    write_registers(folder, partnerships=rows)
    citypact("build", "--sources", folder, "--out", tmp_path / "build")
    page = (tmp_path / "build/network.html").read_text(encoding="utf-8")
    assert evil not in page
    assert "alert(1)" in page


@pytest.mark.parametrize(("begun", "ended"), [("2011-05", "2011"), ("201X", "2010"), ("", "2005")])
def test_an_end_that_may_follow_the_beginning_is_no_fault(
    begun: str, ended: str, tmp_path: Path
) -> None:
    table = (
        "id,source,label.ko,label.en,partners,relation_type,established,end\n"
        "seoul-hanoi,page,서울–하노이 자매도시 관계,Sister cities Seoul and Hanoi,"
        f"city/seoul;city/hanoi,sister-city,{begun},{ended}\n"
    )
    assert len(make_graph(write_registers(tmp_path, partnerships=table)))
