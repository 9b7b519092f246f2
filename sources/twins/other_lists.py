"""The cities of lists that were imported before: a city that several lists have is one city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from citypact.ontology.errors import CitypactError, Message
from citypact.sources.files.csv_tables import table
from citypact.sources.files.spreadsheet_cells import unguarded
from citypact.sources.twins.known_places import Entities, Entity
from citypact.sources.twins.output_tables import SEPARATOR
from citypact.sources.twins.reconcile import Match, reconcile
from citypact.sources.twins.write import IMPORTS


def cities_of_other_lists(data: Path, name: str, package: Entities) -> Entities:
    """The cities that other imports of a data folder have and the package lacks, by their ids.

    `name` is that of the import that is compared with them. Of a city of several lists the first
    one counts. Folders that are no complete import are passed over.
    """
    found: dict[str, Entity] = {}
    folders = sorted((data / IMPORTS).glob("[!.]*/cities.csv"))
    for path in folders:
        if path.parent.name == name:
            continue
        try:
            header, rows = table(path, f"{path.parent.name}/cities.csv")
        except CitypactError:
            continue
        for _, cells in rows:
            row = dict(zip(header, map(unguarded, cells), strict=True))
            if row["id"] not in package.cities:
                found.setdefault(row["id"], _entity(row))
    return Entities(found, package.countries)


def _entity(row: dict[str, str]) -> Entity:
    names = {row["label.ko"], row["label.en"]}
    for language in ("ko", "en"):
        names.update(row.get(f"aliases.{language}", "").split(SEPARATOR))
    for column in ("label.other", "aliases.other"):
        names.update(name.rpartition("@")[0] for name in row.get(column, "").split(SEPARATOR))
    latitude, longitude = (
        float(row[name]) if row[name] else None for name in ("latitude", "longitude")
    )
    return Entity(
        row["id"],
        {name.strip() for name in names if name.strip()},
        row["country"],
        row["wikidata"],
        row["geonames"],
        latitude,
        longitude,
        identifiers=frozenset(filter(None, row.get("identifiers", "").split(SEPARATOR))),
    )


def share_cities(matches: Sequence[Match], others: Entities) -> list[Match]:
    """The decisions, with cities of other lists where the package has none.

    The rules are those by which a city is compared with the package; what is not sure stays apart.
    """
    if not others.cities:
        return list(matches)
    new = [match.city for match in matches if match.decision == "new"]
    # A city with a Wikidata item has the same id in all lists without further ado.
    same = {
        match.city.id: match
        for match in reconcile(new, others)
        if match.entity and match.rule != "wikidata"
    }
    found = []
    for match in matches:
        if other := same.get(match.city.id):
            reason = Message(
                "{reason}; {other} of another list: {why}",
                reason=match.reason,
                other=other.entity,
                why=other.reason,
            )
            match = replace(match, shared=other.entity, reason=reason)
        found.append(match)
    return found


__all__ = ["cities_of_other_lists", "share_cities"]
