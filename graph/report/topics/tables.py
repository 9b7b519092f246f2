"""The tables of the chapter on topics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from citypact.graph.analysis.co_occurrence import CoOccurrence
from citypact.graph.analysis.profiles import Leaning
from citypact.graph.report.topics import words as say
from citypact.graph.report.topics.data import LEAST, LEAST_OF_FIELD, LEAST_OF_TOPIC, Found, Material
from citypact.graph.tables.table import ID, Column, Table, in_both, texts
from citypact.graph.text.bilingual import joined

Row = dict[str, Any]
AGREEMENTS = Column("agreements", "integer", "협정", "Agreements")
CLOSELY = Column("without_closely_read", "integer", "전문 문서 제외", "Without texts read in full")
CHANCE = (
    Column("mean", "number", "우연(평균)", "By chance (mean)"),
    Column("deviation", "number", "표준편차", "Deviation"),
    Column("z", "number", "z", "z"),
    Column("p", "number", "보정한 p", "p, corrected"),
)


def fields(found: Found) -> Table:
    """Broad fields."""
    material, rest = found.material, found.rest
    rows = [
        {
            **_named(material, field),
            "agreements": len(names := material.by_field[field]),
            "share": len(names) / len(material.agreements),
            "partners": sum(bool(names & mine) for mine in material.by_actor.values()),
            "topics": sum(field in above for above in material.above.values()),
            "without_closely_read": len(rest.by_field.get(field, ())),
        }
        for field in material.ranked
    ]
    return Table(
        "topics-fields",
        "큰 분야별 협정",
        "Agreements by broad field",
        (
            *_names("분야", "Field"),
            AGREEMENTS,
            Column("share", "number", "비율", "Share"),
            Column("partners", "integer", "상대", "Partners"),
            Column("topics", "integer", "세부 분야", "Topics"),
            CLOSELY,
        ),
        ("id",),
        rows,
    )


def topics(found: Found) -> Table:
    """Topics as documents have them."""
    material, rest = found.material, found.rest
    rows = []
    for topic in sorted(material.by_topic, key=lambda t: (-len(material.by_topic[t]), t)):
        names = material.by_topic[topic]
        above = [material.name(field) for field in material.above[topic]]
        rows.append(
            {
                **_named(material, topic),
                **texts("fields", joined(*above)),
                "agreements": len(names),
                "partners": sum(bool(names & mine) for mine in material.by_actor.values()),
                "without_closely_read": len(rest.by_topic.get(topic, ())),
            }
        )
    return Table(
        "topics-topics",
        "분야별 협정",
        "Agreements by topic",
        (
            *_names("분야", "Topic"),
            *in_both("fields", "큰 분야", "Broad fields"),
            AGREEMENTS,
            Column("partners", "integer", "상대", "Partners"),
            CLOSELY,
        ),
        ("id",),
        rows,
    )


def together(found: Found) -> Table:
    """Pairs of topics beside chance that keeps totals."""
    return _together(
        found.material,
        found.topics,
        found.topics_again,
        "topics-together",
        f"함께 오거나 따로 오는 분야(협정 {LEAST_OF_TOPIC}건 이상)",
        f"Topics that go together or keep apart (of {LEAST_OF_TOPIC} agreements or more)",
    )


def together_in_fields(found: Found) -> Table:
    """The same of broad fields."""
    return _together(
        found.material,
        found.fields,
        found.fields_again,
        "topics-together-fields",
        f"함께 오거나 따로 오는 큰 분야(협정 {LEAST_OF_FIELD}건 이상)",
        f"Broad fields that go together or keep apart (of {LEAST_OF_FIELD} agreements or more)",
    )


def _together(
    material: Material,
    pairs: Sequence[CoOccurrence],
    again: Sequence[CoOccurrence],
    name: str,
    ko: str,
    en: str,
) -> Table:
    repeated = {(each.one, each.other): each for each in again}
    rows = []
    for pair in pairs:
        row = {
            **_named(material, pair.one, "one"),
            **_named(material, pair.other, "other"),
            "together": pair.together,
            **_chance(pair),
        }
        if other := repeated.get((pair.one, pair.other)):
            row |= {"together_again": other.together, "z_again": other.z, "p_again": other.p}
        rows.append(row)
    return Table(
        name,
        ko,
        en,
        (
            *_names("분야", "Topic", "one"),
            *_names("다른 분야", "Other topic", "other"),
            Column("together", "integer", "함께", "Together"),
            *CHANCE,
            Column("together_again", "integer", "추린 뒤 함께", "Together, sifted"),
            Column("z_again", "number", "추린 뒤 z", "z, sifted"),
            Column("p_again", "number", "추린 뒤 보정한 p", "p, sifted"),
        ),
        ("one_id", "other_id"),
        rows,
    )


def pairs(found: Found) -> Table:
    """All pairs of topics that some agreement has, beside the bipartite configuration model."""
    above = found.material.above
    rows = [
        {
            **_named(found.material, pair.one, "one"),
            **_named(found.material, pair.other, "other"),
            "same_field": not set(above[pair.one]).isdisjoint(above[pair.other]),
            "one_alone": pair.one_alone,
            "other_alone": pair.other_alone,
            "together": pair.together,
            "expected": pair.expected,
            "p": pair.p,
            "adjusted": pair.adjusted,
            "lift": pair.lift,
            "jaccard": pair.jaccard,
            "cosine": pair.cosine,
            "relatedness": pair.relatedness,
        }
        for pair in found.pairs
    ]
    return Table(
        "topics-pairs",
        "모든 쌍: 이분 배열 모형과 견준 값, 우연이 가장 적을 것부터",
        "All pairs beside the bipartite configuration model, those least likely by chance first",
        (
            *_names("분야", "Topic", "one"),
            *_names("다른 분야", "Other topic", "other"),
            Column("same_field", "boolean", "같은 큰 분야", "Same field"),
            Column("one_alone", "integer", "앞 분야의 협정", "Agreements on the one"),
            Column("other_alone", "integer", "뒤 분야의 협정", "Agreements on the other"),
            Column("together", "integer", "함께", "Together"),
            Column("expected", "number", "우연이면", "By chance"),
            Column("p", "number", "p", "p"),
            Column("adjusted", "number", "보정한 p", "p, corrected"),
            Column("lift", "number", "향상도", "Lift"),
            Column("jaccard", "number", "자카드", "Jaccard"),
            Column("cosine", "number", "코사인", "Cosine"),
            Column("relatedness", "number", "관련도", "Relatedness"),
        ),
        ("one_id", "other_id"),
        rows,
    )


def kinds(found: Found) -> Table:
    """Kinds of partners and broad fields beside chance."""
    rows = [
        {
            "kind_id": each.node,
            **texts("kind", say.kind(each.node)),
            **_named(found.material, each.group, "field"),
            "agreements": each.agreements,
            "of": each.of,
            **_chance(each),
        }
        for each in found.kinds
    ]
    return Table(
        "topics-kinds",
        "상대의 종류와 큰 분야",
        "Kinds of partners and broad fields",
        (
            Column("kind_id", "text", "종류(코드)", "Kind (code)"),
            *in_both("kind", "상대의 종류", "Kind of partner"),
            *_names("분야", "Field", "field"),
            AGREEMENTS,
            Column("of", "integer", "전체 협정", "Of all"),
            *CHANCE,
        ),
        ("kind_id", "field_id"),
        rows,
    )


def profiles(found: Found) -> Table:
    """Partners with several agreements: how broad, and who is most alike."""
    rows = []
    for profile in found.partners:
        kind = say.kind(str(found.material.network.nodes[profile.node].get("kind", "")))
        row: Row = {
            **_named(found.material, profile.node),
            **texts("kind", kind),
            "agreements": profile.agreements,
            "fields": len(profile.counts),
            "diversity": profile.diversity,
        }
        if profile.nearest is not None:
            row |= {**_named(found.material, profile.nearest, "nearest")}
            row["likeness"] = profile.likeness
        rows.append(row)
    return Table(
        "topics-profiles",
        f"협정이 {LEAST}건 이상인 상대",
        f"Partners with {LEAST} agreements or more",
        (
            *_names("상대", "Partner"),
            *in_both("kind", "종류", "Kind"),
            AGREEMENTS,
            Column("fields", "integer", "큰 분야", "Fields"),
            Column("diversity", "number", "다양성(비트)", "Diversity (bits)"),
            *_names("가장 닮은 상대", "Most alike", "nearest"),
            Column("likeness", "number", "닮음(코사인)", "Likeness (cosine)"),
        ),
        ("id",),
        rows,
    )


def advantage(found: Found) -> Table:
    """What partners with several agreements lean to."""
    rows = [
        {
            **_named(found.material, each.node),
            **_named(found.material, each.group, "field"),
            "agreements": each.agreements,
            "of": each.of,
            "advantage": found.advantages[each.node, each.group],
            **_chance(each),
        }
        for each in found.leaning
        if each.agreements
    ]
    return Table(
        "topics-advantage",
        "상대가 기우는 분야(현시비교우위와 우연)",
        "What partners lean to (revealed comparative advantage, and chance)",
        (
            *_names("상대", "Partner"),
            *_names("분야", "Field", "field"),
            AGREEMENTS,
            Column("of", "integer", "전체 협정", "Of all"),
            Column("advantage", "number", "비교우위", "Advantage"),
            *CHANCE,
        ),
        ("id", "field_id"),
        rows,
    )


def _named(material: Material, iri: str, stem: str = "") -> Row:
    words = material.name(iri)
    key, label = (f"{stem}_id", stem) if stem else ("id", "label")
    return {key: iri, **texts(label, words)}


def _names(ko: str, en: str, stem: str = "") -> tuple[Column, ...]:
    key = Column(f"{stem}_id", "text", f"{ko}(IRI)", f"{en} (IRI)") if stem else ID
    return (key, *in_both(stem or "label", ko, en))


def _chance(found: CoOccurrence | Leaning) -> Row:
    return {"mean": found.mean, "deviation": found.deviation, "z": found.z, "p": found.p}


__all__ = [
    "advantage",
    "fields",
    "kinds",
    "pairs",
    "profiles",
    "together",
    "together_in_fields",
    "topics",
]
