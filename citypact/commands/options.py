"""Options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import click

FOLDER = click.Path(file_okay=True, path_type=str)


def build_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--store",
        "--build",
        "build_folder",
        default="build",
        show_default=True,
        type=FOLDER,
        metavar="STORE",
        help="Which graph to ask: the folder that `citypact build` made, the address of a SPARQL "
        "server (https://…), or `memory`: built anew from the package's records.",
    )(function)


def sources_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--sources",
        type=FOLDER,
        metavar="DIR",
        help="A folder with records/ and entities/ of your own; those of the package where not "
        "given.",
    )(function)


def data_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--data",
        type=FOLDER,
        metavar="DIR",
        help="Your data folder; $CITYPACT_DATA or that of your system where not given.",
    )(function)


def documents_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--documents",
        type=FOLDER,
        metavar="DIR",
        help="A folder with texts of source documents; found by their SHA-256 digest.",
    )(function)


def language_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--language",
        type=click.Choice(["ko", "en"]),
        default=None,
        help="The language of names; that of your system where not given.",
    )(function)


_FILTERS = [
    click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help="Only ties known to have begun by that day, such as 2016-12-31.",
    ),
    click.option("--topic", help="Only agreements on this topic or a narrower one."),
    click.option(
        "--kind",
        "kinds",
        multiple=True,
        type=click.Choice(["government", "network", "organization", "office"]),
        help="Only actors of this kind; may be given several times.",
    ),
    click.option(
        "--prospects",
        is_flag=True,
        help="Also what is only expected, proposed, invited or requested.",
    ),
]


def filter_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Which part of a network: the options that `citypact.api.Filters` takes."""
    for option in reversed(_FILTERS):
        function = option(function)
    return function


def chosen_language(language: str | None) -> str:
    """The language asked for, else Korean on a Korean system, else English."""
    import locale
    import os

    if language:
        return language
    variables = ("LC_ALL", "LC_MESSAGES", "LANG")
    system = next(filter(None, map(os.environ.get, variables)), None) or locale.getlocale()[0] or ""
    return "ko" if system.lower().startswith(("ko", "korean")) else "en"


@contextmanager
def progress() -> Any:
    """Shows the steps of long work on standard error when a person watches; else says nothing."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("…") as status:
        yield lambda step: status.update(f"{step} …")
