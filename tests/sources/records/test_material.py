"""The packaged records against the texts that they cite and a hand-made annotation of them.

The texts are not ours to ship: the tests find them by the environment variable CITYPACT_MATERIAL,
a folder with seeds/ (the texts) and annotation/ (facts.yaml, topics.yaml).
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml

from citypact.graph.rdf.serialise import to_nquads
from citypact.graph.store.base import LocalStore
from citypact.ontology import DCTERMS, ID, NS, SKOS
from citypact.ontology.vocabulary import vocabulary
from citypact.sources import PACKAGED
from citypact.sources.model import Claim, Document, Sources
from citypact.sources.reading.load import load_sources

ROOT = Path(__file__).parents[3]
MATERIAL = os.environ.get("CITYPACT_MATERIAL", "")
pytestmark = pytest.mark.skipif(
    not MATERIAL, reason="CITYPACT_MATERIAL is not set: the source texts are not at hand"
)
LONGEST_RUN = 60
MODALITIES = {
    "stated": {"asserted"},
    "reported": {"reported"},
    "expected": {"expected"},
    "proposed": {"proposed", "invited", "requested"},
    "option": {"optional"},
}
PHONE = re.compile(r"(?<!\d)\d{2,4}-\d{3,4}(?:-\d{4})?(?!\d)")


@pytest.fixture(scope="module")
def sources() -> Sources:
    return load_sources(PACKAGED, registers=False)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The source texts by the digest of their bytes."""
    found = {}
    for path in sorted((Path(MATERIAL) / "seeds").glob("*.txt")):
        data = path.read_bytes()
        found[hashlib.sha256(data).hexdigest()] = data.decode("utf-8")
    assert found
    return found


@pytest.fixture(scope="module")
def cited(sources: Sources, texts: dict[str, str]) -> list[tuple[Document, str]]:
    """The documents whose texts are at hand."""
    return [(d, texts[d.sha256]) for d in sources.documents.values() if d.sha256 in texts]


def annotation(name: str) -> Any:
    path = Path(MATERIAL) / "annotation" / name
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def claims_of(sources: Sources, document: Document) -> list[Claim]:
    return [claim for claim in sources.claims if claim.document == document.iri]


# Records and texts


def test_every_text_has_its_record(
    sources: Sources, texts: dict[str, str], cited: list[tuple[Document, str]]
) -> None:
    assert {document.sha256 for document, _ in cited} == set(texts)
    assert len(cited) == sum(document.has_text for document in sources.documents.values())


def test_lengths_count_code_points(cited: list[tuple[Document, str]]) -> None:
    for document, text in cited:
        assert document.characters == len(text), document.slug


def test_spans_lie_in_their_text_and_cut_no_word(
    sources: Sources, cited: list[tuple[Document, str]]
) -> None:
    letter = re.compile("[A-Za-z]{2}")
    syllable = re.compile("[가-힣]{2}")
    for document, text in cited:
        for claim in claims_of(sources, document):
            for start, end in claim.spans:
                words = text[start:end]
                assert words == words.strip(), claim.place
                assert not letter.fullmatch(text[start - 1 : start + 1]), claim.place
                assert not letter.fullmatch(text[end - 1 : end + 1]), claim.place
                assert not syllable.fullmatch(text[start - 1 : start + 1]), claim.place


def test_copies_repeat_their_passage(cited: list[tuple[Document, str]]) -> None:
    copies = [(text, pair) for document, text in cited for pair in document.copies]
    assert copies
    for text, ((start, end), (again, until)) in copies:
        assert text[start:end] == text[again:until]


def test_language_versions_are_in_their_languages(cited: list[tuple[Document, str]]) -> None:
    for document, text in cited:
        letters: dict[str, str] = {}
        rest = list(text)
        for language, (start, end) in document.versions:
            assert "\0" not in rest[start:end], "versions overlap"
            rest[start:end] = "\0" * (end - start)
            letters[language] = letters.get(language, "") + text[start:end]
        for language, found in letters.items():
            kinds = ["가" <= letter <= "힣" for letter in found if letter.isalpha()]
            share = sum(kinds) / len(kinds)
            assert share > 0.5 if language == "ko" else share < 0.05, document.slug
        if document.versions:
            assert not "".join(rest).replace("\0", "").strip(), document.slug


