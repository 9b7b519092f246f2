"""Twin cities of Wikidata (property P190), page by page over a SPARQL endpoint.

Pages are cut by the last statement of the page before, not by a count: a statement that is added
or removed meanwhile shifts nothing. Labels and facts follow in batches of items.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from citypact.ontology.errors import CitypactError, Message
from citypact.sources.files.atomic_files import write_file
from citypact.sources.twins.model import Input, Twins
from citypact.sources.twins.sparql_answers import Collected, SparqlRow
from citypact.sources.twins.sparql_client import SparqlClient

ENDPOINT = "https://query.wikidata.org/sparql"
PAGE_SIZE = 2000
"""Statements in a page."""
BATCH = 200
"""Items in a batch."""
ADDRESS = "https://www.wikidata.org/wiki/Property:P190"
LICENCE = "CC0 1.0"

Step = Callable[[str], None]

PREFIXES = """\
PREFIX bd: <http://www.bigdata.com/rdf#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wikibase: <http://wikiba.se/ontology#>
"""

STATEMENTS = """\
SELECT ?statement ?item ?other ?start ?startPrecision ?end ?endPrecision ?endQualifier ?redirect
WHERE {
  { SELECT ?statement ?item ?other WHERE {
      ?item p:P190 ?statement .
      ?statement ps:P190 ?other ; wikibase:rank ?rank .
      FILTER(?rank != wikibase:DeprecatedRank)
      FILTER(STR(?statement) > "%(after)s")
    } ORDER BY STR(?statement) LIMIT %(size)d }
  OPTIONAL { ?statement pqv:P580 ?from .
    ?from wikibase:timeValue ?start ; wikibase:timePrecision ?startPrecision }
  OPTIONAL { ?statement pqv:P582 ?to .
    ?to wikibase:timeValue ?end ; wikibase:timePrecision ?endPrecision }
  OPTIONAL { ?statement pq:P582 ?endQualifier }
  OPTIONAL { ?other owl:sameAs ?redirect }
} ORDER BY STR(?statement) STR(?other) STR(?start) STR(?end) ?startPrecision ?endPrecision
"""

COUNT = """\
SELECT (COUNT(DISTINCT ?statement) AS ?count) WHERE {
  ?item p:P190 ?statement .
  ?statement ps:P190 ?other ; wikibase:rank ?rank .
  FILTER(?rank != wikibase:DeprecatedRank)
}
"""
MISSING = 0.01
"""The share of the counted statements that may be missing: people edit while pages are read."""

FACTS = """\
SELECT ?item ?what ?value ?detail WHERE {
  VALUES ?item { %(items)s }
  { ?item rdfs:label ?value . FILTER(LANG(?value) IN ("ko", "en", "mul")) BIND("label" AS ?what) }
  UNION { ?item p:P17 ?country . ?country a wikibase:BestRank ; ps:P17 ?value .
    OPTIONAL { ?country pq:P582 ?detail } BIND("country" AS ?what) }
  UNION { ?item wdt:P625 ?value . BIND("coordinates" AS ?what) }
  UNION { ?item p:P1082 ?count . ?count a wikibase:BestRank ; ps:P1082 ?value .
    OPTIONAL { ?count pq:P585 ?detail } BIND("population" AS ?what) }
  UNION { ?item wdt:P1566 ?value . BIND("geonames" AS ?what) }
  UNION { ?item wdt:P297 ?value . BIND("iso" AS ?what) }
} ORDER BY STR(?item) ?what STR(?value) LANG(?value) STR(?detail)
"""

SAVED = (
    PREFIXES
    + """
