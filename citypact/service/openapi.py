"""What an address of the API takes and gives: read from requests, and described for programs."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from citypact import __version__
from citypact.service.errors import ServiceError
from citypact.service.service import Edition

Schema = dict[str, Any]


@dataclass(frozen=True)
class RequestParameter:
    """A parameter in the path or behind the `?`: its name, type and meaning.

    type: string, integer, boolean or date. choices: what it can be; none for anything.
    """

    name: str
    meaning: str
    type: str = "string"
    default: Any = None
    choices: tuple[str, ...] = ()
    smallest: int = 0
    largest: int = 999_999_999
    is_required: bool = False
    in_path: bool = False
    example: str = ""

    @property
    def schema(self) -> Schema:
        """Its JSON Schema."""
        if self.type == "date":
            return {"type": "string", "format": "date"}
        found: Schema = {"type": self.type}
        if self.type == "integer":
            found |= {"minimum": self.smallest, "maximum": self.largest}
        if self.type == "string":
            found |= {"minLength": 1, "maxLength": LONGEST}
        if self.choices:
            found = {"type": "string", "enum": list(self.choices)}
        return found if self.default is None else found | {"default": self.default}

    def read(self, text: str) -> Any:
        """The value that a text means. Raises ServiceError where it is none."""
        if self.type == "integer" and re.fullmatch(r"-?[0-9]{1,9}", text):
            if self.smallest <= int(text) <= self.largest:
                return int(text)
        elif self.type == "boolean" and text in ("true", "false"):
            return text == "true"
        elif self.type == "date":
            if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                try:
                    return datetime.date.fromisoformat(text)
                except ValueError:
                    pass
        elif (
            self.type == "string"
            and 0 < len(text) <= LONGEST
            and (not self.choices or text in self.choices)
        ):
            return text
        raise ServiceError(
            400,
            "{name}: {text} is not allowed\n    -> {schema}",
            name=self.name,
            text=repr(text[:80]),
            schema=", ".join(f"{key}: {value}" for key, value in self.schema.items()),
        )


LONGEST = 300
"""Characters of a parameter."""
LIMIT = RequestParameter(
    "limit", "How many at most.", "integer", default=100, smallest=1, largest=1000
)
OFFSET = RequestParameter(
    "offset", "How many to pass over.", "integer", default=0, largest=1_000_000
)


@dataclass(frozen=True)
class Operation:
    """What is done at an address of the API: `answer` gives what is sent as JSON, from a thread.

    content: the JSON Schema of the answer.
    """

    name: str
    path: str
    summary: str
    parameters: tuple[RequestParameter, ...]
    content: Schema
    answer: Callable[[Edition, dict[str, Any]], Any]

    def read(self, path: Mapping[str, str], fields: list[tuple[str, str]]) -> dict[str, Any]:
        """The parameters of a request. Raises ServiceError for wrong, unknown and missing ones."""
        known = {parameter.name: parameter for parameter in self.parameters}
        found = {each.name: each.default for each in self.parameters if each.default is not None}
        seen = set()
        for name, text in [*path.items(), *fields]:
            if name not in known or name in seen:
                raise ServiceError(
                    400,
                    "{name} is not a parameter, or is given twice\n    -> use: {known}",
                    name=repr(name[:80]),
                    known=", ".join(known) or "-",
                )
            seen.add(name)
            found[name] = known[name].read(text)
        for name, parameter in known.items():
            if parameter.is_required and name not in seen:
                raise ServiceError(
                    400, "{name} is missing\n    -> {meaning}", name=name, meaning=parameter.meaning
                )
        return found

    def description(self) -> Schema:
        """The operation in OpenAPI."""
        problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        problems = {
            "400": "A parameter is wrong, or a name is unknown or ambiguous.",
            "404": "There is no such thing.",
            "422": "The answer passes a limit of size or memory.",
            "503": "Too much is asked at this moment; see Retry-After.",
            "504": "The answer took too long.",
        }
        content = {"application/json": {"schema": self.content}}
        return {
            "operationId": self.name,
            "summary": self.summary,
            "parameters": [_parameter(each) for each in self.parameters],
            "responses": {
                "200": {"description": "The answer.", "content": content},
                **{
                    status: {"description": meaning, "content": problem}
                    for status, meaning in problems.items()
                },
            },
        }


def _parameter(parameter: RequestParameter) -> Schema:
    found = {
        "name": parameter.name,
        "in": "path" if parameter.in_path else "query",
        "description": parameter.meaning,
        "required": parameter.is_required or parameter.in_path,
        "schema": parameter.schema,
    }
    return found | ({"example": parameter.example} if parameter.example else {})


def document(operations: tuple[Operation, ...], address: str) -> Schema:
    """The description of the API in OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Citypact",
            "version": __version__,
            "summary": "A graph of city partnerships with the sources of every statement.",
            "license": {"name": "Apache-2.0 AND CC-BY-4.0"},
        },
        "servers": [{"url": address}],
        "paths": {
            operation.path: {"get": operation.description()}
            for operation in sorted(operations, key=lambda each: each.path)
        },
        "components": {"schemas": SCHEMAS},
    }


def reference(name: str) -> Schema:
    """A schema of the description by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def list_of(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def record(required: Mapping[str, Schema], **others: Schema) -> Schema:
    """An object with fields that are always there, and others."""
    fields = {**required, **others}
    return {"type": "object", "properties": fields, "required": list(required)}


TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
WORDS: Schema = {"type": "object", "additionalProperties": TEXT}
SCHEMAS: Schema = {
    "Problem": record({"status": NUMBER, "title": TEXT, "detail": TEXT}),
    "Thing": record({"iri": TEXT, "ko": TEXT, "en": TEXT}, kinds=list_of(TEXT), page=TEXT),
    "Literal": record({"value": {}}, language=TEXT),
    "Term": {"anyOf": [reference("Thing"), reference("Literal"), {"type": "null"}]},
    "Claim": record(
        {
            "subject": TEXT,
            "predicate": TEXT,
            "object": reference("Term"),
            "document": TEXT,
            "modality": TEXT,
            "rank": TEXT,
            "passages": list_of({"type": "object"}),
        }
    ),
    "Statement": record(
        {
            "subject": TEXT,
            "predicate": TEXT,
            "object": reference("Term"),
            "fact": FLAG,
            "rule": TEXT,
            "claims": list_of(reference("Claim")),
        }
    ),
    "Match": record(
        {"thing": reference("Thing"), "name": TEXT, "score": {"type": "number"}, "reasons": {}}
    ),
    "NamedQuery": record(
        {
            "name": TEXT,
            "title": WORDS,
            "purpose": WORDS,
            "parameters": list_of({"type": "object"}),
            "path": TEXT,
        }
    ),
}
"""What answers consist of."""


def page_of(items: Schema) -> Schema:
    """The schema of a part of a list: `next` is the address of the following part, or null."""
    address = {"type": ["string", "null"]}
    return record(
        {"limit": NUMBER, "offset": NUMBER, "next": address, "items": list_of(items)}, total=NUMBER
    )


__all__ = [
    "LIMIT",
    "OFFSET",
    "Operation",
    "RequestParameter",
    "document",
    "list_of",
    "page_of",
    "record",
    "reference",
]
