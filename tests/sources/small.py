"""A small good set of sources: two cities that sign a memorandum, one network, one prospect."""

from __future__ import annotations

from pathlib import Path

TEXT = (
    "서울시와 하노이시는 2015년 3월 2일 서울에서 스마트시티 양해각서에 서명했다. "
    "하노이시는 WeGO 회원이다. 박 시장은 하노이시를 포럼에 초청했다.\n"
    "Seoul and Hanoi signed a memorandum on smart cities in Seoul on 2 March 2015. "
    "Hanoi is a member of WeGO. Mayor Park invited Hanoi to a forum.\n"
)
"""The text that the spans of the record count in."""

ENTITIES = """\
cities:
  seoul:
    label: {ko: 서울, en: Seoul}
    country: south-korea
    latitude: 37.566
    longitude: 126.9784
    wikidata: Q8684
  hanoi:
    label: {ko: 하노이, en: Hanoi}
    country: vietnam
countries:
  south-korea:
    label: {ko: 대한민국, en: Republic of Korea}
  vietnam:
    label: {ko: 베트남, en: Viet Nam}
governments:
  seoul:
    label: {ko: 서울특별시, en: Seoul Metropolitan Government}
    governs: seoul
  hanoi:
    label: {ko: 하노이시, en: City of Hanoi}
    aliases: {ko: [하노이], en: [Hanoi]}
    governs: hanoi
networks:
  wego:
    label: {ko: 위고, en: WeGO}
people:
  park:
    label: {ko: 박 시장, en: Mayor Park}
posts:
  seoul-mayor:
    label: {ko: 서울시장, en: Mayor of Seoul}
    organization: government/seoul
"""

RECORD = """\
document:
  id: seoul-hanoi-2015
  label: {ko: 서울–하노이 양해각서 소식, en: News of the Seoul–Hanoi memorandum}
  type: press-release
  sha256: 90739d0c5b2ff46ef71441d81df8ddd257f33c19ad9f2dc0e8d0ac099bb14368
  characters: 227
  versions: {ko: 0-84, en: 85-227}
  published: 2015-03-02
  languages: {is: ko, at: 0-45}

memberships:
  hanoi-wego:
    at: [46-62, 163-189]
    member: hanoi
    organization: wego
    role: member

agreements:
  seoul-hanoi-2015:
    label: {ko: 서울–하노이 스마트시티 양해각서, en: Seoul–Hanoi Memorandum on Smart Cities}
    at: [0-45, 85-162]
    form: memorandum-of-understanding
    parties: [seoul, hanoi]
    signed: {is: 2015-03-02, at: [11-22, 149-161]}
    status: signed
    legally_binding: false
    topics:
      - smart-city
      - {is: e-government, inferred: true}
    signatures:
      seoul:
        party: seoul
        person: park
        post: seoul-mayor
    provisions:
      sharing:
        label: {ko: 스마트시티 협력, en: Cooperation on smart cities}
        kind: item
        actions: share-policies
    figures:
      years:
        measure: duration-in-years
        value: 5

prospects:
  hanoi-invited:
    label: {ko: 하노이를 포럼에 초청, en: Hanoi invited to a forum}
    at: [63-84, 190-226]
    modality: invited
    by: park
    to: government/hanoi
    concerns: network/wego
"""


def write_small(folder: Path) -> Path:
    """Writes the set below a folder: entities/ and records/, and the text in documents/."""
    files = {
        "entities/world.yaml": ENTITIES,
        "records/seoul-hanoi-2015.yaml": RECORD,
        "documents/seoul-hanoi-2015.txt": TEXT,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder
