"""The patterns that are kept of named queries are those that are read from their texts."""

from __future__ import annotations

from citypact.graph.provenance.named_queries import named_queries
from citypact.graph.sparql.kept_patterns import kept_patterns
from citypact.graph.sparql.syntax import SparqlQuery


def test_kept_patterns_are_those_of_the_queries() -> None:
    queries = named_queries()
    kept = {name: kept_patterns(query.text) for name, query in queries.items()}
    wrong = [
        name
        for name, found in kept.items()
        if found is not None and found != queries[name].query.parsed
    ]
    assert not wrong
    # Of a query that has changed nothing is kept, which is slow:
    # write the file anew with `python -m citypact.graph.sparql.kept_patterns`.
    assert sum(found is None for found in kept.values()) <= len(kept) // 5


def test_another_query_is_read() -> None:
    query = SparqlQuery("SELECT ?a WHERE { ?a a ?b }")
    assert kept_patterns(query.text) is None
    assert query.patterns == query.parsed
    assert len(query.patterns) == 1
