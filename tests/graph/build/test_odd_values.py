"""Where the borders of what is odd in a graph of a stranger lie, and how it is told."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from citypact.graph.build import odd_values
from citypact.graph.build.odd_values import OddValues, find_odd_values
from citypact.graph.networks.reader import MOST_PARTIES
from citypact.graph.store.base import LocalStore
from citypact.ontology import ID, NS, RDF, SKOS
from citypact.ontology.errors import CitypactError
from citypact.sources.reading.values import LONGEST_IRI, MAXIMUM_NAME, MOST_NAMES
from tests.citypact.odd_graphs import AGREEMENT, CITY, CLAIMS, TOPIC, claimed, names, quad, typed

PARTIES = f"{ID}agreement/big"


def found(*lines: str) -> OddValues:
    inner = ox.Store()
    inner.load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    return find_odd_values(LocalStore(inner))


def told(odd: OddValues, most: int = 20) -> list[str]:
    return [str(message) for message in odd.messages(most)]


def of_length(count: int) -> str:
    iri = f"{ID}government/"
    return iri + "x" * (count - len(iri))


def nested(depth: int) -> Iterable[str]:
    return (
        quad(f"{AGREEMENT}/p{each}", "hasProvision", f"{AGREEMENT}/p{each + 1}")
        for each in range(depth)
    )


def statement(value: str) -> list[str]:
    """A whole claim, with another value of its statement."""
    lines = claimed("partnerCityTotal", typed("3", "integer")).splitlines(keepends=True)
    of_object = f"<{RDF}object>"
    number = next(number for number, line in enumerate(lines) if of_object in line)
    lines[number] = quad(f"{ID}statement/odd-partnerCityTotal-1", RDF + "object", value, CLAIMS)
    return lines


@pytest.mark.parametrize(
    ("within", "beyond"),
    [
        (
            [quad(CITY, SKOS + "prefLabel", f'"{"x" * MAXIMUM_NAME}"@en')],
            [quad(CITY, SKOS + "prefLabel", f'"{"x" * (MAXIMUM_NAME + 1)}"@en')],
        ),
        (
            [quad(AGREEMENT, "party", of_length(LONGEST_IRI))],
            [quad(AGREEMENT, "party", of_length(LONGEST_IRI + 1))],
        ),
        (
            [quad(of_length(LONGEST_IRI), "population", typed("1", "integer"))],
            [quad(of_length(LONGEST_IRI + 1), "population", typed("1", "integer"))],
        ),
        (
            [quad(CITY, of_length(LONGEST_IRI), '"x"')],
            [quad(CITY, of_length(LONGEST_IRI + 1), '"x"')],
        ),
        (
            [quad(CITY, SKOS + "note", '"x"@en', f"<{of_length(LONGEST_IRI)}>")],
            [quad(CITY, SKOS + "note", '"x"@en', f"<{of_length(LONGEST_IRI + 1)}>")],
        ),
        ([names(MOST_NAMES)], [names(MOST_NAMES + 1)]),
        (list(nested(50)), list(nested(51))),
        (
            [quad(CITY, "latitude", typed("-90", "decimal"))],
            [quad(CITY, "latitude", typed("-90.1", "decimal"))],
        ),
        (
            [quad(CITY, "longitude", typed("180", "decimal"))],
            [quad(CITY, "longitude", typed("180.1", "decimal"))],
        ),
        (
            [quad(CITY, RDF + "type", "http://example.org/Village")],
            [quad(CITY, RDF + "type", f"{NS}Village")],
        ),
        (
            [quad(CITY, "geonames", "https://sws.geonames.org/1835848/")],
            [quad(CITY, "geonames", "urn:x")],
        ),
        (
            [quad(AGREEMENT, "topic", TOPIC)],
            [quad(AGREEMENT, "topic", f"{ID}person/park")],
        ),
        (
            [quad(AGREEMENT, "evidence", f"{ID}doc/one#char=0,5")],
            [quad(AGREEMENT, "evidence", f"{ID}doc/one#char=0,5000000000")],
        ),
    ],
)  # fmt: skip
def test_an_odd_value_begins_beyond_the_limit(within: list[str], beyond: list[str]) -> None:
    assert told(found(*within)) == []
    odd = found(*beyond)
    assert len(odd.quads) == 1
    assert told(odd)[0] == "1 value is left out, as no build writes them"


@pytest.mark.parametrize("part", ["object", "subject", "predicate"])
def test_a_long_odd_value_of_the_bookkeeping_takes_its_statement_along(part: str) -> None:
    lines = claimed("partnerCityTotal", typed("3", "integer")).splitlines(keepends=True)
    assert not found(*lines).quads
    place = next(number for number, line in enumerate(lines) if f"<{RDF}{part}>" in line)
    lines[place] = quad(
        f"{ID}statement/odd-partnerCityTotal-1", RDF + part, of_length(LONGEST_IRI + 500), CLAIMS
    )
    assert found(*lines).quads


def test_odd_values_are_told_by_kind_up_to_a_number_of_kinds() -> None:
    odd = found(
        quad(CITY, "latitude", '"abc"'),
        quad(CITY, "longitude", '"abc"'),
        quad(CITY, "longitude", '"def"'),
        quad(AGREEMENT, "endDate", '"soon"'),
        quad(CITY, "population", typed("9" * 30, "integer")),
        quad(CITY, "population", '"9"'),
    )
    assert [line.rpartition("(")[2] for line in told(odd, 5)[1:]] == [
        "1 of this kind)", "1 of this kind)", "2 of this kind)", "1 of this kind)",
        "1 of this kind)",
    ]  # fmt: skip
    assert told(odd, 2)[-1] == "and 3 further kinds"
    assert len(told(odd, 2)) == 4
    assert told(odd, 4)[-1] == "and 1 further kind"
    assert not any("further" in line for line in (*told(odd, 5), *told(odd, 6)))


def test_an_odd_value_is_told_with_its_own_reason() -> None:
    odd = found(*(quad(CITY, "longitude", f'"{letter}"') for letter in "cab"))
    assert told(odd)[1] == "city/seoul, longitude: 'a' is no number (3 of this kind)"


def test_an_odd_value_is_told_by_the_iri_of_an_unknown_property() -> None:
    odd = found(quad(CITY, "http://example.org/note", '"a\\u0001"'))
    assert told(odd)[1].startswith("city/seoul, note: has the control character U+0001")


def test_odd_values_in_the_table_are_cut_where_they_are_long() -> None:
    odd = found(
        quad(CITY, "latitude", '"abc"'),
        quad(AGREEMENT, "party", of_length(LONGEST_IRI + 1)),
        quad(CITY, "latitude", '"x"', CLAIMS),
    )
    rows = list(csv.DictReader(io.StringIO(odd.as_csv().decode("utf-8-sig"))))
    assert [(row["subject"], row["graph"]) for row in rows] == [
        (AGREEMENT, ""), (CITY, ""), (CITY, CLAIMS.strip("<>")),
    ]  # fmt: skip
    cut, whole, _ = (row["value"] for row in rows)
    assert whole == "abc"
    assert len(cut) == LONGEST_IRI and cut == of_length(LONGEST_IRI - 1) + "…"


def test_an_odd_value_is_noted_once_and_too_many_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(odd_values, "MOST_FOUND", 3)
    odd = [quad(CITY, "latitude", f'"{letter}"') for letter in "abcd"]
    assert len(found(*odd[:3], odd[0]).quads) == 3
    with pytest.raises(CitypactError, match=r"more than 3 values .*latitude: '.' is no number"):
        found(*odd)


def test_odd_values_of_names_go_in_the_order_of_the_alphabet() -> None:
    odd = found(names(MOST_NAMES + 2))
    beyond = sorted(f"Name {number}" for number in range(MOST_NAMES + 2))[MOST_NAMES:]
    assert sorted(each.object.value for each in odd.quads) == beyond


def test_agreements_with_too_many_parties_are_no_odd_value_but_told() -> None:
    def parties(number: int) -> list[str]:
        return [quad(PARTIES, "party", f"{ID}government/g{each}") for each in range(number)]

    assert not found(*parties(MOST_PARTIES)).too_many
    odd = found(*parties(MOST_PARTIES + 1))
    assert odd.too_many == {PARTIES: MOST_PARTIES + 1} and not odd.quads
    assert told(odd)[0].startswith(f"agreement/big has {MOST_PARTIES + 1} parties")


def test_only_an_odd_value_of_a_circle_goes() -> None:
    youth, art = f"{ID}topic/youth", f"{ID}topic/art"
    broader = SKOS + "broader"
    odd = found(quad(TOPIC, broader, youth), quad(youth, broader, TOPIC), quad(art, broader, TOPIC))
    assert {each.subject.value for each in odd.quads} == {TOPIC, youth}


@pytest.mark.parametrize("twice", ["claims", "inDocument", "modality", "rank"])
def test_odd_values_of_two_of_which_a_claim_has_one(twice: str) -> None:
    claim = f"{ID}claim/odd-partnerCityTotal-1"
    whole = claimed("partnerCityTotal", typed("3", "integer"))
    other = {"claims": f"{ID}statement/odd-partnerCityTotal-2"}.get(twice, f"{ID}code/x/y")
    second = claimed("partnerCityTotal", typed("4", "integer"), 2)
    odd = found(whole, second, quad(claim, twice, other, CLAIMS))
    assert {each.subject.value for each in odd.quads} == {claim}
    assert len(odd.quads) == 6


def test_odd_values_of_statements_take_their_claims_along() -> None:
    odd = found(*statement('"many"'))
    assert len(odd.quads) == len(statement('"many"'))
    assert any("'many' is no whole number" in line for line in told(odd))
