"""A small set of sources with partnerships of several kinds, dates and hostile names."""

from __future__ import annotations

from pathlib import Path

from citypact.api import Graph
from citypact.graph.build.build import make_graph

HOSTILE = '=1+1 "quoted" “curly” | <b>&amp;</b> 한글\t\u202ereversed'

ENTITIES = """\
countries:
  south-korea: {label: {ko: 대한민국, en: Republic of Korea}}
cities:
  seoul:
    {label: {ko: 서울, en: Seoul}, country: south-korea, wikidata: Q8684,
     latitude: 37.566, longitude: 126.9784, aliases: {en: [Hanyang, Gyeongseong]}}
  taipei: {label: {ko: 타이베이, en: Taipei}, wikidata: Q1867}
  ankara: {label: {ko: 앙카라, en: Ankara}, wikidata: Q3640}
  honolulu: {label: {ko: 호놀룰루, en: Honolulu}, wikidata: Q18094}
  cairo: {label: {ko: 카이로, en: Cairo}, wikidata: Q85}
  jakarta: {label: {ko: 자카르타, en: Jakarta}, wikidata: Q3630}
  rome: {label: {ko: 로마, en: Rome}, wikidata: Q220}
  athens: {label: {ko: 아테네, en: Athens}, wikidata: Q1524}
  nowhere: {label: {ko: 무명, en: Nowhere}}
governments:
  seoul: {label: {ko: 서울특별시, en: Seoul Metropolitan Government}, governs: seoul}
  taipei: {label: {ko: 타이베이시, en: Taipei City Government}, governs: taipei}
networks:
  wego: {label: {ko: 위고, en: WeGO}}
"""

RECORD = """\
document:
  id: %(id)s
  label: {ko: 소식, en: News}
  title: {ko: %(title)s}
  type: web-notice
%(address)s  published: %(published)s
%(rest)s"""

PARTNERSHIPS = """\
partnerships:
  seoul-taipei:
    {label: {ko: 서울–타이베이, en: Seoul–Taipei}, partners: [seoul, taipei],
     relation_type: sister-city, end: 1992-08,
     established: {is: 1968-03-23, rank: preferred, reason: {ko: 더 정밀함, en: More precise}}}
  seoul-ankara:
    {label: {ko: 서울–앙카라, en: Seoul–Ankara}, partners: [seoul, ankara],
     relation_type: sister-city,
     established: {is: 1971-08, rank: preferred, reason: {ko: 당사자의 글, en: By a party}}}
  seoul-honolulu:
    {label: {ko: 서울–호놀룰루, en: Seoul–Honolulu}, partners: [seoul, honolulu],
     relation_type: sister-city, established: 1973~}
  seoul-cairo:
    {label: {ko: 서울–카이로, en: Seoul–Cairo}, partners: [seoul, cairo],
     relation_type: friendship-city, established: 1997}
  seoul-rome:
    {label: {ko: 서울–로마, en: Seoul–Rome}, partners: [seoul, rome], relation_type: sister-city,
     established: {is: 2000-03-16, rank: preferred, reason: {ko: 당사자의 글, en: By a party}}}
  seoul-athens:
    {label: {ko: 서울–아테네, en: Seoul–Athens}, partners: [seoul, athens],
     relation_type: sister-city, established: {is: 2006-05-15, inferred: true}}
  seoul-nowhere:
    {label: {ko: 서울–무명, en: Seoul–Nowhere}, partners: [seoul, nowhere],
     relation_type: sister-city}
"""

AGREEMENTS = """\
agreements:
  seoul-taipei-1968:
    label: {ko: %(name)s, en: %(name)s}
    parties: [seoul, taipei]
    form: agreement
    signed: 1968-03
    status: signed
    legally_binding: false
    topics: [smart-city, tourism]
memberships:
  seoul-wego: {member: seoul, organization: wego, start: 2010, end: 2015-12}
"""

WITHOUT_ADDRESS = """\
partnerships:
  seoul-jakarta:
    {at: 0-9, label: {ko: 서울–자카르타, en: Seoul–Jakarta}, partners: [seoul, jakarta],
     relation_type: sister-city, established: 1984}
"""

AGAIN = """\
partnerships:
  seoul-ankara: {relation_type: sister-city, established: 1971-08}
  seoul-taipei: {relation_type: sister-city, established: 1968}
  seoul-rome: {relation_type: sister-city, established: 1999}
"""


def twins(folder: Path, address: str = "https://example.org/목록?a='1'&b=2") -> Graph:
    """Builds the set in memory; `address` is that of the document that lists most of it."""
    name = "'" + HOSTILE.replace("'", "''") + "'"
    quoted = "'" + address.replace("'", "''") + "'"
    records = {
        "list": (f"  address: {quoted}\n", "2024-05", PARTNERSHIPS + AGREEMENTS % {"name": name}),
        "paper": (f"  sha256: {'0' * 64}\n  characters: 10\n", "1984", WITHOUT_ADDRESS),
        "again": (
            "  address: https://example.org/again\n  retrieved: 2026-11-22\n"
            "  archive_address: https://archive.example/1\n",
            "1971-08-23",
            AGAIN,
        ),
    }
    for part in ("entities", "records"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "entities" / "world.yaml").write_text(ENTITIES, encoding="utf-8")
    for key, (place, published, rest) in records.items():
        text = RECORD % {
            "id": key,
            "title": name,
            "address": place,
            "published": published,
            "rest": rest,
        }
        (folder / "records" / f"{key}.yaml").write_text(text, encoding="utf-8")
    return Graph(make_graph(folder))
