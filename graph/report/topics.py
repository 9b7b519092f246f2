"""The chapter on topics: who cooperates on what, and what goes together beyond chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.analysis.profiles import Profile, advantage, profiles
from graph.analysis.robustness import without
from graph.analysis.topics import (
    Pair,
    agreements_by_actor,
    agreements_by_topic,
    grouped,
    together,
    tops,
)
from graph.export.columns import ID, Column
from graph.export.database import Table
from graph.report import topics_figures as figures
from graph.report.finding import Finding, Headline
from graph.report.numbers import written
from graph.ties import Filter, Reader
from graph.words import Words, both, particle

if TYPE_CHECKING:
    from graph.report.study import Study

NAMED = 5
LEAST = 2
"""Agreements that a partner needs for its leaning to be told."""
TITLE = both("무엇을 함께하는가", "Who cooperates on what")
QUESTION = both(
    "어떤 분야에서 협력하며, 어떤 분야가 한 협정에 함께 오는가? 상대마다 다른가?",
    "On which topics is there cooperation, which go together in agreements, and do partners "
    "differ?",
)
METHOD = [
    both(
        "분야는 협정과 그 조항이 다루는 것이며, 분야 체계를 따라 큰 분야로 모읍니다. 두 큰 분야에 "
        "속한 분야는 둘 다에 세고, 한 협정은 한 큰 분야에 한 번만 셉니다.",
        "Topics are those that agreements and their provisions cover, rolled up along the scheme "
        "to broad fields: a topic of two fields counts in both, an agreement once in a field.",
    ),
    both(
        "한 협정에 함께 오는 분야는 협정과 분야의 이원 네트워크에서 봅니다. 협정마다의 분야 수와 "
        "분야마다의 협정 수를 평균에서 지키는 최대 엔트로피 모형(이분 배열 모형, Saracco 외 "
        "2015)이 주는 수와 견주고, 정확한 푸아송 이항 꼬리 확률을 모든 쌍에 대해 "
        "보정합니다(Benjamini·Hochberg 1995). 향상도는 독립일 때의 몇 배인지, 관련도는 두 조건부 "
        "비율 가운데 작은 것입니다(Hidalgo 외 2007).",
        "What goes together in agreements is seen in the two-mode network of agreements and "
        "topics, beside the bipartite configuration model (Saracco et al. 2015), which keeps the "
        "number of each agreement's topics and of each topic's agreements in the mean. p is the "
        "exact tail of a Poisson binomial, corrected for all pairs (Benjamini and Hochberg 1995). "
        "Lift is together by what independence would give; relatedness the smaller of the two "
        "conditional shares (Hidalgo et al. 2007).",
    ),
    both(
        "상대의 치우침은 현시비교우위(Balassa 1965), 곧 그 상대에서의 몫을 모두에서의 몫으로 나눈 "
        "값입니다. 다양성은 섀넌 엔트로피(비트), 닮음은 큰 분야별 협정 수의 코사인입니다. 거의 "
        "모든 협정의 당사자인 중심은 이 견줌에서 뺍니다.",
        "The leaning of a partner is revealed comparative advantage (Balassa 1965), its share of a "
        "field by that of all; diversity is Shannon's entropy in bits, likeness the cosine of "
        "agreements by field. The hub, party to nearly every agreement, is left out there.",
    ),
]


@dataclass(frozen=True)
class Material:
    """What the chapter works on: the two-mode network, and the fields above topics."""

    study: Study
    network: nx.Graph
    broader: Mapping[str, list[str]]

    @cached_property
    def by_topic(self) -> dict[str, frozenset[str]]:
        return agreements_by_topic(self.network)

    @cached_property
    def by_field(self) -> dict[str, frozenset[str]]:
        return grouped(self.by_topic, tops(self.by_topic, self.broader))

    @cached_property
    def agreements(self) -> int:
        return len({name for names in self.by_topic.values() for name in names})

    @cached_property
    def hub(self) -> str:
        """The actor with most agreements."""
        of = agreements_by_actor(self.network)
        return str(min(of, key=lambda actor: (-len(of[actor]), str(actor))))

    @cached_property
    def by_actor(self) -> dict[str, set[str]]:
        """The agreements of each actor but the hub."""
        return agreements_by_actor(self.network, [self.hub])

    @cached_property
    def ranked(self) -> list[tuple[str, int]]:
        """Fields with their agreements, those with most first."""
        counts = [(field, len(names)) for field, names in self.by_field.items()]
        return sorted(counts, key=lambda pair: (-pair[1], pair[0]))

    def name(self, iri: str) -> Words:
        """The short name of an actor, a topic or a field."""
        data = self.network.nodes.get(iri, {})
        names = self.study.names
        return both(
            *(
                str(data.get(f"label_{spoken}") or names.label(iri, spoken))
                for spoken in ("ko", "en")
            )
        )


def topics(study: Study) -> Finding:
    """What agreements are about, by partner, and which topics go together."""
    network = study.network("topics")
    reader = Reader(study.store, Filter())
    found = Material(study, network, reader.pairs("?a skos:broader ?b"))
    if not found.agreements:
        none = both("분야를 아는 협정이 없습니다.", "No agreement has known topics.")
        return Finding("topics", TITLE, QUESTION, [none], METHOD, {})
    pairs = together(found.by_topic)
    partners = [p for p in profiles(found.by_actor, found.by_field) if p.agreements >= LEAST]
    leaning = advantage(found.by_actor, found.by_field)
    closely = _read_closely(study)
    rest = Material(study, without(network, study.documents("topics"), closely), found.broader)
    field = found.ranked[0][0]
    return Finding(
        "topics",
        TITLE,
        QUESTION,
        _answer(found, rest, pairs, partners, leaning),
        METHOD,
        {"level": 0.05, "least agreements": LEAST},
        [
            Headline(
                "share-of-first-field",
                both(
                    f"{found.name(field)['ko']} 분야를 다루는 협정의 비율",
                    f"Share of agreements on {found.name(field)['en']}",
                ),
                "topics",
                partial(share_of_field, field=field, broader=found.broader),
            ),
            Headline(
                "topics-of-one-agreement",
                both("협정 하나에만 나오는 분야의 비율", "Share of topics in a single agreement"),
                "topics",
                share_of_single,
            ),
            Headline(
                "topics-by-agreement",
                both("협정 하나가 다루는 분야의 평균", "Mean number of topics of an agreement"),
                "topics",
                topics_by_agreement,
            ),
        ],
        [
            _fields_table(found, rest),
            _pairs_table(found, pairs),
            _profiles_table(found, partners),
            _advantage_table(found, leaning),
        ],
        [
            figures.fields(
                [(found.name(f), n, len(rest.by_field.get(f, ()))) for f, n in found.ranked]
            ),
            figures.matrix(*_matrix(found, partners)),
            figures.pairs(
                [
                    (found.name(pair.one), found.name(pair.other), pair.together, pair.expected)
                    for pair in [each for each in pairs if each.together > 1][: figures.PAIRS]
                ]
            ),
        ],
        _cautions(found, closely),
        _sources(study, found),
    )


# Headlines


def share_of_field(
    network: nx.Graph, field: str, broader: Mapping[str, Sequence[str]]
) -> float | None:
    """The share of agreements that cover a broad field."""
    by_topic = agreements_by_topic(network)
    whole = {name for names in by_topic.values() for name in names}
    of = grouped(by_topic, tops(by_topic, broader)).get(field, frozenset())
    return len(of) / len(whole) if whole else None


def share_of_single(network: nx.Graph) -> float | None:
    """The share of topics that one agreement alone covers."""
    counts = [len(names) for names in agreements_by_topic(network).values() if names]
    return counts.count(1) / len(counts) if counts else None


def topics_by_agreement(network: nx.Graph) -> float | None:
    """The mean number of topics of an agreement that has any."""
    by_topic = agreements_by_topic(network)
    whole = {name for names in by_topic.values() for name in names}
    return sum(map(len, by_topic.values())) / len(whole) if whole else None


# In words


def _answer(
    found: Material,
    rest: Material,
    pairs: Sequence[Pair],
    partners: Sequence[Profile],
    leaning: Mapping[tuple[str, str], float],
) -> list[Words]:
    first = found.ranked[:NAMED]
    listed = {
        spoken: ", ".join(f"{found.name(field)[spoken]} ({count})" for field, count in first)
        for spoken in ("ko", "en")
    }
    sure = [pair for pair in pairs if pair.is_validated]
    answer = [
        both(
            f"가장 많은 협정이 다루는 큰 분야는 {listed['ko']}입니다(분야를 아는 협정 "
            f"{found.agreements}건 가운데).",
            f"The broad fields that most agreements cover are {listed['en']}, of "
            f"{found.agreements} agreements with known topics.",
        ),
        _beyond_chance(found, pairs, sure),
    ]
    answer += _leanings(found, partners, leaning)
    order = [field for field, _ in found.ranked[:3]]
    other = [field for field, _ in rest.ranked[:3]]
    if 0 < rest.network.number_of_edges() < found.network.number_of_edges():
        same = "그대로입니다" if order == other else "바뀝니다"
        names = {s: ", ".join(found.name(field)[s] for field in other) for s in ("ko", "en")}
        answer.append(
            both(
                f"전문을 읽은 문서를 빼면 앞선 세 분야는 {same}: {names['ko']}.",
                "Without the documents that were read in full the first three fields "
                f"{'stay' if order == other else 'change to'}: {names['en']}.",
            )
        )
    return answer


def _beyond_chance(found: Material, pairs: Sequence[Pair], sure: Sequence[Pair]) -> Words:
    if not pairs:
        return both("함께 오는 분야가 없습니다.", "No two topics go together.")
    shown = sure[:NAMED] or pairs[:1]
    texts = {
        spoken: "; ".join(
            f"{found.name(pair.one)[spoken]} + {found.name(pair.other)[spoken]} ("
            + {
                "ko": f"함께 {pair.together}건, 우연이면 {written(round(pair.expected, 1))}건",
                "en": f"together {pair.together}, by chance {written(round(pair.expected, 1))}",
            }[spoken]
            + f", p = {written(pair.p)})"
            for pair in shown
        )
        for spoken in ("ko", "en")
    }
    if sure:
        return both(
            f"우연보다 자주 한 협정에 함께 오는 분야는 {len(sure)}쌍입니다: {texts['ko']}.",
            f"{len(sure)} pairs of topics go together in agreements more than chance has it: "
            f"{texts['en']}.",
        )
    return both(
        f"함께 오는 {len(pairs):,}쌍 가운데, 모든 쌍에 대해 보정하면 우연보다 자주 함께 온다고 "
        f"말할 수 있는 쌍은 없습니다. 가장 뚜렷한 쌍은 {texts['ko']}입니다.",
        f"Of {len(pairs):,} pairs that some agreement has, none goes together more than chance has "
        f"it once all pairs are corrected for. The clearest is {texts['en']}.",
    )


def _leanings(
    found: Material, partners: Sequence[Profile], leaning: Mapping[tuple[str, str], float]
) -> list[Words]:
    """What the partners with most agreements lean to; counts stand beside."""
    texts: dict[str, list[str]] = {"ko": [], "en": []}
    for profile in partners[:NAMED]:
        fields = [field for field, count in profile.counts.items() if count >= LEAST]
        if not fields:
            continue
        field = max(fields, key=lambda each: (leaning[profile.node, each], each))
        if leaning[profile.node, field] <= 1:
            continue
        for spoken, into in texts.items():
            into.append(
                f"{found.name(profile.node)[spoken]} – {found.name(field)[spoken]} "
                f"({profile.counts[field]}/{profile.agreements})"
            )
    if not texts["ko"]:
        return []
    return [
        both(
            f"상대마다 기우는 분야가 다릅니다: {', '.join(texts['ko'])} (괄호는 그 분야의 "
            "협정/전체). 다만 상대마다의 협정은 몇 건뿐입니다.",
            f"Partners lean differently: {', '.join(texts['en'])} (in brackets agreements on the "
            "field / in all). Each has but a few agreements.",
        )
    ]


def _cautions(found: Material, closely: Sequence[str]) -> list[Words]:
    return [
        both(
            "분야의 수는 문서를 얼마나 자세히 읽었는지에 달렸습니다. 전문을 읽은 문서는 "
            f"{len(closely)}건뿐이고, 나머지 협정의 분야는 보도가 적은 몇 낱말입니다. 아래 표와 "
            "그림에 전문을 읽은 문서를 뺀 값을 함께 적습니다.",
            f"The number of topics depends on how closely a document was read: {len(closely)} were "
            "read in full, of the other agreements a report names a few. Values without those read "
            "in full stand beside.",
        ),
        both(
            "분야와 그 상하 관계는 편집자의 판단입니다. 다른 체계에서는 다른 쌍이 함께 옵니다.",
            "Topics and what is above them are the editors' judgement: in another scheme other "
            "pairs would go together.",
        ),
        both(
            "나오지 않은 분야에서 협력하지 않는다는 뜻은 아닙니다. 협정은 하려는 일을 말하며, 한 "
            "일을 말하지 않습니다.",
            "A topic that is missing may be cooperated on all the same; agreements tell of what is "
            "meant to be done, not of what was.",
        ),
        both(
            f"{particle(found.name(found.hub)['ko'], '은', '는')} 거의 모든 협정의 당사자라서 "
            "상대의 견줌에서 뺐습니다.",
            f"{found.name(found.hub)['en']} is party to nearly every agreement and is left out "
            "where partners are compared.",
        ),
    ]


def _read_closely(study: Study) -> list[str]:
    """The documents of which the text was read in full: those with a digest."""
    rows = study.store.solutions("SELECT DISTINCT ?d WHERE { ?d citypact:sha256 ?digest }")
    return sorted(row["d"].value for row in rows)


def _sources(study: Study, found: Material) -> list[str]:
    """The documents behind the agreements of the first fields."""
    first = {field for field, _ in found.ranked[:NAMED]}
    above = tops(found.by_topic, found.broader)
    chosen = {topic for topic, fields in above.items() if first.intersection(fields)}
    documents = study.documents("topics")
    return sorted(
        {iri for edge, known in documents.items() if chosen.intersection(edge) for iri in known}
    )


# Tables


def _fields_table(found: Material, rest: Material) -> Table:
    above = tops(found.by_topic, found.broader)
    rows = []
    for field, count in found.ranked:
        names = found.by_field[field]
        words = found.name(field)
        rows.append(
            {
                "id": field,
                "label_ko": words["ko"],
                "label_en": words["en"],
                "agreements": count,
                "share": count / found.agreements,
                "partners": sum(bool(names & mine) for mine in found.by_actor.values()),
                "topics": sum(field in fields for fields in above.values()),
                "without_closely_read": len(rest.by_field.get(field, ())),
            }
        )
    return Table(
        "topics-fields",
        "큰 분야별 협정",
        "Agreements by broad field",
        (
            *_named("분야", "Field"),
            Column("agreements", "integer", "협정", "Agreements"),
            Column("share", "number", "비율", "Share"),
            Column("partners", "integer", "상대", "Partners"),
            Column("topics", "integer", "세부 분야", "Topics"),
            Column(
                "without_closely_read", "integer", "전문 문서 제외", "Without texts read in full"
            ),
        ),
        ("id",),
        rows,
    )


def _named(ko: str, en: str, stem: str = "label", key: str = "id") -> tuple[Column, ...]:
    first = ID if key == "id" else Column(key, "text", f"{ko}(IRI)", f"{en} (IRI)")
    return (first, Column(f"{stem}_ko", "text", ko, en), Column(f"{stem}_en", "text", ko, en))


def _pairs_table(found: Material, pairs: Sequence[Pair]) -> Table:
    rows = [
        {
            "one_id": pair.one,
            "one_ko": found.name(pair.one)["ko"],
            "one_en": found.name(pair.one)["en"],
            "other_id": pair.other,
            "other_ko": found.name(pair.other)["ko"],
            "other_en": found.name(pair.other)["en"],
            "together": pair.together,
            "expected": pair.expected,
            "p": pair.p,
            "adjusted": pair.adjusted,
            "is_validated": pair.is_validated,
            "lift": pair.lift,
            "jaccard": pair.jaccard,
            "relatedness": pair.relatedness,
            "one_alone": pair.one_alone,
            "other_alone": pair.other_alone,
        }
        for pair in pairs
    ]
    return Table(
        "topics-pairs",
        "한 협정에 함께 오는 분야, 우연이 가장 적을 것부터",
        "Topics that go together in agreements, those least likely by chance first",
        (
            *_named("분야", "Topic", "one", "one_id"),
            *_named("다른 분야", "Other topic", "other", "other_id"),
            Column("together", "integer", "함께", "Together"),
            Column("expected", "number", "우연이면", "By chance"),
            Column("p", "number", "p", "p"),
            Column("adjusted", "number", "보정한 p", "p, corrected"),
            Column("is_validated", "boolean", "우연 이상", "Beyond chance"),
            Column("lift", "number", "향상도", "Lift"),
            Column("jaccard", "number", "자카드", "Jaccard"),
            Column("relatedness", "number", "관련도", "Relatedness"),
            Column("one_alone", "integer", "앞 분야의 협정", "Agreements on the one"),
            Column("other_alone", "integer", "뒤 분야의 협정", "Agreements on the other"),
        ),
        ("one_id", "other_id"),
        rows,
    )


def _profiles_table(found: Material, partners: Sequence[Profile]) -> Table:
    rows = []
    for profile in partners:
        words = found.name(profile.node)
        row: dict[str, Any] = {
            "id": profile.node,
            "label_ko": words["ko"],
            "label_en": words["en"],
            "agreements": profile.agreements,
            "fields": len(profile.counts),
            "diversity": profile.diversity,
        }
        if profile.nearest is not None:
            near = found.name(profile.nearest)
            row |= {"nearest_id": profile.nearest, "nearest_ko": near["ko"]}
            row |= {"nearest_en": near["en"], "likeness": profile.likeness}
        rows.append(row)
    return Table(
        "topics-profiles",
        f"협정이 {LEAST}건 이상인 상대",
        f"Partners with {LEAST} agreements or more",
        (
            *_named("상대", "Partner"),
            Column("agreements", "integer", "협정", "Agreements"),
            Column("fields", "integer", "큰 분야", "Fields"),
            Column("diversity", "number", "다양성(비트)", "Diversity (bits)"),
            *_named("가장 닮은 상대", "Most alike", "nearest", "nearest_id"),
            Column("likeness", "number", "닮음", "Likeness"),
        ),
        ("id",),
        rows,
    )


def _advantage_table(found: Material, leaning: Mapping[tuple[str, str], float]) -> Table:
    rows: list[dict[str, Any]] = []
    for (actor, field), value in leaning.items():
        one, other = found.name(actor), found.name(field)
        rows.append(
            {
                "id": actor,
                "label_ko": one["ko"],
                "label_en": one["en"],
                "field_id": field,
                "field_ko": other["ko"],
                "field_en": other["en"],
                "agreements": len(found.by_actor[actor] & found.by_field[field]),
                "advantage": value,
            }
        )
    rows.sort(key=lambda row: (-row["agreements"], -row["advantage"], row["id"], row["field_id"]))
    return Table(
        "topics-advantage",
        "상대가 기우는 분야(현시비교우위)",
        "What partners lean to (revealed comparative advantage)",
        (
            *_named("상대", "Partner"),
            *_named("분야", "Field", "field", "field_id"),
            Column("agreements", "integer", "협정", "Agreements"),
            Column("advantage", "number", "비교우위", "Advantage"),
        ),
        ("id", "field_id"),
        rows,
    )


def _matrix(
    found: Material, partners: Sequence[Profile]
) -> tuple[list[Words], list[Words], list[list[int]]]:
    """Partners, fields, and the agreements of each partner on each field."""
    shown = partners[: figures.PARTNERS]
    fields = [field for field, _ in found.ranked]
    counts = [[profile.counts.get(field, 0) for field in fields] for profile in shown]
    return [found.name(p.node) for p in shown], [found.name(f) for f in fields], counts


__all__ = ["topics"]
