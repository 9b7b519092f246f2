"""A list of twin cities of the world: the one at hand, else one of the same shape."""

from __future__ import annotations

import csv
import os
import random
from dataclasses import dataclass
from pathlib import Path

CITIES, LINKS, SEED = 17_000, 25_000, 20_261_122
COUNTRIES = ("DE", "FR", "US", "JP", "KR", "CN", "BR", "PL", "GB", "IT", "TR", "MX")
BEGINNINGS = ("Bel", "Kar", "Mon", "Nor", "San", "Tor", "Vil", "Wal", "Os", "Al", "Ber", "Dun")
MIDDLES = ("a", "en", "i", "or", "u", "ar", "el", "an")
ENDS = ("burg", "ville", "ton", "grad", "mouth", "field", "stad", "pur", "yama", "polis")

Row = dict[str, str]


@dataclass(frozen=True)
class WorldList:
    """Cities and links as rows of tables that `citypact import twins` reads, and where from."""

    origin: str
    cities: list[Row]
    links: list[Row]

    def write(self, folder: Path, count: int) -> tuple[Path, Path]:
        """Writes so many links, chosen with a seed, and their cities: links.csv, cities.csv."""
        chosen = random.Random(SEED).sample(self.links, min(count, len(self.links)))
        ends = {link[end] for link in chosen for end in ("source", "target")}
        cities = [city for city in self.cities if city["id"] in ends]
        return _table(folder / "links.csv", chosen), _table(folder / "cities.csv", cities)


def world_list() -> WorldList:
    """The list in $CITYPACT_MATERIAL/world/wikipedia_2026 where it is there, else a made-up one."""
    material = os.environ.get("CITYPACT_MATERIAL")
    folder = Path(material or "") / "world" / "wikipedia_2026"
    if material and folder.is_dir():
        origin = "lists of Wikipedia, 2026"
        return WorldList(origin, _rows(folder / "cities.csv"), _rows(folder / "links.csv"))
    return generated()


def generated() -> WorldList:
    """A list of the same shape: few cities have many links, most have one or two.

    An end of a link is, one time of three each, that of a link before it (preferential attachment),
    a city that is linked already, or one that is not.
    """
    chance = random.Random(SEED)
    cities = [_city(chance, number) for number in range(CITIES)]
    unlinked = list(range(CITIES))
    chance.shuffle(unlinked)
    ends, linked = [], []  # as often as they have links; once each
    links: set[tuple[int, int]] = set()
    while len(links) < LINKS:
        pair = []
        for _ in range(2):
            way = chance.randrange(3) if linked else 2
            if way == 2 and unlinked:
                linked.append(unlinked.pop())
                pair.append(linked[-1])
            else:
                pair.append(chance.choice(linked if way else ends or linked))
        one, other = sorted(pair)
        if one != other and (one, other) not in links:
            links.add((one, other))
            ends += pair
    rows = [
        {"source": cities[one]["id"], "target": cities[other]["id"]} for one, other in sorted(links)
    ]
    return WorldList("made up, with a seed", cities, rows)


def _city(chance: random.Random, number: int) -> Row:
    country = chance.choice(COUNTRIES)
    parts = (BEGINNINGS, MIDDLES, BEGINNINGS, MIDDLES, ENDS)
    name = "".join(chance.choice(part) for part in parts).capitalize()
    return {
        "id": f"{country.lower()}:{name.lower()}-{number}",
        "name": f"{name} {number}",
        "iso2": country,
        "lat": f"{chance.uniform(-50, 65):.4f}",
        "lon": f"{chance.uniform(-170, 170):.4f}",
        "population": str(int(10 ** chance.uniform(3.5, 7))),
    }


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _table(path: Path, rows: list[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
