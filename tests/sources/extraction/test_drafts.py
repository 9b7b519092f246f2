"""Whole drafts of short texts: what they assert, when, between whom and signed by whom."""

from __future__ import annotations

from pathlib import Path

import yaml

from citypact.sources.documents.plain import plain_form
from citypact.sources.extraction.evaluate import predictions
from citypact.sources.extraction.extract import extract


def drafts_of(text: str) -> list[str]:
    """Each agreement in a line: form, status, date, parties, signatories, mode."""
    draft = extract(plain_form(text), published="2020-06-15")
    lines = []
    for each in predictions(draft)["agreements"]:
        signed = [f"{one['name']} @ {one['of']}" for one in each["signatories"]]
        mode = [] if each["mode"] == "unknown" else [each["mode"]]
        parties = " + ".join(sorted(each["parties"]))
        head = f"{each['type']} {each['status']} {each['date'] or '-'} {parties}"
        lines.append(", ".join([head, *signed, *mode]))
    return sorted(lines)


def test_drafts_of_invented_texts() -> None:
    cases = yaml.safe_load((Path(__file__).parent / "drafted.yaml").read_text(encoding="utf-8"))
    found = {case["text"]: drafts_of(case["text"]) for case in cases}
    assert found == {case["text"]: sorted(case["drafts"]) for case in cases}
