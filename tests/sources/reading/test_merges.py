"""Merges: judgements that two entries are one, replayed at each reading and undone by their row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from citypact.graph.build.build import make_graph
from citypact.graph.rdf.serialise import sorted_quads, to_nquads
from citypact.graph.store.base import Store
from citypact.ontology import EDITORS, ID, NS, SKOS
from citypact.ontology.errors import RecordError
from citypact.sources import PACKAGED
from citypact.sources.model import Claim, Place, Triple
from citypact.sources.reading.load import load_sources
from citypact.sources.reading.merges import _distinct, _moved, _moved_triple
from tests.running import citypact
from tests.sources.small_registers import REGISTERS, write_registers

HEADER = "entry,into,reason.ko,reason.en\n"
REASON = "같은 도시의 다른 표기이다.,Two spellings of one city."
TO_HANOI = f"city/ha-noi,city/hanoi,{REASON}\n"
CITIES = (
    REGISTERS["cities"] + "ha-noi,,하 노이,Ha Noi,,,vietnam,,\nhanoy,,하노잇,Hanoy,,,vietnam,,\n"
)
PARTNERSHIPS = REGISTERS["partnerships"].replace("city/seoul;city/hanoi", "city/seoul;city/ha-noi")


def merged(folder: Path, rows: str, **registers: str) -> Path:
    """The small set with three entries for Hanoi, and judgements."""
    given = {"cities": CITIES, "partnerships": PARTNERSHIPS} | registers
    write_registers(folder, **given)
    (folder / "registers/merges.csv").write_text(HEADER + rows, encoding="utf-8")
    return folder


def facts(store: Store, subject: str, name: str) -> set[str]:
    """The facts of a thing's property, without our own namespaces."""
    iri = ox.NamedNode(name if ":" in name else NS + name)
    quads = store.quads(ox.NamedNode(ID + subject), iri, None, ox.DefaultGraph())
    return {quad.object.value.removeprefix(ID) for quad in quads}


def nquads(folder: Path) -> bytes:
    return to_nquads(sorted_quads(make_graph(folder).inner))


def told(folder: Path) -> list[str]:
    with pytest.raises(RecordError) as caught:
        make_graph(folder)
    return [line.strip() for line in str(caught.value).splitlines()]


def test_all_that_is_said_of_the_entry_is_said_of_the_other(tmp_path: Path) -> None:
    store = make_graph(merged(tmp_path, TO_HANOI))
    assert facts(store, "partnership/seoul-hanoi", "partner") == {"city/seoul", "city/hanoi"}
    assert not list(store.quads(ox.NamedNode(ID + "city/ha-noi"), None, None, None))
    assert not list(store.quads(None, None, ox.NamedNode(ID + "city/ha-noi"), None))
    assert facts(store, "city/hanoi", "cooperatesWith") == {"city/seoul"}


def test_the_place_of_the_other_stays(tmp_path: Path) -> None:
    """Entries of one city may lie at several places; the city does not."""
    cities = REGISTERS["cities"] + (
        "ha-noi,,하 노이,Ha Noi,,,vietnam,20.9,105.9\nhanoy,,하노잇,Hanoy,,,vietnam,20.8,105.8\n"
    )
    for into, latitude in (("hue", "16.46"), ("ha-noi", "20.9")):
        rows = f"city/hanoy,city/{into},{REASON}\n"
        store = make_graph(merged(tmp_path / into, rows, cities=cities))
        assert facts(store, f"city/{into}", "latitude") == {latitude}
        assert len(facts(store, f"city/{into}", "longitude")) == 1


