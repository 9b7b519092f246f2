"""The patterns that are kept of named queries and rules are those read from their texts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from citypact.graph.build.rules import rules
from citypact.graph.provenance.named_queries import named_queries
from citypact.graph.sparql.kept_patterns import kept_patterns
from citypact.graph.sparql.syntax import SparqlQuery


def test_kept_patterns_are_those_of_the_queries() -> None:
    queries = {name: query.query for name, query in named_queries().items()}
    queries |= {rule.name: rule.query for rule in rules()}
    kept = {name: kept_patterns(query.text) for name, query in queries.items()}
    wrong = [
        name
        for name, found in kept.items()
        if found not in (None, (queries[name].parsed, queries[name].parsed_template))
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


def test_a_build_reads_no_rule_anew(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from citypact.sources import PACKAGED;"
        "from citypact.graph.build.build import build;"
        "build(PACKAGED, Path(sys.argv[1]), registers=False);"
        "print('rdflib.plugins.sparql' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "build")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n", done.stdout
