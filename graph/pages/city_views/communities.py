"""Communities: groups of cities with more ties inside than between them, by modularity."""

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
    caption,
    country_name,
    heads,
)
from citypact.graph.pages.city_views.words import message
from citypact.graph.text.bilingual import Words, joined
from citypact.graph.text.numbers import written

SEED = 1


FEW = 20
"""With fewer ties a network is drawn, whatever its shape."""


def communities_view(network: nx.Graph, seed: int = SEED) -> View:
    """The view of the largest communities of a network of cities and the ties between them."""
    if _is_star(network):
        return View(
            title=message("communities.title"),
            summary=message("counts.cities", n=len(network)),
            how=message("communities.how"),
            data={"kind": "diagram"},
            scripts=("nothing.js",),
            tables=[],
            nothing=message("communities.star"),
        )
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
        countries = _countries(network, part)
        circles.append(
            Circle(
                key=f"community-{i + 1}",
                words=names[i],
                x=x,
                y=y,
                r=r,
                weight=len(part),
                facts=[
                    message("counts.cities", n=len(part)),
                    _numbered(countries[:4]),
                    message("counts.ties_inside", n=within[i]),
                ],
                members=[
                    (name(network, city), network.degree(city))
                    for city in by_links(network, part)[: limits.MEMBERS]
                ],
                more=max(0, len(part) - limits.MEMBERS),
                tone=i,
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
        groups={city: f"community-{i + 1}" for city, i in of.items() if i < len(shown)},
        title=message("communities.title"),
        summary=_summary(network, partition, len(shown), rest),
        how=message("communities.how"),
        data=diagram(circles, lines, start(lines)),
        scripts=("diagram.js",),
        tables=[_table(network, partition, names, within)],
        notes=[
            message(
                "communities.note",
                seed=str(partition.seed),
                modularity=written(partition.modularity),
            )
        ],
    )


def _is_star(network: nx.Graph) -> bool:
    """Whether less than a tenth of the ties is without the city that has most.

    A star has no communities: parts of it only tell which ties among its partners are known. With
    few ties the picture shows it.
    """
    if network.number_of_edges() < FEW:
        return False
    most = network.degree(by_links(network, network)[0])
    return bool(10 * (network.number_of_edges() - most) < network.number_of_edges())


def _summary(network: nx.Graph, partition: Partition, shown: int, rest: int) -> Words:
    parts = [
        message("counts.communities", n=len(partition.parts)),
        message("counts.cities", n=len(network)),
        message("communities.modularity", value=written(partition.modularity)),
        message("communities.seed", seed=str(partition.seed)),
    ]
    if rest:
        parts.append(message("communities.rest", shown=shown, n=rest))
    summary = joined(*parts, en="; ")
    if sum(len(part) > 1 for part in partition.parts) > 1:
        return summary
    return joined(summary, message("communities.single"), ko=". ", en=". ")


def _name(network: nx.Graph, part: list[str]) -> Words:
    return joined(*(name(network, city) for city in by_links(network, part)[:2]), ko="·", en=", ")


def _countries(network: nx.Graph, part: list[str]) -> list[tuple[Words, int]]:
    """The countries of a community with their numbers of cities, largest number first."""
    words: dict[str, Words] = {}
    number: Counter[str] = Counter()
    for city in part:
        country = country_name(network, city)
        words[country["en"]] = country
        number[country["en"]] += 1
    return [
        (words[country], n)
        for country, n in sorted(number.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _numbered(countries: list[tuple[Words, int]]) -> Words:
    return joined(*(message("counts.members", name=words, n=n) for words, n in countries))


def _table(
    network: nx.Graph, partition: Partition, names: list[Words], within: Counter[int]
) -> PlaceTable:
    rows = []
    for i, part in enumerate(partition.parts[: limits.ROWS]):
        label = names[i] if i < len(names) else _name(network, part)
        rows.append(
            PlaceRow(
                [
                    label,
                    len(part),
                    within[i],
                    _numbered(_countries(network, part)[:3]),
                    joined(*(name(network, city) for city in by_links(network, part)[:8])),
                ],
                f"community-{i + 1}" if i < len(names) else "",
            )
        )
    return PlaceTable(
        caption(message("communities.communities"), len(rows), len(partition.parts)),
        heads("community", "cities", "ties_inside", "community_countries", "leading"),
        rows,
    )