def test_the_order_of_entries_decides_no_place(tmp_path: Path) -> None:
    """Hanoi has no place of its own: of two entries the first by name gives both numbers."""
    entries = [
        "ha-noi,,하 노이,Ha Noi,,,vietnam,20.9,105.9\n",
        "hanoy,,하노잇,Hanoy,,,vietnam,20.8,105.8\n",
    ]
    rows = f"city/hanoy,city/hanoi,{REASON}\ncity/ha-noi,city/hanoi,{REASON}\n"
    for name, order in (("one", entries), ("other", reversed(entries))):
        cities = REGISTERS["cities"] + "".join(order)
        store = make_graph(merged(tmp_path / name, rows, cities=cities))
        assert facts(store, "city/hanoi", "latitude") == {"20.9"}
        assert facts(store, "city/hanoi", "longitude") == {"105.9"}


def test_names_of_the_entry_become_aliases(tmp_path: Path) -> None:
    folder = merged(tmp_path, TO_HANOI)
    store = make_graph(folder)
    assert facts(store, "city/hanoi", SKOS + "prefLabel") == {"하노이", "Hanoi"}
    assert facts(store, "city/hanoi", SKOS + "altLabel") >= {"하 노이", "Ha Noi"}


def test_the_judgement_is_a_claim_with_its_reason(tmp_path: Path) -> None:
    (claim,) = [
        claim
        for claim in load_sources(merged(tmp_path, TO_HANOI)).claims
        if claim.predicate == NS + "mergedFrom"
    ]
    assert (claim.subject, claim.object.value) == (ID + "city/hanoi", "city/ha-noi")
    assert claim.document == EDITORS
    assert dict(claim.notes) == {
        "ko": "같은 도시의 다른 표기이다.",
        "en": "Two spellings of one city.",
    }
    assert (claim.place.file, claim.place.line) == ("registers/merges.csv", 2)


def test_who_is_quoted_moves_too() -> None:
    place = Place("records/paper.yaml", 1, "signed")
    said = Claim(
        f"{ID}agreement/a", f"{NS}status", ox.NamedNode(f"{ID}b"), f"{ID}doc/c", place,
        attributed_to=f"{ID}city/ha-noi",
    )  # fmt: skip
    ends = {f"{ID}city/ha-noi": f"{ID}city/hanoi"}
    assert _moved(said, ends) == replace(said, attributed_to=f"{ID}city/hanoi")


@pytest.mark.parametrize(
    ("tie", "moved"),
    [("a b", "a b"), ("b a", "b a"), ("a a", ""), ("old b", "new b"), ("b old", "b new"),
     ("a old", "a new"), ("old new", ""), ("new old", ""), ("old old", "")],
)  # fmt: skip
def test_a_tie_of_a_list_moves_and_is_never_one_with_itself(tie: str, moved: str) -> None:
    def triple(names: str) -> Triple:
        one, other = (ox.NamedNode(f"{ID}city/{name}") for name in names.split())
        return one, ox.NamedNode(f"{NS}twinnedWith"), other

    found = _moved_triple(triple(tie), {f"{ID}city/old": f"{ID}city/new"})
    assert found == (triple(moved) if moved else None)


def test_names_in_a_list_of_what_was_merged_are_left_out() -> None:
    name = (ox.NamedNode(f"{ID}city/old"), ox.NamedNode(f"{NS}label"), ox.Literal("Old"))
    assert _moved_triple(name, {f"{ID}city/old": f"{ID}city/new"}) is None
    assert _moved_triple(name, {f"{ID}city/other": f"{ID}city/new"}) == name


def test_a_document_that_names_both_keeps_the_passages_of_both() -> None:
    """What the editors say of both is said once; a document's claims have spans of their own."""
    place = Place("records/paper.yaml", 1, "topic")
    one = Claim(f"{ID}city/hanoi", f"{NS}topic", ox.NamedNode(f"{ID}b"), f"{ID}doc/c", place)
    passages = [replace(one, spans=((0, 5),)), replace(one, spans=((9, 12),))]
    assert _distinct(passages) == passages
    added = replace(one, document=EDITORS)
    assert _distinct([added, None, replace(added, place=replace(place, line=2))]) == [added]


