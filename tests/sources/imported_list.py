"""A small list of twin cities, imported by the command as users do."""

from __future__ import annotations

from pathlib import Path

from tests.running import citypact

LINKS = """\
source,target,since
seoul,london,
seoul,atoll,1991
atoll,seoul,1991
atoll,evil,
london,evil,
"""
CITIES = """\
id,name,country,wikidata,lat,lon,population
seoul,Seoul,South Korea,Q8684,37.56,126.99,9668465
london,London,United Kingdom,Q84,51.5,-0.12,
atoll,Funafuti,Tuvalu,Q34126,-8.52,179.2,6320
evil,<script>alert(1)</script>,Freedonia,,10,20,
"""


def import_list(
    data: Path, name: str = "mine", *, links: str = LINKS, cities: str = CITIES
) -> Path:
    """Imports a list into a data folder, without a table of cities where that is empty; gives the
    folder of the import."""
    lists = data / f"list-of-{name}"
    lists.mkdir(parents=True)
    (lists / "links.csv").write_text(links, encoding="utf-8")
    given = ["--edges", lists / "links.csv"]
    if cities:
        (lists / "cities.csv").write_text(cities, encoding="utf-8")
        given += ["--cities", lists / "cities.csv"]
    citypact(
        "import", "twins", *given,
        "--name", name, "--data", data, "--address", f"https://{name}.example/twins",
        "--title-en", f"The list {name}", "--title-ko", f"목록 {name}", "--language", "en",
        "--retrieved", "2026-11-20",
    )  # fmt: skip
    return data / "imports" / name
