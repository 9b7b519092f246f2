"""What a build or load prints at its end: what it counted, and which commands to try next."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from typing import Any

from citypact.commands.help import columns, right_aligned
from citypact.ontology.errors import Message, either
from citypact.terminal import print_lines
from citypact.translation import translated

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
    "facts": Message("facts"),
    "derived facts": Message("derived facts"),
    "imported lists": Message("imported lists"),
    "graph sha256": Message("SHA-256 of the graph"),
}
"""The headings of what `citypact.graph.build.summary` counts."""
PARTNERS = Message("partner cities")


def print_counts(summary: Mapping[str, Any]) -> None:
    """Writes what a build or load counted, one number a line."""
    rows = [
        (translated(COUNTS.get(name, name)), _shown(value))
        for name, value in summary.items()
        if not isinstance(value, list)
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


def print_next_commands(program: str, commands: Iterable[str], store: str) -> None:
    """Writes commands that ask a store, named unless it is where commands look anyway."""
    where = "" if store == "build" else f" --store {shlex.quote(store)}"
    for arguments in commands:
        print_lines(f"  {program} {arguments}{where}")
