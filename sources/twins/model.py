"""What a list of twin cities holds: cities and links, as the source states them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from citypact.sources.reading.edtf import agreed_dates, ends_before
from citypact.sources.twins.columns import TableReading
from citypact.sources.twins.doubts import Doubts


@dataclass(frozen=True)
class City:
    """A city of a source.

    Attributes: id (the source's own), name (English or as the source writes it), korean, aliases,
    country (its name) and iso2 (its ISO 3166-1 code), latitude and longitude (degrees, WGS84),
    population (people), wikidata (`Q8684`), geonames (`1835848`), identifiers (others, such as
    `unlocode:KRSEL`, `iso3166-2:KR-11` and `osm:relation/2297418`), place_in_file (file and line
    that name it first). Empty or None where the source does not say.
    """

    id: str
    name: str = ""
    korean: str = ""
    aliases: tuple[str, ...] = ()
    country: str = ""
    country_korean: str = ""
    iso2: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    wikidata: str = ""
    geonames: str = ""
    identifiers: tuple[str, ...] = ()
    place_in_file: str = field(default="", compare=False)

    @property
    def place(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, where both are known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


ENDED = "XXXX"
"""The end of a tie that has ended at a time that nobody states, in EDTF: some year."""


@dataclass(frozen=True, order=True)
class TwinLink:
    """That a source calls two cities twinned.

    `start` and `end` are EDTF, empty where not said; `end` is ENDED where the tie has ended at an
    unknown time. `also_start` and `also_end` are what the source says less exactly elsewhere.
    `kind` is the code of a relation type, such as `friendship-city`, where the source says it.
    """

    source: str
    target: str
    start: str = ""
    end: str = ""
    also_start: tuple[str, ...] = ()
    also_end: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Input:
    """A file or answer that was read: its name without folders, and the digest of its bytes."""

    file: str
    sha256: str


@dataclass
class Twins:
    """A list of twin cities.

    Attributes: kind (csv, konect, wikidata or answer), cities by id, links, is_directed (whether
    the source tells who states a link), inputs, and what was left out: loops (links of a city
    with itself), duplicates (links that say nothing more than another), others (statements whose
    object is unknown or no item); doubts (what was not understood, or read with a change), and
    tables (how the columns of each table were understood).
    """

    kind: str
    cities: dict[str, City]
    links: list[TwinLink]
    is_directed: bool
    sha256: str = ""
    inputs: list[Input] = field(default_factory=list)
    loops: int = 0
    duplicates: int = 0
    others: int = 0
    doubts: Doubts = field(default_factory=Doubts)
    tables: list[TableReading] = field(default_factory=list)

    def tidy(self) -> Twins:
        """Drops and counts loops and duplicates; sorts the rest. Gives itself."""
        self.links, loops, duplicates = tidy_links(self.links, is_directed=self.is_directed)
        self.loops += loops
        self.duplicates += duplicates
        return self


def tidy_links(links: Iterable[TwinLink], *, is_directed: bool) -> tuple[list[TwinLink], int, int]:
    """Links sorted, each once, with the numbers of loops and duplicates dropped.

    An undirected link begins with the smaller id. Links of one pair whose dates can be true
    together are one: one date lies within the other, or one of them is not said. The more exact
    date counts and the other is kept beside it. Links that contradict each other are kept.
    """
    pairs: dict[tuple[str, str], list[TwinLink]] = {}
    loops = count = 0
    for link in links:
        count += 1
        pair = link.source, link.target
        if pair[0] == pair[1]:
            loops += 1
            continue
        if not is_directed and pair[0] > pair[1]:
            pair = pair[1], pair[0]
            link = replace(link, source=pair[0], target=pair[1])
        if pair in pairs:
            pairs[pair].append(link)
        else:
            pairs[pair] = [link]
    found: list[TwinLink] = []
    for _, same in sorted(pairs.items()):
        found += same if len(same) == 1 else _merged(sorted({*same}))
    return found, loops, count - loops - len(found)


def _merged(links: list[TwinLink]) -> list[TwinLink]:
    """Links of one pair, those together that agree; again until none do."""
    kept: list[TwinLink] = []
    for link in links:
        for at, other in enumerate(kept):
            if both := _both(other, link):
                kept[at] = both
                break
        else:
            kept.append(link)
    return sorted(kept) if len(kept) == len(links) else _merged(sorted(kept))


def _both(one: TwinLink, other: TwinLink) -> TwinLink | None:
    """What two links of one pair say together; None where they contradict each other."""
    starts = agreed_dates(one.start, other.start)
    ends = agreed_dates(one.end, other.end)
    if starts is None or ends is None or ends_before(ends[0], starts[0]):
        return None
    if one.kind and other.kind and one.kind != other.kind:
        return None
    return TwinLink(
        one.source,
        one.target,
        starts[0],
        ends[0],
        tuple(sorted({*one.also_start, *other.also_start, *starts[1:]})),
        tuple(sorted({*one.also_end, *other.also_end, *ends[1:]})),
        one.kind or other.kind,
    )


__all__ = [
    "ENDED",
    "City",
    "Input",
    "TwinLink",
    "Twins",
    "tidy_links",
]
