"""What holds for any label, any date and any order, from what people write to what they read."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import sqlite3
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pyoxigraph as ox
import pytest
import rdflib
import yaml
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from citypact.api import Graph
from citypact.graph.build.build import graph_of
from citypact.graph.build.claims import node_of
from citypact.graph.build.files import rdf_files
from citypact.graph.export.xlsx import facts_as_workbook
from citypact.graph.rdf.serialise import sorted_quads_of
from citypact.graph.rdf.terms import object_term, read_date
from citypact.graph.store.base import LocalStore
from citypact.ontology import ID, NS, OA, RDF
from citypact.ontology.errors import RecordError
from citypact.site import site_of
from citypact.sources.model import Claim, Date, Sources
from citypact.sources.reading.load import load_sources
from tests.soak import times
from tests.sources.small import ENTITIES, RECORD, write_small

few = settings(
    max_examples=times(8, soak=60),
    phases=(Phase.explicit, Phase.generate),  # to shrink what takes so long would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
DIGITS = st.sampled_from(["2015", "201X", "20XX", "1998", "XXXX"])
MONTHS = st.sampled_from(["", "-03", "-XX", "-11"])
DAYS = st.sampled_from(["", "-02", "-XX", "-30"])
DATES = st.builds(
    lambda year, month, day, qualifier: year + month + (day if month else "") + qualifier,
    DIGITS,
    MONTHS,
    DAYS,
    st.sampled_from(["", "?", "~", "%"]),
)
ANY_DATE = (
    DATES
    | st.builds("{}/{}".format, DATES | st.just(".."), DATES | st.just(".."))
    | (st.lists(DATES, min_size=1, max_size=3).map(lambda dates: f"[{','.join(dates)}]"))
)
LABELS = st.text(min_size=1, max_size=30) | st.sampled_from(
    [
        "</script><b>",
        "=1+1",
        "'=1",
        "  a  b ",
        "NA",
        "007",
        "\u202eabc",
        "서울 · 부산",
        "a\tb",
        "&lt;",
    ]
)


def written(folder: Path, entities: Any, record: Any) -> Sources:
    """The small sources with other contents, read. Raises RecordError for what is refused."""
    write_small(folder)
    for place, content in (("entities/world", entities), ("records/seoul-hanoi-2015", record)):
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (folder / f"{place}.yaml").write_text(text, encoding="utf-8")
    return load_sources(folder)


def small() -> tuple[Any, Any]:
    """The contents of the two files, dates and all else as they are written."""
    return yaml.load(ENTITIES, yaml.BaseLoader), yaml.load(RECORD, yaml.BaseLoader)


def said(store: LocalStore) -> set[tuple[Any, ...]]:
    """The claims of a graph: statement, document, modality, rank, spans and remarks."""

    def values(node: ox.NamedNode | ox.BlankNode, name: str) -> tuple[Any, ...]:
        found = store.quads(node, ox.NamedNode(name if "://" in name else NS + name))
        return tuple(sorted((quad.object for quad in found), key=str))

    claims = set()
    for quad in store.quads(None, ox.NamedNode(RDF + "type"), ox.NamedNode(NS + "Claim")):
        (statement,) = values(quad.subject, "claims")
        triple = tuple(
            values(statement, RDF + name)[0] for name in ("subject", "predicate", "object")
        )
        spans = {
            tuple(int(values(span, name)[0].value) for name in (OA + "start", OA + "end"))
            for span in values(quad.subject, "evidence")
        }
        code = [
            values(quad.subject, name)[0].value.rsplit("/")[-1] for name in ("modality", "rank")
        ]
        claims.add((quad.subject.value, *map(str, triple), *code, frozenset(spans)))
    return claims


def stated(claim: Claim) -> tuple[Any, ...]:
    """A claim as `said` gives it."""
    triple = (ox.NamedNode(claim.subject), ox.NamedNode(claim.predicate), object_term(claim.object))
    spans = frozenset(claim.spans)
    return (node_of(claim).value, *map(str, triple), claim.modality, claim.rank, spans)


@few
@given(label=LABELS, signed=ANY_DATE, start=ANY_DATE, binding=st.booleans(), data=st.data())
def test_what_a_record_says_is_in_the_graph_and_nothing_else(
    label: str, signed: str, start: str, binding: bool, data: st.DataObject, tmp_path: Path
) -> None:
    """From a record to the graph and back: each claim with its words, and each date."""
    entities, record = small()
    agreement = record["agreements"]["seoul-hanoi-2015"]
    agreement["label"]["en"] = label
    agreement["signed"]["is"] = signed
    agreement["status"] = "announced"
    agreement["legally_binding"] = binding
    agreement["topics"] = data.draw(
        st.lists(
            st.sampled_from(["smart-city", "e-government", "tourism"]), unique=True, min_size=1
        )
    )
    record["memberships"]["hanoi-wego"]["start"] = start
    try:
        sources = written(tmp_path, entities, record)
        store = graph_of(sources)
    except RecordError as error:
        assert all(problem.message and problem.cure for problem in error.problems)
        assume(False)
    assert {stated(claim) for claim in sources.claims} <= said(store)
    assert {claim[0] for claim in said(store)} == {node_of(claim).value for claim in sources.claims}
    for claim in sources.claims:
        if isinstance(claim.object, Date):
            assert read_date(object_term(claim.object).value) == claim.object


class Text(HTMLParser):
    """The text of a page, and what its attributes say."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [value for _, value in attrs if value]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def page_of_hanoi(store: LocalStore) -> str:
    page = site_of(store).page("id/city/hanoi.en.html")
    assert page is not None
    return page.decode()


