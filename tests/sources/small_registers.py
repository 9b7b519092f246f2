"""Registers beside the small set of sources: three documents that speak of Seoul and Hanoi."""

from __future__ import annotations

from pathlib import Path

from tests.sources.small import write_small

REGISTERS = {
    "documents": """\
id,label.ko,label.en,type,issued_by,address,published,said_after_signing
daily,일간지 기사,An article of the Daily,press-article,,https://daily.example/1,2016-05-05,true
page,서울시 누리집,A page of Seoul,web-notice,government/seoul,https://seoul.example/partners,,
weekly,주간지 기사,An article of the Weekly,press-article,,https://weekly.example/2,2016-05-06,true
""",
    "partnerships": """\
id,source,label.ko,label.en,partners,relation_type,established,established.rank,\
established.reason.ko,established.reason.en,established.note.ko,established.note.en
seoul-hanoi,page,서울–하노이 자매도시 관계,Sister cities Seoul and Hanoi,city/seoul;city/hanoi,\
sister-city,1996-05-01,preferred,당사자의 글이다.,The page is of a party.,,
seoul-hanoi,daily,,,city/seoul;city/hanoi,sister-city,1997,,,,기사는 해만 적었다.,A year alone.
""",
    "agreements": """\
id,source,label.ko,label.en,parties,form,signed,status,topics
seoul-hanoi-2016,daily,서울–하노이 협정(2016),Seoul–Hanoi agreement (2016),\
government/seoul;government/hanoi,agreement,2016-05-04,signed,tourism; smart-city
seoul-hanoi-2016,weekly,,,government/seoul;government/hanoi,agreement,2016-05-04,signed,tourism
""",
    "agreements.signatures": """\
of,id,source,person,post,party,inferred
seoul-hanoi-2016,seoul,daily,park,seoul-mayor,government/seoul,
seoul-hanoi-2016,seoul,weekly,park,seoul-mayor,government/seoul,true
""",
    "governments": """\
id,source,partner_city_total,partner_city_total.as_of,partner_city_total.rank,\
partner_city_total.reason.ko,partner_city_total.reason.en
seoul,page,2,2016,preferred,당사자의 글이다.,The page is of a party.
seoul,weekly,5,,,,
""",
    "cities": """\
id,source,label.ko,label.en,aliases.ko,aliases.en,country,latitude,longitude
hue,,후에,Hue,훼; 후에시,Huế,vietnam,16.46,107.6
""",
}
"""The registers by the names of their files."""


def write_registers(folder: Path, **changed: str) -> Path:
    """Writes the small set with its registers below a folder; `changed` takes their place.

    A changed register is named with `_` for the dot in its file's name.
    """
    write_small(folder)
    (folder / "registers").mkdir(exist_ok=True)
    tables = REGISTERS | {name.replace("_", "."): text for name, text in changed.items()}
    for name, text in tables.items():
        (folder / f"registers/{name}.csv").write_text(text, encoding="utf-8", newline="")
    return folder
