"""`citypact import twins`."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from citypact.commands.options import (
    chosen_language,
    data_option,
    language_option,
    progress,
    sources_option,
)
from citypact.terminal import put, say, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from citypact.sources.twins.model import Twins
    from citypact.sources.twins.reconcile import Match
    from citypact.sources.twins.write import Import

FILE = click.Path(path_type=Path)
MANY = 10
DOUBTFUL = ("ambiguous", "unmatched")
WORDS = {
    "cities": {"ko": "도시", "en": "cities"},
    "links": {"ko": "자매결연", "en": "links"},
    "matched": {"ko": "기존 도시와 일치", "en": "matched with cities at hand"},
    "wikidata": {"ko": "위키데이터 식별자", "en": "by Wikidata id"},
    "geonames": {"ko": "지오네임스 식별자", "en": "by GeoNames id"},
    "distance": {"ko": "이름·국가·거리", "en": "by name, country and distance"},
    "name": {"ko": "이름·국가", "en": "by name and country"},
    "judgement": {"ko": "사람의 판단", "en": "by judgement"},
    "new": {"ko": "새 도시", "en": "new"},
    "ambiguous": {"ko": "모호함(합치지 않음)", "en": "ambiguous (not merged)"},
    "unmatched": {"ko": "비교할 수 없음", "en": "not comparable"},
    "duplicates": {"ko": "뺀 중복", "en": "duplicates left out"},
    "loops": {"ko": "뺀 자기 연결", "en": "links of a city with itself left out"},
    "others": {"ko": "대상을 알 수 없어 뺀 진술", "en": "statements without a known city left out"},
}
MORE = {
    "ko": "… 외 {count}곳은 matches.csv에서 볼 수 있습니다",
    "en": "… {count} more in matches.csv",
}
NEXT = {"ko": "다음 명령", "en": "Next"}


@click.command(
    epilog="Example: citypact import twins --edges links.csv --cities cities.csv --name my-list"
)
@click.option("--edges", type=FILE, metavar="FILE", help="A table of links (CSV).")
@click.option("--cities", type=FILE, metavar="FILE", help="The table of their cities (CSV).")
@click.option("--directed", is_flag=True, help="The table of links tells who states each link.")
@click.option("--konect", type=FILE, metavar="FILE", help="A KONECT network: out.* or .tar.bz2.")
@click.option("--names", type=FILE, metavar="FILE", help="Names of KONECT's nodes, one a line.")
@click.option("--wikidata", is_flag=True, help="Fetch from Wikidata (property P190).")
@click.option(
    "--answer",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help="A saved answer of Wikidata, JSON or CSV; may be given several times.",
)
@click.option("--name", help="What the import is called; wikidata where fetched from there.")
@click.option("--replace", is_flag=True, help="Replace an import of this name.")
@click.option(
    "--judgements",
    type=FILE,
    metavar="FILE",
    help="Your decisions: CSV with source_id, entity (or none), reason.",
)
@click.option("--retrieved", metavar="DATE", help="When the file was got, such as 2026-11-22.")
@click.option("--published", metavar="DATE", help="When the source was published, such as 2017-10.")
@click.option("--address", default="", help="Where the source can be found.")
@click.option("--licence", default="", help="The licence of the source.")
@click.option("--title-en", default="", help="The title of the source in English.")
@click.option("--title-ko", default="", help="The title of the source in Korean.")
@click.option(
    "--date",
    "day",
    metavar="DATE",
    help="Fetching: the snapshot's name; the same date asks nothing twice.",
)
@click.option("--endpoint", metavar="ADDRESS", help="Fetching: a SPARQL endpoint instead of WDQS.")
@click.option("--contact", metavar="ADDRESS", help="Fetching: your e-mail or page, for Wikidata.")
@click.option(
    "--pause",
    type=click.FloatRange(0, 600),
    default=1.0,
    show_default=True,
    help="Fetching: seconds between requests.",
)
@click.option(
    "--page-size",
    type=click.IntRange(1, 100_000),
    default=2000,
    show_default=True,
    help="Fetching: statements in one request.",
)
@data_option
@sources_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def command(sources: str | None, language: str | None, as_json: bool, **given: Any) -> None:
    """Import a list of twin cities: CSV, KONECT, Wikidata, or a saved answer of Wikidata.

    The list becomes a folder imports/NAME in your data folder, whole or not at all. Its
    matches.csv tells of every city what was decided, and why; settle what is ambiguous with
    --judgements. What Wikidata answers is kept: a run that was broken off goes on where it was.

    Columns of links: source, target, start, end. Of cities: id, name, korean, aliases (a|b),
    country, iso2, latitude, longitude, population, wikidata, geonames. Other common
    names of columns are understood too, such as from, to, since, lat, lon and qid.
    """
    way = _way(given)
    name = given["name"] or ("wikidata" if way == "wikidata" else "")
    if not name:
        raise click.UsageError("give the import a name, such as --name wikipedia-2026")
    _check_day("--date", given["day"])
    _check_day("--retrieved", given["retrieved"])
    published = _edtf("--published", given["published"])

    from citypact.sources import PACKAGED
    from citypact.sources.files.data_folder import data_folder
    from citypact.sources.twins.known_places import load_entities
    from citypact.sources.twins.output_tables import About
    from citypact.sources.twins.reconcile import read_judgements, reconcile
    from citypact.sources.twins.write import check_free, check_name, write_import

    data = data_folder(given["data"])
    check_name(name)
    check_free(data, name, replace=given["replace"])
    judgements = read_judgements(given["judgements"]) if given["judgements"] else {}
    entities = load_entities(Path(sources) if sources else PACKAGED)
    with progress() as step:
        read = _fetch(data, given, step) if way == "wikidata" else _read(given, step)
        step("comparing cities")
        matches = reconcile(read.twins.cities.values(), entities, judgements)
        step("writing")
        about = About(
            name,
            given["title_ko"],
            given["title_en"],
            given["address"] or read.address,
            published,
            read.retrieved or given["retrieved"] or "",
            given["licence"] or read.licence,
        )
        known = {*entities.cities}
        made = write_import(
            data, read.twins, matches, about, judgements, known, replace=given["replace"]
        )
    if as_json:
        _print_json(made, matches)
    else:
        _report(made, matches, chosen_language(language), _where(given))


@dataclass(frozen=True)
class _Read:
    """What was read, and what we know of the source without being told."""

    twins: Twins
    retrieved: str = ""
    address: str = ""
    licence: str = ""


def _way(given: dict[str, Any]) -> str:
    """Which of the ways to read was chosen. Raises UsageError for none, several or a mixture."""
    ways = ("edges", "konect", "wikidata", "answer")
    chosen = [way for way in ways if given[way]]
    if len(chosen) != 1:
        raise click.UsageError(f"give one of {', '.join(f'--{way}' for way in ways)}")
    way = chosen[0]
    belong = {
        "edges": ("cities", "directed"),
        "konect": ("names",),
        "wikidata": ("day", "endpoint", "contact"),
    }
    for other, options in belong.items():
        for option in options:
            if other != way and given[option]:
                name = "date" if option == "day" else option
                raise click.UsageError(f"--{name} goes with --{other}, not with --{way}")
    if way == "wikidata" and given["retrieved"]:
        raise click.UsageError("--retrieved goes with files; name a snapshot with --date")
    return way


def _check_day(option: str, text: str | None) -> None:
    try:
        if text:
            datetime.strptime(text, "%Y-%m-%d")
            if len(text) != 10:
                raise ValueError
    except ValueError as error:
        raise click.UsageError(f"{option}: {text!r} is not a day such as 2026-11-22") from error


def _edtf(option: str, text: str | None) -> str:
    from citypact.sources.reading.edtf import parse_edtf

    try:
        return parse_edtf(text).text if text else ""
    except ValueError as error:
        raise click.UsageError(f"{option}: {error}") from error


def _read(given: dict[str, Any], step: Callable[[str], None]) -> _Read:
    from citypact.sources.twins.edge_tables import read_edges
    from citypact.sources.twins.konect import read_konect
    from citypact.sources.twins.sparql_answers import read_answers

    step("reading")
    if given["edges"]:
        twins = read_edges(given["edges"], given["cities"], is_directed=given["directed"])
    elif given["konect"]:
        twins = read_konect(given["konect"], given["names"])
    else:
        twins = read_answers(given["answer"])
    return _Read(twins)


def _fetch(data: Path, given: dict[str, Any], step: Callable[[str], None]) -> _Read:
    from citypact import __version__
    from citypact.sources.twins import wikidata
    from citypact.sources.twins.sparql_client import Client

    endpoint = given["endpoint"] or wikidata.ENDPOINT
    today = datetime.now(UTC).date()
    snapshot = wikidata.Snapshot.choose(data / "cache" / "wikidata", endpoint, given["day"], today)
    agent = f"Citypact/{__version__} (import of twin cities; {given['contact'] or 'no contact'})"
    client = Client(endpoint, snapshot.folder, agent, given["pause"], say)
    how = "going on with the" if snapshot.is_resumed else "new"
    say(f"{how} snapshot {snapshot.day} of {endpoint}")
    snapshot.note(endpoint, is_complete=False)
    twins = wikidata.fetch(client, given["page_size"], step=step)
    snapshot.note(endpoint, is_complete=True)
    say(f"{client.answers} answers, {client.requests} of them asked for now")
    if client.requests and date.fromisoformat(snapshot.day) != today:
        say(f"note: some answers are of {today}, in the snapshot called {snapshot.day}")
    if endpoint != wikidata.ENDPOINT:
        return _Read(twins, snapshot.day)
    return _Read(twins, snapshot.day, wikidata.ADDRESS, wikidata.LICENCE)


def _print_json(made: Import, matches: Sequence[Match]) -> None:
    doubtful = [
        {
            "source_id": match.city.id,
            "name": match.city.name or match.city.korean,
            "decision": match.decision,
            "reason": match.reason,
        }
        for match in matches
        if match.decision in DOUBTFUL and (match.city.name or match.city.korean)
    ]
    body = made.summary | {"folder": str(made.folder), "doubtful": doubtful}
    put(json.dumps(body, ensure_ascii=False, indent=1) + "\n")


def _report(made: Import, matches: Sequence[Match], language: str, where: str) -> None:
    counts = made.summary["counts"]
    lines: list[tuple[str, str, int]] = [("", key, counts[key]) for key in ("cities", "links")]
    for decision, number in counts["decisions"].items():
        lines.append(("", decision, number))
        if decision == "matched":
            lines += [("  ", rule, n) for rule, n in counts["rules"].items() if n]
    lines += [("", key, counts[key]) for key in ("duplicates", "loops", "others") if counts[key]]
    for indent, key, number in lines:
        tell(f"{number:>8,}  {indent}{WORDS[key][language]}")
    for decision in DOUBTFUL:
        named = [m for m in matches if m.decision == decision and (m.city.name or m.city.korean)]
        if named:
            tell(f"\n{WORDS[decision][language]}:")
        for match in named[:MANY]:
            tell(f"  {match.city.id}  {match.city.name or match.city.korean}: {match.reason}")
        if len(named) > MANY:
            tell("  " + MORE[language].format(count=len(named) - MANY))
    tell(f"\n{made.folder}")
    tell(f"{NEXT[language]}: citypact build --import {made.name} {where}".rstrip())


def _where(given: dict[str, Any]) -> str:
    return shlex.join(["--data", given["data"]]) if given["data"] else ""


__all__ = ["command"]
