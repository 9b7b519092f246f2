"""Which cities of a list are cities of the package: by id, then by name, country and distance.

Nothing uncertain is merged. Whatever could be a city of the package without being surely so is
ambiguous; it stays a city of its own until a person judges.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from citypact.ontology.errors import CitypactError, Message, shown, suggestion
from citypact.sources.files.csv_tables import CsvRow, read_file
from citypact.sources.files.spreadsheet_cells import unguarded
from citypact.sources.reading.distances import distance
from citypact.sources.twins.countries import Countries, SourceCountry
from citypact.sources.twins.country_names import country_code, homonyms, subdivision_names
from citypact.sources.twins.headings import heading_key
from citypact.sources.twins.known_places import Entities, Entity
from citypact.sources.twins.model import City
from citypact.sources.twins.place_names import (
    CITY,
    REGION,
    NameForm,
    bracketed,
    english_city,
    name_forms,
    place_key,
    script_of,
)
from citypact.sources.twins.sheets import read_sheets

NEAR = 50.0
"""Kilometres within which two places of one name and country are taken for one city."""
NONE = "none"
"""What a judgement says of a city that is none of ours."""
DECISIONS = ("matched", "new", "ambiguous", "unmatched")
RULES = ("wikidata", "geonames", "identifier", "distance", "name", "judgement")

JUDGEMENT_COLUMNS = ("source_id", "entity", "reason")
IN_MATCHES = ("judgement", "judgement_reason")
"""The columns of matches.csv in which a person judges, in place of `entity` and `reason`."""


@dataclass(frozen=True)
class MatchJudgement:
    """What a person decided: the city is that entity, or `none`; and why. place: file and line."""

    source_id: str
    entity: str
    reason: str
    place: str = field(default="judgements", compare=False)


@dataclass(frozen=True)
class Match:
    """What was decided of a city of the list.

    Attributes: city, country (None where the source names none), decision (one of DECISIONS),
    entity (a slug of the package, for `matched` only), rule (one of RULES, for `matched` only),
    reason (plain English), shared (the id of a city of another list that it is, if any).
    """

    city: City
    country: SourceCountry | None
    decision: str
    entity: str = ""
    rule: str = ""
    reason: str = ""
    shared: str = ""


def read_judgements(path: Path) -> dict[str, MatchJudgement]:
    """Reads judgements by source id from a table with `source_id`, `entity` (a slug or none) and
    `reason`, or from a matches.csv in which a person has filled in `judgement`.

    The table may have been saved by a spreadsheet, in any of its forms. Raises CitypactError with
    file and line where a city is judged twice or a cell is empty.
    """
    sheet = read_sheets(read_file(path), path)[0]
    (line, heads), *rows = sheet.rows or [(1, [])]
    places = {heading_key(head): at for at, head in enumerate(heads)}
    is_matches = heading_key(IN_MATCHES[0]) in places
    names = ("source_id", *IN_MATCHES) if is_matches else JUDGEMENT_COLUMNS
    for name in names[:2] if is_matches else names:
        if heading_key(name) not in places:
            raise CitypactError(
                "{file}:{line}: has no column for {name}\n"
                "    -> use the columns {names}, or a matches.csv",
                file=path.name,
                line=line,
                name=name,
                names=", ".join(JUDGEMENT_COLUMNS),
            )
    found: dict[str, MatchJudgement] = {}
    for number, texts in rows:
        row = CsvRow(path.name, number, {})
        for name, own in zip(names, JUDGEMENT_COLUMNS, strict=True):
            at = places.get(heading_key(name), len(texts))
            row.cells[own] = unguarded(texts[at].strip()) if at < len(texts) else ""
        if is_matches and not row.get("entity"):
            continue
        if is_matches and not row.get("reason"):
            row.cells["reason"] = "in matches.csv"
        for name in JUDGEMENT_COLUMNS:
            if not row.get(name):
                raise row.fault(
                    Message("has no {name}", name=name),
                    "a judgement says which city, what, and why",
                )
        source_id, entity, reason = (row.get(name) for name in JUDGEMENT_COLUMNS)
        judgement = MatchJudgement(source_id, entity, reason, f"{row.file}:{row.line}")
        if judgement.source_id in found:
            raise row.fault(
                Message("{source_id} is judged twice", source_id=shown(judgement.source_id)),
                "keep one line",
            )
        found[judgement.source_id] = judgement
    return found


def reconcile(
    cities: Iterable[City],
    entities: Entities,
    judgements: Mapping[str, MatchJudgement] | None = None,
) -> list[Match]:
    """Decides for every city, in the order of their ids.

    Raises CitypactError for judgements on cities or entities that do not exist.
    """
    ordered = sorted(cities, key=lambda city: city.id)
    judgements = judgements or {}
    _check(judgements, {city.id for city in ordered}, entities)
    return _Reconciler(ordered, entities, judgements).matches()


def _check(judgements: Mapping[str, MatchJudgement], ids: set[str], entities: Entities) -> None:
    for judgement in judgements.values():
        if judgement.source_id not in ids:
            raise CitypactError(
                "{place}: {source_id} is not a city of this list\n"
                "    -> use the source_id that matches.csv shows",
                place=judgement.place,
                source_id=shown(judgement.source_id),
            )
        if judgement.entity != NONE and judgement.entity not in entities.cities:
            raise CitypactError(
                "{place}: {entity} is not a city of the package\n    -> {cure}",
                place=judgement.place,
                entity=shown(judgement.entity),
                cure=suggestion(judgement.entity, [*entities.cities, NONE]),
            )


class _Reconciler:
    def __init__(
        self, cities: list[City], entities: Entities, judgements: Mapping[str, MatchJudgement]
    ) -> None:
        self.cities, self.entities, self.judgements = cities, entities, judgements
        countries = Countries(list(entities.countries.values()))
        self.countries = {city.id: countries.of(city) for city in cities}
        self.by_wikidata = {e.wikidata: e for e in entities.cities.values() if e.wikidata}
        self.by_geonames = {e.geonames: e for e in entities.cities.values() if e.geonames}
        self.by_identifier = {
            identifier: e for e in entities.cities.values() for identifier in e.identifiers
        }
        self.by_name: dict[str, list[Entity]] = defaultdict(list)
        for entity in entities.cities.values():
            for name in {place_key(name) for name in entity.names} - {""}:
                self.by_name[name].append(entity)
        self.by_region: dict[str, list[Entity]] = defaultdict(list)
        for entity in entities.cities.values():
            for name in _region_keys(entity):
                self.by_region[name].append(entity)
        self.homonyms = {(code, place_key(name)) for code, name in homonyms()}
        self.bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
        for city in cities:
            self.bearers[self._slug(city), _own_key(city)].add(city.id)

    def matches(self) -> list[Match]:
        """The decisions, after those that claim one entity were held against each other."""
        found = [self._decide(city) for city in self.cities]
        claimed: dict[str, list[Match]] = defaultdict(list)
        for match in found:
            if match.decision == "matched":
                claimed[match.entity].append(match)
        return [self._against(match, claimed.get(match.entity, [])) for match in found]

    def _against(self, match: Match, others: list[Match]) -> Match:
        """A match beside the others that claim the same entity: only the best kind stands."""
        if len(others) < 2 or match.rule == "judgement":
            return match
        best = min(RULES_BY_FORCE[other.rule] for other in others)
        equals = [other for other in others if RULES_BY_FORCE[other.rule] == best]
        if match in equals and (len(equals) == 1 or _are_spellings(equals)):
            return match
        rivals = ", ".join(o.city.id for o in others if o is not match)
        reason = Message(
            "{reason}; the same holds for {rivals}", reason=match.reason, rivals=rivals
        )
        return replace(match, decision="ambiguous", entity="", rule="", reason=reason)

    def _slug(self, city: City) -> str:
        country = self.countries[city.id]
        return country.slug if country else ""

    def _decide(self, city: City) -> Match:
        country = self.countries[city.id]
        judgement = self.judgements.get(city.id)
        if judgement:
            reason = Message("judged: {reason}", reason=judgement.reason)
            if judgement.entity == NONE:
                return Match(city, country, "new", reason=reason)
            return Match(city, country, "matched", judgement.entity, "judgement", reason)
        by_id = self._by_id(city)
        mixed = self._mixed(city)
        if mixed:
            hint = f" ({by_id.reason} as {by_id.entity})" if by_id and by_id.entity else ""
            return Match(city, country, "ambiguous", reason=mixed + hint)
        if by_id:
            return by_id
        if not city.name and not city.korean and not subdivision_names(city.identifiers):
            return Match(city, country, "unmatched", reason=Message("the source gives no name"))
        return self._by_name(city)

    def _mixed(self, city: City) -> str:
        """Why one entry of the source may stand for several cities; empty where it does not."""
        # Ids of Wikidata or GeoNames, coordinates or several entries tell homonyms apart.
        if city.id in (city.wikidata, city.geonames) or city.place:
            return ""
        country = self.countries[city.id]
        if not country or not self._is_homonym(city):
            return ""
        if len(self.bearers[country.slug, _own_key(city)]) > 1:
            return ""
        return Message(
            "several cities of {country} are called {city}, and the source has one entry: its "
            "links may be of several",
            country=country.name,
            city=_name(city),
        )

    def _is_homonym(self, city: City) -> bool:
        """Whether several cities of its country are known to have one of its names."""
        country = self.countries[city.id]
        return country is not None and any(
            (country.iso2, form.key) in self.homonyms
            for name in (city.name, city.korean)
            if not self._is_unmistakable(name, country)
            for form in name_forms(name)
        )

    def _is_unmistakable(self, name: str, country: SourceCountry) -> bool:
        """Whether a whole name is that of a city of ours and of no other: Washington, D.C."""
        key = place_key(name)
        return (country.iso2, key) not in self.homonyms and any(
            country.may_be(entity.country) for entity in self.by_name.get(key, ())
        )

    def _by_id(self, city: City) -> Match | None:
        country = self.countries[city.id]
        one = self.by_wikidata.get(city.wikidata)
        other = self.by_geonames.get(city.geonames)
        if one and other and one is not other:
            reason = Message(
                "its Wikidata item is that of {slug}, its GeoNames identifier that of {slug2}",
                slug=one.slug,
                slug2=other.slug,
            )
            return Match(city, country, "ambiguous", reason=reason)
        if one:
            reason = Message("same Wikidata item {wikidata}", wikidata=city.wikidata)
            return Match(city, country, "matched", one.slug, "wikidata", reason)
        if other and city.wikidata and other.wikidata:
            reason = Message(
                "same GeoNames identifier {geonames} as {slug}, but another Wikidata "
                "item ({wikidata}, not {wikidata2})",
                geonames=city.geonames,
                slug=other.slug,
                wikidata=city.wikidata,
                wikidata2=other.wikidata,
            )
            return Match(city, country, "ambiguous", reason=reason)
        if other:
            reason = Message("same GeoNames identifier {geonames}", geonames=city.geonames)
            return Match(city, country, "matched", other.slug, "geonames", reason)
        for identifier in city.identifiers:
            if entity := self.by_identifier.get(identifier):
                reason = Message("same identifier {identifier}", identifier=identifier)
                return Match(city, country, "matched", entity.slug, "identifier", reason)
        return None

    def _by_name(self, city: City) -> Match:
        country = self.countries[city.id]
        if several := self._several(city):
            return Match(city, country, "ambiguous", reason=several)
        same, other_kind = self._same(city)
        if not country or not country.is_understood:
            return self._without_country(city, same)
        here = {slug: e for slug, e in same.items() if not e.country or country.may_be(e.country)}
        if not here:
            if script_of(city.name) in ("han", "") and not city.korean:
                reason = Message("its name is in letters in which the package has no names")
                return Match(city, country, "unmatched", reason=reason)
            return self._new(city, other_kind)
        if len(here) > 1:
            reason = Message("same name and country as {list}", list=_list(here))
            return Match(city, country, "ambiguous", reason=reason)
        (entity,) = here.values()
        decision, rule, why = self._same_name(city, entity)
        return Match(
            city, country, decision, entity.slug if decision == "matched" else "", rule, why
        )

    def _several(self, city: City) -> Message | None:
        """That a name lists several cities of the package; None for any other."""
        country = self.countries[city.id]
        found: dict[str, Entity] = {}
        for part in _LISTED.split(_name(city)):
            found |= {
                entity.slug: entity
                for entity in self.by_name.get(place_key(part), ())
                if not entity.is_region and (not country or country.may_be(entity.country))
            }
        if len(found) < 2 or place_key(_name(city)) in self.by_name:
            return None
        return Message(
            "it names several cities ({list}): separate them with semicolons", list=_list(found)
        )

    def _same(self, city: City) -> tuple[dict[str, Entity], list[Entity]]:
        """The places that have a name of a city, and those that have it and are of another kind."""
        same: dict[str, Entity] = {}
        other_kind = []
        names = [city.name, city.korean, *city.aliases]
        if city.identifiers:
            names += subdivision_names(city.identifiers)
        names += [
            other
            for name in names
            for form in name_forms(name)
            if form.kind != REGION and (other := english_city(form.key))
        ]
        for name in names:
            for form in name_forms(name):
                if form.kind == REGION:
                    same |= {entity.slug: entity for entity in self.by_region.get(form.key, ())}
                for entity in self.by_name.get(form.key, ()):
                    if _fits(form, entity):
                        same[entity.slug] = entity
                    else:
                        other_kind.append(entity)
        return same, [entity for entity in other_kind if entity.slug not in same]

    def _without_country(self, city: City, same: dict[str, Entity]) -> Match:
        """The decision on a city whose country is not given, or not understood."""
        country = self.countries[city.id]
        if country and same:
            reason = Message(
                "same name as {list}, but the country {country} is not understood",
                list=_list(same),
                country=country.name,
            )
            return Match(city, country, "ambiguous", reason=reason)
        if country:
            reason = Message(
                "no city of the package has this name; the country {country} is not understood",
                country=country.name,
            )
            return Match(city, country, "new", reason=reason)
        if same:
            reason = Message(
                "same name as {list}, but the source gives no country", list=_list(same)
            )
            return Match(city, country, "ambiguous", reason=reason)
        reason = Message("no city of the package has this name, and the source gives no country")
        return Match(city, country, "unmatched", reason=reason)

    def _new(self, city: City, other_kind: list[Entity]) -> Match:
        """A city that the package lacks; where the package has a place of another kind so called,
        that is told."""
        country = self.countries[city.id]
        near = sorted({e.slug for e in other_kind if country and country.may_be(e.country)})
        if country and country.now:
            reason = Message(
                "no city of the package has this name; {country} is a state of the past",
                country=country.name,
            )
        elif near:
            reason = Message(
                "the package has {list}, but it is another kind of place (city or region)",
                list=_list(near),
            )
        else:
            reason = Message("no city of the package has this id, or this name in this country")
        return Match(city, country, "new", reason=reason)

    def _unlike(self, city: City, entity: Entity) -> Message | None:
        """Why one name of a city is not enough: it has another that the entity does not have."""
        keys = {place_key(name) for name in entity.names} | _region_keys(entity)
        scripts: dict[str, list[NameForm]] = defaultdict(list)
        for name in (city.name, city.korean):
            for form in name_forms(name):
                scripts[form.script].append(form)
        matching = {
            script: [form for form in forms if form.key in keys and _fits(form, entity)]
            for script, forms in scripts.items()
        }
        if not any(form.is_sure for forms in matching.values() for form in forms):
            if any(matching.values()) and not self._is_explained(city, keys):
                return Message("the text in brackets may distinguish it from a namesake")
            return None
        ours = {form.script for name in entity.names for form in name_forms(name)[:1]}
        for script in ("latin", "hangul"):
            if scripts.get(script) and script in ours and not matching[script]:
                shown_name = min((form.key for form in scripts[script]), key=len)
                return Message("{name} is not one of its names", name=shown_name)
        return None

    def _is_explained(self, city: City, keys: set[str]) -> bool:
        """Whether all that a city's names have in brackets is its other names, its country, or
        that it is a capital."""
        country = self.countries[city.id]
        return all(
            any(form.key in keys for form in name_forms(piece))
            or place_key(english_city(piece)) in keys
            or (country is not None and country_code(piece) == country.iso2 != "")
            or piece.casefold() in _CAPITAL
            for name in (city.name, city.korean)
            for each in bracketed(name)
            for piece in [_BEFORE_OTHER_NAMES.sub("", each, count=1)]
        )

    def _same_name(self, city: City, entity: Entity) -> tuple[str, str, str]:
        """Decision, rule and reason for a city with the name and country of one entity."""
        same = Message("same name and country as {list}", list=entity.slug)
        for what, ours, theirs in (
            ("Wikidata", entity.wikidata, city.wikidata),
            ("GeoNames", entity.geonames, city.geonames),
        ):
            if ours and theirs and ours != theirs:
                reason = Message(
                    "{same}, but another {what} identifier ({theirs}, not {ours})",
                    same=same,
                    what=what,
                    theirs=theirs,
                    ours=ours,
                )
                return "ambiguous", "", reason
        if not entity.country:
            reason = Message(
                "same name as {entity}, whose country is not known", entity=entity.slug
            )
            return "ambiguous", "", reason
        if city.place and entity.place:
            far = distance(city.place, entity.place)
            if far > NEAR:
                reason = Message("{same}, but {far:.0f} km apart", same=same, far=far)
                # A homonym far away is another city; any other name may have a wrong point.
                return "new" if self._is_homonym(city) else "ambiguous", "", reason
            reason = Message("same name and country, {far:.0f} km apart", far=far)
            return "matched", "distance", reason
        if unlike := self._unlike(city, entity):
            return "ambiguous", "", Message("{same}, but {unlike}", same=same, unlike=unlike)
        bearers = self.bearers[self._slug(city), _own_key(city)]
        if len(bearers) > 1:
            reason = Message(
                "{same}, which {count} cities of the source have", same=same, count=len(bearers)
            )
            return "ambiguous", "", reason
        if self._is_homonym(city):
            reason = Message("{same}, but several cities of that country have the name", same=same)
            return "ambiguous", "", reason
        reason = Message("same name and country, the only ones on both sides")
        return "matched", "name", reason


def _are_spellings(matches: list[Match]) -> bool:
    """Whether cities of a list without ids are one city in several spellings: 서울 and 서울특별시,
    or in Korean and in English."""
    cities = [match.city for match in matches]
    if any(match.rule != "name" for match in matches) or any(
        city.place
        or city.wikidata
        or city.geonames
        or not _name(city)
        or _name(city) not in city.id
        for city in cities
    ):
        return False
    keys: dict[str, list[set[str]]] = defaultdict(list)
    for city in cities:
        whole, *others = name_forms(_name(city))
        keys[script_of(_name(city))].append(
            {whole.key} | {form.key for form in others if form.is_sure and form.kind == CITY}
        )
    return all(set.intersection(*same) for same in keys.values())


_LISTED = re.compile(r"\s*[,/·&+]\s*|\s+(?:and|und|et|y|e|및|와|과)\s+")
"""What stands between cities that a cell lists."""
_BEFORE_OTHER_NAMES = re.compile(
    r"(?:formerly|former|previously|now|today|also|historically|ex|a\.?k\.?a\.?|früher|ehemals|heute"
    r"|anciennement|autrefois|antes|antiguamente|hoy|già|ora|구|옛|현|舊|旧|現)"
    r"(?:\s+(?:known as|called|name))?[\s.:,-]\s*",
    re.IGNORECASE,
)
"""Words before a name of the same city in brackets: formerly Saigon."""
_CAPITAL = {"capital", "수도", "首都", "hauptstadt", "capitale", "ciudad capital", "capital city"}


def _region_keys(entity: Entity) -> set[str]:
    """The names of a region without what says that it is one: Gyeonggi of Gyeonggi Province."""
    if not entity.is_region:
        return set()
    forms = (form for name in entity.names for form in name_forms(name))
    return {form.key for form in forms if form.kind == REGION}


RULES_BY_FORCE = {rule: at for at, rule in enumerate(("judgement", *RULES[:-1]))}
"""Which kind of match stands against another: the smaller number."""


def named_city(name: str, entities: Entities) -> dict[str, MatchJudgement]:
    """A judgement on the city that a user has named; none where several are called so, or none."""
    keys = {form.key for form in name_forms(name)}
    same = [
        entity.slug
        for entity in entities.cities.values()
        if keys & {place_key(each) for each in entity.names}
    ]
    if len(same) != 1:
        return {}
    return {name: MatchJudgement(name, same[0], "named with --partners-of")}


def names_twice(matches: Iterable[Match], entities: Entities) -> list[str]:
    """The cities of the package whose name a city has that is not matched: after a build the name
    means both. Slugs, sorted."""
    names: dict[str, set[str]] = defaultdict(set)
    for entity in entities.cities.values():
        for name in entity.names:
            names[place_key(name)].add(entity.slug)
    found: set[str] = set()
    for match in matches:
        if match.decision != "matched":
            for name in filter(None, (match.city.name, match.city.korean)):
                for form in name_forms(name):
                    found |= names.get(form.key, set())
    return sorted(found)


def _name(city: City) -> str:
    return city.name or city.korean


def _own_key(city: City) -> str:
    """What the other cities of the source are compared by: the name that the city goes by."""
    return place_key(_name(city))


def _fits(form: NameForm, entity: Entity) -> bool:
    """Whether the kind of place that a name says it is can be that of the entity."""
    return form.kind != (CITY if entity.is_region else REGION)


def _list(entities: Iterable[str]) -> str:
    return ", ".join(sorted(entities))


__all__ = [
    "DECISIONS",
    "NEAR",
    "RULES",
    "Match",
    "MatchJudgement",
    "distance",
    "named_city",
    "names_twice",
    "read_judgements",
    "reconcile",
]
