"""Lists of the members of networks: of which day each is, and how much of it is on record."""

from __future__ import annotations

from dataclasses import dataclass

from citypact.graph.provenance.named_queries import named_queries, run
from citypact.graph.rdf.terms import read_date
from citypact.graph.sparql.syntax import SparqlQuery
from citypact.graph.store.base import Store


@dataclass(frozen=True)
class MemberList:
    """A list of the members of a network (IRI) that a document (IRI) gives.

    day: as of when it holds (EDTF), '' where the source does not say. on_record: how many of its
    members are in the graph. total: how many the source counts, None where it does not;
    is_approximate: whether it says about, or more than, so many.
    completeness: whole, part or unknown.
    """

    network: str
    document: str
    day: str
    on_record: int
    total: int | None
    is_approximate: bool
    completeness: str


def member_lists(store: Store) -> list[MemberList]:
    """The lists of members in a store, by network, day and document."""
    answer = run(store, SparqlQuery(named_queries()["lists-of-members"].text))
    found = []
    for row in answer.rows:
        said = dict(zip(answer.columns, row, strict=True))
        texts = {name: term.value for name, term in said.items() if term is not None}
        found.append(
            MemberList(
                texts["network"],
                texts["document"],
                read_date(texts["asOf"]).text if "asOf" in texts else "",
                int(texts["membersOnRecord"]),
                int(texts["total"]) if "total" in texts else None,
                texts.get("approximate") == "true",
                texts["completeness"].rpartition("/")[2],
            )
        )
    return found


__all__ = ["MemberList", "member_lists"]
