"""`citypact why`: things and properties by every name, and sentences checked against their text."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from citypact.api import Graph
from citypact.graph.store.base import LocalStore
from citypact.ontology import NS
from tests.running import citypact, in_terminal
from tests.sources.small import RECORD, TEXT, write_small

SIGNED = "Seoul–Guayaquil Agreement on Smart City Cooperation"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with small sources, their text in documents/, and their build."""
    folder = write_small(tmp_path_factory.mktemp("small"))
    citypact("build", "--sources", folder, "--out", folder / "build")
    return folder


@pytest.mark.parametrize(
    "subject", ["과야킬", "Guayaquil", "guayaquil", "  GUAYAQUIL ", "city/guayaquil", "과야킬시"]
)
@pytest.mark.parametrize("predicate", ["체결일", "signing date", "signingDate", "signed"])
def test_names_of_a_city_and_of_a_property_in_both_languages(
    build: Path, subject: str, predicate: str
) -> None:
    shown = citypact("why", subject, predicate, "--build", build).out
    nothing, near, *rest = shown.splitlines()
    assert nothing.startswith("nothing recorded of Guayaquil")
    assert nothing.endswith(" itself: signing date")
    assert near.startswith("Recorded of others that are related to Guayaquil")
    assert rest[0].startswith(SIGNED)
    assert "signing date: 2020-10-30" in shown
    assert "https://www.news1.kr/articles/?4102947" in shown


@pytest.mark.parametrize("subject", ["로스엔젤레스", "로스앤젤레스", "Los Angeles", "LA"])
def test_spellings_of_documents_are_names_too(build: Path, subject: str) -> None:
    shown = citypact("why", subject, "체결일", "--build", build).out
    assert "signing date: 2019-10-01" in shown
    assert re.search(r"char=\d+,\d+", shown)


def test_a_thing_goes_by_slug_and_iri(build: Path) -> None:
    shown = citypact("why", "agreement/seoul-guayaquil-2020", "--build", build).out
    assert shown.startswith(SIGNED)
    iri = "https://w3id.org/citypact/id/agreement/seoul-guayaquil-2020"
    assert citypact("why", iri, "--build", build).out == shown
    # The article about it bears the same slug: both are meant.
    assert citypact("why", "seoul-guayaquil-2020", "--build", build).out.startswith(shown)


def test_claims_that_are_no_facts_are_shown_and_marked(build: Path) -> None:
    shown = citypact("why", "seoul-guayaquil-2020", "signingDate", "--build", build).out
    assert "signing date: 2020-10-30\n" in shown
    assert "signing date: day 30 (month and year unknown)  [not accepted as a fact]" in shown
    korean = citypact(
        "why", "seoul-guayaquil-2020", "signingDate", "--build", build, "--language", "ko"
    )
    assert "[사실로 승인하지 않음]" in korean.out


def test_what_stands_near_is_no_answer_about_the_thing_itself(build: Path) -> None:
    """In the records 2015 has no place; the agreement of 2017 that followed it has."""
    ask = ["why", "seoul-london-2015", "signing place", "--build", build]
    for language, nothing, near in (
        ("en", "nothing recorded of {} itself: signing place", "Recorded of others that are"),
        (
            "ko",
            "{} 자체에 대하여 기록된 내용 없음: 체결 장소",
            "에 관련된 대상에 대하여 기록된 내용:",
        ),
    ):
        lines = citypact(*ask, "--language", language).out.splitlines()
        before, after = nothing.split("{}")
        assert lines[0].startswith(before)
        assert lines[0].endswith(after)
        assert "2015" in lines[0]
        assert near in lines[1]
        assert lines[2].endswith("agreement/seoul-london-2017>")
    told = json.loads(citypact(*ask, "--json").out)
    assert {(each["about"], each["subject"].rsplit("/", 1)[1]) for each in told} == {
        ("related", "seoul-london-2017")
    }


def test_nothing_near_is_said_too(whole_build: Path) -> None:
    ask = ["why", "agreement/seoul-london-2015", "intends", "--build", whole_build]
    (line,) = citypact(*ask).out.splitlines()
    assert line.startswith("nothing recorded of Seoul–London")
    assert json.loads(citypact(*ask, "--json").out) == []


