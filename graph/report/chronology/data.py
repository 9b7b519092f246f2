"""What the chapter on chronology works on: partnerships and agreements with their dates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import networkx as nx

from citypact.graph.analysis.tempo import decade_of, year_of
from citypact.graph.text.bilingual import Words, both
from citypact.ontology import CODE, ID
from citypact.sources.reading.edtf import parse_edtf

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Begun:
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
class Timeline:
    """The partnerships and agreements of the network of actors.

    Where one actor has more than half of them, as where a graph is collected around one city, its
    side (it and its offices) is `own`, and only what that side is in counts; else all counts.
    Around whom a graph is collected is asked without the day of the filter, which may leave few
    ties.
    """

    study: Study

    @cached_property
    def network(self) -> nx.MultiGraph:
        return self.study.network("actors")

    @cached_property
    def undated_too(self) -> Timeline:
        """The same without the day of the filter, which lets nothing undated through."""
        if self.study.chosen.as_of is None:
            return self
        return Timeline(replace(self.study, chosen=replace(self.study.chosen, as_of=None)))

    @cached_property
    def hub(self) -> str:
        """The actor that is in more than half of partnerships and agreements; '' where none is."""
        if self.undated_too is not self:
            return self.undated_too.hub
        things = [*self._things("partnership", "relation_type"), *self._things("agreement", "form")]
        count = Counter(party for thing in things for party in thing.partners)
        most = min(count, key=lambda node: (-count[node], node)) if count else ""
        return most if 2 * count[most] > len(things) else ""

    @cached_property
    def own(self) -> frozenset[str]:
        """The hub and the offices below it."""
        found, queue = {self.hub} - {""}, [self.hub] if self.hub else []
        while queue:
            for _, other, data in self.network.edges(queue.pop(), data=True):
                if data.get("relation") == "office" and other not in found:
                    found.add(other)
                    queue.append(other)
        return frozenset(found)

    def _things(self, relation: str, kind: str) -> list[Begun]:
        """All of a relation, with all their parties."""
        parties: dict[str, set[str]] = defaultdict(set)
        about: dict[str, dict[str, Any]] = {}
        for one, other, key, data in self.network.edges(keys=True, data=True):
            if data.get("relation") == relation:
                iri = str(data.get("agreement") or f"{ID}{str(key).split(':')[0]}")
                parties[iri] |= {one, other}
                about[iri] = data
        return [
            Begun(
                iri,
                tuple(sorted(parties[iri])),
                str(about[iri].get("date", "")),
                tuple(filter(None, str(about[iri].get(kind, "")).split("|"))) or (UNKNOWN,),
                tuple(f"{ID}topic/{name}" for name in _listed(about[iri].get("topics"))),
            )
            for iri in sorted(about)
        ]

    def _of_own(self, things: list[Begun]) -> list[Begun]:
        if not self.own:
            return things
        return [
            Begun(
                each.iri,
                tuple(node for node in each.partners if node not in self.own),
                each.edtf,
                each.kinds,
                each.topics,
            )
            for each in things
            if self.own.intersection(each.partners)
        ]

    @cached_property
    def partnerships(self) -> list[Begun]:
        """Partnerships, by relation type (code)."""
        return self._of_own(self._things("partnership", "relation_type"))

    @cached_property
    def agreements(self) -> list[Begun]:
        """Agreements, by their forms (codes)."""
        return self._of_own(self._things("agreement", "form"))

    @cached_property
    def elsewhere(self) -> int:
        """Agreements in which the hub's side has no part, as those of city networks."""
        return len(self._things("agreement", "form")) - len(self.agreements)

    @cached_property
    def left_out(self) -> tuple[int, int]:
        """Partnerships and agreements that the day leaves out as no year of theirs is known."""
        if self.undated_too is self:
            return 0, 0
        whole = self.undated_too
        return _without_year(whole.partnerships), _without_year(whole.agreements)

    @cached_property
    def partners(self) -> list[str]:
        """All who have a partnership, sorted."""
        return sorted({node for thing in self.partnerships for node in thing.partners})

    def name(self, iri: str) -> Words:
        """The short name of an actor; else the label of a thing."""
        data = self.network.nodes.get(iri, {})
        names = self.study.names
        return both(
            *(
                str(data.get(f"label_{spoken}") or names.label(iri, spoken))
                for spoken in ("ko", "en")
            )
        )

    def code(self, scheme: str, code: str) -> Words:
        """The name of a code, such as relation-type sister-city."""
        if code == UNKNOWN:
            return both("종류 미상", "Kind unknown")
        return self.study.names.both(f"{CODE}{scheme}/{code}")


def grown(things: Sequence[Begun], until: int) -> list[tuple[str, int, int]]:
    """Kind, year, and how many of the kind had begun by its end, the most frequent kind first.

    Of every year from the first to `until`; things without a known year are left out.
    """
    by_kind: dict[str, list[int]] = defaultdict(list)
    for thing in things:
        if thing.year is not None:
            for kind in thing.kinds:
                by_kind[kind].append(thing.year)
    first = min((min(years) for years in by_kind.values()), default=until)
    return [
        (kind, year, sum(begun <= year for begun in years))
        for kind, years in sorted(by_kind.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        for year in range(first, max(until, *years) + 1)
    ]


def _without_year(things: Sequence[Begun]) -> int:
    """How many have no date, or one of which not even the last year that it may be is known."""
    return sum(not thing.edtf or parse_edtf(thing.edtf).beginning.end is None for thing in things)


def _listed(value: Any) -> list[str]:
    return [each for each in str(value or "").split("|") if each]


__all__ = ["UNKNOWN", "Begun", "Timeline", "grown"]
