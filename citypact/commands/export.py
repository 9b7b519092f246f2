"""`citypact export`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from citypact.commands.help import command as click_command
from citypact.commands.help import example, option
from citypact.commands.options import (
    FOLDER,
    build_option,
    by_source,
    filter_options,
    language_option,
    opened,
    replace_option,
)
from citypact.ontology.errors import CitypactError, Message
from citypact.terminal import print_message
from citypact.translation import plural, translated

if TYPE_CHECKING:
    from citypact.api import Graph

PLACES = {
    "graphml": "{}.graphml",
    "gexf": "{}.gexf",
    "csv": "{}",
    "sqlite": "citypact.sqlite",
    "parquet": "citypact-parquet",
    "datapackage": "citypact-datapackage",
    "jsonld": "{}.jsonld",
    "xlsx": "citypact.xlsx",
    "quickstatements": "quickstatements.tsv",
}
"""The formats, and where each is written if no place is given; {} is the network's name."""


@click_command(epilog=example("export --network actors --format gexf --out actors.gexf"))
@option(
    "--network",
    "name",
    type=click.Choice(["actors", "cities", "topics", "overview", "everything"]),
    help="actors; cities, with one edge between two cities; topics: actors and topics (bipartite); "
    "overview: what the page shows; everything: all facts between things. [default: actors]",
)
@option(
    "--format",
    "form",
    type=click.Choice(list(PLACES)),
    default="graphml",
    show_default=True,
    help="graphml, gexf (with times, for Gephi) and csv (a folder with nodes.csv and edges.csv) "
    "hold the network; sqlite (for Datasette, with search) and parquet (a folder) also hold all "
    "agreements, actors, documents and claims; datapackage (a folder) holds the same tables as CSV "
    "with schemas, codebook, checksums and citation (Frictionless); jsonld holds all facts, or "
    "with --network those about its things; xlsx is the form that `citypact add` reads, filled in; "
    "quickstatements holds the sister cities that Wikidata lacks.",
)
@option(
    "--out", type=FOLDER, help="The file or folder. Default: named after the network or format."
)
@option(
    "--known",
    type=FOLDER,
    metavar="FILE",
    help="quickstatements: what Wikidata already has, as a CSV table with two items (Q8684,Q60) in "
    "each row, or as the twins.csv of an import.",
)
@option(
    "--relation",
    "relations",
    multiple=True,
    type=click.Choice(["sister-city", "friendship-city"]),
    help="quickstatements: the relation types to export. Can be given several times. "
    "[default: sister-city]",
)
@replace_option
@language_option
@build_option
@filter_options
def command(
    name: str | None,
    form: str,
    out: str | None,
    known: str | None,
    relations: tuple[str, ...],
    replace: bool,
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
    """Export the graph or a network for Gephi, spreadsheets, Datasette, Wikidata and others."""
    from citypact.graph.export import check_output, check_usable

    chosen = by_source(sources, without_sources, hubs)
    is_filtered = bool(as_of or current or topic or kinds or prospects or chosen)
    if form == "quickstatements" and (name or is_filtered):
        raise CitypactError(
            "the format quickstatements holds partnerships, not a network\n"
            "    -> leave out --network and its filters; choose with --relation"
        )
    if form != "quickstatements" and (known or relations):
        raise CitypactError(
            "--known and --relation can be used with --format quickstatements only\n"
            "    -> leave them out"
        )
    graph = opened(build_folder)
    if form in ("xlsx", "datapackage") and (name or is_filtered):
        raise CitypactError(
            "the format {form} holds agreements, partnerships and memberships, not a network\n"
            "    -> leave out --network and its filters",
            form=form,
        )
    no_network = form in ("xlsx", "datapackage") or (form == "jsonld" and not is_filtered)
    wanted = name or ("" if no_network else "actors")
    target = Path(out or PLACES[form].format(wanted or "facts"))
    if form in ("csv", "parquet", "datapackage") and target.parent.exists():
        check_usable(target.absolute(), "export")
    else:
        check_output(target, replace=replace)
    if form == "quickstatements":
        _quickstatements(graph, target, known, relations, replace)
        return
    network = (
        graph.network(
            wanted,
            as_of=as_of,
            current=current,
            topic=topic or "",
            kinds=kinds,
            prospects=prospects,
            **chosen,
        )
        if wanted
        else None
    )
    for path in graph.export(form, target, network, language, replace=replace):
        click.echo(path)
    if network is not None:
        nodes = plural("{count} node", "{count} nodes", network.number_of_nodes())
        edges = plural("{count} edge", "{count} edges", network.number_of_edges())
        print_message(f"{nodes}, {edges}")


def _quickstatements(
    graph: Graph, target: Path, known: str | None, relations: tuple[str, ...], replace: bool
) -> None:
    """Writes the commands, and reports what became of the partnerships."""
    from citypact.graph.export import write_output

    batch = graph.quickstatements(known, relations or ("sister-city",))
    write_output(target, batch.text.encode(), replace=replace)
    click.echo(target)
    _print(
        "{new} new {new:statement|statements}; {known} already in Wikidata",
        new=batch.new,
        known=batch.known,
    )
    if known is None:
        _print(
            "The statements may be in Wikidata already: give a list of what Wikidata has with "
            "--known."
        )
    if batch.without_item:
        _print(
            "Cities without a Wikidata item: {count} ({names})",
            count=len(batch.without_item),
            names=", ".join(batch.without_item),
        )
    if batch.without_address:
        _print(
            "Partnerships without a source document that has an address: {count} ({names})",
            count=len(batch.without_address),
            names=", ".join(batch.without_address),
        )


def _print(template: str, **values: object) -> None:
    print_message(translated(Message(template, **values)))
