"""Partnerships and agreements of a network of actors with their dates, and measures of them."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import networkx as nx

from citypact.graph.analysis.chronology import Spread, Timing, chains, spread, timings
from citypact.graph.analysis.tempo import (
    Missing,
    decade_of,
    is_before,
    possible_years,
    year_of,
)
from citypact.graph.analysis.topics import tops
from citypact.graph.networks.reader import NetworkReader
from citypact.ontology import ID
from citypact.sources.reading.edtf import parse_edtf

UNKNOWN = "unknown"
KINDS = {"partnership": "relation_type", "agreement": "form"}
"""The attribute of an edge that has the codes of its kinds, by its relation."""


@dataclass(frozen=True)
class DatedTie:
    """A partnership or an agreement.

    partners: who is in it, the hub and its offices left out. edtf: its date, '' where unknown.
    kinds: codes of its relation type or of its forms. topics: IRIs.
    """

    iri: str
    partners: tuple[str, ...]
    edtf: str
    kinds: tuple[str, ...]
    topics: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """The year in which it began, where it is known."""
        return year_of(self.edtf)

    @property
    def decade(self) -> int | None:
        """The first year of the decade in which it began, where it is known."""
        return decade_of(self.edtf)


@dataclass(frozen=True)
class TieTimeline:
    """The partnerships and agreements of a network of actors (`networks.actors`).

    on_any_day: the same network without the day of the filter, which excludes everything undated;
    `network` itself if there is no day. If one actor has more than half of all ties there, as where
    a graph is collected around one city, its side (it and its offices) is `own`, and only what that
    side is in counts; else all counts.
    """

    network: nx.MultiGraph
    on_any_day: nx.MultiGraph

    @cached_property
    def hub(self) -> str:
        """The actor that is in more than half of partnerships and agreements; '' where none is."""
        ties = [tie for relation in KINDS for tie in _ties(self.on_any_day, relation)]
        count = Counter(party for tie in ties for party in tie.partners)
        most = min(count, key=lambda node: (-count[node], node)) if count else ""
        return most if 2 * count[most] > len(ties) else ""

    @cached_property
    def own(self) -> frozenset[str]:
        """The hub and the offices below it."""
        if not self.hub:
            return frozenset()
        offices = nx.Graph(
            (one, other)
            for one, other, relation in self.network.edges(data="relation")
            if relation == "office"
        )
        offices.add_node(self.hub)
        return frozenset(nx.node_connected_component(offices, self.hub))

    @cached_property
    def partnerships(self) -> list[DatedTie]:
        """Partnerships, by relation type (code)."""
        return self._of_own("partnership")

    @cached_property
    def agreements(self) -> list[DatedTie]:
        """Agreements, by their forms (codes)."""
        return self._of_own("agreement")

    @cached_property
    def elsewhere(self) -> int:
        """Agreements in which the hub's side has no part, as those of city networks."""
        return len(_ties(self.network, "agreement")) - len(self.agreements)

    @cached_property
    def left_out(self) -> tuple[int, int]:
        """Partnerships and agreements that the day excludes because their year is unknown."""
        if self.on_any_day is self.network:
            return 0, 0
        whole = TieTimeline(self.on_any_day, self.on_any_day)
        return _without_year(whole.partnerships), _without_year(whole.agreements)

    @cached_property
    def partners(self) -> list[str]:
        """All who have a partnership, sorted."""
        return sorted({node for tie in self.partnerships for node in tie.partners})

    @cached_property
    def agreement_years(self) -> dict[str, list[int | None]]:
        """By partner the years of its agreements."""
        found: dict[str, list[int | None]] = defaultdict(list)
        for agreement in self.agreements:
            for partner in agreement.partners:
                found[partner].append(agreement.year)
        return dict(sorted(found.items()))

    def _of_own(self, relation: str) -> list[DatedTie]:
        return [
            replace(tie, partners=tuple(node for node in tie.partners if node not in self.own))
            for tie in _ties(self.network, relation)
            if not self.own or self.own.intersection(tie.partners)
        ]


def _ties(network: nx.MultiGraph, relation: str) -> list[DatedTie]:
    """All of a relation, with all their parties."""
    parties: dict[str, set[str]] = defaultdict(set)
    about: dict[str, dict[str, Any]] = {}
    for one, other, key, data in network.edges(keys=True, data=True):
        if data.get("relation") == relation:
            iri = str(data.get("agreement") or f"{ID}{str(key).split(':')[0]}")
            parties[iri] |= {one, other}
            about[iri] = data
    return [
        DatedTie(
            iri,
            tuple(sorted(parties[iri])),
            str(about[iri].get("date", "")),
            tuple(_listed(about[iri].get(KINDS[relation]))) or (UNKNOWN,),
            tuple(f"{ID}topic/{name}" for name in _listed(about[iri].get("topics"))),
        )
        for iri in sorted(about)
    ]


def _without_year(ties: Sequence[DatedTie]) -> int:
    """How many have no date, or one of which not even the last year that it may be is known."""
    return sum(not tie.edtf or parse_edtf(tie.edtf).beginning.end is None for tie in ties)


def _listed(value: Any) -> list[str]:
    return [each for each in str(value or "").split("|") if each]


@dataclass(frozen=True)
class CommonKind:
    """The most frequent known kind of some ties (code), and how many of them have it."""

    kind: str
    number: int
    of: int