SELECT ?statement ?item ?itemLabel ?other ?otherLabel ?country ?countryLabel ?iso ?coordinates
       ?start ?startPrecision ?end ?endPrecision ?endQualifier ?redirect WHERE {
  ?item p:P190 ?statement .
  ?statement ps:P190 ?other ; wikibase:rank ?rank .
  FILTER(?rank != wikibase:DeprecatedRank)
  # One country: put its item here, and remove the sign #.
  # ?item wdt:P17 wd:Q884 .
  OPTIONAL { ?item wdt:P17 ?country . OPTIONAL { ?country wdt:P297 ?iso } }
  OPTIONAL { ?item wdt:P625 ?coordinates }
  OPTIONAL { ?statement pqv:P580 ?from .
    ?from wikibase:timeValue ?start ; wikibase:timePrecision ?startPrecision }
  OPTIONAL { ?statement pqv:P582 ?to .
    ?to wikibase:timeValue ?end ; wikibase:timePrecision ?endPrecision }
  OPTIONAL { ?statement pq:P582 ?endQualifier }
  OPTIONAL { ?other owl:sameAs ?redirect }
  SERVICE wikibase:label { bd:serviceParam wikibase:language "en,mul,ko" }
}
"""
)
"""One query whose answer a person can save in a browser and import with --answer."""


@dataclass(frozen=True)
class Snapshot:
    """A dated folder of answers; `is_resumed` says that it was begun before."""

    day: str
    folder: Path
    is_resumed: bool

    @classmethod
    def choose(cls, cache: Path, endpoint: str, day: str | None, today: date) -> Snapshot:
        """The snapshot of a day; without one, the newest that is not finished, else today's."""
        if day is not None:
            return cls(day, cache / day, (cache / day).is_dir())
        for folder in sorted(cache.glob("????-??-??"), reverse=True):
            if _state(folder) == {"endpoint": endpoint, "complete": False}:
                return cls(folder.name, folder, True)
        folder = cache / today.isoformat()
        return cls(folder.name, folder, folder.is_dir())

    def note(self, endpoint: str, *, is_complete: bool) -> None:
        """Writes down whether all of it is there."""
        body = {"endpoint": endpoint, "complete": is_complete}
        data = (json.dumps(body) + "\n").encode()
        write_file(self.folder / "state", data, "--data")


def _state(folder: Path) -> object:
    try:
        return json.loads((folder / "state").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def fetch(
    client: SparqlClient,
    page_size: int = PAGE_SIZE,
    batch: int = BATCH,
    step: Step = lambda text: None,
) -> Twins:
    """All twin cities of the endpoint. `step` is told how far it is.

    Raises CitypactError where the endpoint keeps failing; answers so far stay in the cache.
    """
    collected = Collected()
    after, count = "", 0
    while True:
        query = PREFIXES + STATEMENTS % {"after": _quoted(after), "size": page_size}
        rows = client.ask(query, _are_statements)
        statements = sorted({row["statement"][0] for row in rows if "statement" in row})
        for row in rows:
            collected.add(row)
        count += len(statements)
        step(Message("{count} statements", count=count))
        if not statements:  # a server may cap its answers below the size of our pages
            break
        if statements[-1] <= after:
            raise CitypactError(
                "{endpoint}: returns the same page again\n"
                "    -> it does not follow SPARQL 1.1; use another endpoint",
                endpoint=client.endpoint,
            )
        after = statements[-1]
    if not count:
        raise CitypactError(
            "{endpoint}: has no statements with P190\n    -> check the address",
            endpoint=client.endpoint,
        )
    _compare(client, count)
    for name in ("items", "countries"):
        # Which countries there are is known when the items are.
        wanted = collected.items if name == "items" else collected.countries()
        for start in range(0, len(wanted), batch):
            values = " ".join(f"wd:{item}" for item in wanted[start : start + batch])
            asked = set(wanted[start : start + batch])
            for row in client.ask(PREFIXES + FACTS % {"items": values}, partial(_are_of, asked)):
                collected.add(row)
            step(
                Message(
                    "{min} of {count} {name}",
                    min=min(start + batch, len(wanted)),
                    count=len(wanted),
                    name=name,
                )
            )
    digest = client.digest.hexdigest()
    inputs = [Input(f"{client.answers} answers of {client.endpoint}", digest)]
    return collected.twins("wikidata", digest, inputs)


def _are_statements(rows: list[SparqlRow]) -> bool:
    return all({"statement", "item", "other"} <= row.keys() for row in rows)


def _are_of(items: set[str], rows: list[SparqlRow]) -> bool:
    """Whether rows speak of some of these items, and of no others."""
    return bool(rows) and all(
        "item" in row and row["item"][0].rsplit("/", 1)[-1] in items for row in rows
    )


def _compare(client: SparqlClient, count: int) -> None:
    """Raises CitypactError where the pages lack statements that the endpoint counts."""
    rows = client.ask(PREFIXES + COUNT, _is_count, ".count")
    counted = int(rows[0]["count"][0])
    if count < counted * (1 - MISSING):
        raise CitypactError(
            "{endpoint}: returned {count} of the {counted} statements that it counts\n"
            "    -> give a smaller --page-size and --refresh, or use another endpoint",
            endpoint=client.endpoint,
            count=count,
            counted=counted,
        )


def _is_count(rows: list[SparqlRow]) -> bool:
    return len(rows) == 1 and "count" in rows[0] and rows[0]["count"][0].isdecimal()


def _quoted(text: str) -> str:
    """Text within the quotes of SPARQL."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")


__all__ = ["ADDRESS", "ENDPOINT", "LICENCE", "SAVED", "Snapshot", "SparqlClient", "fetch"]
