"""The chapter on brokers: who brings partners together, and whose policies go where."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from citypact.graph.report.brokerage import records as recorded
from citypact.graph.report.brokerage import roles as positions
from citypact.graph.report.brokerage import words as say
from citypact.graph.report.brokerage.answer import answer
from citypact.graph.report.brokerage.records import Records, records
from citypact.graph.report.brokerage.roles import Roles, share_between
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.places import country_codes
from citypact.graph.report.shared.significance import Verdict, too_few
from citypact.graph.text.bilingual import Words, both, particle
from citypact.ontology import EDITORS

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study


def brokerage(study: Study) -> Finding:
    """Brokers and transfers on record, and who stands between others in the network under study."""
    found = records(study)
    network = study.simple()
    codes = country_codes(study.store, study.network())
    roles = positions.roles(study, network, codes)
    tables = [
        table
        for table in (
            recorded.brokers(study, found),
            recorded.transfers(study, found),
            recorded.policies(study, found),
            recorded.proposals(study, found),
            positions.table(network, roles),
        )
        if table.rows
    ]
    return Finding(
        "brokerage",
        say.TITLE,
        say.QUESTION,
        answer(study, found, roles),
        [
            say.FACTS,
            *([say.GOULD] if roles.brokers else []),
            *([say.CHANCE] if roles.tested else []),
        ],
        {"seed": study.seed, "draws": study.draws} if roles.tested else {},
        _headlines(study, roles, codes),
        tables,
        [positions.figure(roles)] if roles.tested else [],
        _cautions(roles),
        _sources(study, found),
    )


def brokered_agreements(network: nx.Graph) -> float:
    """How many agreements of a network of actors have a broker."""
    return float(
        len(
            {
                data["agreement"]
                for *_, data in network.edges(data=True)
                if data.get("relation") == "brokering"
            }
        )
    )


def _headlines(study: Study, roles: Roles, codes: Mapping[str, str]) -> list[Headline]:
    headlines = [
        Headline(
            "brokered agreements",
            both("중개가 기록된 협정", "Agreements with a broker on record"),
            "actors",
            brokered_agreements,
            both("건", ""),
        )
    ]
    for each in roles.tested[:2]:
        label = roles.labels[each.broker.node]
        headlines.append(
            Headline(
                f"across continents {each.broker.node.rsplit('/', 1)[-1]}",
                both(
                    f"{particle(label['ko'], '이', '가')} 사이에 선 쌍 가운데 대륙이 다른 비율",
                    f"Share of pairs across continents that {label['en']} stands between",
                ),
                study.network_name,
                partial(share_between, node=each.broker.node, codes=dict(codes)),
            )
        )
    return headlines


def _cautions(roles: Roles) -> list[Words]:
    cautions = [say.FEW, say.ONE_SIDE]
    if roles.brokers:
        cautions.append(say.STRUCTURE)
    draws = [each.by_chance.draws for each in roles.tested if each.verdict is Verdict.UNTOLD]
    if draws:
        cautions.append(too_few(min(draws), len(roles.tested)))
    if roles.unknown:
        cautions.append(
            both(
                f"국가를 모르는 행위자가 낀 {roles.unknown // 2:,}쌍은 역할에서 빠집니다.",
                f"{roles.unknown // 2:,} pairs with an actor of unknown country have no role.",
            )
        )
    return cautions


def _sources(study: Study, found: Records) -> list[str]:
    """The documents that mention what is on record."""
    things = {*found.transfers, *found.prospects, *(policy for policy, *_ in found.policies)}
    things |= {each.agreement for each in found.brokering}
    rows = study.store.solutions("SELECT ?d ?t { ?d citypact:mentions ?t }")
    documents = {row["d"].value for row in rows if row["t"].value in things}
    return sorted(documents - {EDITORS})


__all__ = ["brokerage", "brokered_agreements"]
