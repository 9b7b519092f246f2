"""What documents tell of brokers, transfers of policies, and who proposed or asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from citypact.graph.networks.reader import NetworkReader
from citypact.graph.provenance.named_queries import named_query
from citypact.graph.rdf.terms import short
from citypact.graph.report.brokerage import words as say
from citypact.graph.tables.table import ID, Column, Table, in_both, texts
from citypact.graph.text.bilingual import joined
from citypact.ontology import NS

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

PARTS = ("provider", "recipient", "transfers", "proposedBy", "requestedBy", "decidedBy")
"""The properties of a transfer that the table has."""
LABEL = (
    ID,
    *in_both("label", "이름", "Name"),
)


@dataclass(frozen=True)
class Brokering:
    """A body that brought the parties of an agreement together, and how documents put it.

    how: `facilitator` or `proposedBy`; `brokers` where only an office of it acted.
    """

    broker: str
    agreement: str
    parties: tuple[str, ...]
    how: tuple[str, ...]


@dataclass(frozen=True)
class Help:
    """A provision by which a body acts where another runs the fund or system; stages: codes."""

    helper: str
    provision: str
    solution: str
    owner: str
    stages: tuple[str, ...]


@dataclass(frozen=True)
class Records:
    """What is on record: brokers, the values of each transfer by the names of `PARTS` and
    `underAgreement`, `stage`; prospects by `putBy`, `addressedTo`, `modality`, `concerns`;
    rows of policies (policy, how, by), and how many agreements there are."""

    brokering: tuple[Brokering, ...]
    transfers: dict[str, dict[str, list[str]]]
    prospects: dict[str, dict[str, list[str]]]
    policies: tuple[tuple[str, str, str], ...]
    help: tuple[Help, ...]
    stages: dict[str, list[str]]
    agreements: int


def records(study: Study) -> Records:
    """Everything on record; with a day, only what is known to have begun by then."""
    reader = NetworkReader(study.store, study.chosen)
    stages = reader.pairs("?a citypact:stage ?b")
    return Records(
        tuple(_brokering(reader)),
        _things(reader, "PolicyTransfer", (*PARTS, "underAgreement", "stage")),
        _things(reader, "Prospect", ("putBy", "addressedTo", "modality", "concerns")),
        tuple(_policies(study, reader)),
        tuple(_help(reader, stages)),
        stages,
        len(reader.agreements),
    )


def _brokering(reader: NetworkReader) -> Iterable[Brokering]:
    ways: dict[tuple[str, str], set[str]] = defaultdict(set)
    for way, pattern in (
        ("facilitator", "?a citypact:facilitator ?b"),
        ("proposedBy", "?t citypact:underAgreement ?a ; citypact:proposedBy ?b"),
    ):
        for agreement, bodies in reader.pairs(pattern).items():
            for body in bodies:
                ways[body, agreement].add(way)
    for broker, agreements in reader.pairs("?a citypact:brokers ?b").items():
        for iri in agreements:
            if iri in reader.agreements:
                how = tuple(sorted(ways[broker, iri])) or ("brokers",)
                yield Brokering(broker, iri, tuple(reader.agreements[iri].parties), how)


def _things(
    reader: NetworkReader, kind: str, names: Sequence[str]
) -> dict[str, dict[str, list[str]]]:
    """The values of the properties of each thing of a class."""
    known = sorted(reader.pairs(f"?a a citypact:{kind} ; a ?b"))
    values = {name: reader.pairs(f"?a a citypact:{kind} ; citypact:{name} ?b") for name in names}
    return {
        iri: {name: found[iri] for name, found in values.items() if iri in found}
        for iri in known
        if reader.has_begun(iri) or _passes(reader, values.get("underAgreement", {}).get(iri, []))
    }


def _passes(reader: NetworkReader, agreements: Iterable[str]) -> bool:
    """Whether one of the agreements, which a thing is under, passes the filter."""
    return any(iri in reader.agreements for iri in agreements)


def _policies(study: Study, reader: NetworkReader) -> Iterable[tuple[str, str, str]]:
    rows = study.store.solutions(named_query("policies-shown-and-transferred").text)
    found = {(row["policy"].value, short(row["how"].value), row["by"].value) for row in rows}
    for policy, how, by in sorted(found):
        if reader.chosen.as_of is None or reader.has_begun(by):
            yield policy, how, by


def _help(reader: NetworkReader, stages: dict[str, list[str]]) -> Iterable[Help]:
    agreements = [iri + "/" for iri in reader.agreements]
    rows = reader.ask(
        "?provision citypact:performedBy ?who ; citypact:concernsSolution ?solution . "
        "?owner citypact:operates ?solution . FILTER(?who != ?owner)"
    )
    names = ("who", "provision", "solution", "owner")
    for who, provision, solution, owner in sorted(
        tuple(row[name].value for name in names) for row in rows
    ):
        if any(provision.startswith(iri) for iri in agreements):
            yield Help(who, provision, solution, owner, tuple(stages.get(provision, ())))


# Tables


def brokers(study: Study, found: Records) -> Table:
    """Who brought the parties of which agreement together."""
    rows = [
        {
            **_named(study, each.broker),
            "agreement_id": each.agreement,
            **_texts(study, "agreement", [each.agreement]),
            **_texts(study, "parties", each.parties),
            **texts("how", joined(*(say.HOW[way] for way in each.how))),
        }
        for each in found.brokering
    ]
    return Table(
        "brokerage-brokers",
        "기록된 중개",
        "Brokers on record",
        (
            *LABEL,
            Column("agreement_id", "text", "협정(IRI)", "Agreement (IRI)"),
            *in_both("agreement", "협정", "Agreement"),
            *in_both("parties", "이어진 당사자", "Parties brought together"),
            *in_both("how", "방법", "How"),
        ),
        ("id", "agreement_id"),
        rows,
    )


def transfers(study: Study, found: Records) -> Table:
    """Transfers of policies: who to whom, and on whose proposal and request."""
    rows = [
        {
            **_named(study, iri),
            **{
                key: text
                for name in (*PARTS, "underAgreement", "stage")
                for key, text in _texts(study, name, parts.get(name, ())).items()
            },
        }
        for iri, parts in found.transfers.items()
    ]
    return Table(
        "brokerage-transfers",
        "정책 이전",
        "Policy transfers",
        (
            *LABEL,
            *in_both("provider", "제공", "Provider"),
            *in_both("recipient", "수혜", "Recipient"),
            *in_both("transfers", "정책", "Policy"),
            *in_both("proposedBy", "제안", "Proposed by"),
            *in_both("requestedBy", "요청", "Requested by"),
            *in_both("decidedBy", "협의·결정", "Decided by"),
            *in_both("underAgreement", "협정", "Under"),
            *in_both("stage", "단계", "Stage"),
        ),
        ("id",),
        rows,
    )


def policies(study: Study, found: Records) -> Table:
    """Where policies were shown, visited, taken as model or meant to be passed on."""
    owners = NetworkReader(study.store, study.chosen).pairs("?a citypact:ownedBy ?b")
    rows = [
        {
            **_named(study, policy),
            **_texts(study, "owner", owners.get(policy, ())),
            "how_id": how,
            **_texts(study, "how", [NS + how]),
            "by_id": by,
            **_texts(study, "by", [by]),
            **_texts(study, "stage", found.stages.get(by, ())),
        }
        for policy, how, by in found.policies
    ]
    return Table(
        "brokerage-policies",
        "소개되고 견학되고 이전되는 정책",
        "Policies shown, visited, used or passed on",
        (
            *LABEL,
            *in_both("owner", "보유", "Owner"),
            Column("how_id", "text", "관계(코드)", "How (code)"),
            *in_both("how", "관계", "How"),
            Column("by_id", "text", "무엇을 통해(IRI)", "By (IRI)"),
            *in_both("by", "무엇을 통해", "By"),
            *in_both("stage", "단계", "Stage"),
        ),
        ("id", "how_id", "by_id"),
        rows,
    )


def proposals(study: Study, found: Records) -> Table:
    """What was expected, proposed, invited or requested: who put it to whom."""
    names = ("modality", "putBy", "addressedTo", "concerns")
    rows = [
        {
            **_named(study, iri),
            **{
                key: text
                for name in names
                for key, text in _texts(study, name, parts.get(name, ())).items()
            },
        }
        for iri, parts in found.prospects.items()
    ]
    return Table(
        "brokerage-proposals",
        "제안·요청·초청·기대(내용은 사실이 아님)",
        "Proposals, requests, invitations, expectations (the content is no fact)",
        (
            *LABEL,
            *in_both("modality", "양상", "How"),
            *in_both("putBy", "말한 쪽", "Put by"),
            *in_both("addressedTo", "상대", "Put to"),
            *in_both("concerns", "대상", "Concerning"),
        ),
        ("id",),
        rows,
    )


def _named(study: Study, iri: str) -> dict[str, Any]:
    return {"id": iri, **texts("label", study.names.both(iri))}


def _texts(study: Study, stem: str, iris: Iterable[str]) -> dict[str, str]:
    """The names of things as one text in each language; nothing for none."""
    known = [study.names.both(iri) for iri in iris]
    return texts(stem, joined(*known, ko=" · ", en=" · ")) if known else {}


__all__ = [
    "Brokering",
    "Help",
    "Records",
    "brokers",
    "policies",
    "proposals",
    "records",
    "transfers",
]
