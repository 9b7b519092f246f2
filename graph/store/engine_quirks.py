"""Where SPARQL servers do other than the standard says, and our way around each.

An engine that deviates is used as a shelf, not as an oracle: we write to it in the ways that work,
and answer questions from a copy of what it holds. Rewriting each query instead would leave the
next fault to be found in somebody's results. `tests/graph/store/test_engine_quirks.py` meets each
line of the table in a real server.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EngineQuirk:
    """What an engine does other than the standard says, and our way around it."""

    name: str
    what: str
    around: str


_COPY = "questions are answered from a copy"

VIRTUOSO = (
    EngineQuirk(
        "no default graph",
        "no default graph can be written; INSERT DATA without GRAPH fails",
        "facts are also written to a named graph, which queries use as their default graph",
    ),
    EngineQuirk(
        "bare queries hang",
        "a POST of application/sparql-query is never answered",
        "queries and updates are sent as forms",
    ),
    EngineQuirk(
        "large updates fail",
        "INSERT DATA of some thousands of triples exhausts the compiler's memory",
        "triples go by the Graph Store Protocol, in batches",
    ),
    EngineQuirk(
        "digest authentication",
        "writing wants digest authentication, at addresses of its own (/sparql-auth)",
        "the addresses are known, the challenge is answered",
    ),
    EngineQuirk(
        "answers are cut",
        "answers end at ResultSetMaxRows rows, and nothing says so",
        "what is copied is counted, and read in pages where it falls short",
    ),
    EngineQuirk(
        "booleans",
        "true comes back as 1: of a stored boolean in JSON, of a comparison as an integer",
        f"N-Triples, where stored booleans are right; {_COPY}",
    ),
    EngineQuirk("ASK gives rows", "ASK is answered with a row instead of a boolean", _COPY),
    EngineQuirk(
        "Hangul inside IN", "FILTER(STR(?x) IN ('한글', …)) misses what it should find", _COPY
    ),
    EngineQuirk(
        "UNDEF forgets",
        "VALUES ?x { UNDEF } before a UNION with BIND leaves ?x unbound in the results",
        _COPY,
    ),
    EngineQuirk(
        "sorting by what is not shown",
        "SELECT DISTINCT with ORDER BY (!BOUND(?x)) ?x, where ?x is no column, fails or gives rows "
        "twice",
        _COPY,
    ),
    EngineQuirk("escapes in names", "id:city\\/seoul is not read as a name", _COPY),
    EngineQuirk(
        "order", "ORDER BY mixes plain strings with IRIs, and sorts languages as they came", _COPY
    ),
)


def deviations(server: str) -> tuple[EngineQuirk, ...]:
    """The known deviations of a server, by the name that it gives itself (its Server header)."""
    return VIRTUOSO if server.lower().startswith("virtuoso") else ()
