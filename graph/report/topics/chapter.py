"""The chapter on topics: who cooperates on what, and which topics occur in the same agreements."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.co_occurrence import CoOccurrence
from citypact.graph.analysis.countries import countries
from citypact.graph.analysis.draws import until_decided
from citypact.graph.analysis.partner_topics import without_documents
from citypact.graph.analysis.profiles import Leaning, Profile, advantage
from citypact.graph.analysis.significance import LEVEL
from citypact.graph.analysis.topic_tests import (
    LEAST,
    LEAST_OF_FIELD,
    LEAST_OF_TOPIC,
    PairTests,
    TopicFindings,
    topic_findings,
)
from citypact.graph.analysis.topics import (
    TopicData,
    share_in_one_agreement,
    share_of_group,
    topics_per_agreement,
)
from citypact.graph.analysis.wealth import FieldByWealth, fields_by_wealth
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.networks.agreement_topics import (
    agreement_topics,
    documents_of_topics,
    read_in_full,
)
from citypact.graph.networks.country_codes import country_codes
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.rdf.terms import short
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.table import DataTable
from citypact.graph.text.bilingual import Words, joined

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

NAMED = 5
"""How many of the first fields the answer names, and have their documents named."""
SHOWN = 20
"""How many topics, and how many partners, figures show."""
PAIRS = 10
"""How many pairs of topics, and as many of broad fields, are shown."""

ByTopic = Mapping[str, Collection[str]]


def topics(study: Study) -> Finding:
    """What agreements are about, which topics occur together or apart, and who leans to what.

    A party to half of the agreements or more, such as Seoul in a graph collected around it, is left
    out where partners are compared.
    """
    data = agreement_topics(study.store, study.network("topics"))
    if not data.agreements:
        return Prose(study, "topics", None).finding({})
    closely = read_in_full(study.store)
    stated = documents_of_topics(study.store, data, study.chosen)
    rest = TopicData(without_documents(data.network, stated, closely), data.broader)
    agreements = NetworkReader.of(study.store, study.chosen).agreements
    reader = NetworkReader.of(study.store)
    dates = {short(iri): str(reader.dated(iri).get("date", "")) for iri in sorted(agreements)}
    draws = max(study.draws, 2)  # two give a standard deviation
    chance = (draws, study.seed, study.cluster, study.progress, study.most_draws)
    f = topic_findings(data, rest, dates, *chance)
    wealth = _by_wealth(study, data, draws)
    prose = Prose(
        study,
        "topics",
        f,
        wealth=wealth,
        closely=len(closely),
        agreements=len(agreements),
        least=LEAST,
        named=NAMED,
        level=LEVEL,
    )
    named = {
        topic for topic in data.above if not set(data.fields[:NAMED]).isdisjoint(data.above[topic])
    }
    share = partial(share_of_group, group=data.fields[0], broader=data.broader)
    return prose.finding(
        {
            "seed": study.seed,
            "draws": draws,
            "level": LEVEL,
            "least-agreements-of-topic": LEAST_OF_TOPIC,
            "least-agreements-of-field": LEAST_OF_FIELD,
            "least-agreements-of-partner": LEAST,
            "left-out": study.label(data.centre) if data.centre else "",
        },
        [
            prose.headline("share-of-first-field", "topics", share),
            prose.headline("topics-of-one-agreement", "topics", share_in_one_agreement),
            prose.headline("topics-by-agreement", "topics", topics_per_agreement, unit="topics"),
        ],
        [
            *_tables(study, prose, f),
            prose.table("wealth", wealth),
            _numbers(prose, f, len(agreements)),
        ],
        _figures(study, prose, f),
        study.sources("topics", lambda edge: not named.isdisjoint(edge)),
        # The p-value of the clearest pair is one for all pairs.
        primary=prose.primary_test(f.topics.pairs[0].p, f.topics.pairs[0].draws, sides=1)
        if f.topics.pairs
        else None,
    )


def _by_wealth(study: Study, data: TopicData, draws: int) -> list[FieldByWealth]:
    """Fields with city governments of other countries, by whether the GDP per head of these is at
    least that of the centre's country; none where there is no centre."""
    nodes = study.network("actors").nodes
    codes = country_codes(study.store, study.network("actors"))

    def country(actor: str) -> str:
        return codes.get(str(nodes[actor].get("country", "")), "") if actor in nodes else ""

    home = country(data.centre)
    product = {code: each.gdp_per_head for code, each in countries().items() if each.gdp_per_head}
    if home not in product:
        return []
    is_richer = {
        actor: product[code] >= product[home]
        for actor in data.by_actor
        if data.kind(actor) == "government" and (code := country(actor)) in product and code != home
    }
    test = partial(fields_by_wealth, data.by_actor, is_richer, data.by_field, seed=study.seed)
    return until_decided(
        draws, study.most_draws, test, lambda found: all(each.is_decided for each in found)
    )


def _numbers(prose: Prose, f: TopicFindings, agreements: int) -> DataTable:
    """Numbers of the answer that are in no other table."""
    return prose.counts(
        {
            "agreements": agreements,
            "with-topics": len(f.data.agreements),
            "topics": len(f.data.topics),
            "single": f.data.single,
            "topic-pairs": len(f.topics.pairs),
            "field-pairs": len(f.fields.pairs),
            "pairs": len(f.pairs),
            "topics-per-agreement": f.data.mean,
            "topics-per-agreement-without": f.rest.mean,
        }
    )


def _tables(study: Study, prose: Prose, f: TopicFindings) -> list[DataTable]:
    data = f.data

    def counts(iri: str, names: Collection[str], rest: ByTopic) -> dict[str, Any]:
        return {
            "id": iri,
            "agreements": len(names),
            "partners": sum(not mine.isdisjoint(names) for mine in data.by_actor.values()),
            "without_closely_read": len(rest.get(iri, ())),
        }

    def tested(name: str, tests: PairTests, least: int) -> DataTable:
        rows = []
        for pair in tests.pairs:
            again = tests.again.get((pair.one, pair.other))
            repeated = {f"{key}_again": getattr(again, key, None) for key in ("together", "z", "p")}
            rows.append((repeated, pair))
        return prose.table(name, rows, least=str(least))

    def leaning_of(each: Leaning, **more: Any) -> tuple[Any, ...]:
        return {"id": each.node, "field": each.group, **more}, each

    def profile_of(each: Profile) -> dict[str, Any]:
        more = {"id": each.node, "fields": len(each.counts), "kind": data.kind(each.node)}
        row = asdict(each) | more
        return row if each.nearest else row | {"likeness": None}

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
        | {"fields": joined(*map(study.label, data.above[topic]))}
        for topic in data.topics
    ]
    pairs = [
        ({"same_field": not set(data.above[pair.one]).isdisjoint(data.above[pair.other])}, pair)
        for pair in f.pairs
    ]
    kinds = [leaning_of(each, kind=each.node) for each in f.kinds]
    advantages = advantage(data.by_actor, data.by_field)
    leaning = [
        leaning_of(each, advantage=advantages[each.node, each.group])
        for each in f.leaning
        if each.agreements
    ]
    return [
        prose.table("fields", fields),
        prose.table("topics", topics),
        tested("together", f.topics, LEAST_OF_TOPIC),
        tested("together-fields", f.fields, LEAST_OF_FIELD),
        prose.table("pairs", pairs),
        prose.table("kinds", kinds),
        prose.table("profiles", map(profile_of, f.partners), least=str(LEAST)),
        prose.table("advantage", leaning),
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


__all__ = ["topics"]
