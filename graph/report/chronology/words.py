"""The words of the chapter on chronology that do not depend on what was found."""

from __future__ import annotations

from citypact.graph.text.bilingual import Words, both

TITLE = both("언제, 어떤 모양으로", "When, and in which forms")
QUESTION = both(
    "협력 관계는 언제 생겼고, 그 형식과 분야는 어떻게 바뀌었으며, 무엇이 이어지고 무엇이 "
    "조용해졌는가?",
    "When did partnerships begin, how did their forms and topics change, what was renewed and what "
    "went quiet?",
)
DATES = both(
    "날짜는 출처만큼만 정밀합니다(EDTF). 연대까지만 아는 것은 연대에 세고, 그것도 모르는 것은 "
    "‘unknown’으로 따로 셉니다. 연대 말까지 맺어진 도시는 그날까지 시작된 것이 확실한 것만 셉니다.",
    "Dates are as precise as their sources (EDTF). What is known to a decade counts in it; what is "
    "not even known to that is counted apart as unknown. Cities tied by the end of a decade are "
    "those whose tie is known to have begun by that day.",
)
RATES = both(
    "속도의 변화는 기록된 기간의 한가운데 해를 미리 정해, 앞뒤를 두 푸아송 비율의 정확한 조건부 "
    "이항 검정으로 견줍니다(Przyborowski·Wilenski 1940; 비의 95 % 구간은 Clopper·Pearson 1934). "
    "해마다의 수가 두 기간 안에서 푸아송보다 더 흩어지면, 그 산포 지수(피어슨 X²를 자유도로 나눈 "
    "값)로 분산을 늘린 준푸아송 구간과 t 검정(Wedderburn 1974; McCullagh·Nelder 1989, 6.2절)을 "
    "함께 계산해 더 넓은 구간과 더 큰 p를 적습니다. 이웃한 해가 서로 얽혔을 때를 보려고 4년 단위 "
    "묶음의 차례를 섞은 순열 검정을 함께 적습니다(묶음은 Davison·Hinkley 1997, 8.2절). 산포 지수의 "
    "p는 같은 수를 모든 해, 또는 각 기간의 해에 고르게 던졌을 때 지수가 실제만큼 큰 비율입니다. "
    "추첨으로 얻은 p는 1을 더해 보정합니다.",
    "Whether the rate changed is asked of the middle year of the period on record, chosen before "
    "looking, by the exact conditional binomial test of two Poisson rates (Przyborowski and "
    "Wilenski 1940; 95 % interval of the ratio by Clopper and Pearson 1934). Where the yearly "
    "counts of the two periods vary more than Poisson counts, the variance is multiplied by their "
    "index of dispersion (Pearson's X² by its degrees of freedom), and the quasi-Poisson interval "
    "and t test (Wedderburn 1974; McCullagh and Nelder 1989, sec. 6.2) stand as far as they are "
    "wider. A permutation of blocks of 4 years (blocks as in Davison and Hinkley 1997, sec. 8.2) "
    "asks again without taking neighbouring years as independent. The p of an index of dispersion "
    "is how often as many things, dealt evenly to all years or to those of each period, are as "
    "uneven. 1 is added in every p by draws.",
)
TOPICS = both(
    "분야의 확산은 그 분야를 처음 다룬 해와, 그해부터 누적한 상대 수입니다. 큰 분야가 이르거나 "
    "늦은지는 그 분야를 다룬 협정과 다른 협정의 평균 해를 양측 순열 검정으로 견주고, 모든 큰 "
    "분야에 대해 Holm(1979)의 방법으로 보정합니다. 전문을 읽은 문서만이 말하는 분야를 빼고 한 번 "
    "더 봅니다.",
    "A topic spreads by the partners that have it by a year, from its first year on. Whether a "
    "broad field came early or late is asked of the mean year of the agreements that cover it, "
    "beside the other agreements, by a two-sided permutation test, corrected for all fields by "
    "Holm's method (1979), and asked again without topics of which only documents read in full "
    "tell.",
)