def test_a_chain_leads_to_its_end(tmp_path: Path) -> None:
    chain = f"city/ha-noi,city/hanoy,{REASON}\ncity/hanoy,city/hanoi,{REASON}\n"
    store = make_graph(merged(tmp_path / "chain", chain))
    assert facts(store, "partnership/seoul-hanoi", "partner") == {"city/seoul", "city/hanoi"}
    assert facts(store, "city/hanoi", "mergedFrom") == {"city/ha-noi", "city/hanoy"}
    assert facts(store, "city/hanoi", SKOS + "altLabel") >= {"Ha Noi", "Hanoy"}


def test_the_order_of_judgements_changes_nothing(tmp_path: Path) -> None:
    chain = [f"city/ha-noi,city/hanoy,{REASON}\n", f"city/hanoy,city/hanoi,{REASON}\n"]
    one = nquads(merged(tmp_path / "one", "".join(chain)))
    assert nquads(merged(tmp_path / "other", "".join(reversed(chain)))) == one


def test_without_its_row_a_merge_is_undone(tmp_path: Path) -> None:
    before = write_registers(tmp_path / "before", cities=CITIES, partnerships=PARTNERSHIPS)
    never = nquads(before)
    folder = merged(tmp_path / "after", TO_HANOI)
    assert nquads(folder) != never
    (folder / "registers/merges.csv").write_text(HEADER, encoding="utf-8")
    assert nquads(folder) == never


@pytest.mark.parametrize("name", ["pact-2016", "the-pact-2016"])
def test_parts_move_with_their_whole(tmp_path: Path, name: str) -> None:
    agreements = REGISTERS["agreements"] + (
        f"{name},weekly,협정,The pact,government/seoul;government/hanoi,agreement,2016-05-04,"
        "signed,\n"
    )
    signatures = REGISTERS["agreements.signatures"] + (
        f"{name},hanoi,weekly,park,,government/hanoi,\n"
    )
    row = f"agreement/{name},agreement/seoul-hanoi-2016,{REASON}\n"
    folder = merged(tmp_path, row, agreements=agreements, agreements_signatures=signatures)
    things = load_sources(folder).things
    assert {iri: thing.iri for iri, thing in things.items() if iri != thing.iri} == {}
    assert [iri for iri in things if f"/{name}" in iri] == []
    assert ID + "agreement/seoul-hanoi-2016/signature/hanoi" in things
    store = make_graph(folder)
    assert facts(store, "agreement/seoul-hanoi-2016", "hasSignature") == {
        "agreement/seoul-hanoi-2016/signature/seoul",
        "agreement/seoul-hanoi-2016/signature/hanoi",
    }
    assert facts(store, "agreement/seoul-hanoi-2016/signature/hanoi", "signatory") == {
        "person/park"
    }
    assert not [q for q in store.quads() if f"/{name}/" in str(q) or f"/{name}>" in str(q)]


