"""Options that several commands share."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from citypact.commands.help import PROJECT, option
from citypact.ontology.errors import Message
from citypact.translation import current_language, speak, translated

if TYPE_CHECKING:
    from citypact.api import Graph, SourceFilters
    from citypact.sources.reading.project import Project


class _Place(click.Path):
    """A path or address. An empty one is refused: it would be taken for the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value).strip():
            self.fail(translated("it is empty; leave it out, or name a file or folder"), param, ctx)
        return super().convert(value, param, ctx)


class _DayType(click.DateTime):
    """A day as a datetime; what is none is told with an example instead of a format."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            wrong = Message("{text!r} is not a date; write one such as 2016-12-31", text=value)
            self.fail(translated(wrong), param, ctx)


FOLDER = _Place(path_type=str)
FILE = _Place(path_type=Path)
DAY = _DayType(["%Y-%m-%d"])


def project() -> Project | None:
    """The project that --project names, else the one in whose folder we are, if any."""
    from citypact.sources.reading.project import find_project

    meta = click.get_current_context().meta
    if PROJECT not in meta:
        meta[PROJECT] = find_project(Path.cwd())
    found: Project | None = meta[PROJECT]
    return found


def usual(value: Callable[[Project], str | None]) -> Callable[..., Any]:
    """A callback that takes the value of the project where the user gave none."""

    def choose(context: click.Context, parameter: click.Parameter, given: Any) -> Any:
        source = context.get_parameter_source(parameter.name or "")
        if source is not ParameterSource.DEFAULT or context.resilient_parsing:
            return given
        found = project()
        return given if found is None else value(found) or given

    return choose


def near(place: str) -> str:
    """A folder as it is best named from here: by the shorter of its paths."""
    return place if "://" in place else min(os.path.relpath(place), place, key=len)


def usual_build(found: Project) -> str | None:
    return found.build and near(found.build)


def opened(store: str, documents: str | None = None, *, in_memory: bool = False) -> Graph:
    """The graph of a store; `memory` builds the one of the project we are in, or the package's.

    in_memory: whether a build is read into memory first, for commands that ask much.
    """
    from citypact.api import open

    found = project()
    return open(store, documents, found.folder if found else None, in_memory=in_memory)


def replace_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return option(
        "--replace",
        is_flag=True,
        help="Replace a file that Citypact did not write, or that was changed since.",
    )(function)


def build_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return option(
        "--store",
        "--build",
        "build_folder",
        default="build",
        show_default=True,
        callback=usual(usual_build),
        type=FOLDER,
        metavar="STORE",
        help="The graph to query: the folder of a build, the address of a SPARQL server "
        "(https://…), or `memory` to build the packaged records in memory first.",
    )(function)


def sources_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return option(
        "--sources",
        callback=usual(lambda found: str(found.folder)),
        type=FOLDER,
        metavar="DIR",
        help="A folder with your own records/ and entities/. Default: the project you are in, else "
        "the packaged sources.",
    )(function)


def data_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return option(
        "--data",
        callback=usual(lambda found: None if "CITYPACT_DATA" in os.environ else str(found.folder)),
        type=FOLDER,
        metavar="DIR",
        help="Your data folder. Default: $CITYPACT_DATA, else the project you are in, else the "
        "data folder of your system.",
    )(function)


def _documents_of(found: Project) -> str | None:
    """The texts of a project; a project that has none yet may have no folder for them."""
    from citypact.sources.reading.project import DOCUMENTS

    folder = found.folder / DOCUMENTS
    return near(str(folder)) if folder.is_dir() else None


_TEXTS = Message(
    "A folder with the texts of source documents, which are identified by their SHA-256 digest. "
    "Telephone numbers, e-mail addresses and contact lines in them are masked."
)


def documents_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The texts from which sentences are shown to the user."""
    return option(
        "--documents",
        callback=usual(_documents_of),
        type=FOLDER,
        metavar="DIR",
        help="A folder with the texts of source documents, which are identified by their SHA-256 "
        "digest; telephone numbers, e-mail addresses and contact lines are masked. Default: "
        "documents/ in the project you are in, if any.",
    )(function)


def page_documents_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The texts from which sentences go into pages: asked for only, since pages are passed on."""
    return option("--documents", type=FOLDER, metavar="DIR", help=_TEXTS)(function)


def language_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The language of names and messages; without the option that of the system."""

    def choose(context: click.Context, parameter: click.Parameter, language: str | None) -> str:
        if language:
            speak(language)
        return current_language()

    return option(
        "--language",
        type=click.Choice(["ko", "en"]),
        callback=choose,
        is_eager=True,
        help="The language of names and messages. Default: the language of your system.",
    )(function)


def json_option(meaning: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that asks for JSON; `meaning` is its help."""
    return option("--json", "as_json", is_flag=True, help=meaning)


_FILTERS = [
    option(
        "--as-of",
        type=DAY,
        metavar="DATE",
        help="Only ties known to have begun by this date, such as 2016-12-31.",
    ),
    option(
        "--current",
        is_flag=True,
        help="Leave out ties that ended before the date of --as-of, or before today.",
    ),
    option("--topic", help="Only agreements on this topic or a narrower one."),
    option(
        "--kind",
        "kinds",
        multiple=True,
        type=click.Choice(["government", "network", "organization", "office"]),
        help="Only actors of this kind. Can be given several times.",
    ),
    option(
        "--prospects",
        is_flag=True,
        help="Include what is only announced, expected, proposed, invited or requested.",
    ),
]
_SOURCES = [
    option(
        "--source",
        "sources",
        multiple=True,
        metavar="NAME",
        help="Only ties that this source reports: a document, by its name or identifier, or an "
        "imported list. Can be given several times.",
    ),
    option(
        "--without-source",
        "without_sources",
        multiple=True,
        metavar="NAME",
        help="Only ties that remain without this source. Can be given several times.",
    ),
    option(
        "--hub",
        "hubs",
        multiple=True,
        metavar="CITY",
        help="Only ties from the register of this city, collected from its own side. Can be given "
        "several times; `citypact build --hubs` includes the registers of 36 cities.",
    ),
]


def source_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Which sources speak: `sources`, `without_sources` and `hubs`, of which `by_source` makes the
    keywords of the API.
    """
    for add in reversed(_SOURCES):
        function = add(function)
    return function


def by_source(
    sources: tuple[str, ...], without_sources: tuple[str, ...], hubs: tuple[str, ...]
) -> SourceFilters:
    """The keywords of the API for what the user chose with `source_options`."""
    found: SourceFilters = {}
    if sources:
        found["source"] = sources
    if without_sources:
        found["without_source"] = without_sources
    if hubs:
        found["hub"] = hubs
    return found


def filter_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Which part of a network: the options that `citypact.api.Filters` takes."""
    function = source_options(function)
    for add in reversed(_FILTERS):
        function = add(function)
    return function


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """For work that makes millions of small objects, which live to its end and in no circles."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # else the collector would look at all of them now, for a second
        gc.enable()
