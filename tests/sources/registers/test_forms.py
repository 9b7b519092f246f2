"""What the registers say of agreements: forms by the words of sources, and corrected values."""

from __future__ import annotations

import csv
from collections import defaultdict

import pyoxigraph as ox
import pytest

from citypact.graph.store.base import LocalStore
from citypact.ontology import ID, NS
from citypact.sources import PACKAGED

FORMS = {
    "업무협약": "business-agreement",
    "양해각서": "memorandum-of-understanding",
    "MOU": "memorandum-of-understanding",
    "Business agreement": "business-agreement",
    "공동선언": "joint-declaration",
    "공동성명": "joint-statement",
    "의향서": "letter-of-intent",
    "합의서": "agreed-document",
    "협의서": "agreed-document",
    "업무제휴": "business-partnership",
}


def test_a_label_names_a_form_that_a_source_gives() -> None:
    with (PACKAGED / "registers/agreements.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    forms: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        forms[row["id"]] |= set(row["form"].split(";")) - {""}
    wrong = [
        (row["id"], words)
        for row in rows
        for words, form in FORMS.items()
        if words in row["label.ko"] + row["label.en"] and form not in forms[row["id"]]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("thing", "name", "values"),
    [
        ("agreement/seoul-miami-2023", "status", {"signed"}),
        ("agreement/seoul-tshwane-2015", "status", {"announced"}),
        ("agreement/seoul-lima-2021", "status", {"signed"}),
        ("agreement/seoul-kosmic-2015", "status", {"announced"}),
        ("agreement/seoul-honolulu-unda", "signingDate", {"2014-09-19"}),
        ("agreement/seoul-ulaanbaatar-2009", "signingDate", {"2009-06-26"}),
        ("agreement/seoul-tokyo-2015-sinkholes", "signingDate", {"2015-02-02"}),
        ("agreement/seoul-waterworks-tegucigalpa-unda", "signingDate", {"2023-09-14"}),
        ("agreement/wego-smartcitiesworld-2021", "instrumentForm", {"media-partnership"}),
        ("agreement/seoul-kotra-2022", "mode", {"in-person"}),
        ("agreement/seoul-delhi-2018", "statedTermYears", {"3"}),
        ("agreement/seoul-delhi-2018", "statedTermEnd", {"2021-09-14"}),
        (
            "agreement/seoul-taipei-2023",
            "signingDepartment",
            {"seoul-future-youth-planning-group", "taipei-rdec"},
        ),
        ("partnership/seoul-miami", "relationType", {"friendship-city"}),
        ("partnership/seoul-ankara", "established", {"1971-08-23"}),
        ("network/wego", "established", {"2010-09-07"}),
        (
            "organization/export-import-bank-of-korea",
            "aim",
            {"economic-development", "economic-cooperation"},
        ),
    ],
)
def test_corrected_values_are_facts(
    packaged: LocalStore, thing: str, name: str, values: set[str]
) -> None:
    subject, predicate = ox.NamedNode(ID + thing), ox.NamedNode(NS + name)
    said = set()
    for quad in packaged.quads(subject, predicate, None, ox.DefaultGraph()):
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        said.add(quad.object.value.rsplit("/", 1)[-1])
    assert said == values
