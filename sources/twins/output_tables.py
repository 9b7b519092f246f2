"""The tables that an import writes."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from citypact.sources.files.csv_tables import write_table
from citypact.sources.files.spreadsheet_cells import guarded
from citypact.sources.twins.country_names import digest, slugify
from citypact.sources.twins.model import Input, TwinLink, Twins, tidy_links
from citypact.sources.twins.reconcile import DECISIONS, RULES, Match, MatchJudgement

_table = partial(write_table, guards=False)
"""Texts are guarded one by one: coordinates are texts here too, and may begin with `-`."""

DOCUMENTS = (
    "id",
    "label.ko",
    "label.en",
    "type",
    "address",
    "published",
    "retrieved",
    "licence.en",
    "sha256",
)


COUNTRIES = ("id", "source", "label.ko", "label.en", "code")


CITIES = (
    "id",
    "source",
    "label.ko",
    "label.en",
    "aliases.en",
    "country",
    "latitude",
    "longitude",
    "population",
    "wikidata",
    "geonames",
)


POPULATIONS = ("city", "source", "population")


TWINS = ("city", "twinned_with", "source", "start", "end")


MATCHES = ("source_id", "name", "country", "entity", "decision", "reason", "city")


JUDGEMENTS = ("source_id", "entity", "reason")


SEPARATOR = ";"
"""What parts several values in a cell, as in the registers of the package."""


DOCUMENT_TYPE = "dataset"


_ITEM = re.compile(r"Q[1-9][0-9]*")


@dataclass(frozen=True)
class About:
    """What a user says of the source: name of the import, titles, address, dates, licence."""

    name: str
    title_korean: str = ""
    title_english: str = ""
    address: str = ""
    published: str = ""
    retrieved: str = ""
    licence: str = ""

    @property
    def document(self) -> str:
        """The id of the source document."""
        return "-".join(filter(None, (self.name, "twins", self.retrieved)))


def tables(
    twins: Twins,
    matches: Sequence[Match],
    about: About,
    judgements: Mapping[str, MatchJudgement],
    known: set[str],
) -> dict[str, bytes]:
    """The files of an import by name. The same list, judgements and package give the same bytes."""
    slugs = _slugs(matches, about.name, known)
    source = about.document
    own = [match for match in matches if match.decision != "matched"]
    countries = {
        match.country.slug: match.country
        for match in own
        if match.country and not match.country.is_known
    }
    links, merged_loops, merged_duplicates = tidy_links(
        (TwinLink(slugs[k.source], slugs[k.target], k.start, k.end) for k in twins.links),
        is_directed=twins.is_directed,
    )
    twins_rows = [
        {
            "city": k.source,
            "twinned_with": k.target,
            "source": source,
            "start": k.start,
            "end": k.end,
        }
        for k in links
    ]
    counts = counted(twins, matches) | {
        "loops": twins.loops + merged_loops,
        "duplicates": twins.duplicates + merged_duplicates,
        "twins": len(links),
    }
    summary = {
        "format": 1,
        "name": about.name,
        "kind": twins.kind,
        "document": source,
        "retrieved": about.retrieved,
        "is_directed": twins.is_directed,
        "inputs": [_input(each) for each in twins.inputs],
        "judgements": len(judgements),
        "counts": counts,
    }
    files = {
        "documents.csv": _table(DOCUMENTS, [_document(twins, about)]),
        "countries.csv": _table(
            COUNTRIES,
            [
                {
                    "id": slug,
                    "source": source,
                    "label.ko": guarded(country.korean),
                    "label.en": guarded(country.name),
                    "code": country.iso2,
                }
                for slug, country in sorted(countries.items())
            ],
        ),
        "cities.csv": _table(
            CITIES,
            sorted(
                (_city(m, slugs[m.city.id], source, twins.kind) for m in own),
                key=lambda row: row["id"],
            ),
        ),
        "populations.csv": _table(POPULATIONS, _populations(matches, source)),
        "twins.csv": _table(TWINS, twins_rows),
        "matches.csv": _table(MATCHES, [_match(m, slugs[m.city.id]) for m in matches]),
        "import.json": (json.dumps(summary, ensure_ascii=False, indent=1) + "\n").encode(),
    }
    if judgements:
        rows = [
            {"source_id": guarded(j.source_id), "entity": j.entity, "reason": guarded(j.reason)}
            for _, j in sorted(judgements.items())
        ]
        files["judgements.csv"] = _table(JUDGEMENTS, rows)
    return files


def counted(twins: Twins, matches: Sequence[Match]) -> dict[str, Any]:
    """Counts of cities, links, decisions and rules of an import."""
    decisions = Counter(match.decision for match in matches)
    rules = Counter(match.rule for match in matches if match.rule)
    return {
        "cities": len(matches),
        "links": len(twins.links),
        "others": twins.others,
        "decisions": {name: decisions[name] for name in DECISIONS},
        "rules": {name: rules[name] for name in RULES},
    }


def _input(each: Input) -> dict[str, str]:
    return {"file": each.file, "sha256": each.sha256}


def _slugs(matches: Sequence[Match], name: str, known: set[str]) -> dict[str, str]:
    """What each city is called: as the package calls it, or by an id of its own.

    Cities with a Wikidata item get the same id in every import, so that a city of several lists is
    one; others get one that begins with the name of the import. Two cities of a list never get the
    same one: a digest of the source's id tells them apart.
    """
    found = {m.city.id: m.entity for m in matches if m.decision == "matched"}
    wishes: dict[str, list[str]] = defaultdict(list)
    for match in matches:
        if match.decision != "matched":
            identifier = match.city.id
            item = next((t for t in (match.city.wikidata, identifier) if _ITEM.fullmatch(t)), "")
            wish = f"wikidata-{slugify(item)}" if item else f"{name}-{slugify(identifier)}"
            wishes[wish].append(identifier)
    for slug, identifiers in wishes.items():
        is_taken = len(identifiers) > 1 or slug in known
        for identifier in identifiers:
            found[identifier] = f"{slug}-{digest(identifier)}" if is_taken else slug
    return found


def _document(twins: Twins, about: About) -> dict[str, str]:
    return {
        "id": about.document,
        "label.ko": guarded(about.title_korean or f"자매도시 목록 {about.name}"),
        "label.en": guarded(about.title_english or f"List of twin cities {about.name}"),
        "type": DOCUMENT_TYPE,
        "address": about.address,
        "published": about.published,
        "retrieved": about.retrieved,
        "licence.en": guarded(about.licence),
        "sha256": twins.sha256,
    }


def _city(match: Match, slug: str, source: str, kind: str) -> dict[str, str]:
    city = match.city
    name = city.name or city.korean
    korean = city.korean
    if not name:
        # No name is known: we say so rather than leave a blank.
        node = "KONECT node" if kind == "konect" else "Unnamed city"
        name = f"{node} {city.id}"
    return {
        "id": slug,
        "source": source,
        "label.ko": guarded(korean),
        "label.en": guarded(name),
        "aliases.en": guarded(SEPARATOR.join(a.replace(SEPARATOR, ",") for a in city.aliases)),
        "country": match.country.slug if match.country else "",
        "latitude": _degrees(city.latitude),
        "longitude": _degrees(city.longitude),
        "population": "" if city.population is None else str(city.population),
        "wikidata": city.wikidata,
        "geonames": city.geonames,
    }


def _populations(matches: Sequence[Match], source: str) -> list[dict[str, str]]:
    """The inhabitants of cities of the package: of several that were matched to one the most.

    The package has no numbers of inhabitants of its own, since they change by the year.
    """
    most: dict[str, int] = {}
    for match in matches:
        people = match.city.population
        if match.decision == "matched" and people is not None:
            most[match.entity] = max(people, most.get(match.entity, 0))
    return [
        {"city": slug, "source": source, "population": str(people)}
        for slug, people in sorted(most.items())
    ]


def _degrees(value: float | None) -> str:
    """Six decimals, which is a tenth of a metre; no zeros at the end, no minus zero."""
    if value is None:
        return ""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _match(match: Match, slug: str) -> dict[str, str]:
    return {
        "source_id": guarded(match.city.id),
        "name": guarded(match.city.name or match.city.korean),
        "country": guarded(match.country.name if match.country else match.city.country),
        "entity": match.entity,
        "decision": match.decision,
        "reason": guarded(match.reason),
        "city": slug,
    }
