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
    near,
    project,
    sources_option,
    without_garbage_collection,
)
from citypact.commands.progress import progress
from citypact.ontology.errors import Message
from citypact.sources.files.steps import in_steps
from citypact.terminal import print_lines, print_message
from citypact.translation import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from citypact.sources.twins.edge_tables import ReadOptions
    from citypact.sources.twins.model import Twins


@click_command(epilog=example("import twins register.xlsx --name my-list"))
@click.argument("files", nargs=-1, type=FILE, metavar="[FILE]...")
@option("--edges", type=FILE, metavar="FILE", help="A table of links.")
@option("--cities", type=FILE, metavar="FILE", help="The table of their cities.")
@option(
    "--map",
    "maps",
    multiple=True,
    metavar="COLUMN=MEANING",
    help="What a column means, such as 교류도시=target. Can be given several times.",
)
@option(
    "--partners-of",
    default="",
    metavar="CITY",
    help="The city whose partners the list names, if no column does.",
)
@option(
    "--country",
    default="",
    help="The country of the cities in the source column, where no column names it.",
)
@option("--encoding", default="", help="The encoding of the files, such as CP949.")
@option("--day-first", is_flag=True, help="Read 03/04/1990 as 3 April.")
@option("--month-first", is_flag=True, help="Read 03/04/1990 as 4 March.")
@option(
    "--skip-faulty",
    is_flag=True,
    help="Import the rest of a list with faults; left-out.csv lists what was omitted.",
)
@option("--dry-run", is_flag=True, help="Show how the list is understood, and write nothing.")
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
@option("--name", help="The name of the import. Default: the name of the file, or wikidata.")
@option("--replace", is_flag=True, help="Replace an existing import of this name.")
@option(
    "--judgements",
    type=FILE,
    metavar="FILE",
    help="Your decisions: a table with the columns source_id, entity (or none), reason; or a "
    "matches.csv in which you have filled in the column judgement.",
)
@option("--retrieved", metavar="DATE", help="Date the file was downloaded, such as 2026-11-22.")
@option("--published", metavar="DATE", help="Date the source was published, such as 2017-10.")
@option("--address", default="", help="The address of the source.")
@option("--publisher", default="", help="The publisher of the source.")
@option("--licence", default="", help="The licence of the source.")
@option("--title-en", default="", help="The title of the source in English.")
@option("--title-ko", default="", help="The title of the source in Korean.")
@option(
    "--date",
    "day",
    metavar="DATE",
    help="Download: the name of the snapshot. The same date sends no request twice.",
)
@option("--refresh", is_flag=True, help="Download: request answers again that are kept.")
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
    """Import a list of sister cities.

    FILE is a table of links or of cities (CSV, TSV, Excel, JSON), a network (KONECT, GraphML,
    GEXF), or a saved answer of Wikidata. The format is detected. Headings can be in English,
    Korean, Japanese, Chinese, German, French or Spanish. Use --dry-run to see how the columns are
    understood, and --map to correct it.

    The list is written to the folder imports/NAME in your data folder. Atomic: an import either
    completes or leaves the previous one untouched. Its matches.csv lists the decision on each city
    and the reason. Settle ambiguous ones in its column judgement and give the file to
    --judgements. Answers of Wikidata are kept: run the same command again to resume an interrupted
    download.

    Meanings of columns: source, target, start, end, kind, status; and of a city: id, city, korean,
    aliases (a|b), country, iso2, region, latitude, longitude, coordinates, population, wikidata,
    geonames, osm, iso3166_2, unlocode. In a table of links say whose, as in target.country.
    """
    way = _way(options)
    name = options["name"] or _default_name(way, options)
    if not name:
        raise UsageError("give the import a name, such as --name wikipedia-2026")
    maps = _maps(options["maps"])
    if options["day_first"] and options["month_first"]:
        raise UsageError("give --day-first or --month-first, not both")
    _check_day("--date", options["day"])
    _check_day("--retrieved", options["retrieved"])
    published = _published(options["published"], options["retrieved"])
    if way == "wikidata" and not (options["contact"] or options["endpoint"]):
        raise UsageError("--wikidata requires --contact: your e-mail address or web page")

    from citypact.commands.import_report import (
        HOW_TO_SKIP,
        print_tables,
        show_dry_run,
        show_json,
        show_report,
    )
    from citypact.sources import PACKAGED
    from citypact.sources.files.data_folder import data_folder
    from citypact.sources.reading.written_dates import DAY_FIRST, MONTH_FIRST
    from citypact.sources.twins.doubts import ListFaults
    from citypact.sources.twins.edge_tables import ReadOptions
    from citypact.sources.twins.exchanged_coordinates import exchanged_coordinates
    from citypact.sources.twins.known_places import load_entities
    from citypact.sources.twins.other_lists import cities_of_other_lists, share_cities
    from citypact.sources.twins.output_tables import About
    from citypact.sources.twins.reconcile import (
        named_city,
        names_twice,
        read_judgements,
        reconcile,
    )
    from citypact.sources.twins.write import check_free, check_name, write_import

    order = DAY_FIRST if options["day_first"] else MONTH_FIRST if options["month_first"] else ""
    reading = ReadOptions(
        options["directed"],
        maps,
        options["encoding"],
        order,
        options["skip_faulty"],
        options["partners_of"],
        options["country"],
    )
    _check_country(options["country"])
    data = data_folder(options["data"])
    check_name(name)
    if not options["dry_run"]:
        check_free(data, name, replace=options["replace"])
    judgements = read_judgements(options["judgements"]) if options["judgements"] else {}
    entities = load_entities(Path(sources) if sources else PACKAGED)
    if options["partners_of"]:
        judgements = named_city(options["partners_of"], entities) | judgements
    with progress() as show, without_garbage_collection():
        # Who asks Wikidata cannot know how many answers there are.
        step = in_steps(show, 3 - (way == "wikidata") - options["dry_run"])
        try:
            if way == "wikidata":
                read = _fetch(data, options, show)
            else:
                read = _Read(_read(way, options, reading, step))
        except ListFaults as faults:
            if not as_json:
                print_tables(faults.tables)
            print_message(translated(HOW_TO_SKIP))
            raise
        step(Message("comparing cities"))
        matches = share_cities(
            reconcile(read.twins.cities.values(), entities, judgements),
            cities_of_other_lists(data, name, entities),
        )
        twice = names_twice(matches, entities)
        read.twins.doubts.found += exchanged_coordinates(matches, entities)
        if options["dry_run"]:
            show_dry_run(read.twins, matches, twice, as_json=as_json)
            return
        step(Message("writing files"))
        about = About(
            name,
            options["title_ko"],
            options["title_en"],
            options["address"] or read.address,
            published,
            read.retrieved or options["retrieved"] or "",
            options["licence"] or read.licence,
            options["publisher"] or read.publisher,
        )
        known = {*entities.cities}
        written = write_import(
            data, read.twins, matches, about, judgements, known, replace=options["replace"]
        )
    if as_json:
        show_json(written, matches, twice)
    else:
        show_report(written, read.twins, matches, twice)
        command = f"citypact build --import {written.name} {_where(options)}".rstrip()
        print_lines(translated(Message("Next command: {command}", command=command)))


