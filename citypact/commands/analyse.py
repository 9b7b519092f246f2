"""`citypact analyse`."""

from __future__ import annotations

from datetime import datetime

import click

from citypact.commands.options import (
    FOLDER,
    build_option,
    chosen_language,
    language_option,
    progress,
)
from citypact.graph.report import CHAPTERS
from citypact.terminal import tell


@click.command(epilog="Example: citypact analyse --only topics,chronology --as-of 2016-12-31")
@click.option(
    "--out",
    default="analysis",
    show_default=True,
    type=FOLDER,
    help="The folder of the report: replaced as a whole, or left as it was.",
)
@click.option(
    "--network",
    type=click.Choice(["actors", "cities"]),
    default="actors",
    show_default=True,
    help="Whose ties are studied: actors (governments, city networks, organisations), or cities, "
    "one tie a pair, with the lists that were imported.",
)
@click.option(
    "--only",
    metavar="CHAPTERS",
    help=f"Only these chapters, separated by commas: {', '.join(CHAPTERS)}.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only ties known to have begun by that day, such as 2016-12-31.",
)
@click.option(
    "--draws",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    metavar="NUMBER",
    help="How many random networks, permutations and samples are drawn.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="NUMBER",
    help="Where chance begins: the same seed gives the same report.",
)
@click.option(
    "--cluster",
    default="",
    metavar="ADDRESS",
    help="A Dask scheduler that draws, such as tcp://127.0.0.1:8786; the report is the same.",
)
@language_option
@build_option
def command(
    out: str,
    network: str,
    only: str | None,
    as_of: datetime | None,
    draws: int,
    seed: int,
    cluster: str,
    language: str | None,
    build_folder: str,
) -> None:
    """Analyse patterns of partnership: tables, figures, and a report with sources.

    Each chapter answers a question, and says by which method, from which data, how much the answer
    depends on single sources, and what could be wrong. The folder holds report.html and
    figures.html (they open from disk), findings.json, tables (CSV, Parquet) and figures (SVG, PNG).
    Needs the packages of pip install 'citypact[research]'.
    """
    import citypact

    chosen = chosen_language(language)
    chapters = [name.strip() for name in only.split(",") if name.strip()] if only else []
    graph = citypact.open(build_folder)
    with progress() as step:
        report = graph.analyse(
            out,
            network=network,
            only=chapters,
            as_of=as_of,
            draws=draws,
            seed=seed,
            cluster=cluster,
            language=chosen,
            progress=step,
        )
    for finding in report.findings:
        tell(f"{finding.title[chosen]}: {finding.answer[0][chosen]}")
    click.echo(f"\nOpen {out}/report.html in a browser.", err=True)