def kinds_by_frequency(ties: Iterable[DatedTie]) -> list[tuple[str, int]]:
    """Known kinds (codes) with the number of ties that have each, the most frequent first."""
    counts = Counter(kind for tie in ties for kind in tie.kinds if kind != UNKNOWN)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def common_kinds(
    ties: Sequence[DatedTie], year: int, missing: Missing = "left out"
) -> tuple[CommonKind, CommonKind] | None:
    """The most frequent kinds before a year and from it on; None where one period has none.

    missing: what becomes of ties of unknown year (`graph.analysis.tempo.is_before`).
    """
    sides = [(tie, is_before(tie.edtf, year, missing)) for tie in ties]
    early = [tie for tie, before in sides if before]
    late = [tie for tie, before in sides if before is False]
    first, last = kinds_by_frequency(early), kinds_by_frequency(late)
    if not first or not last:
        return None
    return CommonKind(*first[0], len(early)), CommonKind(*last[0], len(late))


def topic_spreads(ties: Iterable[DatedTie]) -> list[Spread]:
    """How each topic spread over partners, by ties of known years."""
    return spread(
        (topic, partner, tie.year)
        for tie in ties
        if tie.year is not None
        for topic in tie.topics
        for partner in tie.partners
    )


def with_years(ties: Sequence[DatedTie], missing: Missing) -> list[DatedTie]:
    """The ties, those of unknown year as old or as new as they may be.

    A tie without any bound is of the first or the last year of all.
    """
    known = [tie.year for tie in ties if tie.year is not None]
    if not known:
        return list(ties)
    ends = (min(known), max(known))
    found = []
    for tie in ties:
        first, last = possible_years(tie.edtf)
        year = (first or ends[0]) if missing == "old" else (last or ends[1])
        found.append(tie if tie.year is not None else replace(tie, edtf=f"{year:04}"))
    return found


def median_of_years(ties: Sequence[DatedTie]) -> float | None:
    """The median year of ties, of those that have one."""
    years = [tie.year for tie in ties if tie.year is not None]
    return float(statistics.median(years)) if years else None


def field_timings(
    ties: Iterable[DatedTie], broader: Mapping[str, Sequence[str]], draws: int, seed: int
) -> list[Timing]:
    """Broad fields by the mean year of the ties that cover them, the earliest first.

    broader: by topic those above it. Ties without a known year or without topics are left out.
    """
    years = {tie: tie.year for tie in ties if tie.topics and tie.year is not None}
    above = tops({topic for tie in years for topic in tie.topics}, broader)
    covering: dict[str, set[DatedTie]] = defaultdict(set)
    for tie in years:
        for topic in tie.topics:
            for field in above[topic]:
                covering[field].add(tie)
    return timings(years, covering, draws, seed)


def one_a_day(ties: Iterable[DatedTie]) -> list[DatedTie]:
    """Ties of which those that began on the same day are one, with the topics of all.

    Agreements that are signed together are not independent of each other. Ties whose day is not
    known stay as they are.
    """
    found: dict[str, DatedTie] = {}
    for tie in ties:
        date = parse_edtf(tie.edtf) if tie.edtf else None
        day = tie.edtf if date and date.begin and date.begin == date.end else tie.iri
        known = found.get(day)
        topics = dict.fromkeys([*known.topics, *tie.topics]) if known else tie.topics
        found[day] = replace(known or tie, topics=tuple(topics))
    return list(found.values())


def successions(reader: NetworkReader) -> list[tuple[str, ...]]:
    """Chains of things that replace or continue each other, all begun by the reader's day."""
    follows: dict[str, list[str]] = defaultdict(list)
    for name in ("supersedes", "buildsOn"):
        for new, olds in reader.pairs(f"?a citypact:{name} ?b").items():
            if reader.has_begun(new):
                follows[new] += filter(reader.has_begun, olds)
    return chains(follows)


def median_year(network: nx.Graph, relation: str = "partnership") -> float | None:
    """The median year in which ties of a relation began, of those that have one."""
    years = [
        year
        for *_, data in network.edges(data=True)
        if data.get("relation") == relation
        and (year := year_of(str(data.get("date", "")))) is not None
    ]
    return float(statistics.median(years)) if years else None


def sister_share(network: nx.Graph) -> float | None:
    """The share of sister cities among partnerships of a known kind."""
    kinds = [
        data["relation_type"]
        for *_, data in network.edges(data=True)
        if data.get("relation") == "partnership" and data.get("relation_type")
    ]
    return kinds.count("sister-city") / len(kinds) if kinds else None


def renewed_share(network: nx.Graph) -> float | None:
    """The share of pairs with an agreement that have more than one."""
    pairs: Counter[tuple[Any, ...]] = Counter()
    for one, other, data in network.edges(data=True):
        if data.get("relation") == "agreement":
            pairs[tuple(sorted((one, other)))] += 1
    return sum(count > 1 for count in pairs.values()) / len(pairs) if pairs else None


__all__ = [
    "UNKNOWN",
    "CommonKind",
    "DatedTie",
    "TieTimeline",
    "common_kinds",
    "field_timings",
    "kinds_by_frequency",
    "median_of_years",
    "median_year",
    "one_a_day",
    "renewed_share",
    "sister_share",
    "successions",
    "topic_spreads",
    "with_years",
]
