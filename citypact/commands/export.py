"""`citypact export`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from citypact.commands.options import FOLDER, build_option, filter_options
from citypact.ontology.errors import CitypactError

if TYPE_CHECKING:
    from citypact.api import Graph

PLACES = {
    "graphml": "{}.graphml",
    "gexf": "{}.gexf",
    "csv": "{}",
    "sqlite": "citypact.sqlite",
    "parquet": "citypact-parquet",
    "jsonld": "{}.jsonld",
    "quickstatements": "quickstatements.tsv",
}
"""The formats, and where each is written if no place is given; {} is the network's name."""


@click.command(epilog="Example: citypact export --network actors --format gexf --out actors.gexf")
@click.option(
    "--network",
    "name",
    type=click.Choice(["actors", "cities", "topics", "overview", "everything"]),
    help="actors (the default); cities, one edge a pair; actors and topics (two-mode); what the "
    "page shows; all facts between things.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(PLACES)),
    default="graphml",
    show_default=True,
    help="graphml, gexf (with times, for Gephi) and csv (a folder with nodes.csv and edges.csv) "
    "hold the network; sqlite (one file, for Datasette) and parquet (a folder) the network and all "
    "agreements, actors, documents and claims; jsonld all facts, or with --network those about its "
    "things; quickstatements the sister cities that Wikidata lacks.",
)
@click.option("--out", type=FOLDER, help="File or folder; named after network or format.")
@click.option(
    "--known",
    type=FOLDER,
    metavar="FILE",
    help="quickstatements: what Wikidata has, as a CSV table with two items (Q8684,Q60) in each "
    "row, or the twins.csv of an import.",
)
@click.option(
    "--relation",
    "relations",
    multiple=True,
    type=click.Choice(["sister-city", "friendship-city"]),
    help="quickstatements: which partnerships; may be given several times. [default: sister-city]",
)
@build_option
@filter_options
def command(
    name: str | None,
    form: str,
    out: str | None,
    known: str | None,
    relations: tuple[str, ...],
    build_folder: str,
    as_of: datetime | None,
    topic: str | None,
    kinds: tuple[str, ...],
    prospects: bool,
) -> None:
    """Write the graph or a network for other programs: Gephi, spreadsheets, Datasette, Wikidata."""
    import citypact

    is_filtered = bool(as_of or topic or kinds or prospects)
    if form == "quickstatements" and (name or is_filtered):
        raise CitypactError(
            "quickstatements holds partnerships, no network\n"
            "    -> leave --network and its filters out; choose with --relation"
        )
    if form != "quickstatements" and (known or relations):
        raise CitypactError(
            "--known and --relation are for --format quickstatements\n    -> leave them out"
        )
    graph = citypact.open(build_folder)
    wanted = name or ("" if form == "jsonld" and not is_filtered else "actors")
    target = Path(out or PLACES[form].format(wanted or "facts"))
    if form == "quickstatements":
        _quickstatements(graph, target, known, relations)
        return
    network = (
        graph.network(wanted, as_of=as_of, topic=topic or "", kinds=kinds, prospects=prospects)
        if wanted
        else None
    )
    for path in graph.export(form, target, network):
        click.echo(path)
    if network is not None:
        nodes, edges = network.number_of_nodes(), network.number_of_edges()
        click.echo(f"{nodes} nodes, {edges} edges", err=True)


def _quickstatements(
    graph: Graph, target: Path, known: str | None, relations: tuple[str, ...]
) -> None:
    """Writes the commands, and says what became of the partnerships."""
    from citypact.graph.export import write_file

    batch = graph.quickstatements(known, relations or ("sister-city",))
    write_file(target, batch.text.encode())
    click.echo(target)
    click.echo(f"{batch.new} new statements, {batch.known} known to Wikidata", err=True)
    if known is None:
        click.echo(
            "Nothing was said of what Wikidata has: name a table of it with --known FILE.", err=True
        )
    for what, names in (
        ("cities without a Wikidata item", batch.without_item),
        ("partnerships that no document with an address supports", batch.without_address),
    ):
        if names:
            click.echo(f"{len(names)} {what}: {', '.join(names)}", err=True)
