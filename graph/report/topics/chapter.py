"""The chapter on topics: who cooperates on what, and which topics occur in the same agreements."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.co_occurrence import CoOccurrence, co_occurrences
from citypact.graph.analysis.partner_topics import without_documents
from citypact.graph.analysis.profiles import Leaning, Profile, advantage, leanings, profiles
from citypact.graph.analysis.significance import LEVEL
from citypact.graph.analysis.topics import (
    Pair,
    TopicData,
    grouped,
    share_in_one_agreement,
    share_of_group,
    together,
    topics_per_agreement,
    without_repeats,
)
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.rdf.terms import short
from citypact.graph.report.shared.agreement_topics import documents, read, read_closely
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.catalogue import table
from citypact.graph.tables.table import DataTable
from citypact.graph.text.bilingual import Words, joined

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

LEAST = 2
"""Agreements that a partner needs to be compared."""
LEAST_OF_KIND = 5
"""Agreements that actors of a kind need together to be compared."""
LEAST_OF_TOPIC = 10
"""Agreements that a topic needs for its pairs to be tested."""
LEAST_OF_FIELD = 5
"""The same for broad fields."""
NAMED = 5
"""How many of the first fields the answer names, and have their documents named."""
SHOWN = 20
"""How many topics, and how many partners, figures show."""
PAIRS = 10
"""How many pairs of topics, and as many of broad fields, are shown."""

ByTopic = Mapping[str, Collection[str]]


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
    """What the chapter found.

    data: of all documents; rest: without those read in full, whose number is closely. agreements:
    how many there are, with topics or not. dropped: how many of them go with the documents read in
    full and as repeats. topics, fields: pairs against the null model that preserves totals exactly;
    pairs: against the bipartite configuration model. kinds, leaning: kinds of partners, and
    partners, against the null model. mean, mean_of_rest: topics per agreement. single: topics that
    only one agreement covers. validated: how many of `pairs` are significant.
    """

    data: TopicData
    rest: TopicData
    closely: int
    agreements: int
    dropped: int
    topics: PairTests
    fields: PairTests
    pairs: Sequence[Pair]
    partners: Sequence[Profile]
    advantages: Mapping[tuple[str, str], float]
    kinds: Sequence[Leaning]
    leaning: Sequence[Leaning]
    mean: float | None
    mean_of_rest: float | None
    single: int
    validated: int


def topics(study: Study) -> Finding:
    """What agreements are about, which topics occur together or apart, and who leans to what.

    A party to half of the agreements or more, such as Seoul in a graph collected around it, is left
    out where partners are compared.
    """
    data = read(study)
    if not data.agreements:
        return Prose(study, "topics", None).finding({})
    findings = find(study, data)
    prose = Prose(study, "topics", findings, least=LEAST, named=NAMED, level=LEVEL)
    share = partial(share_of_group, group=data.fields[0], broader=data.broader)
    return prose.finding(
        {
            "seed": study.seed,
            "draws": _draws(study),
            "level": LEVEL,
            "least-agreements-of-topic": LEAST_OF_TOPIC,
            "least-agreements-of-field": LEAST_OF_FIELD,
            "least-agreements-of-partner": LEAST,
            "left-out": study.names.label(data.centre, "en") if data.centre else "",
        },
        [
            prose.headline("share-of-first-field", "topics", share),
            prose.headline("topics-of-one-agreement", "topics", share_in_one_agreement),
            prose.headline("topics-by-agreement", "topics", topics_per_agreement, unit="topics"),
        ],
        _tables(study, prose, findings),
        _figures(study, prose, findings),
        _sources(study, findings),
    )


def find(study: Study, data: TopicData) -> TopicFindings:
    """What the chapter says of data with agreements, with the samples and the seed of the study."""
    agreements = NetworkReader(study.store, study.chosen).agreements
    closely = read_closely(study)
    rest = TopicData(without_documents(data.network, documents(study, data), closely), data.broader)
    reader = NetworkReader(study.store, Filter())
    dates = {short(iri): str(reader.dated(iri).get("date", "")) for iri in sorted(agreements)}
    kept = without_repeats(rest.by_topic, dates)
    whole, left = (grouped(each, data.above, is_exclusive=True) for each in (data.by_topic, kept))
    partners = {actor: names for actor, names in data.by_actor.items() if len(names) >= LEAST}
    kinds = {kind: names for kind, names in data.by_kind.items() if len(names) >= LEAST_OF_KIND}
    pairs = together(data.by_topic, LEVEL)
    return TopicFindings(
        data,
        rest,
        len(closely),
        len(agreements),
        len(data.agreements.difference(*kept.values())),
        _pair_tests(study, "topics", data.by_topic, kept, LEAST_OF_TOPIC),
        _pair_tests(study, "broad fields", whole, left, LEAST_OF_FIELD),
        pairs,
        profiles(partners, data.by_field),
        advantage(data.by_actor, data.by_field),
        _leanings(study, "kinds of partners", kinds, data.by_field),
        _leanings(study, "partners", partners, data.by_field),
        topics_per_agreement(data.network, actors=1),
        topics_per_agreement(rest.network, actors=1),
        sum(len(names) == 1 for names in data.by_topic.values()),
        sum(pair.is_validated for pair in pairs),
    )


def _draws(study: Study) -> int:
    """How many samples are drawn: two give a standard deviation."""
    return max(study.draws, 2)


def _pair_tests(study: Study, what: str, whole: ByTopic, kept: ByTopic, least: int) -> PairTests:
    """Pairs in all agreements, and again in those kept."""

    def test(by_topic: ByTopic, least: int, only: Collection[str]) -> list[CoOccurrence]:
        study.progress(f"co-occurrence of {what}")
        return co_occurrences(
            by_topic, least, _draws(study), study.seed, study.cluster, study.progress, only
        )

    pairs = test(whole, least, ())
    only = {topic for pair in pairs for topic in (pair.one, pair.other)}
    again = test(kept, 1, only) if only else []
    return PairTests(pairs, {(pair.one, pair.other): pair for pair in again})


def _leanings(study: Study, what: str, by_actor: ByTopic, by_field: ByTopic) -> list[Leaning]:
    study.progress(f"specialisation of {what}")
    return leanings(by_actor, by_field, _draws(study), study.seed, study.cluster, study.progress)


def _sources(study: Study, f: TopicFindings) -> set[str]:
    """The documents behind the agreements of the first fields."""
    chosen = {
        topic
        for topic, fields in f.data.above.items()
        if not set(f.data.fields[:NAMED]).isdisjoint(fields)
    }
    documents = study.documents("topics")
    return {iri for edge, known in documents.items() if chosen.intersection(edge) for iri in known}


def _tables(study: Study, prose: Prose, f: TopicFindings) -> list[DataTable]:
    data = f.data

    def counts(iri: str, names: Collection[str], rest: ByTopic) -> dict[str, Any]:
        return {
            **study.named(iri),
            "agreements": len(names),
            "partners": sum(not mine.isdisjoint(names) for mine in data.by_actor.values()),
            "without_closely_read": len(rest.get(iri, ())),
        }

    def pair_of(pair: Pair | CoOccurrence) -> dict[str, Any]:
        return asdict(pair) | study.named(pair.one, "one") | study.named(pair.other, "other")

    def tested(name: str, tests: PairTests, least: int) -> DataTable:
        rows = []
        for pair in tests.pairs:
            again = tests.again.get((pair.one, pair.other))
            repeated = {f"{key}_again": getattr(again, key, None) for key in ("together", "z", "p")}
            rows.append(pair_of(pair) | repeated)
        return table(name, rows, least=str(least))

    def leaning_of(each: Leaning) -> dict[str, Any]:
        return asdict(each) | study.named(each.group, "field")

    def profile_of(each: Profile) -> dict[str, Any]:
        row = {**asdict(each), **study.named(each.node), "fields": len(each.counts)}
        row["kind"] = prose.words("kind", data.kind(each.node))
        if each.nearest is None:
            return row | {"likeness": None}
        return row | study.named(each.nearest, "nearest")

    fields = [
        counts(field, data.by_field[field], f.rest.by_field)
        | {
            "share": len(data.by_field[field]) / len(data.agreements),
            "topics": sum(field in above for above in data.above.values()),
        }
        for field in data.fields
    ]
    topics = [
        counts(topic, data.by_topic[topic], f.rest.by_topic)
        | {"fields": joined(*(study.label(field) for field in data.above[topic]))}
        for topic in data.topics
    ]
    pairs = [
        pair_of(pair)
        | {"same_field": not set(data.above[pair.one]).isdisjoint(data.above[pair.other])}
        for pair in f.pairs
    ]
    kinds = [
        leaning_of(each) | {"kind_id": each.node, "kind": prose.words("kind", each.node)}
        for each in f.kinds
    ]
    advantages = [
        leaning_of(each)
        | study.named(each.node)
        | {"advantage": f.advantages[each.node, each.group]}
        for each in f.leaning
        if each.agreements
    ]
    return [
        table("topics-fields", fields),
        table("topics-topics", topics),
        tested("topics-together", f.topics, LEAST_OF_TOPIC),
        tested("topics-together-fields", f.fields, LEAST_OF_FIELD),
        table("topics-pairs", pairs),
        table("topics-kinds", kinds),
        table("topics-profiles", map(profile_of, f.partners), least=str(LEAST)),
        table("topics-advantage", advantages),
    ]


def _figures(study: Study, prose: Prose, f: TopicFindings) -> list[Figure]:
    data, rest = f.data, f.rest
    topics = data.topics[:SHOWN]
    figures = [
        _counts(study, prose, "fields", data.fields, data.by_field, rest.by_field),
        _counts(study, prose, "topics", topics, data.by_topic, rest.by_topic),
    ]
    if f.topics.pairs or f.fields.pairs:
        figures.append(_together(study, prose, f))
    if f.partners:
        figures.append(_matrix(study, prose, f))
    return figures


def _counts(
    study: Study, prose: Prose, name: str, topics: Sequence[str], whole: ByTopic, rest: ByTopic
) -> Figure:
    """Agreements by topic, and without the documents that were read in full."""
    every, some = prose.words("all_documents"), prose.words("without_closely_read")
    rows = [
        {"topic": study.label(topic), "documents": words, "agreements": len(by.get(topic, ()))}
        for topic in topics
        for words, by in ((every, whole), (some, rest))
    ]
    draw = charts.points(
        rows,
        "agreements",
        "topic",
        colour="documents",
        colours={every["en"]: charts.BLUE, some["en"]: charts.ORANGE},
        ring=some["en"],
        size=(400, 0),
        step=24,
    )
    return prose.figure(name, draw)


def _matrix(study: Study, prose: Prose, f: TopicFindings) -> Figure:
    """Agreements by partner and broad field, for partners with several."""
    partners = f.partners[:SHOWN]
    rows = [
        {
            "partner": study.label(each.node),
            "field": study.label(field),
            "agreements": each.counts[field],
        }
        for each in partners
        for field in f.data.fields
        if field in each.counts
    ]
    most = max((count for each in partners for count in each.counts.values()), default=1)
    draw = charts.heatmap(
        rows,
        "field",
        "partner",
        "agreements",
        scale={"scheme": "blues", "domain": [0, most]},
        is_dark=f"datum.agreements > {0.6 * most}",
        x_order=[study.label(field) for field in f.data.fields],
        y_order=[study.label(each.node) for each in partners],
        angle=-40,
        cell=(34, 22),
    )
    return prose.figure("matrix", draw, len(partners))


def _together(study: Study, prose: Prose, f: TopicFindings) -> Figure:
    """Pairs of topics and of broad fields against the null model, those farthest from it."""
    clear, unclear = prose.words("significant"), prose.words("not_significant")

    def row(level: Words, pair: CoOccurrence) -> dict[str, Any]:
        return {
            "level": level,
            "pair": joined(study.label(pair.one), study.label(pair.other), ko=" + ", en=" + "),
            "low": max(0.0, pair.mean - 2 * pair.deviation),
            "high": pair.mean + 2 * pair.deviation,
            "together": pair.together,
            "mean": pair.mean,
            "p": pair.p,
            "verdict": clear if pair.p <= LEVEL else unclear,
        }

    rows = [
        row(prose.words(level), pair)
        for level, tests in (("topics", f.topics), ("fields", f.fields))
        for pair in sorted(tests.pairs[:PAIRS], key=lambda pair: (-pair.z, pair.one, pair.other))
    ]
    draw = charts.intervals(
        rows,
        "pair",
        "low",
        "high",
        value="together",
        mean="mean:.1f",
        colour="verdict",
        colours={clear["en"]: charts.ORANGE, unclear["en"]: charts.BLUE},
        facet="level",
        width=300,
        tooltips=("p=adjusted",),
    )
    return prose.figure("together", draw)


__all__ = ["TopicFindings", "find", "topics"]
