"""The triple patterns of named queries and rules, read once: `ontology/query-patterns.json`.

rdflib takes longer to load and to read a query than the engine to answer it. A query of which
nothing is kept, or whose text has changed since, is read anew. `python -m
citypact.graph.sparql.kept_patterns` writes the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import pyoxigraph as ox

from citypact.graph.sparql.syntax import (
    KeptPatterns,
    Part,
    PropertyPath,
    SparqlQuery,
    TriplePattern,
)
from citypact.ontology import folder

FILE = "query-patterns.json"


def kept_patterns(text: str) -> KeptPatterns | None:
    """The patterns of a query by its text; None where they are not kept."""
    found = _kept().get(_digest(text))
    if found is None:
        return None
    return KeptPatterns(
        *(tuple((_part(s), _step(p), _part(o)) for s, p, o in each) for each in found)
    )


def patterns_to_keep() -> dict[str, Any]:
    """What the file holds for the named queries and rules as they are now."""
    places = (folder() / name for name in ("queries", "rules"))
    files = (path for place in places for path in place.iterdir() if path.name.endswith(".rq"))
    queries = map(SparqlQuery, sorted(path.read_text(encoding="utf-8") for path in files))
    return dict(
        sorted(
            (_digest(query.text), [_listed(query.parsed), _listed(query.parsed_template)])
            for query in queries
        )
    )


def _listed(patterns: Iterable[TriplePattern]) -> list[list[Any]]:
    return [[_written(part) for part in pattern] for pattern in patterns]


@cache
def _kept() -> dict[str, Any]:
    import json

    found: dict[str, Any] = json.loads((folder() / FILE).read_text(encoding="utf-8"))
    return found


def _digest(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _written(part: Part | PropertyPath) -> Any:
    """A part as JSON: terms and variables as SPARQL writes them, literals and paths as lists."""
    if isinstance(part, PropertyPath):
        return [part.kind, *map(_written, part.parts)]
    if isinstance(part, ox.Literal):
        return ["literal", part.value, part.language or "", part.datatype.value]
    return str(part)


def _part(written: Any) -> Part:
    if isinstance(written, list):
        _, value, language, datatype = written
        if language:
            return ox.Literal(value, language=language)
        return ox.Literal(value, datatype=ox.NamedNode(datatype))
    if written.startswith("?"):
        return ox.Variable(written[1:])
    return ox.NamedNode(written[1:-1])


def _step(written: Any) -> Any:
    if isinstance(written, list):
        return PropertyPath(written[0], tuple(map(_step, written[1:])))
    return _part(written)


def main() -> None:
    """Writes the file of this checkout."""
    kept = patterns_to_keep().items()
    import json

    lines = (f"{json.dumps(key)}: {json.dumps(found, ensure_ascii=False)}" for key, found in kept)
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (folder() / FILE).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
