"""Writes an import as a folder of tables: `imports/NAME` in the user's own data folder.

documents.csv   the source            cities.csv     cities that the package lacks
countries.csv   their countries       twins.csv      who is twinned with whom
matches.csv     what was decided of every city of the source, and why
populations.csv the inhabitants, by the source, of cities that the package has
import.json     what was read, with which options, and counts
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import re
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ontology.errors import CitypactError
from sources.cells import guarded
from sources.twins.countries import digest, slugify
from sources.twins.model import Input, Link, Twins, tidy_links
from sources.twins.reconcile import DECISIONS, RULES, Judgement, Match
from sources.twins.tables import write_table
from sources.values import SLUG, shown

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
IMPORTS = "imports"
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


@dataclass(frozen=True)
class Import:
    """A finished import: its name, its folder, and what `import.json` says of it."""

    name: str
    folder: Path
    summary: dict[str, Any]


def check_name(name: str) -> None:
    """Raises CitypactError for a name that cannot be part of a path and of IRIs."""
    if not SLUG.fullmatch(name) or len(name) > 60:
        raise CitypactError(
            f"{shown(name)} cannot be the name of an import\n"
            "    -> use small letters, digits and single hyphens, such as wikipedia-2026"
        )


def check_free(data: Path, name: str, *, replace: bool) -> None:
    """Raises CitypactError where there is an import of this name that may not be replaced."""
    if (data / IMPORTS / name).exists() and not replace:
        raise CitypactError(
            f"{data / IMPORTS / name}: is there already\n"
            "    -> choose another --name, or give --replace"
        )


def write_import(
    data: Path,
    twins: Twins,
    matches: Sequence[Match],
    about: About,
    judgements: Mapping[str, Judgement],
    known: set[str],
    *,
    replace: bool = False,
) -> Import:
    """Writes an import, whole or not at all; `known` are the slugs of the package's cities.

    Raises CitypactError for a bad name, for one that is taken (unless `replace`), and where the
    folder cannot be written. What was there before stays until the new one is whole.
    """
    check_name(about.name)
    files = tables(twins, matches, about, judgements, known)
    imports = data / IMPORTS
    try:
        imports.mkdir(parents=True, exist_ok=True)
        with _only_writer(imports):
            settle(imports)
            check_free(data, about.name, replace=replace)
            partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=imports))
            try:
                for name, body in files.items():
                    (partial / name).write_bytes(body)
                partial.chmod(0o755)
                _switch(imports, about.name, partial)
            except BaseException:
                shutil.rmtree(partial, ignore_errors=True)
                raise
    except OSError as error:
        raise CitypactError(
            f"{imports}: cannot be written ({error.strerror})\n"
            "    -> choose another place with --data"
        ) from error
    return Import(about.name, imports / about.name, json.loads(files["import.json"]))


def _switch(imports: Path, name: str, partial: Path) -> None:
    """Puts a whole folder in the place of the last one; `settle` mends a stop in between."""
    target, old = imports / name, imports / f".old-{name}"
    if target.exists():
        target.replace(old)
    partial.replace(target)
    shutil.rmtree(old, ignore_errors=True)


def settle(imports: Path) -> None:
    """Mends what a killed import left: brings the last whole folder back, removes partial ones."""
    for old in sorted(imports.glob(".old-*")):
        target = imports / old.name.removeprefix(".old-")
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.replace(target)
    for partial in imports.glob(".partial-*"):
        shutil.rmtree(partial, ignore_errors=True)


@contextlib.contextmanager
def _only_writer(imports: Path) -> Iterator[None]:
    """Holds other imports off; the system lets go when the process ends, however it ends."""
    with (imports / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def list_imports(data: Path) -> list[Import]:
    """The imports of a data folder by name."""
    imports = data / IMPORTS
    if not imports.is_dir():
        return []
    with contextlib.suppress(OSError), _only_writer(imports):
        settle(imports)  # not where we may only read: then nothing was left by us
    found = []
    for path in sorted(imports.iterdir()):
        if path.name.startswith(".") or not path.is_dir():
            continue
        try:
            summary = json.loads((path / "import.json").read_text(encoding="utf-8"))
            if not isinstance(summary["counts"], dict):
                raise ValueError("counts")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CitypactError(
                f"{path}: is no whole import\n    -> import it again with --replace, or remove it"
            ) from error
        found.append(Import(path.name, path, summary))
    return found


def tables(
    twins: Twins,
    matches: Sequence[Match],
    about: About,
    judgements: Mapping[str, Judgement],
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
        (Link(slugs[k.source], slugs[k.target], k.start, k.end) for k in twins.links),
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
        "documents.csv": write_table(DOCUMENTS, [_document(twins, about)]),
        "countries.csv": write_table(
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
        "cities.csv": write_table(
            CITIES,
            sorted(
                (_city(m, slugs[m.city.id], source, twins.kind) for m in own),
                key=lambda row: row["id"],
            ),
        ),
        "populations.csv": write_table(POPULATIONS, _populations(matches, source)),
        "twins.csv": write_table(TWINS, twins_rows),
        "matches.csv": write_table(MATCHES, [_match(m, slugs[m.city.id]) for m in matches]),
        "import.json": (json.dumps(summary, ensure_ascii=False, indent=1) + "\n").encode(),
    }
    if judgements:
        rows = [
            {"source_id": guarded(j.source_id), "entity": j.entity, "reason": guarded(j.reason)}
            for _, j in sorted(judgements.items())
        ]
        files["judgements.csv"] = write_table(JUDGEMENTS, rows)
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


__all__ = [
    "About",
    "Import",
    "check_free",
    "check_name",
    "list_imports",
    "tables",
    "write_import",
]
