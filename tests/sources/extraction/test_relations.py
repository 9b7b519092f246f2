"""Which agreements texts assert, between whom, and what they are to the text."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from citypact.sources.documents.plain import plain_form
from citypact.sources.extraction.extract import extract

ASSERTED = [
    # A headline and its sentence are one agreement; the place of the ceremony is no party.
    (
        "서울시, 하노이와 우호도시 협정\n\n"
        "서울시는 3일 다낭에서 열린 회의에서 하노이시와 우호도시 협정을 체결했다고 밝혔다.",
        ["friendship main Hanoi+Seoul"],
    ),
    # Unknown names by their form, without particles.
    (
        "가람시와 나루군이 12일 가람시청에서 자매결연 협약을 맺었다.",
        ["sister_city main 가람시+나루군"],
    ),
    # Pairs, each with its own paper.
    (
        "이날 가람시와 나루군, 서울시와 하노이시가 각각 업무협약을 체결했다.",
        ["business_agreement main Hanoi+Seoul", "business_agreement main 가람시+나루군"],
    ),
    # A paper of three.
    ("서울시와 하노이시, 런던시가 3자 양해각서에 서명했다.", ["mou main Hanoi+London+Seoul"]),
    # Earlier ones in a half sentence, and one that is planned.
    (
        "서울시는 하노이시와 업무협약(MOU)을 체결했다. "
        "두 도시는 1999년 우호도시 협정을 맺은 바 있다. "
        "시는 런던시와도 업무협약을 체결할 예정이다.",
        [
            "friendship past Hanoi+Seoul",
            "mou main Hanoi+Seoul",
            "business_agreement planned London+Seoul",
        ],
    ),
    (
        "하노이시는 런던시와 뉴욕시에 이어 서울시의 세 번째 자매도시가 됐다.",
        [
            "sister_city main Hanoi+Seoul",
            "sister_city past London+Seoul",
            "sister_city past New York+Seoul",
        ],
    ),
    (
        "Seoul and Hanoi, which have been sister cities since 1996, have signed an MOU.",
        ["sister_city past Hanoi+Seoul", "mou main Hanoi+Seoul"],
    ),
    (
        "The City of Seoul signed a friendship agreement with London on Monday.",
        ["friendship main London+Seoul"],
    ),
    (
        "A memorandum of understanding between Seoul, Hanoi and London was signed on Friday.",
        ["mou main Hanoi+London+Seoul"],
    ),
    ("Seoul will sign a letter of intent with Hanoi.", ["letter_of_intent main Hanoi+Seoul"]),
    (
        "Sister cities of Seoul\n\n"
        "Nation / City / Date\nViet Nam / Hanoi / 1996-05-01\nUK / London / 2001-07-09\n",
        ["sister_city past Hanoi+Seoul", "sister_city past London+Seoul"],
    ),
    (
        "Hanoi terminated its sister city relationship with Seoul on Tuesday.",
        ["sister_city past Hanoi+Seoul"],
    ),
    # A city in a province: no party of its own, also where the name of the city ends like `Cuban`.
    (
        "The cities of Seoul and Doan, Isabela inked a sisterhood pact.\n\n"
        "It was signed by Doan City Mayor Ana Cruz and Seoul Mayor Park.",
        ["sister_city main Doan+Seoul"],
    ),
    # Titles of offices are no cities; the parties are those of the headline.
    (
        "Seoul and Hanoi start to share what they know\n\n"
        "Executive Mayor Park and Head of Government Tran inked a letter of intent on Friday.",
        ["letter_of_intent main Hanoi+Seoul"],
    ),
    # What a tie was before it was raised is not concluded now.
    (
        "Seoul and Hanoi upgraded their friendly exchange ties to sister-city ties on Monday.",
        ["sister_city main Hanoi+Seoul"],
    ),
    # `The relationship` is the tie that was told of, and its beginning an earlier paper.
    (
        "Seoul and Hanoi signed a renewed sister city agreement. "
        "The relationship was first established in 1996.",
        ["sister_city main Hanoi+Seoul", "sister_city past Hanoi+Seoul"],
    ),
    (
        "Seoul has sister city agreements with, among others, Hanoi (1996) and London (2001).",
        ["sister_city past Hanoi+Seoul", "sister_city past London+Seoul"],
    ),
    (
        "Seoul is twinned with Hanoi in Viet Nam, since 1996, and with London, since 2001.",
        ["sister_city past Hanoi+Seoul", "sister_city past London+Seoul"],
    ),
    # A paper named by what is done under it; an older one that a new one extends.
    (
        "Seoul and Hanoi, sister cities since 1996, will share what they know. Under a memorandum "
        "signed today by Mayor Park and Mayor Tran, Seoul will lend buses.",
        ["sister_city past Hanoi+Seoul", "mou main Hanoi+Seoul"],
    ),
    (
        "Mayor Park signed a protocol extending the 2004 friendship agreement between Seoul and "
        "Hanoi on Monday.",
        ["other main Hanoi+Seoul", "friendship past Hanoi+Seoul"],
    ),
    # An anniversary to be marked is of an earlier tie.
    (
        "The mayors met to mark 40 years of the sister city relationship between Seoul and Hanoi.",
        ["sister_city past Hanoi+Seoul"],
    ),
    (
        "Friendship ties between Seoul and Hanoi, established in 1996, and sister city ties with "
        "London, which go back to 2001, were the subject of a lecture.",
        ["friendship past Hanoi+Seoul", "sister_city past London+Seoul"],
    ),
    (
        "Three papers were signed when Seoul received guests, among them a letter of intent "
        "between Hanoi and London.",
        ["letter_of_intent main Hanoi+London"],
    ),
    (
        "The mayors of Seoul and Hanoi put their signatures to a friendship agreement on Friday.",
        ["friendship main Hanoi+Seoul"],
    ),
    (
        "Seoul's sister city agreement with London was frozen in 2021. "
        "Seoul stands by Hanoi, with which a friendship agreement has existed since 1998.",
        ["friendship past Hanoi+Seoul", "sister_city past London+Seoul"],
    ),
    (
        "Seoul formalized sister city ties with Tezil, Veracruz, and Hanoi, Viet Nam, on Monday.",
        ["sister_city main Hanoi+Seoul", "sister_city main Seoul+Tezil"],
    ),
    # `Mayor` in small letters, with the city before or behind.
    (
        "Hanoi's mayor Tran Anh and Nora Berg, acting mayor of Seoul, signed a friendship pact.",
        ["friendship main Hanoi+Seoul"],
    ),
    # A table in which a column gives the kind of each tie, also of a place that nobody knows.
    (
        "Seoul and the world\n\nCity\tCountry\tType\tSince\n"
        "Hanoi\tViet Nam\tSister city\t1996\nTezil\tMexico\tFriendship city\t2001\n",
        ["sister_city past Hanoi+Seoul", "friendship past Seoul+Tezil"],
    ),
    (
        "Taoyuan City Government and the Municipality of Seoul concluded a letter of intent on "
        "July 4. Mayor Berg signed for Seoul.",
        ["letter_of_intent main Seoul+Taoyuan"],
    ),
    # `The city` is whose document it is, not the partner of the sentence before.
    (
        "Seoul has ties with many ports. It signed an MOU with London in 1999. "
        "The city is twinned with Thang Long, now Hanoi, since 1996.",
        ["mou past London+Seoul", "sister_city past Hanoi+Seoul"],
    ),
    # Lines that each say all of a tie.
    (
        "Seoul and the world\n\nSeoul keeps these partnerships.\n\n"
        "Hanoi (Viet Nam): twinning agreement, 1 May 1996\n"
        "London (UK): memorandum of understanding of 9 July 2001\n",
        ["sister_city past Hanoi+Seoul", "mou past London+Seoul"],
    ),
    # Lists: partner and date in one line, or in two; a Markdown table; the council as owner.
    (
        "Sister cities of Seoul\n\nHanoi (Viet Nam) May 1, 1996\nLima (Peru) Oct. 9, 2001\n"
        "London (United Kingdom) July 9, 2003\nRome (Italy) Nov. 13, 2004\n",
        [f"sister_city past {city}+Seoul" for city in ("Hanoi", "Lima", "London", "Rome")],
    ),
    (
        "Seoul: sister cities\n\nHanoi, Viet Nam\nSister city since 1996\n\n"
        "London, UK\nSister city since 2001\n",
        ["sister_city past Hanoi+Seoul", "sister_city past London+Seoul"],
    ),
    (
        "| Sister city of Seoul | Year |\n|---|---|\n| Hanoi | 1996 |\n| London | 2001 |\n",
        ["sister_city past Hanoi+Seoul", "sister_city past London+Seoul"],
    ),
    (
        "Lima City Council has two sister city relationships:\n"
        "- Hanoi, Viet Nam – established 1996\n- London, UK – established 2001\n",
        ["sister_city past Hanoi+Lima", "sister_city past Lima+London"],
    ),
]

NOTHING = [
    "자매도시 하노이시 대표단이 3일 서울시를 방문했다.",
    "서울시는 하노이시에 자매결연 체결을 제안했다. 두 도시는 업무협약 체결을 논의했다.",
    "서울시와 하노이시는 협정을 체결하지 못했다.",
    "서울시는 업무협약 체결에 관한 조례를 개정했다.",
    "The mayor of Seoul welcomed a delegation from its sister city Hanoi.",
    "Seoul signs such agreements with the consent of the council. Hanoi does so too.",
    "Mayor Park said that Seoul and Hanoi, the twin cities, had been partners for years.",
    "The mayor of Seoul signed up for a marathon with runners from its twin city Hanoi.",
    "The mayor of Seoul signed a book with guests from its twin city Hanoi.",
    "The mayor signed copies of her book in Seoul and Hanoi, twin cities of music.",
    "Seoul named the winners of a contest on sister cities. Pupils from Hanoi and London won.",
    "The mayor hopes that the ties between Seoul and Hanoi will become a sister city agreement.",
    "A draft friendship agreement between Seoul and Hanoi will go to the council next month.",
    "Seoul and Hanoi discussed a possible sister city agreement.",
    "Seoul did not sign the memorandum of understanding with Hanoi.",
    "Seoul's office for its sister cities was set up in 1996.\n"
    "In 2018 the council of Seoul reviewed its twinning.",
    "The mayors of Seoul and Hanoi attended a conference on partnerships between cities in London.",
]


def found_in(text: str) -> list[str]:
    """Form, status and parties of each agreement that is found in a text, sorted."""
    draft = extract(plain_form(text), published="2024-06-04")
    return sorted(
        f"{a.form.value} {a.status.value} {' + '.join(sorted(p.value.label_en for p in a.parties))}"
        for a in draft.agreements
    )


def test_invented_texts() -> None:
    """Verbs, lists, pairs, titles and tables of both languages, and texts without an agreement."""
    cases = yaml.safe_load((Path(__file__).parent / "asserted.yaml").read_text(encoding="utf-8"))
    wrong = {
        case["text"]: found
        for case in cases
        if (found := found_in(case["text"])) != sorted(case["agreements"])
    }
    assert not wrong


@pytest.mark.parametrize(("text", "agreements"), ASSERTED)
def test_asserted(text: str, agreements: list[str]) -> None:
    """Form, status and parties of each agreement; every value has words in the text."""
    found = [found.replace(" + ", "+") for found in found_in(text)]
    assert sorted(found) == sorted(agreements)


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_asserted(text: str) -> None:
    """Visits, epithets, proposals, talks, failures and bylaws are no agreements."""
    assert not extract(plain_form(text), published="2024-06-04").agreements


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Sister cities of Oslo\n\nLima.\nSince 1990\n\nKyoto.\nSince 1995", {"1990", "1995"}),
        (
            "Oslo and Lima celebrated the 20th anniversary of their sister city relationship on "
            "May 3, 2024.",
            {"2004"},
        ),
    ],
)
def test_a_tie_has_the_date_below_its_name_and_none_of_its_anniversary(
    text: str, dates: set[str]
) -> None:
    found = extract(plain_form(text), published="2024-06-04").agreements
    assert {each.date.value.edtf for each in found if each.date} == dates


def test_long_runs_in_a_list_are_read_to_their_end() -> None:
    """Capitals and digits without a break: trying each way to cut them would never end."""
    runs = f"{'A' * 200} x {'1' * 200} x"
    found = found_in(f"Oslo has sister cities: Lima in 1993, and {runs} Nairobi.")
    assert not any("Nairobi" in each for each in found)
