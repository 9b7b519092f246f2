"""The ledger of commitments: what was agreed, done, planned, expected, proposed or invited, by
whom, and what became of it.

The rows are those of the named query `commitment-ledger`, so that the ledger of a page, of the
Python API and of the command line is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from citypact.graph.provenance.named_queries import Answer, bind, named_query, run, values_of
from citypact.graph.provenance.trace import Evidence, ProvenanceTracer
from citypact.graph.relations.facts import FactReader, documented
from citypact.ontology.vocabulary import Term

QUERY = "commitment-ledger"
STATES = (
    "agreed",
    "optional",
    "under-way",
    "done",
    "announced",
    "planned",
    "requested",
    "invited",
    "proposed",
    "expected",
)
"""The codes of `code/commitment-state` in the order in which a ledger lists them."""


@dataclass(frozen=True)
class Promise:
    """A row of the ledger; things are IRIs.

    state: a code of `STATES`. agreement: '' where it is made under none. actors: who makes it; of
    a commitment whose agreement names nobody, the parties. forces: codes of how strongly it binds,
    of several language versions maybe several. outcomes: what followed from it according to a
    source; outcome_stages: the stages or statuses (IRIs of codes) that these have reached.
    """

    matter: str
    state: str
    agreement: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    forces: tuple[str, ...]
    topics: tuple[str, ...]
    outcomes: tuple[str, ...]
    outcome_stages: tuple[str, ...]
    claims: tuple[Evidence, ...] = field(default=(), repr=False)


def promises(reader: FactReader, *, with_claims: bool = True, **parameters: str) -> list[Promise]:
    """The promises that concern a city, party, agreement or state; all without parameters.

    with_claims: reads the claims behind each as well. parameters: those of the named query, as
    names, slugs or IRIs. Sorted by `STATES`, then by
    agreement and matter. Raises CitypactError for a name that nothing has.
    """
    query = bind(named_query(QUERY), parameters, reader.names)
    answer = run(reader.store, query, explained=with_claims)
    behind = _claims(reader.tracer, answer) if with_claims else [()] * len(answer.rows)
    found = [
        _promise(dict(zip(answer.columns, row, strict=True)), claims)
        for row, claims in zip(answer.rows, behind, strict=True)
    ]
    return sorted(found, key=lambda each: (STATES.index(each.state), each.agreement, each.matter))


def _promise(row: Mapping[str, Term | None], claims: tuple[Evidence, ...]) -> Promise:
    def several(name: str) -> tuple[str, ...]:
        return tuple(value.value for value in values_of(row[name]))

    def one(name: str) -> str:
        value = row[name]
        return value.value if value is not None else ""

    return Promise(
        one("matter"),
        one("state").rsplit("/", 1)[-1],
        one("underAgreement"),
        several("actors"),
        several("recipients"),
        tuple(iri.rsplit("/", 1)[-1] for iri in several("forces")),
        several("topics"),
        several("outcomes"),
        several("outcomeStages"),
        claims,
    )


def _claims(tracer: ProvenanceTracer, answer: Answer) -> list[tuple[Evidence, ...]]:
    found = []
    for nodes in tracer.behind_rows(answer):
        claims = [claim for node in nodes for claim in tracer.claims(node)]
        found.append(tuple(documented(claims)))
    return found


__all__ = ["QUERY", "STATES", "Promise", "promises"]
