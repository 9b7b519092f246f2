"""`citypact draw`."""

from __future__ import annotations

from datetime import datetime

import click

from citypact.commands.options import (
    FOLDER,
    build_option,
    chosen_language,
    documents_option,
    filter_options,
    language_option,
    progress,
)


@click.command(epilog="Example: citypact draw --as-of 2016-12-31 --out before-2017.html")
@click.option(
    "--out", default="network.html", show_default=True, type=FOLDER, help="The page's file."
)
@documents_option
@language_option
@build_option
@filter_options
def command(
    out: str,
    documents: str | None,
    language: str | None,
    build_folder: str,
    as_of: datetime | None,
    topic: str | None,
    kinds: tuple[str, ...],
    prospects: bool,
) -> None:
    """Draw the network page and print first measures of its actors.

    The page is one file that works offline. The measures: ties, partners, agreements, betweenness
    (share of shortest paths through the actor, 0 to 1) and component; then the pairs of actors with
    most topics in common.
    """
    import citypact
    from citypact import show
    from citypact.api import Filters

    chosen = chosen_language(language)
    graph = citypact.open(build_folder, documents)
    filters = Filters(as_of=as_of, topic=topic or "", kinds=kinds, prospects=prospects)
    with progress() as step:
        step("drawing")
        graph.draw(out, **filters)
    rows = graph.measures(**filters)
    names = {row.iri: row.label_ko if chosen == "ko" else row.label_en for row in rows}
    click.echo(
        f"{'ties':>5} {'partners':>9} {'agreements':>11} {'betweenness':>12} "
        f"{'component':>10}  actor"
    )
    for row in rows:
        click.echo(
            f"{row.ties:>5} {row.partners:>9} {row.agreements:>11} {row.betweenness:>12.4f} "
            f"{row.component:>10}  {show.safe(names[row.iri])}"
        )
    click.echo("\nshared topics")
    for pair in graph.shared_topics(**filters)[:15]:
        one, other = (
            show.safe(names.get(iri) or graph.label(iri, chosen)) for iri in (pair.one, pair.other)
        )
        click.echo(f"{pair.count:>5}  {one} – {other}")
    click.echo(f"\nThe page is {out}", err=True)
