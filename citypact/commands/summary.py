"""What a build or load prints at its end: what it counted, and which commands to try next."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from citypact.commands.help import columns, right_aligned
from citypact.commands.options import project, usual_build
from citypact.ontology import ID
from citypact.ontology.errors import Message, either
from citypact.terminal import print_lines
from citypact.translation import translated

if TYPE_CHECKING:
    from citypact.api import Graph
    from citypact.ontology.vocabulary import Term

COUNTS = {
    "documents": Message("source documents"),
    "documents with text": Message("documents read in full"),
    "agreements": Message("agreements"),
    "signed agreements": Message("signed agreements"),
    "partnerships": Message("partnerships"),
    "memberships": Message("memberships"),
    "organisations": Message("organisations"),
    "actors": Message("actors (organisations with ties)"),
    "cities": Message("cities"),
    "people": Message("people"),
    "topics in use": Message("topics of agreements"),
    "prospects": Message("prospects"),
    "claims": Message("claims"),
    "claims by place": Message("where claims can be read"),
    "facts": Message("facts"),
    "derived facts": Message("derived facts"),
    "imported lists": Message("imported lists"),
    "left out": Message("values left out"),
    "graph sha256": Message("SHA-256 of the graph"),
}
"""The headings of what `citypact.graph.build.summary` counts."""
OF_THE_PROJECT = ("title", "centre")
"""What a summary holds that is no count."""
PARTNERS = Message("partner cities")


def places_of_claims(by_place: Mapping[str, int]) -> str:
    """Says what share of the claims can be read where, from the counts of a summary."""
    from citypact.graph.provenance.counts import shares

    return translated(
        Message(
            "{passages:.1%} of the claims open at a passage of the source ({words:.1%} at their "
            "own words, {documents:.1%} at that of their document), {text:.1%} have a position in "
            "a text without an address, {address:.1%} the address of a page; {editors:.1%} are "
            "statements of the editors",
            **shares(by_place),
        )
    )


def print_counts(summary: Mapping[str, Any]) -> None:
    """Writes what a build or load counted, one number a line."""
    rows = [
        (
            translated(COUNTS.get(name, name)),
            places_of_claims(value) if name == "claims by place" else _shown(value),
        )
        for name, value in summary.items()
        if not isinstance(value, list) and name not in OF_THE_PROJECT
    ]
    for coverage in summary.get("coverage", ()):
        totals = dict.fromkeys(str(total["value"]) for total in coverage["totals"])
        rows.append(
            (
                translated(PARTNERS),
                translated(
                    Message(
                        "{all}, of which {documented} are sister or friendship cities "
                        "({primary} of these by a primary source); according to sources there are "
                        "{totals} sister and friendship cities",
                        all=coverage["partner cities"],
                        documented=coverage["sister and friendship cities"],
                        primary=coverage["with a primary document"],
                        totals=either(Message("{cities}", cities=total) for total in totals),
                    )
                ),
            )
        )
    width = max(columns(heading) for heading, _ in rows)
    for heading, value in rows:
        print_lines(f"{right_aligned(heading, width)}  {value}")


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{part} {count}" for part, count in value.items()) or translated("none")
    return str(value)


def next_commands(graph: Graph, language: str) -> list[str]:
    """Commands that show what a graph holds: of its centre, else of the city with most agreements.

    Each is a question that the graph can answer; where it has no agreements there is but one.
    """
    centre = graph.store.centre
    city = f"VALUES ?city {{ <{centre}> }}" if centre else ""
    of_city = "?agreement citypact:party/citypact:governs ?city"
    cities = graph.query(
        f"SELECT ?city WHERE {{ {city} {of_city} }} "
        "GROUP BY ?city ORDER BY DESC(COUNT(DISTINCT ?agreement)) ?city LIMIT 1"
    )
    found = ["query --list"]
    if centre.startswith(f"{ID}city/"):
        found = [f"query partners-of-city --city {_name(graph, ox.NamedNode(centre), language)}"]
    for row in cities:
        found[:] = [f"query agreements-of-city --city {_name(graph, row['city'], language)}"]
        # The agreement of which the graph says most, and the partner in it.
        best = graph.query(
            "SELECT ?agreement ?partner WHERE { "
            f"VALUES ?city {{ {row['city']} }} {of_city} ; citypact:topic ?topic . "
            "?agreement citypact:party/citypact:governs ?partner ; ?says ?what . "
            "FILTER(?partner != ?city) } GROUP BY ?agreement ?partner "
            "ORDER BY DESC(COUNT(DISTINCT ?what)) ?agreement ?partner LIMIT 1"
        )
        for best_row in best:
            slug = str(best_row["agreement"]).rsplit("/", 1)[-1].rstrip(">")
            found.append(f"query topics-of-agreement --agreement {slug} --why")
            found.append(f"why {_name(graph, best_row['partner'], language)}")
    return found


def _name(graph: Graph, thing: Term | None, language: str) -> str:
    """What to call a thing in a shell."""
    return shlex.quote(graph.label(thing, language) if thing else "")


def print_next_commands(program: str, commands: Iterable[str], store: str) -> None:
    """Writes commands that ask a store, named unless it is where commands look anyway."""
    found = project()
    usual = usual_build(found) if found else "build"
    where = "" if store == usual else f" --store {shlex.quote(store)}"
    for arguments in commands:
        print_lines(f"  {program} {arguments}{where}")