@dataclass(frozen=True)
class _Read:
    """What was read, and what the reader knows of its source."""

    twins: Twins
    retrieved: str = ""
    address: str = ""
    licence: str = ""
    publisher: str = ""


def _way(options: dict[str, Any]) -> str:
    """Which of the ways to read was chosen. Raises UsageError for none, several or a mixture."""
    ways = ("edges", "konect", "wikidata", "answer")
    chosen = [way for way in ("files", *ways) if options[way]]
    if len(chosen) != 1:
        raise UsageError(
            Message(
                "give a FILE, or one of {options}", options=", ".join(f"--{way}" for way in ways)
            )
        )
    way = chosen[0]
    belong = {
        "edges": ("cities",),
        "konect": ("names",),
        "wikidata": ("day", "endpoint", "contact", "refresh"),
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
    if way not in ("files", "edges"):
        tables = (
            "directed",
            "maps",
            "partners_of",
            "country",
            "encoding",
            "day_first",
            "month_first",
        )
        for name in tables:
            if options[name]:
                shown = {"maps": "map", "partners_of": "partners-of"}.get(name, name)
                raise UsageError(
                    Message(
                        "--{name} can be used with tables only, not with --{way}",
                        name=shown.replace("_", "-"),
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


def _published(text: str | None, retrieved: str | None) -> str:
    """The date of publication in EDTF, not after the day of the download; '' if not given."""
    from citypact.sources.reading.edtf import parse_edtf

    try:
        date = parse_edtf(text) if text else None
    except ValueError as error:
        raise UsageError(
            Message("{option}: {reason}", option="--published", reason=error)
        ) from error
    if date and date.begin and retrieved and date.begin.isoformat() > retrieved:
        raise UsageError("--published is later than --retrieved: correct one of them")
    return date.text if date else ""


def _default_name(way: str, options: dict[str, Any]) -> str:
    """The name of an import that is given none: that of its file, where it has Latin letters."""
    from citypact.sources.twins.country_names import slugify

    if way == "wikidata":
        return "wikidata"
    given = options[way]
    stem = (given[0] if isinstance(given, tuple) else given).stem
    return slugify(stem)[:60].strip("-") if stem.isascii() and any(map(str.isalnum, stem)) else ""


def _check_country(name: str) -> None:
    from citypact.ontology.errors import did_you_mean
    from citypact.sources.twins.country_names import country_code, near_countries

    if name and not country_code(name):
        near = near_countries(name)
        cure = did_you_mean(near) if near else Message("write its ISO name or code")
        raise UsageError(
            Message("--country: {name} is not a country; {cure}", name=name, cure=cure)
        )


def _maps(given: Sequence[str]) -> dict[str, str]:
    """The meanings that a user gives columns. Raises UsageError for what is none."""
    from citypact.ontology.errors import suggestion
    from citypact.sources.twins.headings import known_meanings

    found = {}
    for text in given:
        column, sign, meaning = text.rpartition("=")
        if not sign or not column.strip():
            raise UsageError(Message("--map {text}: write COLUMN=MEANING", text=text))
        if meaning.strip() not in known_meanings():
            cure = suggestion(meaning.strip(), known_meanings())
            raise UsageError(
                Message("--map {text}: {meaning} is not a meaning; {cure}", text=text,
                        meaning=meaning, cure=cure)
            )  # fmt: skip
        found[column] = meaning.strip()
    return found


def _read(
    way: str, options: dict[str, Any], reading: ReadOptions, step: Callable[[str], None]
) -> Twins:
    from citypact.sources.twins.edge_tables import read_tables
    from citypact.sources.twins.konect import read_konect
    from citypact.sources.twins.list_files import read_list
    from citypact.sources.twins.sparql_answers import read_answers

    step(Message("reading"))
    if way == "files":
        return read_list(options["files"], reading)
    if way == "edges":
        cities = [options["cities"]] if options["cities"] else []
        return read_tables([options["edges"]], cities, reading)
    if way == "konect":
        return read_konect(options["konect"], options["names"])
    return read_answers(options["answer"])


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
    client = SparqlClient(
        endpoint, snapshot.folder, agent, options["pause"], _print_message, options["refresh"]
    )
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
            "{answers} {answers:answer|answers}, {requests} of them downloaded now",
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
    return _Read(twins, snapshot.day, wikidata.ADDRESS, wikidata.LICENCE, "Wikidata")


def _print_message(message: str) -> None:
    print_message(translated(message))


def _where(options: dict[str, Any]) -> str:
    """The options by which a build finds what was imported; none where it looks there anyway."""
    from citypact.sources.reading.project import find_project

    found = project()
    if found is not None and options["data"] == str(found.folder):
        here = find_project(Path.cwd())
        is_here = here is not None and here.folder == found.folder
        return "" if is_here else shlex.join(["--project", near(str(found.folder))])
    return shlex.join(["--data", options["data"]]) if options["data"] else ""


__all__ = ["command"]
