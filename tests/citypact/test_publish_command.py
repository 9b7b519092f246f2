"""`citypact publish`: a folder and a zip of the same pages, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import re
import signal
import subprocess
import zipfile
from datetime import datetime
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from tests.citypact.building import assert_tidy, digests, finish, when
from tests.running import COMMAND, begin, citypact, environment, made_in
from tests.sources.small import write_small

ATOM = "{http://www.w3.org/2005/Atom}"


def test_zip_holds_the_files_of_the_folder(published: Path) -> None:
    with zipfile.ZipFile(published.with_name("site.zip")) as archive:
        zipped = {
            name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()
        }
    folder = {f"site/{name}": digest for name, digest in digests(published).items()}
    del folder["site/.citypact-files"]
    assert zipped == folder


def test_same_graph_gives_the_same_bytes_whatever_the_hash_seed(
    published: Path, build: Path, tmp_path: Path
) -> None:
    command = [*COMMAND, "publish", tmp_path / "site", "--store", build]
    command += ["--zip", tmp_path / "site.zip"]
    seeded = {**environment(), "PYTHONHASHSEED": "7", "TZ": "Asia/Seoul", "LC_ALL": "ko_KR.UTF-8"}
    subprocess.run([*map(str, command)], env=seeded, check=True, capture_output=True)
    assert digests(tmp_path / "site") == digests(published)
    assert (tmp_path / "site.zip").read_bytes() == published.with_name("site.zip").read_bytes()


@pytest.fixture(scope="module")
def small_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    citypact("build", "--sources", write_small(folder / "sources"), "--out", folder / "build")
    return folder / "build"


def test_killed_command_leaves_the_old_site(small_build: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    citypact("publish", out, "--store", small_build)
    before = digests(out)

    def is_half_made() -> bool:
        return any(list(folder.glob("id/*/*")) for folder in tmp_path.glob(".site-citypact-*"))

    killed = False
    while not killed:  # on a busy machine it may end before we look
        process = begin("publish", out, "--store", small_build, folder=tmp_path)
        if when(process, is_half_made):
            process.kill()
        finish(process)
        killed = process.returncode == -signal.SIGKILL
        assert digests(out) == before
    (out / "of-others.txt").write_text("mine", encoding="utf-8")
    citypact("publish", out, "--store", small_build)
    assert digests(out) == before | {
        "of-others.txt": hashlib.sha256(b"mine").hexdigest(),
    }
    assert_tidy(out)


@pytest.mark.parametrize("made_by", ["", "build"])
def test_folders_of_others_are_refused(made_by: str, build: Path, tmp_path: Path) -> None:
    out = build if made_by else tmp_path / "theirs"
    if not made_by:
        out.mkdir()
        (out / "letter.txt").write_text("mine", encoding="utf-8")
    before = sorted(out.rglob("*"))
    done = citypact("publish", out, "--store", build, code=2)
    assert str(out) in done.err and "Traceback" not in done.err
    assert sorted(out.rglob("*")) == before


def test_zip_alone_makes_no_folder(small_build: Path, tmp_path: Path) -> None:
    done = citypact("publish", "--zip", tmp_path / "it.zip", "--store", small_build)
    assert done.out.split() == [str(tmp_path / "it.zip")]
    assert made_in(tmp_path) == ["it.zip"]


def test_missing_graph_is_said_before_anything_is_written(tmp_path: Path) -> None:
    done = citypact("publish", tmp_path / "site", "--store", tmp_path / "none", code=2)
    assert "has no graph" in done.err
    assert not list(tmp_path.iterdir())


def test_descriptions_name_the_files_that_are_there(published: Path) -> None:
    graph = rdflib.Graph().parse(published / "dataset.ttl")
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    spdx = rdflib.Namespace("http://spdx.org/rdf/terms#")
    for distribution in graph.objects(None, dcat.distribution):
        path = Path(str(graph.value(distribution, dcat.downloadURL)).removeprefix("file://"))
        digest = str(graph.value(graph.value(distribution, spdx.checksum), spdx.checksumValue))
        assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
    assert len(list(graph.objects(None, dcat.distribution))) > 10
    dataset = graph.value(None, rdflib.RDF.type, dcat.Dataset)
    said = graph.value(dataset, rdflib.URIRef("http://rdfs.org/ns/void#triples"))
    facts = parse((published / "data" / "facts.ttl").read_bytes(), format=RdfFormat.TURTLE)
    assert sum(1 for _ in facts) == int(str(said))


DCAT_AP = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix spdx: <http://spdx.org/rdf/terms#> .
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ; sh:uniqueLang true ],
    [ sh:path dct:description ; sh:minCount 1 ; sh:nodeKind sh:Literal ; sh:uniqueLang true ],
    [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ],
    [ sh:path dct:creator ; sh:class foaf:Agent ], [ sh:path dcat:keyword ; sh:minCount 1 ],
    [ sh:path dct:identifier ; sh:minCount 1 ; sh:nodeKind sh:Literal ],
    [ sh:path dct:issued ; sh:maxCount 1 ; sh:datatype xsd:date ],
    [ sh:path dct:modified ; sh:maxCount 1 ; sh:datatype xsd:date ],
    [ sh:path dct:language ; sh:minCount 1 ; sh:nodeKind sh:IRI ],
    [ sh:path dct:temporal ; sh:class dct:PeriodOfTime ],
    [ sh:path dcat:version ; sh:maxCount 1 ; sh:nodeKind sh:Literal ],
    [ sh:path dcat:distribution ; sh:minCount 1 ; sh:class dcat:Distribution ] .
[] a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ],
    [ sh:path dcat:downloadURL ; sh:nodeKind sh:IRI ], [ sh:path dct:title ; sh:uniqueLang true ],
    [ sh:path dct:license ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ],
    [ sh:path dcat:byteSize ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ],
    [ sh:path dcat:mediaType ; sh:maxCount 1 ; sh:nodeKind sh:IRI ],
    [ sh:path dcat:compressFormat ; sh:maxCount 1 ; sh:nodeKind sh:IRI ],
    [ sh:path spdx:checksum ; sh:minCount 1 ; sh:maxCount 1 ; sh:class spdx:Checksum ] .
[] a sh:NodeShape ; sh:targetClass spdx:Checksum ;
  sh:property [ sh:path spdx:algorithm ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ],
    [ sh:path spdx:checksumValue ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:hexBinary ] .
[] a sh:NodeShape ; sh:targetClass foaf:Agent ;
  sh:property [ sh:path foaf:name ; sh:minCount 1 ; sh:uniqueLang true ] .
[] a sh:NodeShape ; sh:targetClass dct:PeriodOfTime ;
  sh:property [ sh:path dcat:startDate ; sh:minCount 1 ; sh:maxCount 1 ],
    [ sh:path dcat:endDate ; sh:maxCount 1 ] .
"""
"""What DCAT-AP 3 obliges a description of a data set to say, and how often."""


