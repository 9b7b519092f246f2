"""What the chapter on chronology works on: ties of the hub with their dates, topics, evidence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.analysis.chronology import year_of
from graph.words import Words, both
from ontology import CODE
from sources.dates import parse_edtf
from sources.values import date_of

if TYPE_CHECKING:
    from graph.report.study import Study


@dataclass(frozen=True)
class Begun:
    """A partnership or an agreement: its IRI, its partners, its date (EDTF, '' where unknown)."""

    iri: str
    partners: tuple[str, ...]
    edtf: str
    kind: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Timeline:
    """The dated ties of the network of actors."""

    study: Study

    @cached_property
    def network(self) -> nx.MultiGraph:
        return self.study.network("actors")

    @cached_property
    def hub(self) -> str:
        """The actor with most partnerships and agreements."""
        count: dict[str, int] = defaultdict(int)
        for one, other, data in self.network.edges(data=True):
            if data.get("relation") in ("partnership", "agreement"):
                count[one] += 1
                count[other] += 1
        return min(count, key=lambda node: (-count[node], node)) if count else ""

    def _things(self, relation: str, kind: str, default: str) -> list[Begun]:
        partners: dict[str, set[str]] = defaultdict(set)
        about: dict[str, dict[str, Any]] = {}
        for one, other, key, data in self.network.edges(keys=True, data=True):
            if data.get("relation") != relation:
                continue
            iri = str(data.get("agreement") or str(key).split(":")[0])
            partners[iri] |= {one, other}
            about[iri] = data
        return [
            Begun(
                iri,
                tuple(sorted(partners[iri] - {self.hub})),
                str(about[iri].get("date", "")),
                str(about[iri].get(kind) or default),
                tuple(filter(None, str(about[iri].get("topics", "")).split("|"))),
            )
            for iri in sorted(about)
        ]

    @cached_property
    def partnerships(self) -> list[Begun]:
        """Partnerships, by relation type (code)."""
        return self._things("partnership", "relation_type", "unknown")

    @cached_property
    def agreements(self) -> list[Begun]:
        """Agreements, by form (code; the first where a document has several)."""
        found = self._things("agreement", "form", "unknown")
        return [Begun(a.iri, a.partners, a.edtf, a.kind.split("|")[0], a.topics) for a in found]

    @cached_property
    def evidence(self) -> dict[str, date]:
        """The last day for which anything speaks of each partner of the hub: ties and documents.

        The latest day that a date allows: of ties, and of the publication of documents behind them.
        """
        published = self._published()
        found: dict[str, date] = {}
        partners = {node for thing in self.partnerships for node in thing.partners}
        for edge, documents in self.study.documents("actors").items():
            data = self.network.get_edge_data(*edge[:2], edge[2])
            dates = [latest(str(data.get("date", "")))] if data else []
            dates += [published.get(iri) for iri in documents]
            known = [day for day in dates if day is not None]
            for node in partners.intersection(edge[:2]):
                if known:
                    found[node] = max([*known, *([found[node]] if node in found else [])])
        return dict(sorted(found.items()))

    def _published(self) -> dict[str, date]:
        rows = self.study.store.solutions("SELECT * WHERE { ?document citypact:publishedOn ?day }")
        days: dict[str, date] = {}
        for row in rows:
            day = latest(date_of(row["day"].value))
            if day is not None:
                known = days.get(row["document"].value)
                days[row["document"].value] = max(day, known) if known else day
        return days

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
        if code == "unknown":
            return both("종류 미상", "kind unknown")
        names = self.study.names
        iri = f"{CODE}{scheme}/{code}"
        return both(names.label(iri, "ko"), names.label(iri, "en"))


def latest(edtf: str) -> date | None:
    """The last day that a date allows; None where it is unknown or open."""
    return parse_edtf(edtf).latest if edtf else None


def year(thing: Begun) -> int | None:
    """The year in which a thing began, where it is known."""
    return year_of(thing.edtf)


__all__ = ["Begun", "Timeline", "latest", "year"]