def test_titles_are_written_as_in_the_text(
    sources: Sources, cited: list[tuple[Document, str]]
) -> None:
    titles = 0
    for document, text in cited:
        for claim in claims_of(sources, document):
            if claim.predicate == DCTERMS + "title":
                words = "".join(claim.object.value.split())
                found = ["".join(text[start:end].split()) for start, end in claim.spans]
                assert any(words in each for each in found), claim.place
                titles += 1
    assert titles > 10


# The annotation


@pytest.fixture(scope="module")
def hits(sources: Sources, texts: dict[str, str]) -> list[tuple[dict[str, Any], list[Claim]]]:
    """The annotated facts of some weight, with the claims that have all of their spans."""
    by_digest = {document.sha256: document for document in sources.documents.values()}
    seeds = {
        path.name: by_digest[hashlib.sha256(path.read_bytes()).hexdigest()]
        for path in (Path(MATERIAL) / "seeds").glob("*.txt")
    }
    found = []
    for fact in annotation("facts.yaml"):
        if fact["importance"] in ("core", "useful"):
            spans = {(each["start"], each["end"]) for each in fact["evidence"]}
            claims = claims_of(sources, seeds[fact["seed"]])
            found.append((fact, [claim for claim in claims if spans <= set(claim.spans)]))
    assert len(found) > 300
    return found


def test_every_fact_is_claimed_with_all_of_its_words(
    hits: list[tuple[dict[str, Any], list[Claim]]],
) -> None:
    assert [fact["id"] for fact, claims in hits if not claims] == []


def test_every_fact_is_claimed_in_its_modality(
    hits: list[tuple[dict[str, Any], list[Claim]]],
) -> None:
    wrong = [
        fact["id"]
        for fact, claims in hits
        if not {c.modality for c in claims} & MODALITIES[fact["qualifiers"]["certainty"]]
    ]
    assert wrong == []


def test_facts_are_typed_statements_rather_than_prose(
    hits: list[tuple[dict[str, Any], list[Claim]]],
) -> None:
    def is_typed(claim: Claim) -> bool:
        prop = vocabulary().by_iri(claim.predicate)
        return prop is None or not prop.free_text

    typed = sum(any(is_typed(claim) for claim in claims) for _, claims in hits)
    assert typed / len(hits) >= 0.85


def entities() -> dict[str, list[str]]:
    """The things that an id of the annotation stands for."""
    path = Path(__file__).parent / "annotation_ids.yaml"
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: [ID + iri for iri in iris] for name, iris in found.items()}


def ends(claim: Claim) -> set[str]:
    value = claim.object.value if isinstance(claim.object, ox.NamedNode) else ""
    return {claim.subject, value, claim.attributed_to}


def whole(iri: str) -> str:
    """A thing of its own, for a thing or one of its parts: `agreement/x` for its provisions."""
    return ID + "/".join(iri.removeprefix(ID).split("/")[:2])


