"""The catalogue of columns: complete, in both languages, and nothing in it unused."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from citypact.graph.tables.catalogue import column, table
from citypact.graph.tables.table import Column

GRAPH = Path(__file__).parents[3] / "graph"
CATALOGUE: dict[str, Any] = tomllib.loads((GRAPH / "tables/columns.toml").read_text("utf-8"))
KINDS = {"text", "words", "names", "integer", "number", "boolean", "day", "list"}


def entries_of(definition: dict[str, Any]) -> list[str]:
    return [text.partition("=")[2] or text for text in definition["columns"]]


def test_columns_have_titles_in_both_languages() -> None:
    for name, entry in CATALOGUE["columns"].items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", name), name
        assert set(entry) <= {"kind", "ko", "en"}, name
        assert entry["ko"] and entry["en"], name
        assert not re.search("[가-힣]", entry["en"]), name
        assert entry.get("kind", "text") in KINDS, name


def test_columns_are_in_order() -> None:
    assert list(CATALOGUE["columns"]) == sorted(CATALOGUE["columns"])


@pytest.mark.parametrize("name", CATALOGUE["tables"])
def test_tables_name_known_columns_and_their_key(name: str) -> None:
    definition = CATALOGUE["tables"][name]
    assert set(entries_of(definition)) <= set(CATALOGUE["columns"])
    made = table(name, [], **dict.fromkeys(re.findall(r"\{(\w+)\}", definition["en"]), "X"))
    names = [each.name for each in made.columns]
    assert len(names) == len(set(names))
    assert set(made.key) <= set(names)
    assert re.search("[가-힣]", made.ko) and not re.search("[가-힣]", made.en)


def test_every_column_is_used_by_a_table_or_a_chart() -> None:
    used = {entry for each in CATALOGUE["tables"].values() for entry in entries_of(each)}
    code = "\n".join(path.read_text("utf-8") for path in sorted(GRAPH.rglob("*.py")))
    unused = [
        name
        for name in CATALOGUE["columns"]
        if name not in used and not re.search(rf'["=]{name.replace("_", "[_-]")}[":]', code)
    ]
    assert unused == []


def test_rows_become_cells_of_both_languages_and_leave_out_what_is_unknown() -> None:
    @dataclass(frozen=True)
    class Row:
        id: str
        measure: dict[str, str]
        value: float | None
        more: int = 1

    rows = [
        Row("a", {"ko": "밀도", "en": "Density"}, 0.5),
        Row("b", {"ko": "지름", "en": "D"}, None),
    ]
    made = table("structure-network", rows)
    assert made.rows == [
        {"id": "a", "measure_ko": "밀도", "measure_en": "Density", "value": 0.5},
        {"id": "b", "measure_ko": "지름", "measure_en": "D"},
    ]
    assert made.columns[0] == Column("id", "text", *column("measure_code").title.values())


def test_tables_name_the_iris_of_their_rows() -> None:
    def named(field: str, iri: str) -> dict[str, str]:
        return {"ko": f"{iri}의 이름", "en": f"name of {iri}"}

    (pair,) = table("topics-together", [{"one": "art", "other": "law"}], named, least="1").rows
    assert (pair["one_id"], pair["one_ko"], pair["other_en"]) == (
        "art",
        "art의 이름",
        "name of law",
    )
    (city,) = table("prediction-cities", [{"id": "lima", "through": ["rio"]}], named).rows
    assert (city["id"], city["label_en"], city["through_en"]) == (
        "lima",
        "name of lima",
        ["name of rio"],
    )
    # A text in both languages stays as it is.
    words = {"ko": "리마", "en": "Lima"}
    (city,) = table("prediction-cities", [{"id": "lima", "label": words}], named).rows
    assert (city["label_ko"], city["label_en"]) == ("리마", "Lima")


def test_a_row_may_be_made_of_parts_of_which_the_first_that_knows_a_field_counts() -> None:
    @dataclass(frozen=True)
    class Counted:
        number: int
        kind: str | None = None

        @property
        def share(self) -> float:
            return self.number / 4

    def named(field: str, code: str) -> dict[str, str]:
        return {"ko": f"{field}의 {code}", "en": f"{code} of {field}"}

    rows = [({"id": "lima", "number": 3}, Counted(1), None), (Counted(2), {"kind": "other"})]
    first, second = table("titles-lists", rows, named).rows
    assert (first["label_en"], first["number"], first["share"]) == ("lima of label", 3, 0.25)
    assert "kind_id" not in first
    assert (second["kind_id"], second["kind_ko"], second["number"]) == ("other", "kind의 other", 2)
