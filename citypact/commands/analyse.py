"""`citypact analyse`."""

from __future__ import annotations

from datetime import datetime

import click
from click.core import ParameterSource

from citypact.commands.help import command as click_command
from citypact.commands.help import example, option
from citypact.commands.options import (
    DAY,
    FOLDER,
    build_option,
    by_source,
    language_option,
    opened,
    source_options,
)
from citypact.commands.progress import progress
from citypact.graph.report import CHAPTERS
from citypact.ontology.errors import Message
from citypact.terminal import print_lines, print_message
from citypact.translation import translated

QUICK = 50
"""The random samples of `--quick`."""


@click_command(epilog=example("analyse --only topics,chronology --as-of 2016-12-31"))
@option(
    "--out",
    default="analysis",
    show_default=True,
    type=FOLDER,
    help="The folder of the report. It is replaced in one step, or left as it was.",
)
@option(
    "--network",
    type=click.Choice(["actors", "cities"]),
    default="actors",
    show_default=True,
    help="The network to analyse: actors (governments, city networks, organisations), or cities, "
    "with one edge between two cities and the imported lists included.",
)
@option(
    "--only",
    metavar="CHAPTERS",
    help=Message(
        "Only these chapters, separated by commas: {chapters}.", chapters=", ".join(CHAPTERS)
    ),
)
@option(
    "--as-of",
    type=DAY,
    metavar="DATE",
    help="Only ties known to have begun by this date, such as 2016-12-31.",
)
@option(
    "--current",
    is_flag=True,
    help="Leave out ties that ended before the date of --as-of, or before today.",
)
@source_options
@option(
    "--draws",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    metavar="NUMBER",
    help="The number of random samples, such as random networks and permutations. A test that is "
    "still undecided takes up to twice as many.",
)
@option(
    "--quick",
    is_flag=True,
    help="A first look: 50 random samples where --draws is not given, never more of them, and no "
    "figures as PNG.",
)
@option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="NUMBER",
    help="The random seed: the same seed gives the same report.",
)
@option(
    "--cluster",
    default="",
    metavar="ADDRESS",
    help="A Dask scheduler that computes the samples, such as tcp://127.0.0.1:8786. The report is "
    "the same.",
)
@language_option
@build_option
def command(
    out: str,
    network: str,
    only: str | None,
    as_of: datetime | None,
    current: bool,
    sources: tuple[str, ...],
    without_sources: tuple[str, ...],
    hubs: tuple[str, ...],
    draws: int,
    quick: bool,
    seed: int,
    cluster: str,
    language: str,
    build_folder: str,
) -> None:
    """Analyse patterns of partnership: tables, figures and a report with sources.

    Each chapter answers one question and gives the method, the data, how far the answer depends on
    single sources, and what could be wrong. The folder holds report.html and figures.html (both
    work offline), findings.json, the sources as citations (BibTeX, CSL-JSON), tables (CSV, Parquet)
    and figures (SVG, PNG). Requires the packages of pip install 'citypact[research]'.
    """

    chapters: list[str] = []
    if only is not None:
        # An empty list of names is a name too many: it must not mean all chapters.
        chapters = [name.strip() for name in only.split(",") if name.strip()] or [only]
    source = click.get_current_context().get_parameter_source("draws")
    if quick and source is ParameterSource.DEFAULT:
        draws = QUICK
    graph = opened(build_folder)
    with progress() as step:
        report = graph.analyse(
            out,
            network=network,
            only=chapters,
            as_of=as_of,
            current=current,
            draws=draws,
            most_draws=draws if quick else None,
            seed=seed,
            cluster=cluster,
            language=language,
            with_png=not quick,
            progress=step,
            **by_source(sources, without_sources, hubs),
        )
    for finding in report.findings:
        answer = finding.answer[0][language] if finding.answer else ""
        print_lines(f"{finding.title[language]}: {answer}")
    page = Message("Open {page} in a browser.", page=f"{out}/report.html")
    print_message(f"\n{translated(page)}")
