"""Drafts survive JSON, in which processes and files of drafts have them."""

import json

from citypact.sources.documents.plain import plain_form
from citypact.sources.extraction.draft_json import draft_from_json, draft_to_json
from citypact.sources.extraction.extract import extract


def test_a_draft_survives_json() -> None:
    text = (
        "나주시는 12일 나주시청에서 오슬로시와 업무협약을 체결했다. 김하늘 나주시장이 서명했다. "
        "두 도시는 관광 분야에서 협력한다. 이 협약은 법적 구속력이 없다.\n"
        "나주시와 새내시는 2010년 자매결연을 맺었다."
    )
    draft = extract(plain_form(text), published="2019-03-13")
    assert draft.agreements and draft.agreements[0].signatories
    assert draft_from_json(json.loads(json.dumps(draft_to_json(draft)))) == draft
