"""The words by which registers name agreements, and the forms that sources give them."""

from __future__ import annotations

import csv
from collections import defaultdict

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
