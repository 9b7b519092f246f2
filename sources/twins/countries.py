"""Which country a source means, by ISO 3166-1 code or by name, and what the package calls it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from citypact.sources.twins.country_names import (
    country_code,
    country_names,
    digest,
    historic_country,
    read_country_code,
    slugify,
    territories,
)
from citypact.sources.twins.known_places import Entity
from citypact.sources.twins.model import City
from citypact.sources.twins.name_texts import fold


@dataclass(frozen=True)
class SourceCountry:
    """A country as a source names it.

    Attributes: slug (empty for a state that several followed), names in both languages (Korean may
    be empty), iso2 (its code, may be empty), is_known (whether the package has an entity for it),
    is_understood (whether the name or code is one of a country), now (slugs of the countries of
    today, where the source names a state of the past that several followed), territories (slugs of
    those that ISO 3166-1 lists apart, such as Hong Kong for China).
    """

    slug: str
    name: str
    korean: str
    iso2: str
    is_known: bool
    is_understood: bool = True
    now: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()

    def may_be(self, slug: str) -> bool:
        """Whether a country of the package can be the one that the source means."""
        return slug in self.now if self.now else slug == self.slug or slug in self.territories


class Countries:
    """Finds the countries of cities, with the slugs of the package where it has them."""

    def __init__(self, known: Iterable[Entity]) -> None:
        self._by_code: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        for entity in known:
            for name in sorted(entity.names):
                self._by_name.setdefault(fold(name), entity.slug)
            # Our own code counts; without one, that of a name.
            code = entity.code or next(filter(None, map(country_code, sorted(entity.names))), "")
            if code:
                self._by_code.setdefault(code, entity.slug)
        self._taken = {entity.slug for entity in known}
        self._found: dict[tuple[str, str, str], SourceCountry | None] = {}

    def of(self, city: City) -> SourceCountry | None:
        """The country of a city: by its code, else by its name; None where it has neither.

        A code that is none, and stands alone, is no country.
        """
        key = (city.iso2, city.country, city.country_korean)
        if key not in self._found:
            self._found[key] = self._read(*key)
        return self._found[key]

    def _read(self, iso2: str, name: str, korean: str) -> SourceCountry | None:
        code = read_country_code(iso2) or country_code(name) or country_code(korean)
        if code:
            return self._of_code(code)
        if past := historic_country(name) or historic_country(korean):
            if len(past.now) == 1:
                return self._of_code(past.now[0])
            now = tuple(self._of_code(code).slug for code in past.now)
            return SourceCountry("", past.name, "", "", False, now=now)
        known = self._by_name.get(fold(name)) if name else None
        if not name:
            return None
        slug = known or self._new(slugify(name))
        return SourceCountry(slug, name, korean, "", bool(known), is_understood=bool(known))

    def _of_code(self, code: str) -> SourceCountry:
        name, korean = country_names()[code]
        known = self._by_code.get(code)
        parts = (self._by_code.get(part) for part in territories(code))
        return SourceCountry(
            known or self._new(slugify(name)),
            name,
            korean,
            code,
            bool(known),
            territories=tuple(filter(None, parts)),
        )

    def _new(self, slug: str) -> str:
        """A slug that no country of the package has."""
        return slug if slug not in self._taken else f"{slug}-{digest(slug)}"


__all__ = [
    "Countries",
    "SourceCountry",
]