def test_parts_are_told_from_the_whole(whole_build: Path) -> None:
    shown = citypact("why", "seoul-hanoi-2005", "signatory", "--build", whole_build).out
    lines = shown.splitlines()
    assert lines[0].endswith(" itself: signatory")
    assert lines[1].startswith("Recorded of the parts of Seoul–Hanoi")
    assert "(Signature)" in lines[2]


def test_every_person_and_every_topic_on_record_is_told(packaged: LocalStore) -> None:
    """Signatures, posts and agreements have them as their value: nothing else is said of most."""
    graph = Graph(packaged)
    for kind in ("Person", "Topic"):
        for row in graph.query(f"SELECT ?thing {{ ?thing a citypact:{kind} }}"):
            thing = row["thing"]
            assert isinstance(thing, ox.NamedNode)
            naming = packaged.quads(None, None, thing, ox.DefaultGraph())
            told = graph.why(thing.value)
            assert bool(told) == any(quad.predicate.value.startswith(NS) for quad in naming), thing
            assert all(each.claims for each in told), thing


@pytest.mark.parametrize(
    ("asked", "subject", "says"),
    [
        ("smart city", "agreement/seoul-guayaquil-2020", "topic of: Seoul–Guayaquil Agreement"),
        ("스마트시티", "agreement/seoul-guayaquil-2020", "topic of: Seoul–Guayaquil Agreement"),
        ("이명박", "agreement/seoul-hanoi-2005/signature/seoul", "signature: Seoul Metropolitan"),
        ("Park Won-soon", "tenure/park-won-soon", "tenure: Park Won-soon – "),
    ],
)
def test_people_and_topics_are_told_by_what_names_them(
    whole_build: Path, asked: str, subject: str, says: str
) -> None:
    shown = citypact("why", asked, "--build", whole_build).out
    _, others = shown.split("Recorded of others, with ")
    assert subject in others
    assert says in others
    assert "mentions:" not in others


def test_statements_and_claims_are_explained_by_their_iris(build: Path, graph: Graph) -> None:
    told = graph.why("seoul-los-angeles-2019", "signingDate")
    asked = (
        "SELECT ?claim ?statement { GRAPH graph:claims { ?claim citypact:claims ?statement ."
        " ?statement rdf:subject agreement:seoul-los-angeles-2019 ;"
        " rdf:predicate citypact:signingDate } }"
    )
    for row in graph.query(asked):
        for thing in row.values():
            assert isinstance(thing, ox.NamedNode)
            [explanation] = graph.why(thing.value)
            assert explanation in told
            slug = thing.value.removeprefix("https://w3id.org/citypact/id/")
            shown = citypact("why", slug, "--build", build).out
            assert "agreement/seoul-los-angeles-2019>" in shown
            assert "signing date" in shown


def test_a_derived_fact_names_its_rule_and_premises(build: Path) -> None:
    told = citypact("why", "seoul-guayaquil-2020", "status", "--build", build, "--json")
    derived = [each for each in json.loads(told.out) if each["rule"]]
    assert derived
    assert all(each["claims"] and "/rule/" in each["rule"] for each in derived)


def test_json_tells_what_the_text_tells(build: Path) -> None:
    told = json.loads(citypact("why", "과야킬", "체결일", "--build", build, "--json").out)
    assert {each["object"]["en"] for each in told} == {"2020-10-30", "XXXX-10-30", "XXXX-XX-30"}
    assert [each["fact"] for each in told if each["object"]["en"] == "2020-10-30"] == [True]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["Seuol"], "did you mean Seoul"),
        (["nothing of the kind"], "nothing of the kind"),
        (["Seoul", "sigingDate"], "did you mean signing date"),
        ([""], "the name is empty\n    -> give a name"),
        (["Seoul", "role"], "membershipRole, participationRole"),
        (["\x1b[31mSeoul"], r"\x1b[31mSeoul"),
        (["x" * 10_000], "…"),
        (["Seoul", "x" * 10_000], "…"),
        ([b"\xff\xfe"], r"\udcff"),
    ],
)
def test_what_nothing_bears_gets_a_cure(build: Path, arguments: list[str], says: str) -> None:
    done = citypact("why", *arguments, "--build", build, code=2)
    assert says in done.err
    assert "\x1b" not in done.err
    assert len(done.err) < 500
    assert not done.out


