"""The tables that an import writes."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from citypact.ontology import LANGUAGES
from citypact.sources.files.csv_tables import write_table
from citypact.sources.files.spreadsheet_cells import guarded
from citypact.sources.reading.edtf import agreed_dates, ends_before
from citypact.sources.twins.columns import TableReading
from citypact.sources.twins.countries import SourceCountry
from citypact.sources.twins.country_names import digest, slugify
from citypact.sources.twins.doubts import Doubt, headings
from citypact.sources.twins.model import (
    ENDED,
    City,
    Input,
    TwinLink,
    Twins,
    tidy_links,
)
from citypact.sources.twins.name_languages import name_language
from citypact.sources.twins.place_names import script_of
from citypact.sources.twins.reconcile import (
    DECISIONS,
    IN_MATCHES,
    RULES,
    Match,
    MatchJudgement,
)

_table = partial(write_table, guards=False)
"""Texts are guarded one by one: coordinates are texts here too, and may begin with `-`."""

DOCUMENTS = (
    "id",
    "label.ko",
    "label.en",
    "title.ko",
    "title.en",
    "type",
    "publisher.en",
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
    "label.other",
    "aliases.ko",
    "aliases.en",
    "aliases.other",
    "country",
    "latitude",
    "longitude",
    "population",
    "wikidata",
    "geonames",
)
"""`label.other` and `aliases.other`: names in other languages, each with its tag, as `横浜@ja`."""


CITIES_MORE = ("identifiers",)
"""Columns that a build does not read: identifiers by which lists are compared."""


POPULATIONS = ("city", "source", "population", "country")


TWINS = ("city", "twinned_with", "source", "start", "end", "also_start", "also_end", "kind")
"""`also_start` and `also_end`: what the source says of the same tie less exactly.
`kind`: the relation type, where the source says it."""


MATCHES = (
    "source_id",
    "name",
    "country",
    "entity",
    "decision",
    "reason",
    "city",
    *IN_MATCHES,
)


LEFT_OUT = ("file", "line", "column", "value", "reason", "cure", "effect")


BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""Begins files that people open in a spreadsheet, which else reads them in another encoding."""


JUDGEMENTS = ("source_id", "entity", "reason")


SEPARATOR = ";"
"""What parts several values in a cell, as in the registers of the package."""


DOCUMENT_TYPE = "dataset"


_BRACKETED = re.compile(r"\s*([^()（）\[\]]+?)\s*[(（\[]\s*([^()（）\[\]]+?)\s*[)）\]]\s*")
_ITEM = re.compile(r"Q[1-9][0-9]*")


@dataclass(frozen=True)
class About:
    """What a user says of the source: name of the import, titles, address, dates and so on."""

    name: str
    title_korean: str = ""
    title_english: str = ""
    address: str = ""
    published: str = ""
    retrieved: str = ""
    licence: str = ""
    publisher: str = ""

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
        for match in matches
        # A state of the past that several followed has no slug: the city is in one of them.
        if match.country and match.country.slug and not match.country.is_known
    }
    links, merged_loops, merged_duplicates = tidy_links(
        (
            TwinLink(
                slugs[k.source],
                slugs[k.target],
                k.start,
                k.end,
                k.also_start,
                k.also_end,
                k.kind,
            )
            for k in twins.links
        ),
        is_directed=twins.is_directed,
    )
    links, ends_of_one_side = _with_ends_of_both(links) if twins.is_directed else (links, 0)
    twins_rows = [
        {
            "city": k.source,
            "twinned_with": k.target,
            "source": source,
            "start": k.start,
            "end": k.end,
            "also_start": SEPARATOR.join(k.also_start) if k.also_start else "",
            "also_end": SEPARATOR.join(k.also_end) if k.also_end else "",
            "kind": k.kind,
        }
        for k in links
    ]
    counts = counted(twins, matches) | {
        "loops": twins.loops + merged_loops,
        "duplicates": twins.duplicates + merged_duplicates,
        "twins": len(links),
        "ended": sum(bool(link.end) for link in links),
        "ended_unknown": sum(link.end == ENDED for link in links),
        "ends_of_one_side": ends_of_one_side,
        "doubts": len(twins.doubts.found),
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
        "tables": [table_summary(table) for table in twins.tables],
        "changes": {
            column: dict(sorted(changes.items()))
            for column, changes in sorted(twins.doubts.changes.items())
        },
    }
    files = {
        "documents.csv": _table(DOCUMENTS, [_document(twins, about)]),
        "countries.csv": _countries(countries, source),
        "cities.csv": _table(
            (*CITIES, *CITIES_MORE),
            sorted(
                (_city(m, slugs[m.city.id], source, twins.kind) for m in own),
                key=lambda row: row["id"],
            ),
        ),
        "populations.csv": _table(POPULATIONS, _populations(matches, source)),
        "twins.csv": _table(TWINS, twins_rows),
        "matches.csv": BYTE_ORDER_MARK
        + _table(MATCHES, [_match(m, slugs[m.city.id], judgements) for m in matches]),
        "import.json": (json.dumps(summary, ensure_ascii=False, indent=1) + "\n").encode(),
    }
    if twins.doubts.found:
        files["left-out.csv"] = left_out(twins.doubts.found, twins.tables)
    if judgements:
        rows = [
            {"source_id": guarded(j.source_id), "entity": j.entity, "reason": guarded(j.reason)}
            for _, j in sorted(judgements.items())
        ]
        files["judgements.csv"] = _table(JUDGEMENTS, rows)
    return files


