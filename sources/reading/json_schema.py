"""The JSON Schema of record and entity files, made from the vocabulary, so that editors can help.

`python -m citypact.sources.reading.json_schema` writes `sources/record.schema.json`; a test
compares the file with it. The file is kept, since editors find it by its path before anything has
been installed or built.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from citypact.ontology import LANGUAGES
from citypact.ontology.vocabulary import SLUG, Property, Vocabulary, vocabulary

Schema = dict[str, Any]

SPAN = r"^\d{1,9}-\d{1,9}$"
DATE = r"^(\.\.|[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?)(/(\.\.|[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?))?$"
REFERENCE = r"^[a-z0-9]+([-/][a-z0-9]+)*$"


def record_schema() -> Schema:
    """The schema (JSON Schema 2020-12) of record files; entity files have no document.

    It checks form: fields, codes, topics, dates. References and evidence are checked by
    `citypact check`, which knows all files together.
    """
    words = vocabulary()
    sections = {
        section: {
            "type": "object",
            "description": " / ".join(found.labels.values()),
            "propertyNames": {"pattern": f"^{SLUG.pattern}$"},
            "additionalProperties": {"$ref": f"#/$defs/{found.name}"},
        }
        for section, found in sorted(words.sections.items())
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Citypact record",
        "description": "What one source document says / 출처 문서 하나가 말하는 것",
        "type": "object",
        "properties": {"document": {"$ref": "#/$defs/SourceDocument"}, **sections},
        "additionalProperties": False,
        "$defs": {**_shared(words), **_values(words), **_things(words)},
    }


def _shared(words: Vocabulary) -> Schema:
    both = {language: {"type": "string"} for language in LANGUAGES}
    return {
        "span": {
            "description": "Code points from 0, the end exclusive: 120-145; or words of the text, "
            "for `citypact spans` / 코드 포인트, 끝 제외. 또는 원문의 말",
            "anyOf": [
                {"type": "string", "pattern": SPAN},
                {
                    "type": "object",
                    "properties": {
                        "words": {"type": "string"},
                        "occurrence": {"type": "integer", "minimum": 1},
                    },
                    "required": ["words"],
                    "additionalProperties": False,
                },
            ],
        },
        "spans": _one_or_more({"$ref": "#/$defs/span"}),
        "remark": {
            "type": "object",
            "properties": both,
            "required": list(LANGUAGES),
            "additionalProperties": False,
        },
        "topic": {"enum": list(words.topics)},
        "date": {"type": ["string", "integer"], "pattern": DATE},
        "reference": {"type": ["string", "integer"], "pattern": REFERENCE},
        **{f"code-{name}": {"enum": list(codes)} for name, codes in sorted(words.codes.items())},
    }


def _inherited() -> Schema:
    return {
        "at": {"$ref": "#/$defs/spans"},
        "modality": {"$ref": "#/$defs/code-modality"},
        "inferred": {"type": "boolean"},
        "attributed_to": {"$ref": "#/$defs/reference"},
        "note": {"$ref": "#/$defs/remark"},
        "editorial": {"type": "boolean"},
    }


def _of_a_value() -> Schema:
    return {
        **_inherited(),
        "rank": {"$ref": "#/$defs/code-rank"},
        "reason": {"$ref": "#/$defs/remark"},
        "as_of": {"$ref": "#/$defs/date"},
    }


def _things(words: Vocabulary) -> Schema:
    wanted = [c.name for c in words.sections.values()] + ["SourceDocument"]
    wanted += [p.range[0] for p in words.properties.values() if p.kind == "part"]
    found = {}
    for name in sorted(set(wanted)):
        fields = {key: _field(prop) for key, prop in words.fields(name).items()}
        schema: Schema = {
            "type": "object",
            "description": " / ".join(words.classes[name].labels.values()),
            "properties": {**({} if name == "SourceDocument" else _inherited()), **fields},
            "additionalProperties": False,
        }
        if name == "SourceDocument":
            schema["properties"] |= {
                "id": {"type": "string", "pattern": f"^{SLUG.pattern}$"},
                "versions": {
                    "type": "object",
                    "additionalProperties": {"$ref": "#/$defs/spans"},
                },
                "copies": _one_or_more(
                    {
                        "type": "object",
                        "properties": {key: {"$ref": "#/$defs/span"} for key in ("of", "again")},
                        "required": ["of", "again"],
                        "additionalProperties": False,
                    }
                ),
            }
            schema["required"] = ["id"]
            schema["anyOf"] = [{"required": ["label"]}, {"required": ["title"]}]
        found[name] = schema
    return found


def _field(prop: Property) -> Schema:
    about = {"description": " / ".join(prop.labels.values())}
    if prop.kind == "part":
        parts = {
            "type": "object",
            "propertyNames": {"pattern": f"^{SLUG.pattern}$"},
            "additionalProperties": {"$ref": f"#/$defs/{prop.range[0]}"},
        }
        return {**about, **parts}
    return {**about, "$ref": f"#/$defs/{_value_name(prop)}"}


def _value_name(prop: Property) -> str:
    any_language = "any-language" if prop.languages != LANGUAGES else ""
    detail = {"code": prop.codes, "identifier": prop.name, "text": any_language}.get(prop.kind, "")
    return "-".join(filter(None, ["value", prop.kind, detail]))


def _values(words: Vocabulary) -> Schema:
    """One definition for each kind of value; the fields refer to them."""
    return {
        _value_name(prop): _value(prop)
        for prop in words.properties.values()
        if prop.field and prop.kind != "part"
    }


def _value(prop: Property) -> Schema:
    if prop.kind == "text":
        words = _one_or_more({"type": ["string", "number"]})
        return _one_or_more(
            {
                "type": "object",
                "properties": {**_of_a_value(), **dict.fromkeys(prop.languages, words)},
                "additionalProperties": False,
                "anyOf": [{"required": [language]} for language in prop.languages],
            }
        )
    plain = _plain(prop)
    long: Schema = {
        "type": "object",
        "properties": {**_of_a_value(), "is": plain},
        "required": ["is"],
        "additionalProperties": False,
    }
    return _one_or_more({"anyOf": [plain, long]})


def _plain(prop: Property) -> Schema:
    match prop.kind:
        case "code":
            return {"$ref": f"#/$defs/code-{prop.codes}"}
        case "topic":
            return {"$ref": "#/$defs/topic"}
        case "date":
            return {"$ref": "#/$defs/date"}
        case "thing":
            return {"$ref": "#/$defs/reference"}
        case "identifier":
            return {"type": ["string", "integer"], "pattern": prop.pattern}
        case "integer" | "boolean":
            return {"type": prop.kind}
        case "decimal":
            return {"type": "number"}
        case "time":
            return {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"}
        case _:
            return {"type": "string"}


def _one_or_more(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


def schema_text() -> str:
    """The schema as it is in the file: a line for each section and each definition."""
    return _lines(record_schema(), 2) + "\n"


def _lines(value: Schema, levels: int) -> str:
    """JSON whose objects have their fields on lines of their own, down to some level."""
    if not levels or not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    fields = (f"{json.dumps(name)}: {_lines(field, levels - 1)}" for name, field in value.items())
    return "{\n" + ",\n".join(fields) + "\n}"


FILE = Path(__file__).parents[1] / "record.schema.json"

if __name__ == "__main__":
    FILE.write_text(schema_text(), encoding="utf-8")
