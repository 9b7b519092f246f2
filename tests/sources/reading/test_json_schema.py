"""The published JSON Schema is current, valid, accepts our records and refuses faults."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from citypact.sources import PACKAGED
from citypact.sources.reading.json_schema import FILE, record_schema, schema_text

FILES = sorted([*PACKAGED.glob("records/*.yaml"), *PACKAGED.glob("entities/*.yaml")])


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: a date or a time is text, only true and false are booleans."""


CoreLoader.yaml_implicit_resolvers = {
    letter: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag
        not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:int")
    ]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _tag, _pattern, _letters in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", "-+0123456789"),
):
    CoreLoader.add_implicit_resolver(_tag, re.compile(_pattern), list(_letters))


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_published_schema_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == schema_text(), (
        "run `python -m citypact.sources.reading.json_schema`"
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_accepts_our_files(path: Path, validator: jsonschema.Draft202012Validator) -> None:
    data = yaml.load(path.read_text(encoding="utf-8"), CoreLoader)
    faults = [f"{list(e.absolute_path)}: {e.message[:200]}" for e in validator.iter_errors(data)]
    assert not faults


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_name_the_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../record.schema.json"


def broken() -> Iterator[tuple[str, dict[str, Any]]]:
    document = {"id": "a", "label": {"ko": "가", "en": "a"}}
    yield "unknown section", {"document": document, "treaties": {}}
    yield "unknown field", {"agreements": {"a": {"signd": "2013"}}}
    yield "unknown code", {"agreements": {"a": {"form": "treaty"}}}
    yield "unknown topic", {"agreements": {"a": {"topics": ["magic"]}}}
    yield "bad span", {"agreements": {"a": {"at": "12"}}}
    yield "bad date", {"agreements": {"a": {"signed": "30 October"}}}
    yield "bad slug", {"agreements": {"A b": {}}}
    yield "value without is", {"agreements": {"a": {"signed": {"at": "1-2"}}}}
    yield "text without language", {"agreements": {"a": {"title": "Words"}}}
    yield "remark in one language", {"agreements": {"a": {"note": {"ko": "가"}}}}
    yield "evidence of a whole document", {"document": {**document, "at": "1-2"}}
    yield "empty list", {"agreements": {"a": {"topics": []}}}
    yield "document without id", {"document": {"label": {"ko": "가", "en": "a"}}}


@pytest.mark.parametrize(("fault", "data"), list(broken()))
def test_refuses(
    fault: str, data: dict[str, Any], validator: jsonschema.Draft202012Validator
) -> None:
    assert not validator.is_valid(data), fault


def test_describes_every_field_in_both_languages() -> None:
    things = [d for d in record_schema()["$defs"].values() if d.get("type") == "object"]
    described = [
        field["description"]
        for thing in things
        for field in thing.get("properties", {}).values()
        if "description" in field
    ]
    assert len(described) > 100
    assert all(" / " in text for text in described)