def left_out(doubts: Sequence[Doubt], tables: Iterable[TableReading]) -> bytes:
    """What was not understood, or taken in with a change: a table for a spreadsheet."""
    names = headings(tables)
    rows = [
        {
            "file": guarded(doubt.file),
            "line": str(doubt.line or ""),
            "column": guarded(names.get((doubt.file, doubt.column), doubt.column)),
            "value": guarded(doubt.value),
            "reason": guarded(doubt.reason),
            "cure": guarded(doubt.cure),
            "effect": doubt.effect,
        }
        for doubt in doubts
    ]
    return BYTE_ORDER_MARK + _table(LEFT_OUT, rows)


def _with_ends_of_both(links: list[TwinLink]) -> tuple[list[TwinLink], int]:
    """Links that each city states: one that has ended for one side has for the other.

    An end that one side alone gives is given to a statement of the other that can be of the same
    tie. Gives the links, and for how many that was done.
    """
    ended: dict[tuple[str, str], list[TwinLink]] = defaultdict(list)
    for link in links:
        if link.end:
            ended[link.source, link.target].append(link)
    found, count = [], 0
    for link in links:
        others = ended.get((link.target, link.source), ()) if not link.end else ()
        same = [other for other in others if agreed_dates(link.start, other.start)]
        # Where the other side states several, nobody can say which of them this one is.
        if len(same) == 1 and not ends_before(same[0].end, link.start):
            found.append(replace(link, end=same[0].end))
            count += 1
        else:
            found.append(link)
    return found, count


def table_summary(table: TableReading) -> dict[str, Any]:
    sheet = table.sheet
    return {
        "file": sheet.file,
        "sheet": sheet.name,
        "format": sheet.format,
        "encoding": sheet.encoding,
        "confidence": sheet.confidence,
        "role": table.role,
        "headings_in_line": table.line,
        "titles": table.titles,
        "columns": [
            {
                "heading": column.heading,
                "read_as": column.field,
                "examples": column.examples,
                "not_understood": column.doubtful,
            }
            for column in table.columns
        ],
        "remarks": table.remarks,
    }


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
    found = {m.city.id: m.entity or m.shared for m in matches if m.entity or m.shared}
    wishes: dict[str, list[str]] = defaultdict(list)
    for match in matches:
        if match.city.id not in found:
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
        "label.ko": "" if about.title_korean else f"자매도시 목록 {about.name}",
        "label.en": "" if about.title_english else f"List of twin cities {about.name}",
        "title.ko": guarded(about.title_korean),
        "title.en": guarded(about.title_english),
        "type": DOCUMENT_TYPE,
        "publisher.en": guarded(about.publisher),
        "address": about.address,
        "published": about.published,
        "retrieved": about.retrieved,
        "licence.en": guarded(about.licence),
        "sha256": twins.sha256,
    }


def _countries(countries: Mapping[str, SourceCountry], source: str) -> bytes:
    """The table of countries: a name that is not understood is in the language of its letters."""
    rows = []
    for slug, country in sorted(countries.items()):
        labels = {name_language(country.name): [country.name]}
        if country.korean:
            labels["ko"] = [country.korean]
        rows.append(
            {
                "id": slug,
                "source": source,
                "code": country.iso2,
                **_by_language("label", labels),
            }
        )
    has_others = any(row["label.other"] for row in rows)
    return _table((*COUNTRIES, "label.other") if has_others else COUNTRIES, rows)