def silence(years: int) -> Words:
    """How silence is measured."""
    return both(
        f"‘조용함’은 기준일까지 {years}년 동안 그 상대를 말하는 날짜 있는 근거가 없다는 뜻입니다. "
        "근거는 관계의 시작, 협정, 네트워크 회원·직책, 행사, 그리고 그 상대를 언급한 문서의 "
        "게재일입니다. 기준일은 따로 정하지 않으면 자료에서 마지막으로 일어난 일의 날이며, 임기의 "
        "끝처럼 앞날의 날짜는 세지 않습니다. 날짜 없는 문서는 그 문서가 말하는 일 가운데 가장 늦게 "
        "시작된 것을 함께 봅니다. 예고 기사는 그보다 먼저 쓰였을 수 있습니다.",
        f"Quiet means that nothing dated speaks of a partner in the {years} years before a day: no "
        "beginning of a partnership, agreement, membership or office in a network, no event, no "
        "document published that mentions it. The day is that of the last thing known to have "
        "happened in the graph unless one is given; ends of terms, which lie ahead, do not count. "
        "Of documents without a date the latest beginning that they tell of is given beside; "
        "announcements may have been written somewhat before it.",
    )


RECORDS = both(
    "최근일수록 기록이 많습니다. 온라인 언론 보관소는 1990년대에 시작하므로, 협정 수의 증가에는 "
    "기록의 증가가 섞여 있고 둘을 나눌 수 없습니다. 관계의 시작일은 주로 도시가 공개한 목록에서 와 "
    "이 치우침이 덜하지만, 목록에는 지금 남아 있는 관계만 있어 끝난 옛 관계가 빠졌을 수 있습니다.",
    "Later years are better recorded. Archives of the press online begin in the 1990s: growth of "
    "agreements is mixed with growth of records, and the two cannot be told apart. Beginnings of "
    "partnerships mostly come from lists that cities publish and suffer less from it; but lists "
    "name what exists today, so old partnerships that ended may be missing.",
)
WINDOW = both(
    "속도를 견주는 기간은 아는 첫 관계의 해에 시작합니다. 그래서 첫해에는 반드시 하나가 있고, "
    "가운데 해와 앞 기간의 속도는 첫 관계를 언제로 아는지에 달려 있습니다. 관계가 아직 없던 더 "
    "이른 해는 세지 않으며, 더 이른 관계가 밝혀지면 둘 다 달라집니다.",
    "The window in which the pace is compared begins with the first partnership known. Its first "
    "year always has one, and the middle year and the earlier rate hang on which is the first. "
    "Earlier years without any do not count, and an earlier partnership, if one is found, changes "
    "both.",
)
BUNCHES = both(
    "한 순방이나 행사에서 여럿을 맺으면 일들이 서로 독립이 아닙니다. 속도의 구간과 p는 잰 산포만큼 "
    "넓혔지만, 산포를 두 기간에 같다고 보며 여러 해에 걸친 얽힘은 묶음을 섞은 p만이 헤아립니다. "
    "분야의 검정은 일들이 독립이라고 보므로 p가 실제보다 작게 나옵니다.",
    "Several ties made on one journey or at one summit are not independent of each other. Interval "
    "and p of the pace are widened by the dispersion measured, which is taken as the same in both "
    "periods; only the p of shuffled blocks allows for years that hang together. The tests of "
    "fields take agreements as independent, which makes their p smaller than it should be.",
)
FIRST = both(
    "보도로만 아는 협정은 분야가 몇 낱말로만 남습니다. 처음 나온 해는 ‘모은 협정에서 늦어도 "
    "그해’이며, 분야가 그때 세상에 생겼다는 뜻이 아닙니다. 협정이 많은 해에는 처음 나오는 분야도 "
    "많습니다.",
    "Agreements known from reports have topics of a few words. A first year means that year at the "
    "latest, in the agreements collected, not that the topic was new to the world. Years with many "
    "agreements have many firsts.",
)
AGAIN = both(
    "두 번째 협정이 첫 협정의 갱신이라는 뜻은 아닙니다. 다른 분야의 협정일 수 있으며, 앞선 것을 "
    "잇는다고 출처가 밝힌 경우만 사슬(chronology-chains)에 있습니다.",
    "A second agreement need not renew the first: it may be about something else. Only where "
    "sources say that one follows another is it in a chain (chronology-chains).",
)

__all__ = [
    "AGAIN",
    "BUNCHES",
    "DATES",
    "FIRST",
    "QUESTION",
    "RATES",
    "RECORDS",
    "TITLE",
    "TOPICS",
    "WINDOW",
    "silence",
]
