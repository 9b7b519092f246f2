"""Who signs, with office and side; who only attends, speaks or stands in brackets doesn't."""

from __future__ import annotations

import pytest

from citypact.sources.extraction.model import Status
from citypact.sources.extraction.signatories import signatories_of
from tests.sources.extraction.relations_by_hand import relation_in

A, B = 0, 1
CASES = [
    # Korean
    ("가람시는 오세진 시장이 18일 피에르 르블랑(Pierre Leblanc) 나루시장과 협약을 맺었다고 전했다.",
     {("오세진", A), ("피에르 르블랑", B)}),
    ("가람시와 나루시가 협약을 체결했다. 오세진 시장은 환영사를, 토마 브란코 나루 시장은 "
     "답사를 했고 "
     "협정서에 서명해 교환했다.", {("오세진", A), ("토마 브란코", B)}),
    ("최민아 가람시 행정부시장과 헬가 브란트 나루시 사무총장이 협약서에 서명했다.",
     {("최민아", A), ("헬가 브란트", B)}),
    ("오세진 가람시장과 왕웨이(王偉) 나루시 부시장이 협약을 맺었다. 서기호 가람시의회 의장 등이 "
     "참석했다.", {("오세진", A), ("왕웨이", B)}),
    ("가람시(시장 오세진)는 나루시(시장 박민호)와 협약을 체결했다.", set()),
    ("오세진 가람시장과 박민호 나루시장이 참석한 가운데 협약을 체결했다.", set()),
    ("가람시와 나루시가 협약을 체결했다. 오세진 가람시장은 “협약 체결로 교류를 넓히겠다”고 말했다.",
     set()),
    ("오세진 가람시장은 20일 나루시를 찾아 박민호 시장을 만났다. 두 시장은 협약에 서명했다.",
     {("오세진", A), ("박민호", B)}),
    ("가람시는 오세진 시장이 나루시장과 협약을 체결했다고 밝혔다.", {("오세진", A)}),
    ("오세진 가람시장 권한대행과 마리아 로페스 가르시아 나루시장은 협약을 체결한다. 로페스 시장이 "
     "협약에 서명한다.", {("오세진", A), ("마리아 로페스 가르시아", B)}),
    ("오세진 가람시장은 박민호(朴敏浩) 나루시장을 대신해 방문한 왕카이(王凱) 나루부시장과 협정서를 "
     "교환했다. 가람시와 나루시의 협정이다.", {("오세진", A), ("왕카이", B)}),
    ("가람시와 나루시가 협약을 맺었다. 우민호 가람시장과 무라타 타카시 나루시장이 협약에 서명했다.",
     {("우민호", A), ("무라타 타카시", B)}),
    ("오세진 가람시장은 20일 이민호 나루시장을 만나 의견을 나누었으며, 왕하오란 나루시 "
     "부시장과 협약에 "
     "서명했다.", {("오세진", A), ("왕하오란", B)}),
    ("가람시 시장 경준해는 나루시 시장 양승호를 만났다. 경준해와 양승호는 가람시와 나루시의 협약을 "
     "체결했다.", {("경준해", A), ("양승호", B)}),
    ("박도현 가람시장은 가람시와 나루시의 협약을 체결한다. 이어 10일에는 코시엔 라코파 "
     "나루시장과도 협약을 "
     "체결한다.", {("박도현", A), ("코시엔 라코파", B)}),
    ("가람시 남도현 시장은 3일 나루시 문학수 시장과 협약을 체결, 정보를 나누기로 했다.",
     {("남도현", A), ("문학수", B)}),
    ("이날 협정식에는 박도현 가람시장, 마뉴엘 고메스 나루시장이 참석해 가람시와 나루시의 "
     "협정서에 서명했다.",
     {("박도현", A), ("마뉴엘 고메스", B)}),
    ("가람시와 나루시의 협약. 도현우 가람시장은 나루시장과 협약을 체결하기로 합의했다.", set()),
    ("박도현 가람시장과 서기호 가람시의회 의장, 왕하오 나루시의회 의장이 가람시와 나루시의 "
     "협약에 서명했다.",
     {("박도현", A), ("왕하오", B)}),
    ("김문호 가람시장은 나루시를 방문한다. 또 김 시장은 나루시와 가람시의 ‘우호 협약 체결식’을 "
     "갖는다.",
     {("김문호", A)}),
    ("오세진 가람시장이 나루시의 파이살 빈 압둘라 빈 아이야프 시장을 만나 가람시와 나루시의 "
     "협약을 체결한다.",
     {("오세진", A), ("파이살 빈 압둘라 빈 아이야프", B)}),
    ("가까운 시기에 가람시장과 나루시장이 다시 만나 가람시와 나루시의 협약에 서명한다.", set()),
    ("박도현 경기 가람시장이 나루시장과 가람시 나루시 협약을 체결했다.", {("박도현", A)}),
    ("이현준 가람시장은 상관길경 나루시장 일행과 가람시와 나루시의 의향서에 서명했다.",
     {("이현준", A), ("상관길경", B)}),
    ("지난달 김인묵 가람시장이 방문해 의향서를 교환했던 나루시는 14일 가람시와 협정을 "
     "체결한다.", set()),
    ("가람시는 해외 시장 진출을 위해 나루시와 협약을 체결했다. 국내 시장이 커졌다.", set()),
    ("제1조 가람시와 나루시는 협력한다.\n본 협약서에 서명한다.\n가람시장 오세진\n나루시장 박민호",
     {("오세진", A), ("박민호", B)}),
    ("가람시와 나루시의 협정서\n제1조 두 시는 협력하기로 한다.\n2014년 5월 19일\n가람국 "
     "가람시장        "
     "나루왕국 나루시장\n"
     "박 원 호                빠 소아뜨", {("박원호", A), ("빠 소아뜨", B)}),
    ("강석호 가람시장과 나루시의 B.TSEREN 시장은 협정서에 서명했다. 가람시와 나루시의 "
     "협정이다.",
     {("강석호", A), ("B.TSEREN", B)}),
    # English
    ("On Monday Mayor Jane Doe of Ashford signed an MOU in Ashford with John Roe, the Brookton "
     "Mayor.",
     {("Jane Doe", A), ("John Roe", B)}),
    ("Governor Arnold Vance met Governor Kim Sae-Bom of Brookton at the palace, where the two "
     "signed a "
     "memorandum between Ashford and Brookton.", {("Arnold Vance", A), ("Kim Sae-Bom", B)}),
    ("Ashford and Brookton signed an agreement. The agreement was signed by Ashford Mayor Jane "
     "Doe and Dr Choon-ho "
     "LEE, Mayor of Brookton.", {("Jane Doe", A), ("Choon-ho LEE", B)}),
    ("Ashford and Brookton signed an agreement. It was signed by His Excellency Professor Jane "
     "Doang’ Doe, the Governor of Ashford, and Brookton Governing Mayor John Roe.",
     {("Jane Doang’ Doe", A), ("John Roe", B)}),
    ("Council Member Ann Poe signed the agreement on behalf of Ashford while Mayor John Roe "
     "signed for Brookton.",
     {("Ann Poe", A), ("John Roe", B)}),
    ("Ashford and Brookton signed an agreement. John Roe, CEO of Brookton, praised it. Mayor "
     "Jane Doe said it "
     "helps.", set()),
    ("Mayor Jane Doe of Ashford signed the agreement with Brookton, witnessed by Governor John "
     "Roe.",
     {("Jane Doe", A)}),
    ("Mayor Jane Doe of Ashford welcomed Mayor John Roe of Brookton. Mayor Roe and Mayor Doe "
     "will sign a "
     "memorandum of Ashford and Brookton.", {("Jane Doe", A), ("John Roe", B)}),
    ("Ashford and Brookton signed a memorandum. The letters were signed by Mayor Jane Doe of "
     "Ashford, Mayor John Roe of Brookton and Mayor Ann Poe of Seattle.",
     {("Jane Doe", A), ("John Roe", B)}),
    ("Ashford and Brookton agree as follows.\n\nSigned in duplicate.\n\n"
     "For Ashford                 For Brookton\nJane Doe                 John Roe\n"
     "Mayor                 Mayor", {("Jane Doe", A), ("John Roe", B)}),
    ("The agreement of Ashford and Brookton was signed by Ashford Chair Yuma Mayor Jane Doe and "
     "Brookton President John Roe.", {("Jane Doe", A), ("John Roe", B)}),
    ("Agreement of Ashford and Brookton. This MoU is done in duplicate.\n\nFor the City of "
     "Ashford\nJane Doe\n"
     "Mayor\n\nFor Brookton\nJohn Roe\nMayor", {("Jane Doe", A), ("John Roe", B)}),
    ("Lord Mayor Jane Doe of Ashford led a delegation. In May the Lord Mayor signed a "
     "memorandum of "
     "Ashford with former Mayor of Brookton John Roe.", {("Jane Doe", A), ("John Roe", B)}),
    ("Ashford formalised its tie with Brookton, when Mayor Jane Doe of Ashford and Vice Mayor "
     "John Roe of "
     "Brookton put pen to paper on an agreement.", {("Jane Doe", A), ("John Roe", B)}),
    ("Ashford and Brookton have an agreement. The signing ceremony was led by Ashford Mayor Jane "
     "Doe and Brookton Mayor John Roe on Tuesday.", {("Jane Doe", A), ("John Roe", B)}),
    ("The celebration of the agreement of Ashford and Brookton was led by Ashford Mayor Jane Doe.",
     set()),
    ("Mayor Jane Doe of Ashford received Mayor John Roe of Brookton. The protocol of Ashford and "
     "Brookton was signed by the mayors of both cities.", {("Jane Doe", A), ("John Roe", B)}),
    ("President Jane Doe and Acting Chief Executive Ann Poe signed the agreement with Brookton on "
     "behalf of Ashford.", {("Jane Doe", A), ("Ann Poe", A)}),
    ("The Lord Mayor of Ashford, Councillor Jane Doe, and the Mayor of Brookton, Cllr John Roe, "
     "signed an agreement.", {("Jane Doe", A), ("John Roe", B)}),
    ("Governor Jane Doe of Ashford, who is on a tour of Germany, and Brookton Minister-President "
     "John Roe signed an agreement.", {("Jane Doe", A), ("John Roe", B)}),
    ("An official told Mayor Jane Doe of Ashford last week that his city hopes to sign the "
     "agreement with Brookton.", set()),
    ("The town of Ashford was led by the mayor, Cllr Jane Doe. Cllr Doe and her counterpart of "
     "Brookton, John Roe, signed an agreement.", {("Jane Doe", A), ("John Roe", B)}),
    ("Ashford and Brookton agree as follows.\n\nSigned in duplicate.\n\n"
     "For the City of Ashford For the City of Brookton\nJane Doe John Roe\nMayor Mayor",
     {("Jane Doe", A), ("John Roe", B)}),
    ("An agreement between Ashford and Brookton (hereafter the parties).\n\nJane Doe, Commissioner"
     "\nAshford\n\nJohn Roe, Mayor\nBrookton, Japan", {("Jane Doe", A), ("John Roe", B)}),
    ("The Mayors, Jane Doe and John Roe, signed an agreement between Ashford and Brookton.",
     {("Jane Doe", None), ("John Roe", None)}),
    ("Ashford (Mayor Jane Doe) signed an agreement with Brookton (Mayor John Roe).", set()),
    ("Ashford Mayor Jane Doe and Brookton Lord Mayor John Roe reaffirmed the friendship of Ashford "
     "and Brookton with the signing of a joint statement.", {("Jane Doe", A), ("John Roe", B)}),
    ("This statement of Ashford and Brookton is signed in duplicate.\n\nMayor of Ashford "
     "Governor of Brookton\nJane Doe John Roe", {("Jane Doe", A), ("John Roe", B)}),
    ("The mayors Jane Doe of Ashford and John Roe of Brookton signed a memorandum.",
     {("Jane Doe", A), ("John Roe", B)}),
    ("Friendship agreement of Ashford and Brookton\nWe hereby strengthen our tie.\n7 November "
     "2016\n\n"
     "Jane Doe\nMayor of Ashford, New Zealand\n\nJohn Roe\nMayor of Brookton, Japan",
     {("Jane Doe", A), ("John Roe", B)}),
    ("The governors Ana Vila Dosal and Hu Qiang, from Brookton, signed a memorandum of Ashford and "
     "Brookton. Governor Vila Dosal thanked all.", {("Ana Vila Dosal", A), ("Hu Qiang", B)}),
    ("Ashford and Brookton agree as follows. The declaration is done in duplicate.\n\nJane Doe\n"
     "Mayor of Ashford\n\nRoe, John Min\nMayor of "
     "Brookton", {("Jane Doe", A), ("Roe, John Min", B)}),
    ("Jane Doe and Alderman John Roe, Mayors of Ashford and Brookton respectively, signed the "
     "agreement.", {("Jane Doe", A), ("John Roe", B)}),
    ("Ashford and Brookton have an agreement. The signing, by Ashford Mayor Jane Doe and Brookton "
     "Mayor John Roe, took place at noon.", {("Jane Doe", A), ("John Roe", B)}),
    ("The Chairman of the Ashford City Council Jane Doe signed the agreement of Ashford and "
     "Brookton.", {("Jane Doe", A)}),
    ("Chairman of Ashford People's Committee Jane Doe and Brookton Mayor John Roe signed the "
     "agreement.", {("Jane Doe", A), ("John Roe", B)}),
    ("Ashford Vice-Chancellor Professor Jane Doe signed an agreement with Brookton.",
     {("Jane Doe", A)}),
    ("Mayor of Ashford Jane Doe, Mayor of Brookton John Roe and Mayor of Lima Ana Ruiz signed the "
     "agreement of Ashford and Brookton.", {("Jane Doe", A), ("John Roe", B)}),
    ("Jane Doe and John Roe, Mayors of Ashford, Texas and Brookton, Sonora, signed the agreement.",
     {("Jane Doe", A), ("John Roe", B)}),
    ("The signing of the agreement between the Mayor of Ashford, Jane Doe, and the Mayor of "
     "Brookton, John Roe, took place today.", {("Jane Doe", A), ("John Roe", B)}),
    ("The agreement was signed by Ashford Mayor Jane Doe and the delegation led by Mr. John Roe, "
     "the Mayor of Brookton.", {("Jane Doe", A), ("John Roe", B)}),
    ("Ashford Mayor Jane Doe signed the agreement. The Brookton delegation led by Mayor John Roe "
     "toured the port.", {("Jane Doe", A)}),
    ("Ashford Mayor Jane Doe and Party Secretary, John Roe, on the behalf of Brookton City, signed "
     "the agreement.", {("Jane Doe", A), ("John Roe", B)}),
    ("Executive Mayors for Ashford and Brookton, Ms. Jane Doe and Mr. John Roe, respectively, "
     "signed the agreement.", {("Jane Doe", A), ("John Roe", B)}),
    ("The Mayor of Ashford, Ms. Jane Doe and the Deputy Mayor of Brookton (Utah), Mr. John Roe "
     "signed the agreement.", {("Jane Doe", A), ("John Roe", B)}),
    ("Ashford Mayor Jane Doe met Brookton Mayor John Roe. Following the meeting, the Mayors signed "
     "the agreement.", {("Jane Doe", A), ("John Roe", B)}),
    ("Mayors of the northern capital Ashford and of Brookton Jane Doe and John Roe signed the "
     "agreement.", {("Jane Doe", A), ("John Roe", B)}),
    ("Mayor of Ashford Jane Doe and the Mayor of Brookton, Dr John Roe, signed the agreement.",
     {("Jane Doe", A), ("John Roe", B)}),
    ("Mayor Jane Doe of Ashford met Mayor John Roe of Brookton. Officials of the two local "
     "communities signed the agreement.", set()),
    ("Jane Doe, Mayor of Ashford and Moin ul Roe, Ambassador to Utah signed the agreement on "
     "behalf of Ashford and Brookton respectively.", {("Jane Doe", A), ("Moin ul Roe", B)}),
    ("Minister of Trade Jane Doe, for Ashford, and John Roe, the Mayor of the US city of Brookton, "
     "signed the agreement.", {("Jane Doe", A), ("John Roe", B)}),
    ("Jane Doe, Council Member of Ashford and John Roe, Director of Trade, City of Brookton signed "
     "the agreement of Ashford and Brookton.", {("Jane Doe", A), ("John Roe", B)}),
    ("Jane Doe mayor of Ashford signed the agreement with Brookton.", {("Jane Doe", A)}),
    ("The agreement was signed by Mayor of Ashford Jane Doe and Brookton Mayor John Roe, Utah "
     "Times reports.", {("Jane Doe", A), ("John Roe", B)}),
    ("The agreement of Ashford and Brookton was signed after the proposal made by Ashford Mayor "
     "Jane Doe.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_who_signs_for_which_party(text: str, expected: set[tuple[str, int]]) -> None:
    parties = ("가람시", "나루시") if "가람" in text else ("Ashford", "Brookton")
    relation, context = relation_in(text, *parties)
    found = signatories_of(relation, context)
    assert {(each.value.name, each.value.of) for each in found} == expected
    for each in found:
        assert [context.form.words(span) for span in each.spans] or each.value.name


def test_nobody_signs_an_earlier_paper_who_signs_this_one() -> None:
    text = (
        "가람시장 오세진은 나루시와 자매결연을 맺은 지 7년 만에 박민호 나루시장과 협약을 체결했다."
    )
    relation, context = relation_in(text, "가람시", "나루시", status=Status.PAST, cue="자매결연")
    assert not signatories_of(relation, context)
    text = "In May 2014 Mayor Jane Doe of Ashford signed a memorandum with Brookton Mayor John Roe."
    relation, context = relation_in(
        text, "Ashford", "Brookton", status=Status.PAST, cue="memorandum"
    )
    assert [each.value.of for each in signatories_of(relation, context)] == [A, B]
