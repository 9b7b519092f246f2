"""The chapter on chronology: when ties began, in which forms, which topics came when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import networkx as nx

from citypact.graph.analysis.chronology import Spread, chains, renewals
from citypact.graph.analysis.tempo import BLOCK, dispersion, tempo, year_of
from citypact.graph.charts.figure import Figure
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.report.chronology import answer, figures, tables
from citypact.graph.report.chronology import pace as paces
from citypact.graph.report.chronology import words as say
from citypact.graph.report.chronology.data import Timeline, grown
from citypact.graph.report.chronology.last_evidence import silence
from citypact.graph.report.chronology.silence import quiet
from citypact.graph.report.chronology.topics import not_closely_read, timings
from citypact.graph.report.chronology.topics import spreads as spreads_of
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.text.bilingual import Words, both
from citypact.ontology import ID

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

QUIET = 10
"""Years without dated evidence after which a partner counts as quiet."""
RECENT = 20
"""The last years, in which agreements are recorded well enough to ask how even they are."""


def chronology(study: Study) -> Finding:
    """Half a century of partnerships: tempo, forms, topics, renewal, silence, succession.

    What is asked is asked of the side of one city where the graph is collected around it. The day
    of silence is that of the filter, else the last thing in the graph: never today's.
    """
    line = Timeline(study)
    if not line.partnerships and not line.agreements:
        none = both(
            "협력 관계와 협정이 하나도 없습니다.", "There are no partnerships or agreements."
        )
        return Finding("chronology", say.TITLE, say.QUESTION, [none], [say.DATES], {})
    still = silence(line, QUIET)
    until = still.day.year
    ties = tempo((thing.edtf for thing in line.partnerships), until)
    deals = tempo((thing.edtf for thing in line.agreements), until)
    since = until - RECENT + 1
    recent = {year: deals.by_year.get(year, 0) for year in range(since, until + 1)}
    middle = (min(ties.by_year, default=until) + until + 1) // 2
    spreads, timed = spreads_of(line), timings(line, line.agreements)
    pace = paces.pace(ties.by_year, middle, study.draws, study.seed)
    rest = timings(line, not_closely_read(line))
    of_partner = _years_of_partners(line)
    again = renewals(of_partner)
    follows = _successions(study)
    found = [
        *answer.partnerships(line, ties),
        *(paces.told(pace) if pace else []),
        *answer.kinds(line, middle),
        *answer.agreements(line, deals, dispersion(recent, study.draws, study.seed), since),
        *answer.topics(line, spreads, timed, rest),
        *answer.renewed(line, of_partner, again),
        *quiet(line, still),
        *answer.successions(follows, sum(_is_replaced(chain) for chain in follows)),
    ]
    forms = tables.counts_by_form(line)
    return Finding(
        "chronology",
        say.TITLE,
        say.QUESTION,
        found,
        [say.DATES, say.RATES, say.TOPICS, say.silence(QUIET)],
        {
            "as of": still.day.isoformat(),
            "quiet after years": QUIET,
            # Years are texts here: numbers would be written with thousands apart.
            "middle year": str(middle),
            "agreements since": str(since),
            "years of a block": BLOCK,
            "draws": study.draws,
            "seed": study.seed,
        },
        HEADLINES,
        [
            tables.decades(line, ties, deals, still.day),
            *([paces.table(pace)] if pace else []),
            tables.forms(forms),
            *([tables.topics(line, spreads)] if spreads else []),
            *([tables.fields(line, timed, rest)] if timed else []),
            *([tables.renewals(line, again)] if again else []),
            tables.dormant(line, still),
            *([tables.chains(line, follows)] if follows else []),
        ],
        _figures(line, deals.by_year, forms, spreads, until),
        _cautions(line, study, pace is not None),
        _sources(study),
    )


# Headlines


def median_year(network: nx.Graph, relation: str) -> float | None:
    """The median year in which ties of a relation began, of those that have one."""
    years = sorted(
        found
        for *_, data in network.edges(data=True)
        if data.get("relation") == relation
        and (found := year_of(str(data.get("date", "")))) is not None
    )
    if not years:
        return None
    middle = len(years) // 2
    return float(years[middle] if len(years) % 2 else (years[middle - 1] + years[middle]) / 2)


def sister_share(network: nx.Graph) -> float | None:
    """The share of sister cities among partnerships of a known kind."""
    kinds = [
        data["relation_type"]
        for *_, data in network.edges(data=True)
        if data.get("relation") == "partnership" and data.get("relation_type")
    ]
    return kinds.count("sister-city") / len(kinds) if kinds else None


def renewed_share(network: nx.Graph) -> float | None:
    """The share of pairs with an agreement that have more than one."""
    pairs: Counter[tuple[Any, ...]] = Counter()
    for one, other, data in network.edges(data=True):
        if data.get("relation") == "agreement":
            pairs[tuple(sorted((one, other)))] += 1
    return sum(count > 1 for count in pairs.values()) / len(pairs) if pairs else None


HEADLINES = (
    Headline(
        "median-year",
        both("관계가 생긴 해의 중앙값", "Median year in which partnerships began"),
        "actors",
        partial(median_year, relation="partnership"),
        is_year=True,
    ),
    Headline(
        "sister-share",
        both("관계 가운데 자매도시의 비율", "Share of sister cities among partnerships"),
        "actors",
        sister_share,
    ),
    Headline(
        "renewed",
        both("협정이 둘 이상인 쌍의 비율", "Share of pairs with several agreements"),
        "actors",
        renewed_share,
    ),
)


# What is asked


def _years_of_partners(line: Timeline) -> dict[str, list[int | None]]:
    """By partner the years of its agreements."""
    found: dict[str, list[int | None]] = defaultdict(list)
    for agreement in line.agreements:
        for partner in agreement.partners:
            found[partner].append(agreement.year)
    return dict(sorted(found.items()))


def _successions(study: Study) -> list[tuple[str, ...]]:
    """Chains of things of which each has begun by the day of the filter, where there is one."""
    reader = NetworkReader(study.store, study.chosen)
    follows: dict[str, list[str]] = defaultdict(list)
    for name in ("supersedes", "buildsOn"):
        for new, olds in reader.pairs(f"?a citypact:{name} ?b").items():
            if reader.has_begun(new):
                follows[new] += filter(reader.has_begun, olds)
    return chains(follows)


def _is_replaced(chain: Sequence[str]) -> bool:
    """Whether in a chain a partnership took the place of another."""
    return sum(node.startswith(f"{ID}partnership/") for node in chain) > 1


def _figures(
    line: Timeline,
    by_year: dict[int, int],
    forms: list[dict[str, Any]],
    spreads: list[Spread],
    until: int,
) -> list[Figure]:
    named = [
        (line.code("relation-type", kind), year, count)
        for kind, year, count in grown(line.partnerships, until)
    ]
    cells: dict[str, list[figures.Cell]] = {"partnership": [], "agreement": []}
    for row in forms:
        if row["decade"] != "unknown":
            kind = both(row["kind_ko"], row["kind_en"])
            cells[row["what_id"]].append((kind, int(row["decade"]), row["number"], row["share"]))
    wide = sorted(spreads, key=lambda each: (-each.partners, each.first, each.topic))
    arrivals = [
        (line.name(each.topic), year, count)
        for each in wide[: figures.TOPICS]
        for year, count in each.cumulative.items()
    ]
    return [
        *([figures.cumulative(named)] if named else []),
        *([figures.by_year(by_year)] if by_year else []),
        *([figures.kinds(cells["partnership"])] if cells["partnership"] else []),
        *([figures.forms(cells["agreement"])] if cells["agreement"] else []),
        *([figures.arrivals(arrivals)] if arrivals else []),
    ]


def _cautions(line: Timeline, study: Study, has_pace: bool) -> list[Words]:
    return [
        say.RECORDS,
        *answer.early(line),
        *answer.elsewhere(line),
        *_stated(line, study),
        *([say.WINDOW] if has_pace else []),
        say.BUNCHES,
        say.FIRST,
        say.AGAIN,
    ]


def _stated(line: Timeline, study: Study) -> list[Words]:
    """What the hub itself says how many partner cities it has, where it does: today's word."""
    if study.chosen.as_of:
        return []
    totals = NetworkReader(study.store, Filter()).pairs("?a citypact:partnerCityTotal ?b")
    if line.hub not in totals:
        return []
    said = ", ".join(totals[line.hub])
    hub, partners = line.name(line.hub), f"{len(line.partners):,}"
    return [
        both(
            f"{hub['ko']} 스스로 밝힌 협력 도시의 총수는 {said}입니다. 이 그래프에는 관계가 있는 "
            f"상대가 {partners}곳 있으며, 그 가운데에는 예고만 보도되었거나 목록에 없는 것도 "
            "있습니다.",
            f"{hub['en']} itself gives the number of its partner cities as {said}. The graph has "
            f"{partners} partners, among them some that were only announced or that lists do not "
            "name.",
        )
    ]


def _sources(study: Study) -> list[str]:
    """The documents behind dated partnerships and agreements."""
    network = study.network("actors")
    found: set[str] = set()
    for edge, documents in study.documents("actors").items():
        data = network.get_edge_data(*edge[:2], edge[2])
        if data and data.get("relation") in ("partnership", "agreement") and data.get("date"):
            found |= documents
    return sorted(found)


__all__ = ["chronology"]
