"""`citypact draw`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from citypact.commands.help import UsageError, example, option, right_aligned
from citypact.commands.help import command as click_command
from citypact.commands.options import (
    FOLDER,
    build_option,
    by_source,
    filter_options,
    language_option,
    opened,
    page_documents_option,
    replace_option,
)
from citypact.commands.progress import progress
from citypact.ontology.errors import Message
from citypact.sources.files.steps import in_steps
from citypact.terminal import print_lines, print_message
from citypact.translation import translated

if TYPE_CHECKING:
    from citypact.api import Filters, Graph

COLUMNS = {
    "ties": Message("ties"),
    "partners": Message("partners"),
    "agreements": Message("agreements"),
    "betweenness": Message("betweenness"),
    "component": Message("component"),
}
"""The measures of an actor, and the headings of their columns."""
OWN = Message(
    "* The sources include a list of the ties of this actor alone. Its numbers and ranks cannot be "
    "compared with those of actors without such a list."
)
WIDTH = 12
"""Columns of the terminal that a measure takes."""


@click_command(epilog=example("draw --view map --as-of 2016-12-31 --out before-2017.html"))
@option(
    "--view",
    type=click.Choice(["network", "map", "countries", "ego", "communities"]),
    default="network",
    show_default=True,
    help="network: actors, agreements and topics. The other views show cities and their links: on "
    "a world map, by country, around one city, or in communities.",
)
@option(
    "--city",
    help="The city at the centre of the view ego, by any of its names. Default: the centre of the "
    "project.",
)
@option("--out", type=FOLDER, help="The file of the page. Default: the name of the view.")
@replace_option
@page_documents_option
@language_option
@build_option
@filter_options
def command(
    view: str,
    city: str | None,
    out: str | None,
    replace: bool,
    documents: str | None,
    language: str,
    build_folder: str,
    as_of: datetime | None,
    current: bool,
    topic: str | None,
    kinds: tuple[str, ...],
    prospects: bool,
    sources: tuple[str, ...],
    without_sources: tuple[str, ...],
    hubs: tuple[str, ...],
) -> None:
    """Draw a page: the network, or cities on a map, by country, around one city, in communities.

    The page is a single file that works offline. The view network also prints measures of each
    actor: ties, partners, agreements, betweenness (the share of shortest paths that pass through
    the actor, 0 to 1) and connected component; then the pairs of actors that share the most topics.
    The other views print how many cities and links they show, and take neither --kind nor
    --prospects.
    """
    if city is not None and not city.strip():
        raise UsageError("--city: the name is empty\n    -> give a name, in Korean or English")
    if view != "ego" and city:
        raise UsageError(
            Message("--city can be used with --view ego only, not with {view}", view=view)
        )
    if view != "network" and (kinds or prospects or documents):
        raise UsageError(
            Message(
                "--kind, --prospects and --documents can be used with --view network only, not "
                "with {view}",
                view=view,
            )
        )
    out = out or f"{view}.html"

    from citypact.api import Filters

    with progress() as show:
        step = in_steps(show, 3 if view == "network" else 2)
        step(Message("reading the graph"))
        graph = opened(build_folder, documents, in_memory=view == "network")
        if view == "ego" and not city:
            city = graph.centre
            if not city:
                raise UsageError("--view ego requires --city, the city at its centre")
        filters = Filters(
            as_of=as_of, current=current, topic=topic or "", kinds=kinds, prospects=prospects
        )
        filters = {**filters, **by_source(sources, without_sources, hubs)}
        if view == "network":
            step(Message("measuring"))
            lines = list(_measures(graph, filters, language))
            step(Message("drawing"))  # last: who stops before has no page
            graph.draw(out, replace=replace, **filters)
        else:
            step(Message("drawing"))
            city = city or ""
            network = graph.draw(out, view, city, language, replace=replace, **filters)
            lines = [network.graph[f"summary_{language}"]]
    for line in lines:
        print_lines(line)
    print_message("\n" + translated(Message("Open {page} in a browser.", page=out)))


def _measures(graph: Graph, filters: Filters, language: str) -> Iterator[str]:
    """The lines of the measures of each actor, and of the pairs that share most topics."""
    rows = graph.measures(**filters)
    names = {row.iri: row.label_ko if language == "ko" else row.label_en for row in rows}
    headings = [right_aligned(translated(heading), WIDTH) for heading in COLUMNS.values()]
    yield f"{''.join(headings)}  {translated('actor')}"
    own = graph.own_partners(**filters)
    for row in rows:
        values = [getattr(row, name) for name in COLUMNS]
        cells = [f"{value:.4f}" if isinstance(value, float) else str(value) for value in values]
        mark = " *" if row.iri in own else ""
        yield "".join(cell.rjust(WIDTH) for cell in cells) + f"  {names[row.iri]}{mark}"
    if own:
        yield "\n" + translated(OWN)
    yield "\n" + translated("shared topics")
    for pair in graph.shared_topics(**filters)[:15]:
        one, other = (
            names.get(iri) or graph.label(iri, language) for iri in (pair.one, pair.other)
        )
        yield f"{pair.count:>5}  {one} – {other}"
