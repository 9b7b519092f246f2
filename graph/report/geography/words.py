"""The words of the chapter on geography that do not depend on what was found."""

from __future__ import annotations

from citypact.graph.analysis.countries import CONTINENTS
from citypact.graph.text.bilingual import Words, both

TITLE = both("가까운가 먼가, 닮았는가 다른가", "Far or near, like or unlike")
QUESTION = both(
    "협력 도시는 가까이 있는가, 멀리 있는가? 서로 닮은 도시끼리 협력하는가?",
    "Are partners near or far? Do cities choose partners that are like them?",
)
KILOMETRES = both("km", "km")

TRAITS: dict[str, Words] = {
    "kilometres": both("거리(km, 평균)", "Distance (km, mean)"),
    "same_country": both("같은 국가(비율)", "Same country (share)"),
    "same_continent": both("같은 대륙(비율)", "Same continent (share)"),
    "shared_language": both("공용어 공유(비율)", "Shared official language (share)"),
    "common_border": both("국경을 맞댄 국가(비율)", "Countries with a common border (share)"),
    "population_ratio": both("인구의 배율(중앙값)", "Ratio of populations (median)"),
    "wealth_ratio": both(
        "국가 1인당 국내총생산의 배율(중앙값)", "Ratio of the countries' GDP per head (median)"
    ),
}
COVARIATES: dict[str, Words] = {
    "intercept": both("절편", "Intercept"),
    "log_distance": both("거리(로그)", "Distance (log)"),
    "log_populations": both("두 인구의 곱(로그)", "Product of populations (log)"),
    "log_population_ratio": both("인구의 배율(로그)", "Ratio of populations (log)"),
    "log_wealth": both("두 1인당 국내총생산의 곱(로그)", "Product of GDP per head (log)"),
    "log_wealth_ratio": both("1인당 국내총생산의 배율(로그)", "Ratio of GDP per head (log)"),
    "same_country": both("같은 국가", "Same country"),
    "same_continent": both("같은 대륙", "Same continent"),
    "shared_language": both("공용어 공유", "Shared official language"),
    "common_border": both("국경을 맞댐", "Common border"),
}
MODELS: dict[str, Words] = {
    "cities": both("도시 쌍: 연결 여부(로지스틱)", "Pairs of cities: tie or none (logistic)"),
    "countries": both("국가 쌍: 연결 수(푸아송)", "Pairs of countries: number of ties (Poisson)"),
    "effects": both(
        "국가 쌍, 국가별 효과 포함(푸아송)", "Pairs of countries, country effects (Poisson)"
    ),
}
UNKNOWN = both("알 수 없음", "Unknown")


def continent(code: str) -> Words:
    """The name of a continent by its code."""
    return CONTINENTS.get(code, UNKNOWN)


