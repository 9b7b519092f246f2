"""What tests of chapters share: small graphs, and what holds of any finding."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from citypact.graph.build.build import make_graph
from citypact.graph.charts.figure import specifications
from citypact.graph.report.shared.finding import Finding
from citypact.graph.store.base import LocalStore
from citypact.graph.text.numbers import written

COUNTRIES = """\
countries:
  south-korea: {label: {ko: 대한민국, en: South Korea}, code: KR}
  japan: {label: {ko: 일본, en: Japan}, code: JP}
  france: {label: {ko: 프랑스, en: France}, code: FR}
  brazil: {label: {ko: 브라질, en: Brazil}, code: BR}
"""
DOCUMENT = """\
document:
  id: {name}
  label: {{ko: {name} 문서, en: Document {name}}}
  title: {{ko: {name} 문서}}
  type: web-notice
  address: https://{name}.example/
  published: 2024-05
  said_after_signing: true

"""


def store_of(folder: Path, entities: str, documents: Mapping[str, str]) -> LocalStore:
    """A graph of these entities and of one record a document, by its name."""
    for part in ("entities", "records"):
        (folder / part).mkdir(parents=True)
    (folder / "entities/world.yaml").write_text(COUNTRIES + entities, encoding="utf-8")
    for name, record in documents.items():
        head = DOCUMENT.format(name=name)
        # A record may go on with further fields of its document.
        text = (head.rstrip("\n") + "\n" if record.startswith("  ") else head) + record
        (folder / f"records/{name}.yaml").write_text(text, encoding="utf-8")
    return make_graph(folder)


def cities_of(countries: Mapping[str, str]) -> str:
    """Cities with their governments, by their slugs and countries."""
    cities = governments = ""
    for slug, country in countries.items():
        label = f"label: {{ko: {slug}시, en: {slug.capitalize()}}}"
        cities += f"  {slug}: {{{label}, country: {country}}}\n"
        governments += f"  {slug}: {{{label}, governs: {slug}}}\n"
    return f"cities:\n{cities}governments:\n{governments}"


def partnerships(*pairs: tuple[str, str], year: int = 0) -> str:
    """Lines of partnerships between cities."""
    return "".join(
        f"  {one}-{other}: {{label: {{ko: {one}–{other} 관계, en: {one}–{other}}}, "
        f"partners: [{one}, {other}], relation_type: sister-city"
        + (f", established: {year}}}\n" if year else "}\n")
        for one, other in pairs
    )


def memberships(network: str, *members: str) -> str:
    """Lines of memberships in a network."""
    return "".join(
        f"  {member}-{network}: {{member: {member}, organization: {network}}}\n"
        for member in members
    )


def store_of_member_lists(folder: Path) -> LocalStore:
    """A graph with three lists of members: one in part, one of a round total, one without a day."""
    said = {
        "first": (
            "{is: part, as_of: '2010'}",
            "{measure: member-cities, value: 3}",
            ("seoul", "lyon"),
        ),
        "second": (
            "{is: unknown, as_of: '2012'}",
            "{measure: member-cities, value: 40, approximate: true}",
            ("seoul",),
        ),
        "third": ("whole", "", ("recife",)),
    }
    records = {}
    for name, (completeness, total, members) in said.items():
        figures = f"    figures: {{{name}: {total}}}\n" if total else ""
        lists = f"networks:\n  club:\n    member_list: {completeness}\n{figures}"
        records[name] = f"{lists}memberships:\n{memberships('club', *members)}"
    countries = {"seoul": "south-korea", "lyon": "france", "recife": "brazil"}
    club = "networks:\n  club: {label: {ko: 클럽, en: The Club}}\n"
    return store_of(folder, cities_of(countries) + club, records)


def texts(finding: Finding, language: str = "en") -> str:
    """Answer and cautions as one text."""
    return "\n".join(words[language] for words in (*finding.answer, *finding.cautions))


def rows(finding: Finding, name: str) -> list[dict[str, Any]]:
    """The rows of a table of a finding; none where it has no such table."""
    return next((table.rows for table in finding.tables if table.name == name), [])


NO_RESULTS = (
    r"95% (?:confidence interval|CI)|\d{4}-\d{2}-\d{2}|[Aa]t least [\d,]+ (?:samples )?are needed"
    r"|0\.5 is chance|adds (?:those|the lists) of 36 cities|(?:at most|within) 1,000 km"
    r"|adjusted for \d+ tests|the 1990s|fewer than 90%"
    r"|[A-Z][\w’-]+(?: et al\.)? (?:19|20)\d\d"
)
"""What prose may say that is no result: levels, days, thresholds, papers, how to get more data."""


def numbers_without_table(finding: Finding, language: str = "en") -> list[tuple[str, str]]:
    """Numbers of answer and cautions that are in no table and no parameter, with their text.

    A number of rows is in the table; confidence levels and days are no results.
    """
    known: set[str] = set()
    for table in finding.tables:
        known |= written_as(len(table.rows))
        for row in table.rows:
            for value in row.values():
                known |= written_as(value)
    for value in finding.parameters.values():
        known |= written_as(value)
    missing = []
    for words in (*finding.answer, *finding.cautions):
        text = re.sub(NO_RESULTS, "", words[language])
        for number in re.findall(r"(?<![\w.])\d[\d,]*(?:\.\d+)?", text):
            if number.rstrip(",") not in known:
                missing.append((number, text))
    return missing


def written_as(value: Any) -> set[str]:
    """The ways in which prose may write a value."""
    if isinstance(value, bool) or value is None:
        return set()
    if isinstance(value, int | float):
        size = abs(value)
        found = {f"{size:,.{digits}f}" for digits in range(6)} | {written(size)}
        # Bounds of p-values are rounded up.
        found |= {f"{math.ceil(size * 10**d) / 10**d:.{d}f}" for d in range(2, 6)}
        found |= {f"{100 * size:.0f}", f"{100 * size:.1f}", f"{size:.0f}"}
        return found | ({written(int(size))} if size == int(size) else set())
    if isinstance(value, Mapping | list | tuple):
        several = value.values() if isinstance(value, Mapping) else value
        return {text for each in several for text in written_as(each)} | {str(len(value))}
    return set(re.findall(r"\d[\d,.]*\d|\d", str(value)))


def check(finding: Finding) -> None:
    """What holds of any finding: both languages, keys, known numbers, figures that can be drawn."""
    assert finding.answer
    for words in (*finding.answer, *finding.method, *finding.cautions):
        assert re.search("[가-힣]", words["ko"])
        assert not re.search("[가-힣]", words["en"])
        assert not {"nan", "None", "inf"} & set(re.findall(r"\w+", words["ko"] + words["en"]))
    for headline in finding.headlines:
        assert re.search("[가-힣]", headline.label["ko"])
    for table in finding.tables:
        assert table.name.startswith(finding.name + "-")
        columns = {column.name for column in table.columns}
        for row in table.rows:
            assert set(table.key) <= set(row) <= columns
            assert all(value is not None and value == value for value in row.values())
        assert len({tuple(row[k] for k in table.key) for row in table.rows}) == len(table.rows)
    for figure in finding.figures:
        assert figure.name.startswith(finding.name + "-")
        korean, english = specifications(figure).values()
        assert korean != english
    missing = numbers_without_table(finding)
    assert not missing, missing
    assert list(finding.sources) == sorted(set(finding.sources))


def store_of_lists(
    folder: Path,
    countries: Mapping[str, str],
    lists: Mapping[str, Mapping[str, str]],
    totals: Mapping[str, int] | None = None,
    completeness: Mapping[str, tuple[str, str]] | None = None,
) -> LocalStore:
    """A graph in which cities list their partners, each in a document of its own side.

    countries: by city. lists: by city its partners, each with more of the partnership as YAML, such
    as `established: 1998, relation_type: sister-city`; '' for nothing. totals: how many partners
    the document says. completeness: how much of the list is on record (code), and its day.
    """
    documents = {}
    named: set[tuple[str, ...]] = set()
    for hub, partners in lists.items():
        record = f"  about: government/{hub}\n\n"
        said = [f"partner_city_total: {totals[hub]}"] if totals and hub in totals else []
        if completeness and hub in completeness:
            said.append("partner_list: {{is: {}, as_of: '{}'}}".format(*completeness[hub]))
        if said:
            record += f"governments:\n  {hub}: {{{', '.join(said)}}}\n"
        record += "partnerships:\n"
        for partner, more in partners.items():
            one, other = pair = tuple(sorted((hub, partner)))
            about = [f"partners: [{one}, {other}]"]
            if pair not in named:  # a thing has its label in one place
                about.append(f"label: {{ko: {one}–{other} 관계, en: {one}–{other}}}")
            named.add(pair)
            record += f"  {one}-{other}: {{{', '.join(filter(None, [*about, more]))}}}\n"
        documents[f"list-of-{hub}"] = record
    return store_of(folder, cities_of(countries), documents)
