"""The answer of the chapter on possible partners, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from citypact.graph.analysis.hidden_ties import Judgement
from citypact.graph.analysis.prediction import Candidate
from citypact.graph.report.prediction.members import SEVERAL, Members, by_kind
from citypact.graph.report.shared.significance import Verdict, draws_needed, judge, least_p
from citypact.graph.tables.table import Table
from citypact.graph.text.bilingual import Words, both, joined
from citypact.graph.text.numbers import written
from citypact.ontology import LANGUAGES

if TYPE_CHECKING:
    import networkx as nx

NAMED = 12
"""How many cities a sentence names at most."""
VERDICTS = (
    (0.7, both("예측은 쓸 만합니다.", "Prediction works fairly well.")),
    (0.6, both("예측력은 약합니다.", "Prediction is weak.")),
    (0.0, both("예측은 우연보다 나을 것이 없습니다.", "Prediction is hardly better than chance.")),
)
"""What is said of an area under the ROC curve, from which value on."""


def nothing(name: Words) -> Words:
    """That nothing can be told."""
    return both(
        f"{name['ko']}의 다음 협력 도시는 이 자료로 알 수 없습니다. 다른 도시와 공유하는 "
        "네트워크도 협력 도시도 기록되어 있지 않습니다.",
        f"These data cannot tell who may become a partner of {name['en']}: no other city shares a "
        "network or a partner with it.",
    )


def of_members(name: Words, network: nx.Graph, found: Members) -> list[Words]:
    """What memberships in common tell."""
    several = [
        each for each in found.candidates if len(found.common(each)) >= SEVERAL
    ]  # most networks in common first
    answer = [_signal(name, found)]
    if several:
        more = len(several) > NAMED
        ko, en = (_listed(network, several[:NAMED], language) for language in LANGUAGES)
        answer.append(
            both(
                f"{name['ko']}의 네트워크 가운데 둘 이상에 속하면서 협력이 확인되지 않은 외국 "
                f"도시는 {len(several):,}곳입니다: {ko}{' 등' if more else ''}.",
                f"{len(several):,} {'city' if len(several) == 1 else 'cities'} abroad "
                f"{'has' if len(several) == 1 else 'have'} two or more networks in common with "
                f"{name['en']} and no known tie: {en}{', …' if more else ''}.",
            )
        )
    near = [each for each in found.candidates if by_kind(each.shared, found.networks)[1]]
    if near:
        ko, en = (_listed(network, near[:NAMED], language) for language in LANGUAGES)
        answer.append(
            both(
                "시 정부 사이의 협력은 없어도 소속 기관이나 제3의 기관을 거쳐 이어진 도시도 "
                f"있습니다: {ko}.",
                "Some have no tie between the governments, but one by way of an office or a third "
                f"body: {en}.",
            )
        )
    return [*answer, *_power(found)]


def _power(found: Members) -> list[Words]:
    """How well the scores do at hidden ties with members."""
    judged = {
        scope: {each.method: each for each in found.judgements[scope]}
        for scope in ("members", "latest")
    }
    common, size, late = (
        judged[scope].get(method)
        for scope, method in (
            ("members", "common_neighbours"),
            ("members", "preferential_attachment"),
            ("latest", "common_neighbours"),
        )
    )
    if not common or not size or common.auc is None or size.auc is None:
        return []
    verdict = next(words for least, words in VERDICTS if common.auc >= least)
    answer = [
        both(
            f"{verdict['ko']} 회원 도시와의 연결을 숨겼을 때 공동 이웃의 AUC는 "
            f"{written(common.auc)}, 크기만 보는 기준선의 AUC는 {written(size.auc)}입니다(0.5가 "
            "우연).",
            f"{verdict['en']} With ties to members hidden, common neighbours have an "
            f"AUC of {written(common.auc)}, size alone {written(size.auc)} (0.5 is chance).",
        )
    ]
    if late and late.auc is not None:
        answer.append(
            both(
                f"{found.since}년부터 맺은 회원 도시와의 연결 {late.hidden:,}개를 숨기면 "
                f"{written(late.auc)}입니다.",
                f"With the {late.hidden:,} ties since {found.since} hidden, it is "
                f"{written(late.auc)}.",
            )
        )
    return answer


def _signal(name: Words, found: Members) -> Words:
    sharing = found.sharing
    parts = {
        language: ", ".join(
            f"{step.shared}개 {_percent(step.linked, step.nodes)}({step.linked}/{step.nodes})"
            if language == "ko"
            else f"{step.shared}: {_percent(step.linked, step.nodes)} ({step.linked}/{step.nodes})"
            for step in sharing.steps
        )
        for language in LANGUAGES
    }
    told = both(
        f"공동 네트워크 수별 협력 도시의 비율: {parts['ko']}.",
        f"Share of partners by networks in common: {parts['en']}.",
    )
    if sharing.auc is None or sharing.p is None:
        return told
    verdict = judge([sharing.p], [least_p(sharing.draws, sides=1)])[0].verdict
    if verdict is Verdict.INCONCLUSIVE:
        lead = both(
            f"추출이 {sharing.draws:,}번뿐이라, 공동 네트워크의 수가 협력 도시를 알려 주는지 말할 "
            f"수 없습니다. {draws_needed(sides=1):,}번이면 말할 수 있습니다.",
            f"With no more than {sharing.draws:,} draws it can't be told whether networks in "
            f"common tell of partners; {draws_needed(sides=1):,} would do.",
        )
    elif verdict is Verdict.BEYOND:
        lead = both(
            f"{name['ko']}의 네트워크 여러 곳에 함께 속한 외국 도시일수록 협력 도시인 경우가 "
            f"많습니다(AUC {written(sharing.auc)}, p = {written(sharing.p)}).",
            f"Members abroad that have more networks in common with {name['en']} are partners more "
            f"often (AUC {written(sharing.auc)}, p = {written(sharing.p)}).",
        )
    else:
        lead = both(
            f"{name['ko']}의 네트워크 가운데 몇 곳에 속하는지로는 어느 회원 도시가 협력 도시인지 "
            f"알 수 없습니다(AUC {written(sharing.auc)}, p = {written(sharing.p)}).",
            f"The number of networks in common with {name['en']} does not tell which members are "
            f"partners (AUC {written(sharing.auc)}, p = {written(sharing.p)}).",
        )
    return both(f"{lead['ko']} {told['ko']}", f"{lead['en']} {told['en']}")


def of_prospects(wished: Table) -> list[Words]:
    """What sources tell as expected or proposed."""
    if not wished.rows:
        return []
    ko, en = (
        "; ".join(sorted({f"{row[f'what_{lang}']} ({row[f'how_{lang}']})" for row in wished.rows}))
        for lang in LANGUAGES
    )
    return [
        both(
            f"문서에 기대나 제안으로 기록된 것도 있습니다(이루어졌다는 뜻은 아닙니다): {ko}.",
            "Documents also tell of what was expected or proposed, which does not say that it "
            f"came about: {en}.",
        )
    ]


def of_cities(
    name: Words, network: nx.Graph, candidates: Sequence[Candidate], judgements: Sequence[Judgement]
) -> list[Words]:
    """What partners in common tell."""
    ko, en = (
        ", ".join(
            str(network.nodes[each.node].get(f"label_{language}") or each.node)
            for each in candidates[:NAMED]
        )
        for language in LANGUAGES
    )
    answer = [
        both(
            f"도시 네트워크에서 {name['ko']}의 협력 도시와 이어진 다른 외국 도시는 "
            f"{len(candidates):,}곳이며, Adamic–Adar 점수가 높은 곳은 차례로 {ko}입니다.",
            f"In the network of cities {len(candidates):,} abroad "
            f"{'shares' if len(candidates) == 1 else 'share'} a partner with {name['en']}; the "
            f"highest Adamic–Adar scores have {en}.",
        )
    ]
    return [*answer, *_power_among_cities(judgements)]


def _power_among_cities(judgements: Sequence[Judgement]) -> list[Words]:
    """Whether partners in common foretell more than size alone does."""
    judged = {each.method: each for each in judgements}
    score, size = judged.get("adamic_adar"), judged.get("preferential_attachment")
    if not score or not size or score.auc is None or size.auc is None:
        return []
    areas = f"{written(score.auc)}, {written(size.auc)}"
    if score.auc > size.auc:
        found = both(
            f"숨긴 연결은 크기만 볼 때보다 잘 찾습니다(AUC {areas}; 0.5가 우연).",
            f"At hidden ties the score does better than size alone (AUC {areas}; 0.5 is chance).",
        )
    else:
        found = both(
            f"숨긴 연결 전체로는 크기만 보는 것보다 낫지 않습니다(AUC {areas}; 0.5가 우연).",
            f"At hidden ties as a whole the score is no better than size alone (AUC {areas}; 0.5 "
            "is chance).",
        )
    return [joined(found, *_at_the_top(score, size), ko=" ", en=" ")]


def _at_the_top(score: Judgement, size: Judgement) -> list[Words]:
    """How many of the pairs with the highest scores were hidden ties."""
    if score.precision is None or size.precision is None or score.chance is None:
        return []
    top, alone, chance = (
        f"{100 * value:.2g} %" for value in (score.precision, size.precision, score.chance)
    )
    if score.precision > size.precision:
        ko, en = "맨 위쪽은 더 잘 맞힙니다", "The top of the order says more than size does"
    else:
        ko = "맨 위쪽도 크기보다 낫지 않으므로 이 순서를 예측으로 읽지 마십시오"
        en = "Nor is it at the top, so do not read the order as a prediction"
        if score.auc is not None and size.auc is not None and score.auc > size.auc:
            ko, en = "다만 맨 위쪽은 크기보다 낫지 않습니다", "At the top it is no better, though"
    number = f"{score.hidden:,}"
    return [
        both(
            f"{ko}: 점수가 가장 높은 {number}쌍 가운데 {top}가 숨긴 연결이었습니다(크기만 보면 "
            f"{alone}, 우연이면 {chance}).",
            f"{en}: of the {number} pairs with the highest scores {top} were hidden ties (by size "
            f"alone {alone}, by chance {chance}).",
        )
    ]


def _listed(network: nx.Graph, found: Sequence[Candidate], language: str) -> str:
    return ", ".join(str(network.nodes[each.node][f"label_{language}"]) for each in found)


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}"


__all__ = ["nothing", "of_cities", "of_members", "of_prospects"]
