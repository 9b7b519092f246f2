"""The tables of the chapter on possible partners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.hidden_ties import Judgement
from citypact.graph.analysis.prediction import Candidate
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.networks import actors
from citypact.graph.networks.node_names import name
from citypact.graph.report.prediction import words as say
from citypact.graph.report.prediction.members import Members, by_kind
from citypact.graph.tables.table import ID, Column, Table, in_both, texts
from citypact.graph.text.bilingual import both, joined
from citypact.ontology import CODE

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

MOST = 1000
"""Rows of a table at most."""
CITY = (
    ID,
    *in_both("label", "도시", "City"),
    *in_both("country", "국가", "Country"),
)


def common(found: Members) -> Table:
    """How many members are partners, by the networks that they have in common with the city."""
    rows = [
        {
            "networks": step.shared,
            "members": step.nodes,
            "partners": step.linked,
            "share": step.linked / step.nodes,
        }
        for step in found.sharing.steps
    ]
    return Table(
        "prediction-common",
        "공동 네트워크의 수와 협력 도시의 비율",
        "Networks in common and share of partners",
        (
            Column("networks", "integer", "공동 네트워크", "Networks in common"),
            Column("members", "integer", "외국 회원", "Members abroad"),
            Column("partners", "integer", "그중 협력 도시", "Partners among them"),
            Column("share", "number", "협력 도시의 비율", "Share of partners"),
        ),
        ("networks",),
        rows,
    )


def scores(judged: dict[str, Sequence[Judgement]]) -> Table:
    """How well each score finds hidden ties, by what was hidden."""
    rows = [
        {
            "scope_id": scope,
            "method_id": each.method,
            **texts("scope", say.SCOPES[scope]),
            **texts("method", say.METHODS[each.method]),
            **_known(
                auc=each.auc,
                deviation=each.deviation,
                precision=each.precision,
                chance=each.chance,
                hidden=each.hidden,
                unlinked=each.unlinked,
                rounds=each.rounds,
            ),
        }
        for scope, judgements in judged.items()
        for each in judgements
    ]
    return Table(
        "prediction-scores",
        "숨긴 연결을 점수가 찾아내는 정도",
        "How well scores find hidden ties",
        (
            Column("scope_id", "text", "무엇을 숨겼나(코드)", "What was hidden (code)"),
            *in_both("scope", "무엇을 숨겼나", "What was hidden"),
            Column("method_id", "text", "점수(코드)", "Score (code)"),
            *in_both("method", "점수", "Score"),
            Column("auc", "number", "AUC", "AUC"),
            Column("deviation", "number", "AUC의 표준편차", "Deviation of AUC"),
            Column("precision", "number", "정밀도", "Precision"),
            Column("chance", "number", "우연의 정밀도", "Precision by chance"),
            Column("hidden", "integer", "숨긴 연결", "Hidden ties"),
            Column("unlinked", "integer", "연결 없는 쌍", "Pairs without a tie"),
            Column("rounds", "integer", "반복", "Rounds"),
        ),
        ("scope_id", "method_id"),
        rows,
    )


def candidates(network: nx.Graph, found: Members) -> Table:
    """Cities abroad without a tie that is known, with the reasons for thinking of them."""
    rates = {step.shared: step.linked / step.nodes for step in found.sharing.steps}
    partners = Counter(
        network.nodes[node].get("country")
        for node in network[found.government]
        if network.nodes[node].get("kind") == "government"
    )
    rows: list[dict[str, Any]] = []
    for each in found.candidates[:MOST]:
        networks, others = by_kind(each.shared, found.networks)
        data = network.nodes[each.node]
        rows.append(
            {
                **city(each.node, data),
                "networks": len(networks),
                **_names(network, "networks", networks),
                **_names(network, "contacts", others),
                "score": each.score,
                **_known(rate=rates.get(len(networks)) if networks else None),
                "partners_in_country": partners[data.get("country")],
            }
        )
    return Table(
        "prediction-candidates",
        "협력이 확인되지 않은 외국 도시와 그 이유",
        "Cities abroad without a known tie, and the reasons",
        (
            *CITY,
            Column("networks", "integer", "공동 네트워크 수", "Networks in common"),
            *in_both("networks", "공동 네트워크", "Which networks"),
            *in_both("contacts", "사이에 있는 기관", "Bodies between"),
            Column("score", "number", "Adamic–Adar 점수", "Adamic–Adar score"),
            Column("rate", "number", "같은 수를 공유한 회원의 협력 비율", "Partners among such"),
            Column("partners_in_country", "integer", "그 국가의 협력 도시", "Partners in country"),
        ),
        ("id",),
        rows,
    )


def of_cities(network: nx.Graph, found: Sequence[Candidate]) -> Table:
    """Cities without a tie that share partners with the city."""
    rows = [
        {
            **city(each.node, network.nodes[each.node]),
            "shared": len(each.shared),
            **_names(network, "through", each.shared[:10]),
            "score": each.score,
            "ties": each.degree,
        }
        for each in found[:MOST]
    ]
    return Table(
        "prediction-cities",
        "협력 도시를 공유하는 도시",
        "Cities with partners in common",
        (
            *CITY,
            Column("shared", "integer", "공동 협력 도시 수", "Partners in common"),
            *in_both("through", "공동 협력 도시(열 곳까지)", "Which (up to ten)"),
            Column("score", "number", "Adamic–Adar 점수", "Adamic–Adar score"),
            Column("ties", "integer", "그 도시의 연결", "Its ties"),
        ),
        ("id",),
        rows,
    )


def prospects(study: Study, found: Members) -> Table:
    """What sources tell as expected, proposed, invited or requested with cities without a tie."""
    network = actors(study.store, Filter(study.chosen.as_of, prospects=True))
    others = {
        node
        for node, data in network.nodes(data=True)
        if data.get("kind") == "government" and not study.simple("actors").has_edge(
            found.government, node
        )
    } - {found.government}  # fmt: skip
    rows = []
    for one, other, key, data in network.edges(keys=True, data=True):
        ends = [end for end in (one, other) if end in others]
        if data.get("relation") != "prospect" or not ends:
            continue
        to = other if ends[0] == one else one
        modality = f"{CODE}modality/{data['modality']}"
        rows.append(
            {
                **city(ends[0], network.nodes[ends[0]]),
                "prospect_id": key,
                **texts("what", both(data["label_ko"], data["label_en"])),
                **texts("how", study.names.both(modality)),
                **texts("with", name(network, to)),
            }
        )
    return Table(
        "prediction-prospects",
        "기대·제안으로만 기록된 도시",
        "Cities of which only an expectation or proposal is on record",
        (
            *CITY,
            Column("prospect_id", "text", "사항(식별자)", "Matter (identifier)"),
            *in_both("what", "내용", "Matter"),
            *in_both("how", "양상", "How"),
            *in_both("with", "상대", "With"),
        ),
        ("id", "prospect_id"),
        sorted(rows, key=lambda row: (row["id"], row["prospect_id"])),
    )


def city(node: str, data: dict[str, Any]) -> dict[str, Any]:
    """The columns of `CITY` for a node of a network."""
    known = {name: data.get(name, "") for name in ("label_ko", "label_en")}
    known |= {name: data[name] for name in ("country_ko", "country_en") if name in data}
    return {"id": node, **known}


def _names(network: nx.Graph, stem: str, nodes: Sequence[str]) -> dict[str, str]:
    """The names of nodes as one text in each language."""
    known = (name(network, node) for node in nodes)
    return texts(stem, joined(*known, ko=" · ", en=" · ")) if nodes else {}


def _known(**values: float | int | None) -> dict[str, float | int]:
    return {name: value for name, value in values.items() if value is not None}


__all__ = ["CITY", "candidates", "city", "common", "of_cities", "prospects", "scores"]