DISTANCE = both(
    "거리는 두 도시 좌표 사이의 대권 거리(km)입니다. 반지름 6,371.0088 km인 구에서 하버사인 "
    "공식으로 계산하며, 타원체와의 차이는 0.6 % 이내입니다(Sinnott 1984). 좌표를 모르는 연결은 "
    "따로 셉니다.",
    "Distances are great circles between the coordinates of both cities in km, on a sphere of "
    "radius 6,371.0088 km by the haversine formula, within 0.6 % of the ellipsoid (Sinnott 1984). "
    "Ties without coordinates are counted apart.",
)
COUNTRIES = both(
    "국가의 대륙·국경·인구는 GeoNames, 공용어(전국에서 법률상 또는 사실상)는 유니코드 CLDR, 1인당 "
    "국내총생산(주로 2019년)은 Natural Earth에서 가져왔습니다. 튀르키예와 카자흐스탄은 아시아, "
    "러시아는 유럽으로 봅니다. 세계은행 소득 분류는 연도가 밝혀진 자료가 없어 쓰지 않았습니다.",
    "Continents, borders and populations of countries are those of GeoNames, official languages "
    "(in the whole country, by law or in fact) those of Unicode CLDR, gross domestic products per "
    "head (2019 for most) those of Natural Earth. Turkey and Kazakhstan count as Asia, Russia as "
    "Europe. Income groups of the World Bank are not used: no free data at hand say of which year.",
)
PERMUTATION = both(
    "협력 도시와, 같은 도시 네트워크의 회원이지만 협력 도시가 아닌 외국 도시를 견줍니다. 양측 "
    "순열 검정의 p는 누가 협력 도시인지를 무작위로 섞었을 때 평균의 차이가 실제만큼 큰 비율로, (1 "
    "+ 그런 횟수) / (1 + 추출 횟수)입니다(Fisher 1935; Phipson·Smyth 2010). 여러 특성을 "
    "검정하므로 Holm(1979)의 방법으로 보정한 p를 따릅니다. 배율은 로그로 검정합니다.",
    "Partners are compared with cities abroad that are members of the same city networks but no "
    "partners. p of the two-sided permutation test is how often the means differ as much when it "
    "is dealt out anew who is a partner, (1 + such draws) / (1 + draws) (Fisher 1935; Phipson and "
    "Smyth 2010). As several traits are tested, the p corrected by Holm's method (1979) counts. "
    "Ratios are tested as logarithms.",
)
REWIRED = both(
    "우연의 기준은 도시마다 협력 도시의 수를 그대로 두고 연결을 무작위로 바꿔 이은 "
    "네트워크입니다(Maslov·Sneppen 2002; Fosdick 외 2018). z = (실제 값 − 추출 평균) / 추출 "
    "표준편차이고, p는 양쪽 꼬리로 (1 + 그만큼 벗어난 횟수) / (1 + 횟수)의 두 배입니다"
    "(Davison·Hinkley 1997). 답에서는 거기에 적은 비율의 수만큼 Benjamini·Hochberg(1995)로 "
    "바로잡아 5 %에서 판단하고, 표에는 바로잡지 않은 p를 적습니다. 좌표와 국가를 모두 아는 도시 "
    "사이의 연결만 씁니다.",
    "Chance is a network in which every city keeps its number of partners while ties are exchanged "
    "at random (Maslov and Sneppen 2002; Fosdick et al. 2018). z = (observed − mean of draws) / "
    "their standard deviation; p has two sides, twice (1 + draws as far off) / (1 + draws) "
    "(Davison and Hinkley 1997). In the answer it is adjusted for the shares told there (Benjamini "
    "and Hochberg 1995) and judged at 5 %; tables have it unadjusted. Only ties between cities "
    "whose coordinates and country are known take part.",
)
ASSORTATIVITY = both(
    "동류성 계수는 r = (Σ e_gg − Σ a_g²) / (1 − Σ a_g²)입니다. e는 연결 양끝의 대륙(국가) 비율 "
    "행렬, a는 그 행의 합입니다. 1이면 모두 같은 대륙 안에서, 0이면 우연만큼 이어집니다(Newman "
    "2003).",
    "Assortativity is r = (Σ e_gg − Σ a_g²) / (1 − Σ a_g²), with e the matrix of the shares of tie "
    "ends by continent (country) and a its row sums: 1 if all ties stay inside, 0 if as many as "
    "chance would have (Newman 2003).",
)
GRAVITY = both(
    "중력 모형: 도시 쌍은 연결 여부를 로지스틱 회귀로(연결 없는 쌍은 연결 하나에 다섯씩 추출, "
    "절편 보정: King·Zeng 2001), 국가 쌍은 연결 수를 푸아송 유사최대우도로(Santos Silva·Tenreyro "
    "2006) 설명합니다. 표준오차는 한쪽을 공유하는 쌍 사이의 상관을 허용합니다(Aronow 외 2015). "
    "차수는 결과의 합이므로 공변량으로 쓰지 않습니다.",
    "Gravity models: pairs of cities by a logistic regression of tie or none (five pairs without a "
    "tie drawn for each tie, intercept corrected: King and Zeng 2001); pairs of countries by "
    "Poisson pseudo-maximum likelihood of the number of ties (Santos Silva and Tenreyro 2006). "
    "Standard errors allow for correlation between pairs that share a city or country (Aronow et "
    "al. 2015). Degrees are no covariates: they are sums of the outcome.",
)


def star(ties: int, own: int) -> Words:
    """Why ties are not held against chance where most, or all, are of one city."""
    return both(
        f"모은 연결 {ties:,}개 가운데 {own:,}개가 한 도시의 것입니다. 그런 연결은 서로 바꿔 이을 "
        "수 없으므로 z 값도 회귀도 제시하지 않습니다.",
        f"{own:,} of the {ties:,} ties that were collected are of one city. Such ties cannot be "
        "exchanged for each other, so there is no z and no regression.",
    )


FELLOWS = both(
    "비교한 회원 도시는 네트워크에 가입한 도시이지, 협력 도시가 될 수 있었던 모든 도시가 아닙니다. "
    "회원 명단에 빠진 도시가 있을 수 있고, 한 지역의 네트워크는 가까운 회원을 늘리며, 협력 관계를 "
    "통해 가입한 도시도 있을 수 있습니다.",
    "The members compared are cities that joined a network, not all that could have been partners. "
    "Lists may lack members, networks of one region bring near ones, and some cities may have "
    "joined by way of the partnership.",
)
POINTS = both(
    "거리는 도시 중심점 사이의 것이며, 비용·항로·시차를 나타내지 않습니다. 도·주와 같은 지역은 "
    "좌표가 없어 거리에서 빠집니다.",
    "Distances are between the centres of cities and say nothing of costs, flights or hours. "
    "Provinces and other territories have no coordinates, so they have no distance.",
)
LISTED = both(
    "연결의 목록은 나라마다 다르게 완전합니다. 잘 기록된 나라(유럽·북아메리카)의 연결이 많아 보일 "
    "수 있습니다.",
    "Lists of ties are complete to different degrees: countries that keep good records (in Europe "
    "and North America) may seem to have more of them.",
)

__all__ = [
    "ASSORTATIVITY",
    "COUNTRIES",
    "COVARIATES",
    "DISTANCE",
    "FELLOWS",
    "GRAVITY",
    "KILOMETRES",
    "LISTED",
    "MODELS",
    "PERMUTATION",
    "POINTS",
    "QUESTION",
    "REWIRED",
    "TITLE",
    "TRAITS",
    "UNKNOWN",
    "continent",
    "star",
]