def test_no_sentence_without_its_document(small: Path) -> None:
    shown = citypact("why", "hanoi-wego", "--build", small / "build").out
    assert "char=46,62" in shown
    assert "WeGO 회원" not in shown


def test_the_sentence_stands_with_the_words_marked(small: Path) -> None:
    ask = ["why", "seoul-hanoi-2015", "signingDate", "--build", small / "build"]
    shown = citypact(*ask, "--documents", small / "documents").out
    assert (
        "Seoul and Hanoi signed a memorandum on smart cities in Seoul on »2 March 2015«." in shown
    )
    assert "»2015년 3월 2일«" in shown
    passages = [
        passage
        for each in json.loads(citypact(*ask, "--documents", small / "documents", "--json").out)
        for claim in each["claims"]
        for passage in claim["passages"]
    ]
    assert {passage["sentence"] for passage in passages} == {
        TEXT[:45].strip(),
        "Seoul and Hanoi signed a memorandum on smart cities in Seoul on 2 March 2015.",
    }


@pytest.mark.parametrize("change", ["one byte", "nothing there", "not UTF-8"])
def test_without_the_very_text_no_sentence_is_shown(
    small: Path, tmp_path: Path, change: str
) -> None:
    text = TEXT.encode()
    if change == "one byte":
        (tmp_path / "seoul-hanoi-2015.txt").write_bytes(text[:-2] + b"!\n")
    elif change == "not UTF-8":
        (tmp_path / "seoul-hanoi-2015.txt").write_bytes(text.decode().encode("cp949"))
    ask = ["why", "hanoi-wego", "--build", small / "build"]
    assert citypact(*ask, "--documents", tmp_path).out == citypact(*ask).out


def test_the_text_is_known_by_its_bytes_not_by_its_name(small: Path, tmp_path: Path) -> None:
    shutil.copy(small / "documents" / "seoul-hanoi-2015.txt", tmp_path / "이름이 다른 파일")
    ask = ["why", "hanoi-wego", "--build", small / "build", "--documents"]
    assert citypact(*ask, tmp_path).out == citypact(*ask, small / "documents").out
    assert "»하노이시는 WeGO 회원이다.«" in citypact(*ask, tmp_path).out


@pytest.mark.parametrize("name", ["query", "why", "draw", "build", "check"])
def test_documents_that_are_no_folder_are_refused(build: Path, tmp_path: Path, name: str) -> None:
    asked = {
        "query": ["agreements", "--build", build],
        "why": ["Seoul", "--build", build],
        "draw": ["--build", build],
    }
    for place in (tmp_path / "none", build / "graph.nq"):
        done = citypact(name, *asked.get(name, []), "--documents", place, folder=tmp_path, code=2)
        assert "is not a folder" in done.err
    assert not list(tmp_path.iterdir())


def test_texts_and_labels_do_not_steer_the_terminal(tmp_path: Path) -> None:
    """A label with a mark of direction, and a text with the codes that colour a terminal."""
    folder = write_small(tmp_path)
    hostile = TEXT.replace("스마트시티", "\x1b[31m").replace("smart cities", "\x9b5m \x07 cities")
    record = RECORD.replace(
        hashlib.sha256(TEXT.encode()).hexdigest(), hashlib.sha256(hostile.encode()).hexdigest()
    ).replace("en: News of the Seoul–Hanoi memorandum", 'en: "\u202eNews\u202c [red]"')
    (folder / "documents" / "seoul-hanoi-2015.txt").write_bytes(hostile.encode())
    (folder / "records" / "seoul-hanoi-2015.yaml").write_text(record, encoding="utf-8")
    citypact("build", "--sources", folder, "--out", folder / "build")
    about = ["--build", folder / "build", "--documents", folder / "documents"]
    for ask in (
        ["why", "seoul-hanoi-2015", "signingDate", *about],
        ["why", "seoul-hanoi-2015", "signingDate", "--json", *about],
        ["query", "agreements-of-city", "--why", *about],
        ["query", "agreements-of-city", "--why", "--format", "json", *about],
        ["query", "--format", "csv", "--text", "SELECT * { ?s skos:prefLabel ?o }", *about],
        ["check", "--sources", folder, "--documents", folder / "documents"],
    ):
        shown = in_terminal(*ask).decode()
        assert "News" in shown
        # What we write ourselves, bold and reversed, begins with ESC [ and ends with m.
        ours = shown.replace("\x1b[1m", "").replace("\x1b[7m", "").replace("\x1b[0m", "")
        assert not [c for c in ours if c < " " and c not in "\r\n"], ask
        assert not {"\x1b", "\x9b", "\x07", "\u202e", "\u202c"} & set(ours), ask


