"""Graphs as strangers may send them: a small good one, and what no build writes beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from citypact.graph.build.build import build
from citypact.ontology import CLAIMS_GRAPH, DCTERMS, DERIVATIONS_GRAPH, ID, NS, RDF, SKOS, XSD
from tests.sources.small import write_small

AGREEMENT, CITY = f"{ID}agreement/seoul-hanoi-2015", f"{ID}city/seoul"
GOVERNMENT, DOCUMENT = f"{ID}government/seoul", f"{ID}doc/seoul-hanoi-2015"
CLAIMS, DERIVATIONS = f"<{CLAIMS_GRAPH}>", f"<{DERIVATIONS_GRAPH}>"


def small_graph(folder: Path) -> str:
    """The N-Quads of a small good graph, built in `folder`."""
    build(write_small(folder / "sources"), folder / "made")
    return (folder / "made" / "graph.nq").read_text("utf-8")


def typed(text: str, kind: str) -> str:
    return f'"{text}"^^<{XSD}{kind}>'


def quad(subject: str, name: str, value: str, graph: str = "") -> str:
    """A line of N-Quads; names of properties are ours unless they are IRIs."""
    predicate = name if ":" in name else NS + name
    value = value if value.startswith('"') else f"<{value}>"
    return f"<{subject}> <{predicate}> {value} {graph} .\n"


def claimed(name: str, value: str, number: int = 1) -> str:
    """A claim of a statement about Seoul."""
    statement, claim = f"{ID}statement/odd-{name}-{number}", f"{ID}claim/odd-{name}-{number}"
    return "".join(
        quad(subject, predicate, of, CLAIMS)
        for subject, predicate, of in (
            (statement, RDF + "type", NS + "Statement"),
            (statement, RDF + "subject", GOVERNMENT),
            (statement, RDF + "predicate", NS + name),
            (statement, RDF + "object", value),
            (claim, RDF + "type", NS + "Claim"),
            (claim, "claims", statement),
            (claim, "inDocument", DOCUMENT),
            (claim, "modality", f"{ID}code/modality/asserted"),
            (claim, "rank", f"{ID}code/rank/normal"),
        )
    )


def parties(number: int) -> str:
    """An agreement with so many parties."""
    big = f"{ID}agreement/big"
    lines = [
        quad(big, RDF + "type", NS + "Agreement"),
        quad(big, "status", f"{ID}code/agreement-status/signed"),
    ]
    for each in range(number):
        body, city = f"{ID}government/g{each}", f"{ID}city/c{each}"
        lines += [
            quad(big, "party", body),
            quad(body, RDF + "type", NS + "CityGovernment"),
            quad(body, RDF + "type", NS + "Organization"),
            quad(body, "governs", city),
            quad(city, RDF + "type", NS + "City"),
            quad(f"{ID}partnership/big", "partner", city),
        ]
    return "".join(lines) + quad(f"{ID}partnership/big", RDF + "type", NS + "Partnership")


def names(number: int) -> str:
    return "".join(quad(CITY, SKOS + "altLabel", f'"Name {n}"@en') for n in range(number))


PROVISION = f"{AGREEMENT}/provision/one"
FORMATS = ("graphml", "gexf", "csv", "sqlite", "parquet", "jsonld", "xlsx", "quickstatements")
TOPIC = f"{ID}topic/smart-city"
ODD: dict[str, Callable[[], str]] = {
    "latitude of letters": lambda: quad(CITY, "latitude", '"abc"'),
    "latitude that is not a number": lambda: quad(CITY, "latitude", typed("NaN", "double")),
    "infinite longitude": lambda: quad(CITY, "longitude", typed("INF", "double")),
    "latitude off the globe": lambda: quad(CITY, "latitude", typed("91", "decimal")),
    "latitude that is a thing": lambda: quad(CITY, "latitude", AGREEMENT),
    "population beyond 64 bits": lambda: quad(CITY, "population", typed("9" * 30, "integer")),
    "population with a fraction": lambda: quad(CITY, "population", typed("1.5e3", "double")),
    "date that is none": lambda: quad(AGREEMENT, "signingDate", f"{ID}date/2015-02-31"),
    "date that is a thing": lambda: quad(AGREEMENT, "signingDate", CITY),
    "date that is a text": lambda: quad(AGREEMENT, "endDate", '"soon"'),
    "day that is none": lambda: quad(AGREEMENT, "signingDateEarliest", typed("2015-13-41", "date")),
    "label of 5 MB": lambda: quad(CITY, SKOS + "prefLabel", f'"{"x" * 5_000_000}"@en'),
    "long title": lambda: quad(DOCUMENT, DCTERMS + "title", f'"{"가" * 100_000}"@ko'),
    "ten thousand labels": lambda: names(10_000),
    "control character": lambda: quad(CITY, SKOS + "altLabel", '"a\\u0001b"@en'),
    "line separator": lambda: quad(AGREEMENT, SKOS + "prefLabel", '"a\\u2028b"@ko'),
    "no character": lambda: quad(CITY, SKOS + "prefLabel", '"a\\uFFFFb"@en'),
    "population in French": lambda: quad(CITY, "population", '"900"@fr'),
    "population in quotes": lambda: quad(CITY, "population", '"900"'),
    "truth in quotes": lambda: quad(AGREEMENT, "legallyBinding", '"true"'),
    "day in quotes": lambda: quad(AGREEMENT, "signingDateEarliest", '"2015-03-02"'),
    "address in Korean": lambda: quad(DOCUMENT, "address", '"https://example.org/"@ko'),
    "name without a language": lambda: quad(CITY, SKOS + "altLabel", '"Soul"'),
    "topic that is a person": lambda: quad(AGREEMENT, "topic", f"{ID}person/park"),
    "topic of another place": lambda: quad(AGREEMENT, "topic", "http://example.org/topics/art"),
    "form that is a topic": lambda: quad(AGREEMENT, "instrumentForm", TOPIC),
    "property without a slash": lambda: (
        quad(CITY, "mailto:a@example.org", '"x"') + quad(CITY, "latitude", '"abc"')
    ),
    "date of another name": lambda: quad(f"{ID}date/2015-03-02", "edtf", '"2016"'),
    "provision of itself": lambda: quad(PROVISION, "hasProvision", PROVISION),
    "provisions without end": lambda: "".join(
        quad(f"{AGREEMENT}/p{each}", "hasProvision", f"{AGREEMENT}/p{each + 1}")
        for each in range(3_000)
    ),
    "circle of topics": lambda: (
        quad(TOPIC, SKOS + "broader", f"{ID}topic/youth")
        + quad(f"{ID}topic/youth", SKOS + "broader", TOPIC)
    ),
    "topic broader than itself": lambda: quad(TOPIC, SKOS + "broader", TOPIC),
    "thousands of parties": lambda: parties(5_000),
    "unknown class": lambda: quad(CITY, RDF + "type", NS + "Village"),
    "government that governs a text": lambda: quad(GOVERNMENT, "governs", '"Seoul"'),
    "code that is a text": lambda: quad(AGREEMENT, "instrumentForm", '"treaty"'),
    "code that nobody knows": lambda: quad(AGREEMENT, "instrumentForm", f"{ID}code/form/x"),
    "thing of another place": lambda: quad(AGREEMENT, "party", "http://example.org/a:b"),
    "thing without a slash": lambda: quad(AGREEMENT, "party", "urn:x"),
    "item without a number": lambda: quad(CITY, "wikidata", "urn:x"),
    "address that runs": lambda: quad(DOCUMENT, "address", "javascript:alert(1)"),
    "IRI of 5 MB": lambda: quad(AGREEMENT, "party", f"{ID}government/{'x' * 5_000_000}"),
    "claim of a total of letters": lambda: claimed("partnerCityTotal", '"many"'),
    "claim of a date that is none": lambda: claimed("established", f"{ID}date/soon"),
    "claim without a statement": lambda: quad(f"{ID}claim/alone", "inDocument", DOCUMENT, CLAIMS),
    "claim without a document": lambda: quad(
        f"{ID}claim/odd", "claims", f"{ID}statement/odd", CLAIMS
    ),
    "claim without a rank": lambda: "".join(
        claimed("partnerCityTotal", typed("3", "integer")).splitlines(keepends=True)[:-1]
    ),
    "statement without a value": lambda: quad(f"{ID}statement/odd", RDF + "subject", CITY, CLAIMS),
    "statement of a value alone": lambda: quad(
        f"{ID}statement/odd", RDF + "object", AGREEMENT, CLAIMS
    ),
    "statement of two subjects": lambda: (
        claimed("partnerCityTotal", typed("3", "integer"))
        + quad(f"{ID}statement/odd-partnerCityTotal-1", RDF + "subject", '"Seoul"', CLAIMS)
    ),
    "claim of two ranks": lambda: (
        claimed("partnerCityTotal", typed("3", "integer"))
        + quad(f"{ID}claim/odd-partnerCityTotal-1", "rank", f"{ID}code/rank/preferred", CLAIMS)
    ),
    "derivation without a statement": lambda: quad(
        f"{ID}statement/odd", "derivedBy", f"{ID}rule/x", DERIVATIONS
    ),
    "span without an end": lambda: quad(f"{ID}claim/odd", "evidence", f"{DOCUMENT}#char=1", CLAIMS),
    "office of itself": lambda: quad(GOVERNMENT, "unitOf", GOVERNMENT),
    "agreement with itself": lambda: (
        quad(f"{ID}agreement/own", RDF + "type", NS + "Agreement")
        + quad(f"{ID}agreement/own", "party", GOVERNMENT)
    ),
    "list of a nameless source": lambda: quad(
        CITY, "twinnedWith", f"{ID}city/hanoi", "<https://w3id.org/citypact/graph/import/>"
    ),
    "premises in a circle": lambda: (
        quad(f"{ID}statement/a", "premise", f"{ID}statement/b", DERIVATIONS)
        + quad(f"{ID}statement/b", "premise", f"{ID}statement/a", DERIVATIONS)
    ),
}
"""What a graph may hold that no build writes, by what it is."""


def commands(store: Path, folder: Path) -> Iterator[list[str]]:
    """Commands that read all of a graph; what they write is below `folder`."""
    yield ["query", "agreements", "--format", "json"]
    yield ["query", "partners-of-city", "--city", "Hanoi", "--why"]
    yield ["query", "--text", "SELECT * { ?s ?p ?o }", "--format", "csv"]
    yield ["query", "--text", "SELECT * { GRAPH ?g { ?s ?p ?o } }", "--format", "json"]
    for thing in ("Hanoi", "Seoul", "seoul-hanoi-2015"):
        yield ["why", thing]
    yield ["cite", "seoul-hanoi-2015", "--style", "csl-json"]
    for view in ("network", "map", "countries", "communities"):
        yield ["draw", "--view", view, "--out", f"{folder}/{view}.html"]
    yield ["draw", "--view", "ego", "--city", "Hanoi", "--out", f"{folder}/ego.html"]
    for form in FORMATS:
        yield ["export", "--format", form, "--out", f"{folder}/out.{form}"]
    for network in ("cities", "topics", "overview", "everything"):
        yield [
            "export",
            "--network",
            network,
            "--format",
            "graphml",
            "--out",
            f"{folder}/{network}.xml",
        ]
    for network in ("actors", "cities"):
        yield [
            "analyse", "--network", network, "--draws", "5", "--out", f"{folder}/{network}",
            "--only", "structure,topics,chronology,geography",
        ]  # fmt: skip