def test_the_description_keeps_the_obligations_of_dcat_ap(published: Path) -> None:
    import pyshacl

    said = rdflib.Graph().parse(published / "dataset.ttl")
    shapes = rdflib.Graph().parse(data=DCAT_AP, format="turtle")
    conforms, _, report = pyshacl.validate(said, shacl_graph=shapes)
    assert conforms, report


def test_schema_org_has_the_words_of_its_description(published: Path) -> None:
    pytest.importorskip("rocrate")
    text = (resources.files("rocrate") / "data" / "schema.jsonld").read_text(encoding="utf-8")
    known = {term["@id"] for term in json.loads(text)["@graph"]}
    said = rdflib.Graph().parse(published / "dataset.jsonld")
    types = set(said.objects(None, rdflib.RDF.type))
    words = (set(said.predicates()) | types) - {rdflib.RDF.type}
    assert len(words) > 15
    assert {str(each).replace("https://schema.org/", "schema:") for each in words} <= known


def test_the_feed_keeps_the_obligations_of_atom(published: Path) -> None:
    for language in ("ko", "en"):
        feed = ElementTree.parse(published / f"feed.{language}.xml").getroot()
        assert feed.tag == ATOM + "feed"
        entries = feed.findall(ATOM + "entry")
        assert entries
        for element in (feed, *entries):
            [identity], [title] = element.findall(ATOM + "id"), element.findall(ATOM + "title")
            assert title.text and identity.text
            assert re.match(r"(urn:uuid|https):", identity.text)
            [updated] = element.findall(ATOM + "updated")
            assert datetime.fromisoformat(str(updated.text)).tzinfo
            links = {link.get("rel"): link.attrib for link in element.findall(ATOM + "link")}
            assert (published / str(links["alternate"]["href"])).is_file()
        assert feed.findall(ATOM + "author/" + ATOM + "name")
        own = feed.find(f"{ATOM}link[@rel='self']")
        assert own is not None and own.get("href") == f"feed.{language}.xml"
        identities = [entry.findtext(ATOM + "id") for entry in entries]
        assert len(set(identities)) == len(identities)


def test_ro_crate_py_reads_the_folder_as_a_crate(published: Path) -> None:
    rocrate = pytest.importorskip("rocrate.rocrate")
    crate = rocrate.ROCrate(published)
    files = {entity.id for entity in crate.data_entities if entity.type == "File"}
    assert {"data/agreements.csv", "data/facts.ttl", "datapackage.json"} <= files
    assert all((published / name).is_file() for name in files)
    assert crate.root_dataset["license"]
