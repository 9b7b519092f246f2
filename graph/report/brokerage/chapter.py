"""The chapter on brokers: who brings partners together, and whose policies go where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from citypact.graph.relations.brokering import Records, records
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.table import DataTable
from citypact.graph.text.bilingual import Words, joined
from citypact.ontology import NS, is_editors

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

WAYS = {
    "shown": ("presents", "visits"),
    "model": ("modelledOn", "basedOn", "operates"),
    "transferred": ("transfers",),
    "intended": ("intends", "concernsSolution"),
}
"""The properties by which policies are mentioned, grouped by what that says of them."""
LISTED = 5
"""How many things of a kind the answer describes."""


@dataclass(frozen=True)
class BrokerageFindings:
    """What is on record.

    brokered: the brokers of each agreement that has some. policies: how many policies and systems
    documents mention; ways: how many in each group of `WAYS`. modalities: how many prospects.
    centre: the city or body around which the sources were gathered, '' where that is not known.
    """

    on_record: Records
    brokered: Mapping[str, list[str]]
    policies: int
    ways: Mapping[str, int]
    modalities: list[tuple[str, int]]
    centre: str = ""


def brokerage(study: Study) -> Finding:
    """Brokers and transfers on record."""
    on_record = records(study.store, study.chosen)
    findings = find(on_record, study.store.centre)
    prose = Prose(study, "brokerage", findings, listed=LISTED)
    return prose.finding(
        {},
        [prose.headline("brokered-agreements", "actors", brokered_agreements, unit="agreements")],
        [
            *_records(study, prose, on_record),
            prose.counts(
                {
                    "agreements": on_record.agreements,
                    "brokered": len(findings.brokered),
                    "policies": findings.policies,
                    **findings.ways,
                    **dict(findings.modalities),
                }
            ),
        ],
        sources=_sources(study, on_record),
    )


def find(on_record: Records, centre: str = "") -> BrokerageFindings:
    """What the answer says, from what is on record in a graph around a centre."""
    brokered: dict[str, list[str]] = {}
    for brokering in on_record.brokering:
        brokered.setdefault(brokering.agreement, []).append(brokering.broker)
    modalities = Counter(
        modality.rsplit("/", 1)[-1]
        for values in on_record.prospects.values()
        for modality in values["modality"]
    )
    return BrokerageFindings(
        on_record,
        {agreement: sorted(set(bodies)) for agreement, bodies in sorted(brokered.items())},
        len({mention.policy for mention in on_record.policies}),
        {
            name: len({mention.policy for mention in on_record.policies if mention.how in ways})
            for name, ways in WAYS.items()
        },
        sorted(modalities.items(), key=lambda item: (-item[1], item[0])),
        centre,
    )


def brokered_agreements(network: nx.Graph) -> float:
    """How many agreements of a network of actors have a broker."""
    ties = (data for *_, data in network.edges(data=True) if data.get("relation") == "brokering")
    return float(len({data["agreement"] for data in ties}))


def _sources(study: Study, on_record: Records) -> set[str]:
    """The documents that mention what is on record."""
    things = {*on_record.transfers, *on_record.prospects}
    things |= {mention.policy for mention in on_record.policies}
    things |= {brokering.agreement for brokering in on_record.brokering}
    rows = study.store.solutions("SELECT ?d ?t { ?d citypact:mentions ?t }")
    found = {row["d"].value for row in rows if row["t"].value in things}
    return {iri for iri in found if not is_editors(iri)}


def _records(study: Study, prose: Prose, on_record: Records) -> list[DataTable]:
    """Brokers, transfers, policies and proposals on record."""

    def names(iris: Iterable[str]) -> Words | None:
        labels = [study.names.both(iri) for iri in iris]
        return joined(*labels, ko=" · ", en=" · ") if labels else None

    def values(things: Mapping[str, Mapping[str, Iterable[str]]]) -> list[dict[str, Any]]:
        return [
            {"id": iri, "label": study.names.both(iri)}
            | {column: names(iris) for column, iris in columns.items()}
            for iri, columns in things.items()
        ]

    brokers = [
        {
            "id": brokering.broker,
            "label": study.names.both(brokering.broker),
            "agreement": brokering.agreement,
            "parties": names(brokering.parties),
            "how": joined(*(prose.words(f"how_{way}") for way in brokering.how)),
        }
        for brokering in on_record.brokering
    ]
    policies = [
        {
            "id": mention.policy,
            "label": study.names.both(mention.policy),
            "owner": names(on_record.owners.get(mention.policy, ())),
            "how_id": mention.how,
            "how": NS + mention.how,
            "by_id": mention.by,
            "by": names([mention.by]),
            "stage": names(on_record.stages.get(mention.by, ())),
        }
        for mention in on_record.policies
    ]
    return [
        prose.table("brokers", brokers),
        prose.table("transfers", values(on_record.transfers)),
        prose.table("policies", policies),
        prose.table("proposals", values(on_record.prospects)),
    ]


__all__ = ["brokerage", "brokered_agreements"]
