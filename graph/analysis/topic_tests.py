"""Who cooperates on what: all that agreements, their topics and their parties are tested for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from citypact.graph.analysis.co_occurrence import CoOccurrence, co_occurrences
from citypact.graph.analysis.draws import until_decided
from citypact.graph.analysis.profiles import Leaning, Profile, leanings, profiles
from citypact.graph.analysis.significance import LEVEL
from citypact.graph.analysis.topics import Pair, TopicData, grouped, together, without_repeats
from citypact.ontology.errors import Message

LEAST = 2
"""Agreements that a partner needs to be compared."""
LEAST_OF_KIND = 5
"""Agreements that actors of a kind need together to be compared."""
LEAST_OF_TOPIC = 10
"""Agreements that a topic needs for its pairs to be tested."""
LEAST_OF_FIELD = 5
"""The same for broad fields."""

ByTopic = Mapping[Any, Collection[str]]


@dataclass(frozen=True)
class PairTests:
    """Pairs of topics, or of broad fields, against the null model that preserves totals.

    again: the same pairs without documents read in full and without repeated agreements.
    """

    pairs: Sequence[CoOccurrence]
    again: Mapping[tuple[str, str], CoOccurrence]

    @property
    def significant(self) -> list[CoOccurrence]:
        return [pair for pair in self.pairs if pair.p <= LEVEL]

    @property
    def lost(self) -> list[CoOccurrence]:
        """Significant pairs that are no longer so, or now on the other side, in `again`."""
        return [pair for pair in self.significant if not self._stays(pair)]

    def _stays(self, pair: CoOccurrence) -> bool:
        again = self.again.get((pair.one, pair.other))
        return again is not None and again.p <= LEVEL and again.z * pair.z > 0


@dataclass(frozen=True)
class TopicFindings:
    """What is found of agreements, their topics and their parties.

    data: of all documents; rest: without those read in full. dropped: how many agreements go with
    these and as repeats. topics, fields: pairs against the null model that keeps totals exactly;
    pairs: against the bipartite configuration model. partners: what they cooperate on. kinds,
    leaning: kinds of partners, and partners, against the null model.
    """

    data: TopicData
    rest: TopicData
    dropped: int
    topics: PairTests
    fields: PairTests
    pairs: Sequence[Pair]
    partners: Sequence[Profile]
    kinds: Sequence[Leaning]
    leaning: Sequence[Leaning]


def topic_findings(
    data: TopicData,
    rest: TopicData,
    dates: Mapping[str, str],
    draws: int,
    seed: int,
    cluster: str = "",
    progress: Callable[[str], None] = lambda step: None,
    most: int = 0,
) -> TopicFindings:
    """Tests which topics go together, and which partners and kinds of partners lean to which.

    rest: the same without the documents read in full. dates: of agreements, by their short names.
    draws: two at least; most: so many at most, while a test is undecided; cluster, progress: as in
    `graph.analysis.draws.draw`.
    """
    chance = (seed, cluster, progress)

    def is_enough(found: Sequence[CoOccurrence | Leaning]) -> bool:
        return all(each.is_decided for each in found)

    def pairs_of(by_topic: ByTopic, least: int, only: Collection[str] = ()) -> list[CoOccurrence]:
        return until_decided(
            draws,
            most,
            lambda draws: co_occurrences(by_topic, least, draws, *chance, only),
            is_enough,
        )

    def pair_tests(step: Message, whole: ByTopic, part: ByTopic, least: int) -> PairTests:
        progress(step)
        pairs = pairs_of(whole, least)
        only = {topic for pair in pairs for topic in (pair.one, pair.other)}
        again = pairs_of(part, 1, only) if only else []
        return PairTests(pairs, {(pair.one, pair.other): pair for pair in again})

    def leanings_of(step: Message, by_actor: ByTopic) -> list[Leaning]:
        progress(step)
        return until_decided(
            draws,
            most,
            lambda draws: leanings(by_actor, data.by_field, draws, *chance),
            is_enough,
        )

    kept = without_repeats(rest.by_topic, dates)
    whole, left = (grouped(each, data.above, is_exclusive=True) for each in (data.by_topic, kept))
    partners = {actor: names for actor, names in data.by_actor.items() if len(names) >= LEAST}
    kinds = {kind: names for kind, names in data.by_kind.items() if len(names) >= LEAST_OF_KIND}
    return TopicFindings(
        data,
        rest,
        len(data.agreements.difference(*kept.values())),
        pair_tests(Message("co-occurrence of topics"), data.by_topic, kept, LEAST_OF_TOPIC),
        pair_tests(Message("co-occurrence of broad fields"), whole, left, LEAST_OF_FIELD),
        together(data.by_topic, LEVEL),
        profiles(partners, data.by_field),
        leanings_of(Message("specialisation of kinds of partners"), kinds),
        leanings_of(Message("specialisation of partners"), partners),
    )


__all__ = [
    "LEAST",
    "LEAST_OF_FIELD",
    "LEAST_OF_TOPIC",
    "PairTests",
    "TopicFindings",
    "topic_findings",
]
