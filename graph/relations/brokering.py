"""What documents record of brokers, policy transfers, and who proposed or requested what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.provenance.named_queries import named_query
from citypact.graph.rdf.terms import short
from citypact.graph.store.base import Store

TRANSFER = {
    "provider": "provider",
    "recipient": "recipient",
    "transfers": "transfers",
    "proposed_by": "proposedBy",
    "requested_by": "requestedBy",
    "decided_by": "decidedBy",
    "under_agreement": "underAgreement",
    "stage": "stage",
}
"""The properties of a policy transfer, by the columns that show them."""
PROSPECT = {
    "modality": "modality",
    "put_by": "putBy",
    "addressed_to": "addressedTo",
    "concerns": "concerns",
}
"""The properties of a prospect, by the columns that show them."""

Things = Mapping[str, Mapping[str, Sequence[str]]]
"""The IRIs of the values of things, by the thing and the column."""


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
class PolicyMention:
    """A policy or system, the property by which a thing speaks of it, and that thing."""

    policy: str
    how: str
    by: str


@dataclass(frozen=True)
class ImplementationRole:
    """A provision by which a body acts where another runs the fund or system; stages: codes."""

    actor: str
    provision: str
    owner: str
    stages: tuple[str, ...]

    @property
    def details(self) -> tuple[str, ...]:
        """What the answer puts in brackets: the owner and the stages."""
        return (self.owner, *self.stages)


@dataclass(frozen=True)
class Records:
    """Everything on record. stages: of events and provisions; agreements: how many there are."""

    brokering: Sequence[Brokering]
    transfers: Things
    prospects: Things
    policies: Sequence[PolicyMention]
    roles: Sequence[ImplementationRole]
    stages: Mapping[str, Sequence[str]]
    owners: Mapping[str, Sequence[str]]
    agreements: int


def records(store: Store, chosen: Filter) -> Records:
    """Everything on record; with a day, only what is known to have begun by then."""
    # What an announced agreement plans is on record as planned, though it makes no tie.
    reader = NetworkReader.of(store, replace(chosen, prospects=True))
    stages = reader.pairs("?a citypact:stage ?b")
    return Records(
        list(_brokering(reader)),
        _things(reader, "PolicyTransfer", TRANSFER),
        _things(reader, "Prospect", PROSPECT),
        list(_policies(reader)),
        list(_roles(reader, stages)),
        stages,
        reader.pairs("?a citypact:ownedBy ?b"),
        len(reader.agreements),
    )


def _brokering(reader: NetworkReader) -> Iterator[Brokering]:
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


def _things(reader: NetworkReader, kind: str, properties: Mapping[str, str]) -> Things:
    """The values of the properties of each thing of a class that passes the filter."""
    values = {
        column: reader.pairs(f"?a a citypact:{kind} ; citypact:{name} ?b")
        for column, name in properties.items()
    }
    agreements = values.get("under_agreement", {})
    return {
        iri: {column: known[iri] for column, known in values.items() if iri in known}
        for iri in sorted(reader.pairs(f"?a a citypact:{kind} ; a ?b"))
        if reader.has_begun(iri) or _passes(reader, agreements.get(iri, []))
    }


def _passes(reader: NetworkReader, agreements: Iterable[str]) -> bool:
    return any(iri in reader.agreements for iri in agreements)


def _policies(reader: NetworkReader) -> Iterator[PolicyMention]:
    rows = reader.store.solutions(named_query("policies-shown-and-transferred").text)
    mentions = {(row["policy"].value, short(row["how"].value), row["by"].value) for row in rows}
    for policy, how, by in sorted(mentions):
        if reader.chosen.as_of is None or reader.has_begun(by):
            yield PolicyMention(policy, how, by)


def _roles(reader: NetworkReader, stages: dict[str, list[str]]) -> Iterator[ImplementationRole]:
    agreements = tuple(f"{iri}/" for iri in reader.agreements)
    rows = reader.ask(
        "?provision citypact:performedBy ?who ; citypact:concernsSolution ?solution . "
        "?owner citypact:operates ?solution . FILTER(?who != ?owner)"
    )
    names = ("who", "provision", "solution", "owner")
    for who, provision, _, owner in sorted(
        tuple(row[name].value for name in names) for row in rows
    ):
        if provision.startswith(agreements):
            yield ImplementationRole(who, provision, owner, tuple(stages.get(provision, ())))


__all__ = ["Brokering", "ImplementationRole", "PolicyMention", "Records", "records"]
