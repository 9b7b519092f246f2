"""`citypact export`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from citypact.commands.options import FOLDER, build_option, filter_options


@click.command(
    epilog="Example: citypact export --network actors --format graphml --out actors.graphml"
)
@click.option(
    "--network",
    "name",
    type=click.Choice(["actors", "cities", "topics", "overview", "everything"]),
    default="actors",
    show_default=True,
    help="actors; cities, one edge a pair; actors and topics (two-mode); what the page shows; all "
    "facts between things.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["graphml", "csv"]),
    default="graphml",
    show_default=True,
    help="csv makes a folder with nodes.csv and edges.csv.",
)
@click.option("--out", type=FOLDER, help="File (graphml) or folder (csv); named after the network.")
@build_option
@filter_options
def command(
    name: str,
    form: str,
    out: str | None,
    build_folder: str,
    as_of: datetime | None,
    topic: str | None,
    kinds: tuple[str, ...],
    prospects: bool,
) -> None:
    """Write a network as GraphML (Gephi, yEd, networkx) or as tables of nodes and edges."""
    import citypact
    from graph.export import write_network

    graph = citypact.open(build_folder)
    network = graph.network(
        name,
        as_of=as_of,
        topic=topic or "",
        kinds=kinds,
        prospects=prospects,
    )
    target = Path(out) if out else Path(f"{name}.graphml" if form == "graphml" else name)
    for path in write_network(network, form, target):
        click.echo(path)
    click.echo(f"{network.number_of_nodes()} nodes, {network.number_of_edges()} edges", err=True)
