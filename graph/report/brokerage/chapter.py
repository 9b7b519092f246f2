"""The chapter on brokers: who brings partners together, and whose policies go where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.brokerage import (
    Roles,
    TestedBroker,
    roles_between_continents,
    share_between,
)
from citypact.graph.analysis.significance import Verdict, draws_needed
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.networks.country_codes import country_codes
from citypact.graph.report.brokerage.records import Records, records
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.catalogue import table
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
MOST = 1000
"""How many rows the table of roles has at most."""


@dataclass(frozen=True)
class BrokerageFindings:
    """What is on record, and the roles in the network under study.

    brokered: the brokers of each agreement that has some. policies: how many policies and systems
    documents mention; ways: how many in each group of `WAYS`. modalities: how many prospects.
    centre: the city or body around which the sources were gathered, '' where that is not known.
    """

    on_record: Records
    roles: Roles
    brokered: Mapping[str, list[str]]
    policies: int
    ways: Mapping[str, int]
    modalities: list[tuple[str, int]]
    centre: str = ""

    @property
    def inconclusive(self) -> list[TestedBroker]:
        return [test for test in self.roles.tested if test.verdict is Verdict.INCONCLUSIVE]

    @property
    def draws(self) -> int:
        """The random samples of the tests that are inconclusive."""
        return min((test.by_chance.draws for test in self.inconclusive), default=0)

    @property
    def draws_needed(self) -> int:
        return draws_needed(len(self.roles.tested))

    def beyond(self, is_above: bool) -> list[TestedBroker]:
        """The brokers across continents (or within one) more than by chance."""
        beyond = [test for test in self.roles.tested if test.verdict is Verdict.BEYOND]
        return [test for test in beyond if test.is_above is is_above]

    @property
    def within(self) -> list[TestedBroker]:
        return [test for test in self.roles.tested if test.verdict is Verdict.WITHIN]


def brokerage(study: Study) -> Finding:
    """Brokers and transfers on record, and who stands between others in the network under study."""
    on_record, network = records(study), study.simple()
    codes = country_codes(study.store, study.network())
    chance = (study.draws, study.seed, study.cluster, study.progress, study.most_draws)
    roles = roles_between_continents(network, codes, *chance)
    findings = find(on_record, roles, study.store.centre)
    prose = Prose(study, "brokerage", findings, listed=LISTED)
    tested = findings.roles.tested
    return prose.finding(
        {"seed": study.seed, "draws": study.draws} if tested else {},
        _headlines(study, prose, tested, codes),
        [
            *_records(study, prose, on_record),
            _roles(study, findings.roles),
            prose.counts(
                {
                    "agreements": on_record.agreements,
                    "brokered": len(findings.brokered),
                    "policies": findings.policies,
                }
            ),
        ],
        [_between(study, prose, tested)] if tested else [],
        _sources(study, on_record),
    )


def find(on_record: Records, network_roles: Roles, centre: str = "") -> BrokerageFindings:
    """What the answer says, from what is on record and the roles in a network around a centre."""
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
        network_roles,
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


def _headlines(
    study: Study, prose: Prose, tested: Iterable[TestedBroker], codes: Mapping[str, str]
) -> list[Headline]:
    return [
        prose.headline("brokered-agreements", "actors", brokered_agreements, unit="agreements"),
        *(
            prose.headline(
                "across-continents",
                study.network_name,
                partial(share_between, node=test.node, codes=dict(codes)),
                test.node,
                of=test.node.rsplit("/", 1)[-1],
            )
            for test in list(tested)[:2]
        ),
    ]


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
            "agreement_id": brokering.agreement,
            "agreement": names([brokering.agreement]),
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
            "how": names([NS + mention.how]),
            "by_id": mention.by,
            "by": names([mention.by]),
            "stage": names(on_record.stages.get(mention.by, ())),
        }
        for mention in on_record.policies
    ]
    return [
        table("brokerage-brokers", brokers),
        table("brokerage-transfers", values(on_record.transfers)),
        table("brokerage-policies", policies),
        table("brokerage-proposals", values(on_record.prospects)),
    ]


def _roles(study: Study, network_roles: Roles) -> DataTable:
    """The roles of each broker; pairs count in both directions."""
    tested = {test.node: test for test in network_roles.tested}
    rows = []
    for broker in network_roles.brokers[:MOST]:
        row = {"id": broker.node, "label": study.label(broker.node), "total": broker.total}
        row |= {**broker.roles, "between": broker.between}
        if test := tested.get(broker.node):
            row |= {"expected": test.expected, "p": test.p, "error": test.test.error}
            row |= {"z": test.by_chance.z}
        rows.append(row)
    return table("brokerage-roles", rows)


def _between(study: Study, prose: Prose, tested: Iterable[TestedBroker]) -> Figure:
    """The share of pairs of different continents, compared with chance."""
    rows = []
    for test in tested:
        margin = 2 * test.by_chance.deviation / test.broker.total
        rows.append(
            {
                "actor": study.label(test.node),
                "between": test.broker.between,
                "mean": test.expected,
                "low": max(0.0, test.expected - margin),
                "high": min(1.0, test.expected + margin),
            }
        )
    draw = charts.intervals(
        rows,
        "actor",
        "low",
        "high",
        value="between=share_of_different_continents:.1%",
        mean="mean=expected_average:.1%",
        domain=(0, 1),
        width=charts.WIDTH,
    )
    return prose.figure("between", draw)


__all__ = ["brokerage", "brokered_agreements"]
