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


@click.command(epilog="Example: citypact draw --view map --as-of 2016-12-31 --out before-2017.html")
@click.option(
    "--view",
    type=click.Choice(["network", "map", "countries", "ego", "communities"]),
    default="network",
    show_default=True,
    help="network: actors, agreements, topics. The others show cities and their links: on the "
    "world map, by country, around one city, in communities.",
)
@click.option("--city", help="The city in the middle of the view ego, by any of its names.")
@click.option("--out", type=FOLDER, help="The page's file; named after the view.")
@documents_option
@language_option
@build_option
@filter_options
def command(
    view: str,
    city: str | None,
    out: str | None,
    documents: str | None,
    language: str | None,
    build_folder: str,
    as_of: datetime | None,
    topic: str | None,
    kinds: tuple[str, ...],
    prospects: bool,
) -> None:
    """Draw a page: the network, or cities on a map, by country, around one city, in communities.

    The page is one file that works offline. With the view network first measures of the actors are
    printed: ties, partners, agreements, betweenness (share of shortest paths through the actor, 0
    to 1) and component; then the pairs of actors with most topics in common. Other views print how
    much they hold; they take --as-of and --topic.
    """
    if view == "ego" and not city:
        raise click.UsageError("--view ego needs --city, the city in its middle")
    if view != "ego" and city:
        raise click.UsageError(f"--city goes with --view ego, not with {view}")
    if view != "network" and (kinds or prospects or documents):
        raise click.UsageError(
            f"--kind, --prospects and --documents go with --view network, not with {view}"
        )
    out = out or f"{view}.html"

    import citypact
    from citypact import show
    from citypact.api import Filters

    chosen = chosen_language(language)
    graph = citypact.open(build_folder, documents)
    filters = Filters(as_of=as_of, topic=topic or "", kinds=kinds, prospects=prospects)
    if view != "network":
        with progress() as step:
            step("drawing")
            network = graph.draw(out, view=view, city=city or "", language=chosen, **filters)
        click.echo(show.safe(network.graph[f"summary_{chosen}"]))
        click.echo(f"\nThe page is {out}", err=True)
        return
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