def wanted(fact: dict[str, Any], known: dict[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """The ids that a fact names, with the things that they stand for."""
    for name in filter(None, (fact.get("subject_id"), fact.get("object_id"))):
        slug = name.removeprefix("topic:")
        yield name, known[name] if slug == name else [ID + "topic/" + slug]


def test_ids_of_the_annotation_stand_for_things_of_the_records(sources: Sources) -> None:
    assert {iri for iris in entities().values() for iri in iris} <= set(sources.things)


def test_facts_speak_of_the_things_that_they_name(
    sources: Sources, hits: list[tuple[dict[str, Any], list[Claim]]]
) -> None:
    known = entities()
    around: dict[str, set[str]] = {}
    for claim in sources.claims:
        around.setdefault(whole(claim.subject), set()).update(ends(claim))

    def names(found: set[str], iris: list[str]) -> bool:
        return any(end == iri or end.startswith(iri + "/") for end in found for iri in iris)

    direct, lost, count = 0, [], 0
    for fact, claims in hits:
        told = {end for claim in claims for end in ends(claim)}
        # What is said of a membership, an event or a transfer names its other end beside it.
        near = {end for claim in claims for end in around[whole(claim.subject)]}
        for name, iris in wanted(fact, known):
            count += 1
            direct += names(told, iris)
            if not names(near | told, iris):
                lost.append((fact["id"], name))
    assert lost == [("LA-smg", "mou_la")]  # a name in a signature block, claimed of the signer
    assert direct / count >= 0.95


FILED_OTHERWISE = ("경제협력 증진",)
"""What the annotation files with exchange between companies, and the records do not: it is the aim
of a fund for economic cooperation of countries."""


def test_every_phrase_of_a_topic_is_claimed_for_one_of_its_topics(
    sources: Sources, texts: dict[str, str]
) -> None:
    by_digest = {document.sha256: document for document in sources.documents.values()}
    lost, with_all, phrases = [], 0, annotation("topics.yaml")["occurrences"]
    for phrase in phrases:
        data = (Path(MATERIAL) / "seeds" / phrase["seed"]).read_bytes()
        document = by_digest[hashlib.sha256(data).hexdigest()]
        found = {
            claim.object.value
            for claim in claims_of(sources, document)
            if isinstance(claim.object, ox.NamedNode)
            and any(a <= phrase["start"] and phrase["end"] <= b for a, b in claim.spans)
        }
        topics = {ID + "topic/" + name.removeprefix("topic:") for name in phrase["concepts"]}
        with_all += topics <= found or phrase["quote"] in FILED_OTHERWISE
        if not topics & found:
            lost.append(phrase["id"])
    assert lost == []
    assert with_all / len(phrases) >= 0.99


# What must not be in the repository


def repository() -> Iterator[tuple[str, str]]:
    """The text of every file that is or will be in the repository, with its path."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    paths = [ROOT / name for name in names if name] or [
        path
        for path in ROOT.rglob("*")
        if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
    ]
    assert ROOT / "ontology/citypact.ttl" in paths
    for path in sorted(paths):
        if path.is_file():
            text = path.read_bytes().decode("utf-8", errors="ignore")
            # Notebooks and JSON may write letters as \\uXXXX.
            yield str(path), re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)


def spaced(text: str) -> str:
    return " ".join(text.split())


def windows(text: str) -> set[str]:
    return {text[at : at + LONGEST_RUN] for at in range(len(text) - LONGEST_RUN + 1)}


def test_no_long_run_of_a_source_text_is_in_the_repository(
    sources: Sources, texts: dict[str, str]
) -> None:
    runs = {run for text in texts.values() for run in windows(spaced(text))}
    names = (DCTERMS + "title", NS + "officialName", SKOS + "prefLabel")
    titles = sorted(
        {spaced(c.object.value) for c in sources.claims if c.predicate in names}, key=len
    )
    copied = []
    for path, text in repository():
        plain = spaced(text)
        for title in reversed([title for title in titles if len(title) >= LONGEST_RUN]):
            plain = plain.replace(title, "…")
        copied += [path for run in windows(plain) & runs if run.strip()][:1]
    assert copied == []


def test_a_copied_run_would_be_found(texts: dict[str, str]) -> None:
    text = spaced(next(iter(texts.values())))
    assert windows("words before " + text[100:170] + " and after") & windows(text)


def test_desk_contacts_are_nowhere(texts: dict[str, str], records: LocalStore) -> None:
    private: set[str] = set()
    for text in texts.values():
        private |= set(PHONE.findall(text)) | set(re.findall(r"글쓴이 (\S+)", text))
        for row in re.findall(r"^\|.*\|$", text, flags=re.MULTILINE):
            cells = [cell.strip() for cell in row.strip("|").split("|")]
            if any(PHONE.fullmatch(cell) for cell in cells):
                # Who is named outside of the table as well is named in a public office.
                private |= {
                    c
                    for c in cells
                    if re.fullmatch("[가-힣]{3}", c) and c != "담당자" and text.count(c) == 1
                }
    assert len(private) >= 6
    everything = [
        *repository(),
        ("graph", to_nquads(records.inner).decode()),
    ]
    found = [(path, word) for path, text in everything for word in sorted(private) if word in text]
    assert [path for path, _ in found] == []
