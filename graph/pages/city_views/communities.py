"""Communities: groups of cities with more links within than between, by modularity."""

from __future__ import annotations

from collections import Counter

import networkx as nx

from citypact.graph.analysis.communities import Partition, leiden
from citypact.graph.networks.node_names import name
from citypact.graph.pages.city_views import limits
from citypact.graph.pages.city_views.diagram import Circle, Link, diagram, radii, start
from citypact.graph.pages.city_views.layout import apart, springs
from citypact.graph.pages.city_views.view import (
    PlaceRow,
    PlaceTable,
    View,
    by_links,
    country_name,
    first,
)
from citypact.graph.text.bilingual import Words, amount, both, joined

SEED = 1


def communities_view(network: nx.Graph, seed: int = SEED) -> View:
    """The largest communities of a network of cities and the links between them."""
    partition = leiden(network, seed)
    of = {city: i for i, part in enumerate(partition.parts) for city in part}
    shown = partition.parts[: limits.GROUPS]
    between: Counter[tuple[int, int]] = Counter()
    within: Counter[int] = Counter()
    for one, other in network.edges():
        i, j = sorted((of[one], of[other]))
        if i == j:
            within[i] += 1
        else:
            between[i, j] += 1
    names = [_name(network, part) for part in shown]
    sizes = radii(
        [len(part) for part in shown], whole=min(1400 * 1000 * 0.2, 12_000.0 * len(shown)), least=12
    )
    weights = [
        [float(between[min(i, j), max(i, j)]) if i != j else 0.0 for j in range(len(shown))]
        for i in range(len(shown))
    ]
    points = apart(springs(weights, 110.0), sizes)
    circles = []
    for i, (part, (x, y), r) in enumerate(zip(shown, points, sizes, strict=True)):
        lands = _lands(network, part)
        circles.append(
            Circle(
                key=f"community-{i + 1}",
                words=names[i],
                x=x,
                y=y,
                r=r,
                weight=len(part),
                facts=[
                    amount(len(part), "도시", "city", "cities"),
                    joined(*(both(f"{w['ko']} {n:,}", f"{w['en']} {n:,}") for w, n in lands[:4])),
                    amount(within[i], "안의 관계", "link within", "links within"),
                ],
                members=[
                    (name(network, city), network.degree(city))
                    for city in by_links(network, part)[: limits.MEMBERS]
                ],
                more=max(0, len(part) - limits.MEMBERS),
                tone=i % 10,
                lines=[name(network, city) for city in by_links(network, part)[:2]],
            )
        )
    lines = [
        Link(i, j, number)
        for (i, j), number in sorted(between.items(), key=lambda pair: (-pair[1], pair[0]))
        if j < len(shown)
    ]
    rest = sum(len(part) for part in partition.parts[len(shown) :])
    return View(
        title=both("도시 협력의 군집", "Communities of city partnerships"),
        summary=_summary(network, partition, len(shown), rest),
        how=both(
            "동그라미는 서로 많이 이어진 도시들의 군집으로, 넓이는 도시 수입니다. "
            "이름은 협력 도시가 가장 많은 도시들입니다. 군집은 라이덴 알고리즘으로 모듈도를 높여 "
            "찾았으며, 시드를 달리하면 나뉨도 조금씩 달라집니다.",
            "Circles are communities, cities with many links among them; their areas are the "
            "numbers of cities, their names the cities with most partners. Found by the Leiden "
            "algorithm for modularity: another seed parts them somewhat differently.",
        ),
        data=diagram(circles, lines, start(lines)),
        scripts=("diagram.js",),
        tables=[_table(network, partition, names, within)],
        notes=[
            both(
                f"라이덴 알고리즘, 시드 {partition.seed}, 모듈도 {partition.modularity:.4f}. "
                "군집은 하나의 해석이며 시드에 따라 달라집니다.",
                f"Leiden algorithm, seed {partition.seed}, modularity {partition.modularity:.4f}. "
                "A partition is one reading; it varies with the seed.",
            )
        ],
    )


def _summary(network: nx.Graph, partition: Partition, shown: int, rest: int) -> Words:
    parts = [
        amount(len(partition.parts), "군집", "community", "communities"),
        amount(len(network), "도시", "city", "cities"),
        both(f"모듈도 {partition.modularity:.3f}", f"modularity {partition.modularity:.3f}"),
        both(f"시드 {partition.seed}", f"seed {partition.seed}"),
    ]
    if rest:
        parts.append(
            both(
                f"가장 큰 {shown}개를 그림, 나머지 군집의 도시 {rest:,}개",
                f"the largest {shown} drawn, {rest:,} cities in the others",
            )
        )
    return joined(*parts, en="; ")


def _name(network: nx.Graph, part: list[str]) -> Words:
    return joined(*(name(network, city) for city in by_links(network, part)[:2]), ko="·", en=", ")


def _lands(network: nx.Graph, part: list[str]) -> list[tuple[Words, int]]:
    """The countries of a community with the numbers of their cities, the most first."""
    words: dict[str, Words] = {}
    number: Counter[str] = Counter()
    for city in part:
        land = country_name(network, city)
        words[land["en"]] = land
        number[land["en"]] += 1
    return [
        (words[land], n) for land, n in sorted(number.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _table(
    network: nx.Graph, partition: Partition, names: list[Words], within: Counter[int]
) -> PlaceTable:
    rows = []
    for i, part in enumerate(partition.parts[: limits.ROWS]):
        lands = _lands(network, part)[:3]
        label = names[i] if i < len(names) else _name(network, part)
        rows.append(
            PlaceRow(
                [
                    label,
                    len(part),
                    within[i],
                    joined(*(both(f"{w['ko']} {n:,}", f"{w['en']} {n:,}") for w, n in lands)),
                    joined(*(name(network, city) for city in by_links(network, part)[:8])),
                ],
                f"community-{i + 1}" if i < len(names) else "",
            )
        )
    return PlaceTable(
        joined(both("군집", "Communities"), first(len(rows), len(partition.parts)), ko="", en=""),
        [
            both("군집", "Community"),
            both("도시", "Cities"),
            both("안의 관계", "Links within"),
            both("나라", "Countries"),
            both("협력 도시가 많은 도시", "Cities with most partners"),
        ],
        rows,
    )
