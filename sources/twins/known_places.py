"""The places and countries that the package has: what the cities of a list are compared with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from citypact.ontology import NS, SKOS
from citypact.sources import PACKAGED
from citypact.sources.files.csv_tables import read_data
from citypact.sources.model import Date
from citypact.sources.reading.load import load_sources

_NAMES = (SKOS + "prefLabel", SKOS + "altLabel")


@dataclass
class Entity:
    """A city, territory or country of the package: its slug and what is known of it.

    `code` is ISO 3166-1; `is_region` says that a place is a territory, not a city; `identifiers`
    are those of other systems, such as `unlocode:KRSEL`.
    """

    slug: str
    names: set[str] = field(default_factory=set)
    country: str = ""
    wikidata: str = ""
    geonames: str = ""
    latitude: float | None = None
    longitude: float | None = None
    code: str = ""
    is_region: bool = False
    identifiers: frozenset[str] = frozenset()

    @property
    def place(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, where both are known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


@dataclass
class Entities:
    """Cities and territories by slug, countries by slug."""

    cities: dict[str, Entity]
    countries: dict[str, Entity]


def load_entities(folder: Path) -> Entities:
    """The cities, territories and countries of a folder with records/, entities/ and registers/.

    Lists of twin towns name provinces and districts too; where a city and a territory have one
    slug, the city counts. Raises RecordError for faults in the files.
    """
    sources = load_sources(folder)
    found: dict[str, dict[str, Entity]] = {"City": {}, "Country": {}, "Territory": {}}
    by_iri = {
        iri: found[thing.class_name].setdefault(_slug(iri), Entity(_slug(iri)))
        for iri, thing in sorted(sources.things.items())
        if thing.class_name in found
    }
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for claim in sources.claims:
        is_wanted = claim.subject in by_iri and claim.rank != "deprecated"
        if is_wanted and not isinstance(claim.object, Date):
            values[claim.subject][claim.predicate].append(claim.object.value)
    for iri, entity in by_iri.items():
        said = {predicate: sorted(texts) for predicate, texts in values[iri].items()}
        for predicate in _NAMES:
            entity.names.update(said.get(predicate, []))
        entity.country = _slug(_first(said, "inCountry"))
        entity.code = _first(said, "countryCode")
        entity.wikidata = _slug(_first(said, "wikidata"))
        entity.geonames = _slug(_first(said, "geonames"))
        if code := _first(said, "subdivisionCode"):
            entity.identifiers = frozenset({f"iso3166-2:{code}"})
        latitude, longitude = _first(said, "latitude"), _first(said, "longitude")
        if latitude and longitude:
            entity.latitude, entity.longitude = float(latitude), float(longitude)
    for entity in found["Territory"].values():
        entity.is_region = True
    _add_other_names(folder, [*found["City"].values(), *found["Territory"].values()])
    return Entities(found["Territory"] | found["City"], found["Country"])


def _add_other_names(folder: Path, places: list[Entity]) -> None:
    """Adds the common names that no document uses, such as 북경: ours, and those of the folder."""
    others: dict[str, list[str]] = defaultdict(list)
    for path in {each / "entities" / "other-names.csv" for each in (folder, PACKAGED)}:
        for row in read_data(path) if path.is_file() else ():
            others[row["means"]].append(row["name"])
    for entity in places:
        entity.names.update(*(others.get(name, ()) for name in tuple(entity.names)))


def _slug(iri: str) -> str:
    return iri.rstrip("/").rsplit("/", 1)[-1]


def _first(said: dict[str, list[str]], name: str) -> str:
    return said.get(NS + name, [""])[0]


__all__ = ["Entities", "Entity", "load_entities"]