MATERIAL = os.environ.get("CITYPACT_MATERIAL", "")


@pytest.mark.skipif(not MATERIAL, reason="CITYPACT_MATERIAL is not set: no texts of documents")
def test_sentences_of_the_packaged_records_are_marked_right(build: Path) -> None:
    seeds = Path(MATERIAL) / "seeds"
    told = citypact(
        "why", "seoul-los-angeles-2019", "--build", build, "--documents", seeds, "--json"
    )
    (text,) = (
        path.read_bytes().decode()
        for path in seeds.iterdir()
        if "로스엔젤레스" in path.read_bytes().decode(errors="replace")
    )
    passages = [p for each in json.loads(told.out) for c in each["claims"] for p in c["passages"]]
    assert len(passages) > 50
    for passage in passages:
        assert text[passage["start"] : passage["end"]] in passage["sentence"]
    marked = citypact("why", "로스앤젤레스", "체결일", "--build", build, "--documents", seeds).out
    days = re.findall("»(.*?)«", marked)
    assert len(days) == 2
    assert all("2019" in day and day in text for day in days)


def test_sources_are_cited(whole_build: Path) -> None:
    def cited(*arguments: str, code: int = 0) -> str:
        done = citypact("cite", *arguments, "--build", whole_build, code=code)
        return done.err or done.out

    by_thing = cited("seoul-berlin-2014", "--language", "ko")
    assert (
        "「서울-베를린 양 도시 '문화·관광 교류협력' MOU 체결」, 『아주경제』, 2014. 8. 14."
        in by_thing
    )
    assert cited("doc/ajunewscom-07436b", "--language", "ko") in by_thing
    english = cited("doc/ajunewscom-07436b", "doc/ajunewscom-80a9be", "--language", "en")
    assert [line.split(".")[0] for line in english.splitlines()][1] == "[Seoul and Bogotá]"
    items = json.loads(cited("seoul-berlin-2014", "--style", "csl-json"))
    assert len(items) == len(by_thing.splitlines())
    assert cited("seoul-berlin-2014", "--style", "bibtex").count("\n@") == len(items) - 1
    assert "nothing is called" in cited("seoul-berlim-2014", code=2)
    assert "no document says anything" in cited("citypact-editors", code=2)


def test_a_person_comes_before_participations_of_the_same_name(build: Path) -> None:
    shown = citypact("why", "Park Won-soon", "--build", build).out
    headings = re.findall(r"^Park Won-soon  \((.*?)\)", shown, flags=re.MULTILINE)
    assert headings[0] == "Person"
    assert set(headings[1:]) == {"Participation"}
    assert (
        "'박원순' is of the kind person"
        in citypact("query", "agreements-of-city", "--city", "박원순", "--build", build, code=2).err
    )


def test_kinds_have_their_labels_and_not_those_that_follow(build: Path) -> None:
    assert "City of Hanoi  (City government) <" in citypact("why", "하노이시", "--build", build).out


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("sister city", "code-relation-type:sister-city"),
        ("양해각서", "code-form:memorandum-of-understanding"),
        ("code-modality:reported", "code-modality:reported"),
        ("https://w3id.org/citypact/id/code/rank/preferred", "code-rank:preferred"),
        ("signingDate", "citypact:signingDate"),
        ("서명", "citypact:Signature"),
    ],
)
def test_a_term_of_the_vocabulary_is_not_said_to_be_nothing(
    build: Path, name: str, term: str
) -> None:
    told = citypact("why", name, "--build", build, code=2).err
    assert f"is a term of the vocabulary ({term})" in told
    terms = citypact("query", "--terms", term, "--build", build).out
    assert terms.startswith(term)
