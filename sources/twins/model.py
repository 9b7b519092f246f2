"""What a list of twin cities holds: cities and links, as the source states them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+"
)
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
"""Letters that Unicode does not take apart into a plain one and a mark."""


def clean(text: str) -> str:
    """A name on one line: NFC, without controls, marks of direction and broken characters."""
    return " ".join(_INVISIBLE.sub(" ", unicodedata.normalize("NFC", text)).split())


def fold(name: str) -> str:
    """A name as it is compared: small letters without accents and punctuation.

    >>> fold("Côte d’Ivoire") == fold("cote d'ivoire")
    True
    """
    # Case first: some capitals fall apart into a letter and a mark (İ). Hangul is put together
    # again at the end, because it falls apart too.
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    letters = "".join(c for c in bare if not unicodedata.combining(c)).translate(_LETTERS)
    return unicodedata.normalize("NFC", re.sub(r"[\W_]+", " ", letters).strip())


@dataclass(frozen=True)
class City:
    """A city of a source.

    Attributes: id (the source's own), name (English or as the source writes it), korean, aliases,
    country (its name) and iso2 (its ISO 3166-1 code), latitude and longitude (degrees, WGS84),
    population (people), wikidata (`Q8684`), geonames (`1835848`). Empty or None where the source
    does not say.
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

    @property
    def place(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, where both are known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


@dataclass(frozen=True, order=True)
class TwinLink:
    """That a source calls two cities twinned; `start` and `end` as EDTF, empty where not said."""

    source: str
    target: str
    start: str = ""
    end: str = ""


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
    object is unknown or no item).
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

    def tidy(self) -> Twins:
        """Drops and counts loops and duplicates; sorts the rest. Gives itself."""
        self.links, loops, duplicates = tidy_links(self.links, is_directed=self.is_directed)
        self.loops += loops
        self.duplicates += duplicates
        return self


def tidy_links(links: Iterable[TwinLink], *, is_directed: bool) -> tuple[list[TwinLink], int, int]:
    """Links sorted, each once, with the numbers of loops and duplicates dropped.

    An undirected link begins with the smaller id. A link without dates says nothing more than the
    same link with dates; links of one pair with different dates are kept.
    """
    kept: set[TwinLink] = set()
    loops = count = 0
    for link in links:
        count += 1
        if link.source == link.target:
            loops += 1
        elif is_directed or link.source < link.target:
            kept.add(link)
        else:
            kept.add(TwinLink(link.target, link.source, link.start, link.end))
    dated = {(link.source, link.target) for link in kept if link.start or link.end}
    found = sorted(
        link for link in kept if link.start or link.end or (link.source, link.target) not in dated
    )
    return found, loops, count - loops - len(found)


__all__ = ["City", "Input", "TwinLink", "Twins", "clean", "fold", "tidy_links"]
