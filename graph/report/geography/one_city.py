"""Geography of one city's partners, where most ties that were collected are its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from citypact.graph.analysis.geography import distances, partners_by
from citypact.graph.analysis.places import Places
from citypact.graph.charts.figure import Figure
from citypact.graph.networks.documents import documents_of_edges
from citypact.graph.report.geography import figures
from citypact.graph.report.geography import one_city_tables as tables
from citypact.graph.report.geography import words as say
from citypact.graph.report.shared.fellow_members import Beside, Fellows, compare, fellows
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.places import places_of
from citypact.graph.report.shared.significance import Verdict, draws_needed, too_few
from citypact.graph.text.bilingual import Words, both
from citypact.graph.text.numbers import written

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study


def around(
    study: Study, network: nx.Graph, where: Places, headlines: Sequence[Headline]
) -> Finding:
    """The finding for the city with most ties: its partners, beside its fellow members."""
    city = min(network, key=lambda node: (-network.degree(node), node))
    ties_in_all = network.number_of_edges()
    network = nx.Graph(sorted(network.edges(city)))
    actors = places_of(study, "actors")
    group = fellows(study, city, actors)
    beside = compare(study, group, actors) if group else []
    ties = study.network("cities").edges(city, data=True)
    documents = documents_of_edges(study.store, study.network("cities"), study.chosen)
    decades = tables.decades(city, ties, where)
    made = [
        tables.distances(network, where, beside),
        tables.continents(network, city, where, actors, group),
        *([tables.likeness(beside)] if beside else []),
        decades,
        tables.partners(study, network, city, where),
    ]
    return Finding(
        "geography",
        say.TITLE,
        say.QUESTION,
        _answer(study, network, city, where, group, beside),
        [say.DISTANCE, say.COUNTRIES, *([say.PERMUTATION] if beside else [])],
        {"seed": study.seed, "draws": study.draws} if beside else {},
        headlines,
        made,
        _figures(study, network, city, where, beside, decades.rows),
        [
            say.star(ties_in_all, len(ties)),
            *_few(beside),
            *_cautions(network, ties, where, group),
        ],
        sorted({iri for sources in documents.values() for iri in sources}),
    )


# In words


def _answer(
    study: Study,
    network: nx.Graph,
    city: str,
    where: Places,
    group: Fellows | None,
    beside: list[Beside],
) -> list[Words]:
    name = study.names.both(city)
    answer = [*_nearness(name, beside), *_reach(name, network, where)]
    counts = partners_by(network, city, where, "continent")
    most = sorted((-number, code) for code, number in counts.items() if code)
    if most:
        ko = ", ".join(f"{say.continent(code)['ko']} {-number:,}곳" for number, code in most)
        en = ", ".join(f"{say.continent(code)['en']} {-number:,}" for number, code in most)
        answer.append(both(f"대륙별 협력 도시: {ko}.", f"Partners by continent: {en}."))
    if group and beside:
        answer.append(
            both(
                f"{name['ko']}도 회원인 도시 네트워크의 외국 회원 가운데 협력 도시는 "
                f"{len(group.partners):,}곳, 그렇지 않은 도시는 {len(group.others):,}곳이며, 이 "
                "둘을 비교했습니다.",
                f"Among the members abroad of the networks that {name['en']} belongs to, "
                f"{len(group.partners):,} are partners and {len(group.others):,} are not; these "
                "two groups are compared.",
            )
        )
        answer += [_comparison(each) for each in beside if each.trait in SPOKEN]
    return answer


def _tests(beside: Sequence[Beside]) -> int:
    return sum(each.verdict is not None for each in beside)


def _few(beside: Sequence[Beside]) -> list[Words]:
    draws = [each.test.draws for each in beside if each.verdict is Verdict.INCONCLUSIVE]
    return [too_few(min(draws), _tests(beside), sides=1)] if draws else []


def _nearness(name: Words, beside: Sequence[Beside]) -> list[Words]:
    """Whether partners are nearer than fellow members that are none."""
    far = next((each for each in beside if each.trait == "kilometres"), None)
    if far is None:
        return []
    if far.verdict is Verdict.INCONCLUSIVE:
        draws, needed = far.test.draws, draws_needed(_tests(beside), sides=1)
        return [
            both(
                f"{name['ko']}의 협력 도시가 가깝거나 먼 도시에 치우쳐 있는지는 추출 "
                f"{draws:,}번으로 알 수 없습니다. {needed:,}번이면 알 수 있습니다.",
                f"Whether {name['en']} leans towards near partners, or towards far ones, cannot be "
                f"told from {draws:,} draws; {needed:,} would do.",
            )
        ]
    if far.verdict is not Verdict.BEYOND:
        return [
            both(
                f"{name['ko']}의 협력 도시가 가깝거나 먼 도시에 치우쳐 있다고 볼 근거는 없습니다. "
                "같은 네트워크의 다른 회원과 견주면 거리의 차이는 우연의 범위 안에 있습니다.",
                f"Nothing shows that {name['en']} leans towards near partners, or towards far "
                "ones: beside other members of its networks, the difference in distance is within "
                "chance.",
            )
        ]
    is_near = (far.test.difference or 0) < 0
    return [
        both(
            f"{name['ko']}의 협력 도시는 같은 네트워크의 다른 회원보다 평균적으로 "
            f"{'가깝습니다' if is_near else '멉니다'}.",
            f"The partners of {name['en']} are {'nearer' if is_near else 'farther'} on average "
            "than other members of its networks.",
        )
    ]


def _reach(name: Words, network: nx.Graph, where: Places) -> list[Words]:
    found = distances(network, where)
    if found.median is None:
        return []
    near, measured = found.within[1000] or 0.0, len(found.kilometres)
    count = round(near * measured)
    if measured == 1:
        far = f"{found.median:,.0f} km"
        return [
            both(
                f"거리를 아는 상대는 하나이며 {far} 떨어져 있습니다.",
                f"The distance of one partner of {name['en']} is known: {far}.",
            )
        ]
    return [
        both(
            f"거리를 아는 {measured:,}곳의 중앙값은 {found.median:,.0f} km이고, 1,000 km 안에는 "
            f"{count:,}곳({near:.0%})이 있습니다.",
            f"The median distance of the {measured:,} partners of {name['en']} that can be "
            f"measured is {found.median:,.0f} km; {count:,} ({near:.0%}) lie within 1,000 km.",
        )
    ]


SPOKEN: dict[str, tuple[Words, str]] = {
    "kilometres": (both("평균 거리", "Mean distance"), "km"),
    "same_continent": (both("같은 대륙인 비율", "Share on the same continent"), "%"),
    "wealth_ratio": (
        both(
            "국가 1인당 국내총생산 배율의 중앙값", "Median ratio of the countries' product per head"
        ),
        "",
    ),
}


def _comparison(each: Beside) -> Words:
    words, unit = SPOKEN[each.trait]
    one, other = (_shown(each.value(values), unit) for values in (each.partners, each.others))
    ko, en = f"(보정한 p = {written(each.p)})", f"(corrected p = {written(each.p)})"
    is_rare = each.verdict is Verdict.BEYOND
    if each.p is None:
        ko, en = "(모두 같아 검정하지 않음)", "(all alike, not tested)"
    return both(
        f"{words['ko']}: 협력 도시 {one}, 그렇지 않은 회원 {other}{ko}."
        + (" 우연으로는 드문 차이입니다." if is_rare else ""),
        f"{words['en']}: {one} for partners, {other} for members that are none {en}."
        + (" Chance seldom makes such a difference." if is_rare else ""),
    )


def _shown(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    return f"{value:.0%}" if unit == "%" else f"{value:,.0f} km" if unit else written(value)


def _cautions(network: nx.Graph, ties: Any, where: Places, group: Fellows | None) -> list[Words]:
    found = distances(network, where)
    undated = sum(1 for *_, data in ties if "year" not in data)
    cautions = []
    if found.unplaced:
        cautions.append(
            both(
                f"연결 {found.ties:,}개 가운데 {found.unplaced:,}개는 좌표를 몰라 거리에서 "
                "빠집니다.",
                f"{found.unplaced:,} of {found.ties:,} ties have no distance: an end has no "
                "coordinates.",
            )
        )
    if not where.population[~np.isnan(where.population)].size:
        cautions.append(
            both(
                "도시 인구는 자료에 없어 비교하지 않았습니다.",
                "The sources have no populations of cities, so they are not compared.",
            )
        )
    if undated:
        cautions.append(
            both(
                f"협력 도시 {undated:,}곳은 시작 연도를 몰라 연대별 표와 그림에 없습니다.",
                f"{undated:,} partners are in no decade of the table and figure: the year in which "
                "the tie began is unknown.",
            )
        )
    if group:
        cautions += [
            say.FELLOWS,
            both(
                f"같은 나라의 회원 {group.domestic:,}곳은 비교에서 뺐습니다. 결연은 보통 외국 "
                "도시와 맺기 때문입니다.",
                f"{group.domestic:,} members in the same country are left out of the comparison, "
                "since partnerships are usually with cities abroad.",
            ),
        ]
    return [*cautions, say.POINTS]


# Figures


def _figures(
    study: Study,
    network: nx.Graph,
    city: str,
    where: Places,
    beside: list[Beside],
    decades: Sequence[dict[str, Any]],
) -> list[Figure]:
    name = study.names.both(city)
    groups: list[tuple[Words, list[float]]] = []
    far = next((each for each in beside if each.trait == "kilometres"), None)
    if far:
        groups = [
            (both("협력 도시(회원)", "Partners (members)"), sorted(far.partners.tolist())),
            (both("그렇지 않은 회원", "Members that are none"), sorted(far.others.tolist())),
        ]
    kilometres = list(distances(network, where).kilometres)
    groups.insert(0, (both("협력 도시 전체", "All partners"), kilometres))
    found: list[Figure] = [figures.cumulative(name, groups)] if kilometres else []
    if decades:
        found.append(figures.decades(decades))
    return found


__all__ = ["around"]