@pytest.fixture(scope="module")
def usual_tags(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = write_small(tmp_path_factory.mktemp("tags"))
    return Text(page_of_hanoi(graph_of(load_sources(folder)))).tags


def strings(value: Any) -> Iterator[str]:
    """All texts in JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value if isinstance(value, list) else value.values():
            yield from strings(each)


def plain(text: str) -> str:
    return " ".join(text.split())


@few
@given(label=LABELS)
def test_any_label_comes_to_every_format_and_page_and_back(
    label: str, usual_tags: set[str], tmp_path: Path
) -> None:
    entities, record = small()
    entities["cities"]["hanoi"]["label"]["en"] = label
    try:
        sources = written(tmp_path / "sources", entities, record)
    except RecordError as error:
        assert all(problem.message and problem.cure for problem in error.problems)
        return
    city = ID + "city/hanoi"
    (name,) = {
        claim.object.value
        for claim in sources.claims
        if claim.subject == city
        and isinstance(claim.object, ox.Literal)
        and claim.predicate.endswith("prefLabel")
        and claim.object.language == "en"
    }
    assert plain(name) == plain(label) or label[:1] == "'"
    store = graph_of(sources)
    files = dict(rdf_files(sorted_quads_of(store.inner)))
    texts = rdflib.Graph().parse(data=files["facts.ttl"], format="turtle")
    assert rdflib.Literal(name, "en") in set(texts.objects(rdflib.URIRef(city)))
    assert ox.Literal(name, language="en") in {
        quad.object for quad in ox.parse(files["graph.nq"], ox.RdfFormat.N_QUADS)
    }
    assert name in set(strings(json.loads(files["graph.jsonld"])))
    graph = Graph(store)

    def exported(form: str) -> Path:
        out = tmp_path / f"out.{form}"
        graph.export(form, out, "actors", "en", replace=True)
        return out

    for form in ("graphml", "gexf"):
        tree = ElementTree.parse(exported(form))
        found = [each.text or "" for each in tree.iter()]
        found += [value for each in tree.iter() for value in each.attrib.values()]
        assert name.replace("\r", "") in found  # which XML readers would change
    with (exported("csv") / "nodes.csv").open(encoding="utf-8-sig", newline="") as file:
        assert any(name in cell for row in csv.reader(file) for cell in row)
    assert name in set(strings(json.loads(exported("jsonld").read_bytes())))
    connection = sqlite3.connect(exported("sqlite"))
    rows = connection.execute("SELECT * FROM nodes").fetchall()
    connection.close()
    assert name in {value for row in rows for value in row}
    book = openpyxl.load_workbook(io.BytesIO(facts_as_workbook(store, "en")))
    cells = {str(cell.value) for sheet in book for row in sheet for cell in row if cell.value}
    assert any(plain(name) in plain(cell) for cell in cells) or name[:1] in "=+-@'\t\r"

    shown = Text(page_of_hanoi(store))
    assert plain(name) in plain(" ".join(shown.found))
    assert shown.tags == usual_tags  # no label is markup
    graph.draw(tmp_path / "network.html", replace=True)
    text = (tmp_path / "network.html").read_text("utf-8")
    blocks = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert any(name in set(strings(json.loads(block))) for block in blocks)


def shuffled(value: Any, chance: random.Random) -> Any:
    """The same in another order: the entries of mappings, and lists."""
    if isinstance(value, dict):
        items = [(key, shuffled(each, chance)) for key, each in value.items()]
        chance.shuffle(items)
        return dict(items)
    if isinstance(value, list):
        parts = [shuffled(each, chance) for each in value]
        chance.shuffle(parts)
        return parts
    return value


@pytest.fixture(scope="module")
def usual_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = write_small(tmp_path_factory.mktemp("usual"))
    return dict(rdf_files(sorted_quads_of(graph_of(load_sources(folder)).inner)))


@few
@given(seed=st.integers(0, 2**32))
def test_any_order_of_files_and_of_what_they_list_gives_the_same_bytes(
    seed: int, usual_files: dict[str, bytes], tmp_path: Path
) -> None:
    chance = random.Random(seed)
    entities, record = (shuffled(each, chance) for each in small())
    folder = tmp_path / str(seed)
    written(folder, entities, record)
    # The entities in files of their own, whose names sort in any order.
    (folder / "entities" / "world.yaml").unlink()
    for section, things in entities.items():
        path = folder / "entities" / f"{chance.randrange(10**6)}-{section}.yaml"
        path.write_text(yaml.safe_dump({section: things}, allow_unicode=True), encoding="utf-8")
    assert dict(rdf_files(sorted_quads_of(graph_of(load_sources(folder)).inner))) == usual_files