def _city(match: Match, slug: str, source: str, kind: str) -> dict[str, str]:
    city = match.city
    code = city.iso2 or (match.country.iso2 if match.country else "")
    labels = _labels(city, code)
    if not labels:
        # No name is known: we say so rather than leave a blank.
        node = "KONECT node" if kind == "konect" else "Unnamed city"
        labels["en"] = f"{node} {city.id}"
    aliases: dict[str, list[str]] = defaultdict(list)
    for alias in city.aliases:
        aliases[name_language(alias, code)].append(alias.replace(SEPARATOR, ","))
    return {
        "id": slug,
        "source": source,
        **_by_language("label", {tag: [label] for tag, label in labels.items()}),
        **_by_language("aliases", aliases),
        "country": match.country.slug if match.country else "",
        "latitude": _degrees(city.latitude),
        "longitude": _degrees(city.longitude),
        "population": "" if city.population is None else str(city.population),
        "wikidata": city.wikidata,
        "geonames": city.geonames,
        "identifiers": SEPARATOR.join(city.identifiers),
    }


def _by_language(column: str, names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The cells `column`.ko, .en and .other for names by language tag."""
    cells = {f"{column}.{tag}": SEPARATOR.join(names.get(tag, ())) for tag in LANGUAGES}
    others = [
        f"{name.replace(SEPARATOR, ',')}@{tag}"
        for tag in names
        if tag not in LANGUAGES
        for name in names[tag]
    ]
    cells[f"{column}.other"] = SEPARATOR.join(others)
    return {heading: guarded(text) for heading, text in cells.items()}


def _labels(city: City, code: str) -> dict[str, str]:
    """The labels of a city by language tag: only what is in Latin letters is said to be English.

    `code` is that of its country. Where one name is in two scripts, one of them in brackets, each
    is a label.
    """
    written = city.name or city.korean
    labels = {"ko": city.korean} if city.korean else {}
    tag = name_language(written, code)
    if city.name and tag == "en":
        return labels | {"en": city.name}
    parts = _BRACKETED.fullmatch(written)
    tags = [name_language(part, code) for part in parts.groups()] if parts else []
    if parts and tags.count("en") == 1 and not _is_mixed(parts.groups()):
        return labels | dict(zip(tags, parts.groups(), strict=True))
    return {tag: written} | labels if written else {}


def _is_mixed(parts: Iterable[str]) -> bool:
    """Whether a part has letters of two scripts, or none."""
    latin = ((script_of(part), re.search("[A-Za-z]", part), name_language(part)) for part in parts)
    return any(not script if tag == "en" else found for script, found, tag in latin)


def _populations(matches: Sequence[Match], source: str) -> list[dict[str, str]]:
    """Inhabitants and countries of cities of the package, of several matched to one the most.

    The package has no numbers of inhabitants of its own, since they change by the year. A list may
    give another country than the package: it is asked for where the list is analysed alone.
    """
    most: dict[str, int] = {}
    countries: dict[str, str] = {}
    for match in matches:
        if match.decision != "matched":
            continue
        if (people := match.city.population) is not None:
            most[match.entity] = max(people, most.get(match.entity, 0))
        if match.country and match.country.slug:
            countries.setdefault(match.entity, match.country.slug)
    return [
        {
            "city": slug,
            "source": source,
            "population": str(most.get(slug, "")),
            "country": countries.get(slug, ""),
        }
        for slug in sorted(most.keys() | countries.keys())
    ]


def _degrees(value: float | None) -> str:
    """Six decimals, which is a tenth of a metre; no zeros at the end, no minus zero."""
    if value is None:
        return ""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _match(match: Match, slug: str, judgements: Mapping[str, MatchJudgement]) -> dict[str, str]:
    judgement = judgements.get(match.city.id)
    return {
        "judgement": judgement.entity if judgement else "",
        "judgement_reason": guarded(judgement.reason) if judgement else "",
        "source_id": guarded(match.city.id),
        "name": guarded(match.city.name or match.city.korean),
        "country": guarded(match.country.name if match.country else match.city.country),
        "entity": match.entity,
        "decision": match.decision,
        "reason": guarded(match.reason),
        "city": slug,
    }
