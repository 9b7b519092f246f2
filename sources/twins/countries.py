"""Which country a source means, by ISO 3166-1 code or by name, and what the package calls it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from citypact.sources.twins.country_names import _table, digest, slugify
from citypact.sources.twins.known_places import Entity
from citypact.sources.twins.model import City, fold


@dataclass(frozen=True)
class SourceCountry:
    """A country: slug, names in both languages (Korean may be empty), code (may be empty).

    `is_known` says whether the package has an entity for it.
    """

    slug: str
    name: str
    korean: str
    iso2: str
    is_known: bool


class Countries:
    """Finds the countries of cities, with the slugs of the package where it has them."""

    def __init__(self, known: Iterable[Entity]) -> None:
        self._by_code: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        _, codes = _table()
        for entity in known:
            for name in sorted(entity.names):
                self._by_name.setdefault(fold(name), entity.slug)
            found = [entity.code, *(codes.get(fold(name), "") for name in sorted(entity.names))]
            # Our own code counts; without one, that of a name.
            code = next(filter(None, found), "")
            if code:
                self._by_code.setdefault(code, entity.slug)
        self._taken = {entity.slug for entity in known}

    def of(self, city: City) -> SourceCountry | None:
        """The country of a city: by its code, else by its name; None where it has neither."""
        names, codes = _table()
        code = city.iso2 or codes.get(fold(city.country), "")
        if code in names:
            name, korean = names[code]
            known = self._by_code.get(code)
            return SourceCountry(known or self._new(slugify(name)), name, korean, code, bool(known))
        known = self._by_name.get(fold(city.country)) if city.country else None
        name = city.country or code
        if not name:
            return None
        slug = known or self._new(slugify(name))
        return SourceCountry(slug, name, city.country_korean, code, bool(known))

    def _new(self, slug: str) -> str:
        """A slug that no country of the package has."""
        return slug if slug not in self._taken else f"{slug}-{digest(slug)}"


__all__ = [
    "Countries",
    "SourceCountry",
]
