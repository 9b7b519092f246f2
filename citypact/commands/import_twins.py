"""`citypact import twins`."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from citypact.commands.help import UsageError, example, option
from citypact.commands.help import command as click_command
from citypact.commands.options import (
    FILE,
    data_option,
    json_option,
    language_option,
    progress,
    sources_option,
)
from citypact.ontology.errors import Message
from citypact.terminal import print_json, print_lines, print_message
from citypact.translation import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from citypact.sources.twins.model import Twins
    from citypact.sources.twins.reconcile import Match
    from citypact.sources.twins.write import Import

MANY = 10
DOUBTFUL = ("ambiguous", "unmatched")
COUNTS = {
    "cities": Message("cities"),
    "links": Message("links"),
    "matched": Message("matched with known cities"),
    "wikidata": Message("by Wikidata item"),
    "geonames": Message("by GeoNames identifier"),
    "distance": Message("by name, country and distance"),
    "name": Message("by name and country"),
    "judgement": Message("by your judgement"),
    "new": Message("new"),
    "ambiguous": Message("ambiguous (not merged)"),
    "unmatched": Message("not comparable"),
    "duplicates": Message("duplicates left out"),
    "loops": Message("links of a city with itself left out"),
    "others": Message("statements without a known city left out"),
}


@click_command(epilog=example("import twins --edges links.csv --cities cities.csv --name my-list"))
@option("--edges", type=FILE, metavar="FILE", help="A table of links (CSV).")
@option("--cities", type=FILE, metavar="FILE", help="The table of their cities (CSV).")
@option("--directed", is_flag=True, help="The source column of a link is the city that states it.")
@option("--konect", type=FILE, metavar="FILE", help="A KONECT network: out.* or .tar.bz2.")
@option("--names", type=FILE, metavar="FILE", help="The names of KONECT's nodes, one per line.")
@option("--wikidata", is_flag=True, help="Download from Wikidata (property P190).")
@option(
    "--answer",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help="A saved answer of Wikidata, JSON or CSV. Can be given several times.",
)
@option("--name", help="The name of the import. Required unless --wikidata is given.")
@option("--replace", is_flag=True, help="Replace an existing import of this name.")
@option(
    "--judgements",
    type=FILE,
    metavar="FILE",
    help="Your decisions: CSV with the columns source_id, entity (or none), reason.",
)
@option("--retrieved", metavar="DATE", help="Date the file was downloaded, such as 2026-11-22.")
@option("--published", metavar="DATE", help="Date the source was published, such as 2017-10.")
@option("--address", default="", help="The address of the source.")
@option("--licence", default="", help="The licence of the source.")
@option("--title-en", default="", help="The title of the source in English.")
@option("--title-ko", default="", help="The title of the source in Korean.")
@option(
    "--date",
    "day",
    metavar="DATE",
    help="Download: the name of the snapshot. The same date sends no request twice.",
)
@option("--endpoint", metavar="ADDRESS", help="Download: a SPARQL endpoint other than Wikidata's.")
@option(
    "--contact",
    metavar="ADDRESS",
    help="Download: your e-mail address or web page, which Wikidata asks for.",
)
@option(
    "--pause",
    type=click.FloatRange(0, 600),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="Download: seconds between requests.",
)
@option(
    "--page-size",
    type=click.IntRange(1, 100_000),
    default=2000,
    show_default=True,
    metavar="NUMBER",
    help="Download: statements per request.",
)
@data_option
@sources_option
@language_option
@json_option("Print the report as JSON.")
def command(sources: str | None, language: str, as_json: bool, **options: Any) -> None:
    """Import a list of sister cities: CSV, KONECT, Wikidata, or a saved answer of Wikidata.

    The list is written to the folder imports/NAME in your data folder. Atomic: an import either
    completes or leaves the previous one untouched. Its matches.csv lists the decision on each city
    and the reason; settle ambiguous ones with --judgements. Answers of Wikidata are kept: run the
    same command again to resume an interrupted download.

    Columns of links: source, target, start, end. Columns of cities: id, name, korean, aliases
    (a|b), country, iso2, latitude, longitude, population, wikidata, geonames. Other common names
    such as from, to, since, lat, lon and qid are accepted as well.
    """
    way = _way(options)
    name = options["name"] or ("wikidata" if way == "wikidata" else "")
    if not name:
        raise UsageError("give the import a name, such as --name wikipedia-2026")
    _check_day("--date", options["day"])
    _check_day("--retrieved", options["retrieved"])
    published = _edtf("--published", options["published"])
    if way == "wikidata" and not (options["contact"] or options["endpoint"]):
        raise UsageError("--wikidata requires --contact: your e-mail address or web page")

    from citypact.sources import PACKAGED
    from citypact.sources.files.data_folder import data_folder
    from citypact.sources.twins.known_places import load_entities
    from citypact.sources.twins.output_tables import About
    from citypact.sources.twins.reconcile import read_judgements, reconcile
    from citypact.sources.twins.write import check_free, check_name, write_import

    data = data_folder(options["data"])
    check_name(name)
    check_free(data, name, replace=options["replace"])
    judgements = read_judgements(options["judgements"]) if options["judgements"] else {}
    entities = load_entities(Path(sources) if sources else PACKAGED)
    with progress() as step:
        read = _fetch(data, options, step) if way == "wikidata" else _read(options, step)
        step(Message("comparing cities"))
        matches = reconcile(read.twins.cities.values(), entities, judgements)
        step(Message("writing files"))
        about = About(
            name,
            options["title_ko"],
            options["title_en"],
            options["address"] or read.address,
            published,
            read.retrieved or options["retrieved"] or "",
            options["licence"] or read.licence,
        )
        known = {*entities.cities}
        written = write_import(
            data, read.twins, matches, about, judgements, known, replace=options["replace"]
        )
    if as_json:
        _print_json(written, matches)
    else:
        _print_report(written, matches, _where(options))


@dataclass(frozen=True)
class _Read:
    """What was read, and what the reader knows of its source."""

    twins: Twins
    retrieved: str = ""
    address: str = ""
    licence: str = ""


def _way(options: dict[str, Any]) -> str:
    """Which of the ways to read was chosen. Raises UsageError for none, several or a mixture."""
    ways = ("edges", "konect", "wikidata", "answer")
    chosen = [way for way in ways if options[way]]
    if len(chosen) != 1:
        raise UsageError(
            Message("give one of {options}", options=", ".join(f"--{way}" for way in ways))
        )
    way = chosen[0]
    belong = {
        "edges": ("cities", "directed"),
        "konect": ("names",),
        "wikidata": ("day", "endpoint", "contact"),
    }
    for other, names in belong.items():
        for name in names:
            if other != way and options[name]:
                raise UsageError(
                    Message(
                        "--{name} can be used with --{other} only, not with --{way}",
                        name="date" if name == "day" else name,
                        other=other,
                        way=way,
                    )
                )
    if way == "wikidata" and options["retrieved"]:
        raise UsageError("--retrieved can be used with files only; name a snapshot with --date")
    return way


def _check_day(option: str, text: str | None) -> None:
    try:
        if text:
            datetime.strptime(text, "%Y-%m-%d")
            if len(text) != 10:
                raise ValueError
    except ValueError as error:
        raise UsageError(
            Message("{option}: {text!r} is not a date such as 2026-11-22", option=option, text=text)
        ) from error


def _edtf(option: str, text: str | None) -> str:
    from citypact.sources.reading.edtf import parse_edtf

    try:
        return parse_edtf(text).text if text else ""
    except ValueError as error:
        raise UsageError(Message("{option}: {reason}", option=option, reason=error)) from error


def _read(options: dict[str, Any], step: Callable[[str], None]) -> _Read:
    from citypact.sources.twins.edge_tables import read_edges
    from citypact.sources.twins.konect import read_konect
    from citypact.sources.twins.sparql_answers import read_answers

    step(Message("reading"))
    if options["edges"]:
        twins = read_edges(options["edges"], options["cities"], is_directed=options["directed"])
    elif options["konect"]:
        twins = read_konect(options["konect"], options["names"])
    else:
        twins = read_answers(options["answer"])
    return _Read(twins)


def _fetch(data: Path, options: dict[str, Any], step: Callable[[str], None]) -> _Read:
    from citypact import __version__
    from citypact.sources.twins import wikidata
    from citypact.sources.twins.sparql_client import SparqlClient

    endpoint = options["endpoint"] or wikidata.ENDPOINT
    today = datetime.now(UTC).date()
    snapshot = wikidata.Snapshot.choose(
        data / "cache" / "wikidata", endpoint, options["day"], today
    )
    contact = options["contact"] or "no contact"
    agent = f"Citypact/{__version__} (import of sister cities; {contact})"
    client = SparqlClient(endpoint, snapshot.folder, agent, options["pause"], _print_message)
    _print_message(
        Message("resuming snapshot {day} of {endpoint}", day=snapshot.day, endpoint=endpoint)
        if snapshot.is_resumed
        else Message("new snapshot {day} of {endpoint}", day=snapshot.day, endpoint=endpoint)
    )
    snapshot.note(endpoint, is_complete=False)
    twins = wikidata.fetch(client, options["page_size"], step=step)
    snapshot.note(endpoint, is_complete=True)
    _print_message(
        Message(
            "{answers} answers, {requests} of them downloaded now",
            answers=client.answers,
            requests=client.requests,
        )
    )
    if client.requests and date.fromisoformat(snapshot.day) != today:
        _print_message(
            Message(
                "note: some answers in snapshot {day} were downloaded on {today}",
                day=snapshot.day,
                today=today,
            )
        )
    if endpoint != wikidata.ENDPOINT:
        return _Read(twins, snapshot.day)
    return _Read(twins, snapshot.day, wikidata.ADDRESS, wikidata.LICENCE)


def _print_message(message: str) -> None:
    print_message(translated(message))


def _print_json(written: Import, matches: Sequence[Match]) -> None:
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
    print_json(written.summary | {"folder": str(written.folder), "doubtful": doubtful})


def _print_report(written: Import, matches: Sequence[Match], where: str) -> None:
    counts = written.summary["counts"]
    lines: list[tuple[str, str, int]] = [("", key, counts[key]) for key in ("cities", "links")]
    for decision, number in counts["decisions"].items():
        lines.append(("", decision, number))
        if decision == "matched":
            lines += [("  ", rule, n) for rule, n in counts["rules"].items() if n]
    lines += [("", key, counts[key]) for key in ("duplicates", "loops", "others") if counts[key]]
    for indent, key, number in lines:
        print_lines(f"{number:>8,}  {indent}{translated(COUNTS[key])}")
    for decision in DOUBTFUL:
        named = [m for m in matches if m.decision == decision and (m.city.name or m.city.korean)]
        if named:
            print_lines(f"\n{translated(COUNTS[decision])}:")
        for match in named[:MANY]:
            name = match.city.name or match.city.korean
            print_lines(f"  {match.city.id}  {name}: {translated(match.reason)}")
        if len(named) > MANY:
            more = Message("… and {count} more in matches.csv", count=len(named) - MANY)
            print_lines(f"  {translated(more)}")
    print_lines(f"\n{written.folder}")
    command = f"citypact build --import {written.name} {where}".rstrip()
    print_lines(translated(Message("Next command: {command}", command=command)))


def _where(options: dict[str, Any]) -> str:
    return shlex.join(["--data", options["data"]]) if options["data"] else ""


__all__ = ["command"]
