"""What share of small changes to the core do its tests notice? Run it in a clone: it edits files.

    pip install cosmic-ray
    python -m benchmarks.mutants --sample 20 --seed 1

cosmic-ray makes the changes (operators, numbers, conditions, loops); for each a file of the core is
changed, its tests are run, and the file is put back. A change that no test notices is listed.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

CORE = {
    "sources/reading/edtf.py": ["tests/sources/reading/test_edtf.py"],
    "sources/reading/merges.py": ["tests/sources/reading/test_merges.py"],
    "graph/sparql/read_only.py": ["tests/graph/sparql/test_read_only.py"],
    "graph/build/claims.py": ["tests/graph/build/test_claims_and_facts.py"],
    "graph/build/rules.py": ["tests/graph/build/test_claims_and_facts.py"],
    "graph/build/contradictions.py": ["tests/graph/build/test_contradictions.py"],
    "graph/provenance/trace.py": [
        "tests/graph/provenance/test_trace.py",
        "tests/graph/provenance/test_rows_and_sources.py",
    ],
    "graph/analysis/rewiring.py": ["tests/graph/analysis/test_null_models.py"],
}
"""Files of the core, and the tests that are to notice a change in them."""
SECONDS = 120


def mutants(file: Path) -> list[str]:
    """All changed texts of a file, each once; type hints and docstrings are no code."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

    before = file.read_text("utf-8")
    plain = ast.dump(_without_hints(before))
    found: dict[str, None] = {}
    for name in operator_names():
        try:
            operator = get_operator(name)()
        except TypeError:  # one that has to be told what to replace
            continue
        tree = get_ast(before)
        places = sum(len(list(operator.mutation_positions(node))) for node in ast_nodes(tree))
        for occurrence in range(places):
            text = mutate_code(before, operator, occurrence)
            try:
                if text and ast.dump(_without_hints(text)) != plain:
                    found[text] = None
            except SyntaxError:
                continue
    return list(found)


def _without_hints(text: str) -> ast.AST:
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        if isinstance(node, ast.arg | ast.AnnAssign):
            node.annotation = ast.Constant(None)
    return tree


def is_noticed(file: Path, text: str, tests: list[str]) -> bool:
    """Whether the tests fail, or do not end, where a file has another text."""
    before = file.read_text("utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider"]
    try:
        file.write_text(text, "utf-8")
        done = subprocess.run([*command, *tests], capture_output=True, timeout=SECONDS)
        return done.returncode != 0
    except subprocess.TimeoutExpired:
        return True
    finally:
        file.write_text(before, "utf-8")


def main() -> None:
    """Prints the score of each file, and the changes that were not noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=20, help="changes for each file")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    scores: Counter[str] = Counter()
    total = 0
    for name, tests in CORE.items():
        file = Path(name)
        before = file.read_text("utf-8")
        known = mutants(file)
        sample = random.Random(chosen.seed).sample(known, min(chosen.sample, len(known)))
        for text in sample:
            if is_noticed(file, text, tests):
                scores[name] += 1
            else:
                lines = difflib.unified_diff(before.splitlines(), text.splitlines(), n=0)
                print(name, *(line for line in list(lines)[2:]), sep="\n    ", flush=True)
        total += len(sample)
        print(f"{name}: {scores[name]} of {len(sample)} noticed ({len(known)} known)", flush=True)
    print(f"all: {scores.total()} of {total}, {scores.total() / total:.0%}")


if __name__ == "__main__":
    main()