def test_what_both_entries_say_is_not_said_twice(tmp_path: Path) -> None:
    places = [
        (claim.predicate, claim.object)
        for claim in load_sources(merged(tmp_path, TO_HANOI)).claims
        if claim.subject == ID + "city/hanoi" and claim.document == EDITORS
    ]
    assert len(places) == len(set(places))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            f"city/ha-noi,city/hanoi,{REASON}\ncity/hanoi,city/ha-noi,{REASON}\n",
            [
                "registers/merges.csv:2: into: leads back to the entry",
                "registers/merges.csv:3: into: leads back to the entry",
            ],
        ),
        (
            f"city/hanoi,city/hanoi,{REASON}\n",
            ["registers/merges.csv:2: into: leads back to the entry"],
        ),
        (
            f"city/ha-nui,city/hanoi,{REASON}\n",
            ["registers/merges.csv:2: entry: 'city/ha-nui' is not an entry"],
        ),
        (
            f"city/ha-noi,Hanoi,{REASON}\n",
            ["registers/merges.csv:2: into: 'Hanoi' is not an entry"],
        ),
        (
            f"city/ha-noi,government/hanoi,{REASON}\n",
            ["registers/merges.csv:2: into: is of another class than the entry"],
        ),
        (
            TO_HANOI + f"city/ha-noi,city/hue,{REASON}\n",
            ["registers/merges.csv:3: entry: is judged twice (first in line 2)"],
        ),
        (
            "city/ha-noi,city/hanoi,같은 도시,\n",
            ["registers/merges.csv:2: reason.en: is missing in a language"],
        ),
        (
            "city/ha-noi,city/hanoi,,One city\n",
            ["registers/merges.csv:2: reason.ko: is missing in a language"],
        ),
        (
            f"doc/daily,doc/weekly,{REASON}\n",
            ["registers/merges.csv:2: entry: is a document: its claims stay its own"],
        ),
        (
            f"agreement/seoul-hanoi-2016/signature/seoul,agreement/seoul-hanoi-2015/signature/seoul,{REASON}\n",
            ["registers/merges.csv:2: entry: is a part: merge what it is part of"],
        ),
    ],
    ids=[
        "circle", "itself", "unknown entry", "unknown goal", "other class", "twice",
        "no English", "no Korean", "documents", "parts",
    ],
)  # fmt: skip
def test_faults_have_file_line_and_cure(rows: str, says: list[str], tmp_path: Path) -> None:
    found = told(merged(tmp_path, rows))
    assert [line for line in found if not line.startswith("->")] == says
    assert len([line for line in found if line.startswith("-> ")]) == len(says)


def test_a_file_without_its_columns_is_refused(tmp_path: Path) -> None:
    folder = merged(tmp_path, "")
    (folder / "registers/merges.csv").write_text("entry,into\n", encoding="utf-8")
    assert told(folder) == [
        "registers/merges.csv:1: has no column 'reason.ko'",
        "-> it requires entry, into, reason.ko, reason.en",
    ]


def test_why_tells_of_a_merge(tmp_path: Path) -> None:
    citypact("build", "--sources", merged(tmp_path, TO_HANOI), "--out", tmp_path / "build")
    for language, words in (
        ("en", "Two spellings of one city."),
        ("ko", "같은 도시의 다른 표기이다."),
    ):
        shown = citypact(
            "why", "Ha Noi", "mergedFrom", "--store", tmp_path / "build", "--language", language
        ).out
        assert "city/ha-noi" in shown
        assert words in shown


def test_the_packaged_judgements_are_replayed() -> None:
    sources = load_sources(PACKAGED)
    merged_from = {
        claim.object.value: claim
        for claim in sources.claims
        if claim.predicate == NS + "mergedFrom"
    }
    assert "office/seoul-waterworks" in merged_from
    ends = {claim.subject for claim in sources.claims} | {
        claim.object.value for claim in sources.claims if isinstance(claim.object, ox.NamedNode)
    }
    assert not {ID + slug for slug in merged_from} & ends
    assert all(len(dict(claim.notes)) == 2 for claim in merged_from.values())


def test_ties_of_an_imported_list_move_too(tmp_path: Path) -> None:
    folder = merged(tmp_path / "sources", TO_HANOI)
    listed = tmp_path / "mine"
    listed.mkdir()
    tables = {
        "import.json": "{}",
        "documents.csv": "id,label.ko,label.en,type,address\n"
        "mine,목록,List,dataset,https://mine.example/\n",
        "countries.csv": "id,source,label.ko,label.en\n",
        "cities.csv": "id,source,country,latitude,longitude,population,wikidata,geonames\n",
        "twins.csv": "city,twinned_with,source,start,end\n"
        "ha-noi,seoul,mine,,\nha-noi,hanoi,mine,,\n",
    }
    for name, text in tables.items():
        (listed / name).write_text(text, encoding="utf-8")
    store = make_graph(folder, imports=[listed])
    assert facts(store, "city/hanoi", "twinnedWith") == {"city/seoul"}
    assert not list(store.quads(ox.NamedNode(ID + "city/ha-noi"), None, None, None))
    assert not list(store.quads(None, None, ox.NamedNode(ID + "city/ha-noi"), None))
