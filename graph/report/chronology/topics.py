"""Which topics arrive when: their spread over partners, and which broad fields came late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from citypact.graph.analysis.chronology import Spread, spread
from citypact.graph.analysis.permutation import Difference, difference, holm
from citypact.graph.analysis.topics import tops
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.rdf.terms import short
from citypact.graph.report.chronology.data import Begun, Timeline
from citypact.graph.report.shared.agreement_topics import documents, read, read_closely

SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Timing:
    """The years of the agreements that cover a field, beside those of the other agreements.

    test: means in years and the permutation test; p: corrected for all fields (None without one).
    """

    field: str
    test: Difference
    p: float | None

    @property
    def is_shifted(self) -> bool:
        """Whether the field came earlier or later than chance has it."""
        return self.p is not None and self.p <= SIGNIFICANT


def spreads(line: Timeline) -> list[Spread]:
    """How each topic spread over partners, by agreements of known years."""
    return spread(
        (topic, partner, agreement.year)
        for agreement in line.agreements
        if agreement.year is not None
        for topic in agreement.topics
        for partner in agreement.partners
    )


def timings(line: Timeline, agreements: Sequence[Begun]) -> list[Timing]:
    """Broad fields by the mean year of these agreements, the earliest first.

    Those without a known year or without topics are left out.
    """
    told = [each for each in agreements if each.topics and each.year is not None]
    topics = {topic for each in told for topic in each.topics}
    broader = NetworkReader(line.study.store, Filter()).pairs("?a skos:broader ?b")
    above = tops(topics, broader)
    covering: dict[str, set[int]] = defaultdict(set)
    for index, each in enumerate(told):
        for topic in each.topics:
            for field in above[topic]:
                covering[field].add(index)
    years = [float(each.year or 0) for each in told]
    tests = {
        field: difference(
            [years[index] for index in sorted(indices)],
            [year for index, year in enumerate(years) if index not in indices],
            line.study.draws,
            line.study.seed,
        )
        for field, indices in sorted(covering.items())
    }
    asked = [field for field, test in tests.items() if test.p is not None]
    corrected = dict(zip(asked, holm([tests[field].p or 0.0 for field in asked]), strict=True))
    found = [Timing(field, test, corrected.get(field)) for field, test in tests.items()]
    return sorted(found, key=lambda each: (each.test.first or 0.0, each.field))


def not_closely_read(line: Timeline) -> list[Begun]:
    """The agreements with the topics that other documents give them than those read in full."""
    closely = frozenset(read_closely(line.study))
    known = documents(line.study, read(line.study))

    def is_left(agreement: str, topic: str) -> bool:
        of = known.get((short(agreement), topic))
        return not of or not of <= closely

    return [
        replace(each, topics=tuple(topic for topic in each.topics if is_left(each.iri, topic)))
        for each in line.agreements
    ]


__all__ = ["Timing", "not_closely_read", "spreads", "timings"]
