"""Geography of a network of many cities: against chance, and explained by regressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from citypact.graph.analysis import geography, likeness
from citypact.graph.analysis.geography import beside_chance, distances, measured, mixing
from citypact.graph.analysis.gravity import city_regression, country_regression
from citypact.graph.analysis.null_models import Comparison
from citypact.graph.analysis.places import Places
from citypact.graph.analysis.regression import NotFitted, Regression
from citypact.graph.charts.figure import Figure
from citypact.graph.networks.documents import documents_of_edges
from citypact.graph.report.geography import figures, tables
from citypact.graph.report.geography import words as say
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.significance import (
    Judged,
    Verdict,
    draws_needed,
    judge_all,
    too_few,
    untold,
)
from citypact.graph.text.bilingual import Words, both
from citypact.graph.text.numbers import written

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

GRID = (50, 100, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000, 10000, 14000, 20000)
"""Kilometres at which the figure of distances has points."""
PER_TIE = 5
"""Pairs of cities without a tie that are drawn for each tie."""
CLAIMS = ("within 1000", "same_continent", "shared_language")
"""The shares that the answer holds against chance: their p are adjusted for their number."""


def whole(
    study: Study,
    network: nx.Graph,
    where: Places,
    codes: Mapping[str, str],
    headlines: Sequence[Headline],
) -> Finding:
    """The finding for a network whose ties can be exchanged."""
    found = beside_chance(
        network,
        where,
        partial(measure, where=where),
        study.draws,
        study.seed,
        study.cluster,
        study.progress,
    )
    judged = judge_all({name: found[name] for name in CLAIMS if name in found})
    study.progress("regressions")
    fitted = _regressions(network, where, study.seed)
    regression = tables.regression(fitted)
    ties = tables.distances(found, measured(network, where).number_of_edges())
    by_continent = tables.continents(network, where, found)
    drawn: list[Figure] = [figures.beside_chance(ties.rows), figures.continents(by_continent.rows)]
    if regression.rows:
        drawn.append(figures.coefficients(regression.rows))
    documents = documents_of_edges(study.store, study.network("cities"), study.chosen)
    return Finding(
        "geography",
        say.TITLE,
        say.QUESTION,
        [*_answer(network, where, found, judged), *_explained(fitted)],
        [say.DISTANCE, say.COUNTRIES, say.REWIRED, say.ASSORTATIVITY, say.GRAVITY],
        {"seed": study.seed, "draws": study.draws, "pairs drawn for each tie": PER_TIE},
        headlines,
        [
            ties,
            by_continent,
            tables.likeness(network, where, found),
            tables.countries(network, where, codes),
            regression,
        ],
        drawn,
        [*_few(found, judged), *_cautions(network, where, fitted)],
        sorted({iri for sources in documents.values() for iri in sources}),
    )


def measure(network: nx.Graph, where: Places) -> dict[str, float]:
    """All that the chapter holds against chance: distances, assortativity, likeness, continents."""
    links = mixing(network, where).links
    names = sorted(set(where.continents) - {""})
    return {
        **geography.statistic(network, where, GRID),
        **likeness.statistic(network, where),
        **{
            f"ties {one} {other}": float(links.get((one, other), 0))
            for one, other in combinations_with_replacement(names, 2)
        },
    }


def _regressions(network: nx.Graph, where: Places, seed: int) -> dict[str, Regression | None]:
    """The three models; None where the ties are too few, or too regular, for one."""
    models: dict[str, Callable[[nx.Graph, Places], Regression]] = {
        "cities": partial(city_regression, per_tie=PER_TIE, seed=seed),
        "countries": country_regression,
        "effects": partial(country_regression, effects=True),
    }
    found: dict[str, Regression | None] = {}
    for name, model in models.items():
        try:
            found[name] = model(network, where)
        except NotFitted:
            found[name] = None
    return found


# In words


def _answer(
    network: nx.Graph,
    where: Places,
    found: Mapping[str, Comparison],
    judged: Mapping[str, Judged],
) -> list[Words]:
    far = distances(network, where)
    near, continent = found["within 1000"], found.get("same_continent")
    assert far.median is not None  # ties were measured: some could be exchanged
    nearer = _nearer(near, judged)
    test = _test(near, judged.get("within 1000"))
    answer = [
        both(
            f"{nearer['ko']} 거리의 중앙값은 {far.median:,.0f} km이고, 1,000 km 이내의 연결은 "
            f"{near.observed:.0%}인데 우연이라면 {near.mean:.0%}입니다{test['ko']}.",
            f"{nearer['en']} their median length is {far.median:,.0f} km, and "
            f"{near.observed:.0%} are within 1,000 km, where chance would have {near.mean:.0%}"
            f"{test['en']}.",
        )
    ]
    if continent:
        test = _test(continent, judged.get("same_continent"))
        answer.append(
            both(
                f"연결의 {continent.observed:.0%}가 같은 대륙 안에 있습니다. 우연이라면 "
                f"{continent.mean:.0%}입니다{test['ko']}.",
                f"{continent.observed:.0%} of ties stay on one continent; chance would have "
                f"{continent.mean:.0%}{test['en']}.",
            )
        )
    language = found.get("shared_language")
    if language:
        test = _test(language, judged.get("shared_language"))
        answer.append(
            both(
                f"연결의 {language.observed:.0%}는 공용어를 공유하는 도시를 잇습니다. 우연이라면 "
                f"{language.mean:.0%}입니다{test['ko']}.",
                f"{language.observed:.0%} of ties join cities that share an official language; "
                f"chance would have {language.mean:.0%}{test['en']}.",
            )
        )
    return answer


def _nearer(near: Comparison, judged: Mapping[str, Judged]) -> Words:
    """Whether ties are nearer than by chance, as the beginning of a sentence."""
    each = judged.get("within 1000")
    if each and each.verdict is Verdict.INCONCLUSIVE:
        needed = draws_needed(len(judged))
        return both(
            f"연결이 우연보다 가까운지는 추출 {near.draws:,}번으로 알 수 없습니다({needed:,}번이면 "
            "알 수 있습니다).",
            f"Whether ties are nearer than chance would have them cannot be told from "
            f"{near.draws:,} draws ({needed:,} would do):",
        )
    if each is None or each.verdict is Verdict.WITHIN:
        ko, en = "가깝지도 멀지도 않습니다", "about as near as"
    elif near.observed > near.mean:
        ko, en = "가깝습니다", "nearer than"
    else:
        ko, en = "멉니다", "farther than"
    return both(f"연결은 우연보다 {ko}.", f"Ties are {en} chance would have them:")


def _test(found: Comparison, judged: Judged | None) -> Words:
    """z and the adjusted p in brackets; nothing where all draws have what the network has."""
    if judged is None:
        return both("", "")
    z = "" if found.z is None else f"z = {written(found.z)}, "
    p = written(judged.p)
    return both(f"({z}바로잡은 p = {p})", f" ({z}adjusted p = {p})")


def _few(found: Mapping[str, Comparison], judged: Mapping[str, Judged]) -> list[Words]:
    few = untold(found, judged)
    return [too_few(*few)] if few else []


def _explained(fitted: Mapping[str, Regression | None]) -> list[Words]:
    """What the regression of pairs of cities says of distance and language."""
    model = fitted["cities"]
    if model is None:
        return []
    known = {each.name: each for each in model.coefficients}
    answer = []
    far = known.get("log_distance")
    if far and far.low is not None and far.high is not None:
        value, low, high = (2.0**x for x in (far.estimate, far.low, far.high))
        answer.append(
            both(
                "인구·국가·대륙·언어가 같다면, 거리가 두 배일 때 연결의 승산은 "
                f"{written(value)}배가 됩니다(95 % 신뢰구간 {written(low)}–{written(high)}).",
                "With populations, country, continent and language held equal, twice the distance "
                f"multiplies the odds of a tie by {written(value)} (95 % interval {written(low)}–"
                f"{written(high)}).",
            )
        )
    shared = known.get("shared_language")
    if shared and shared.low is not None and shared.high is not None:
        value, low, high = (float(np.exp(x)) for x in (shared.estimate, shared.low, shared.high))
        answer.append(
            both(
                f"다른 조건이 같다면, 공용어를 공유하는 도시 사이에서는 연결의 승산이 "
                f"{written(value)}배입니다(95 % 신뢰구간 {written(low)}–{written(high)}).",
                "Other things equal, a shared official language multiplies the odds by "
                f"{written(value)} (95 % interval {written(low)}–{written(high)}).",
            )
        )
    return answer


def _cautions(
    network: nx.Graph, where: Places, fitted: Mapping[str, Regression | None]
) -> list[Words]:
    ties = network.number_of_edges()
    left_out = ties - measured(network, where).number_of_edges()
    cautions = []
    if left_out:
        cautions.append(
            both(
                f"연결 {ties:,}개 가운데 {left_out:,}개는 한쪽의 좌표나 국가를 몰라 거리와 우연의 "
                "비교에서 빠집니다.",
                f"{left_out:,} of {ties:,} ties have no part in distances and comparisons with "
                "chance: the coordinates or the country of an end are unknown.",
            )
        )
    cities = fitted["cities"]
    if cities and cities.left_out["ties"]:
        cautions.append(
            both(
                "도시 쌍의 회귀에서는 인구·좌표·국가 중 하나를 모르는 도시 "
                f"{cities.left_out['cities']:,}곳과 그 연결 {cities.left_out['ties']:,}개가 "
                "빠집니다. 이런 도시가 다른 도시와 다르다면 계수도 달라질 수 있습니다.",
                f"The regression of pairs of cities lacks {cities.left_out['cities']:,} cities "
                f"with {cities.left_out['ties']:,} ties whose population, coordinates or country "
                "are unknown; if they differ from the others, so may the coefficients.",
            )
        )
    missing = [say.MODELS[name] for name, model in fitted.items() if model is None]
    if missing:
        cautions.append(
            both(
                "연결이 너무 적거나 한 특성이 연결을 빠짐없이 가르기 때문에 적합하지 못한 모형: "
                + ", ".join(words["ko"] for words in missing)
                + ".",
                "Not fitted, since ties are too few or some trait tells them without fail: "
                + "; ".join(words["en"] for words in missing)
                + ".",
            )
        )
    known = [model for model in fitted.values() if model]
    assumptions = list(dict.fromkeys(tuple(w.items()) for m in known for w in m.assumptions))
    return [*cautions, *(dict(words) for words in assumptions), say.LISTED, say.POINTS]


__all__ = ["measure", "whole"]
