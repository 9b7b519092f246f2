"""What share of small changes to the core do its tests notice? Run it in a clone: it edits files.

    pip install cosmic-ray
    python -m benchmarks.mutants --sample 20 --seed 1
    python -m benchmarks.mutants --sample 1000 ontology/rules    all rules

cosmic-ray changes Python (operators, numbers, conditions, loops), `sparql_mutants` changes rules.
For each change a file of the core is rewritten, its tests are run, and the file is put back. Tests
run in forks of a process that has loaded the libraries; those further away only run where the near
ones notice nothing. A change that no test notices is listed.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import importlib
import itertools
import os
import random
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from benchmarks import sparql_mutants

CORE = {
    "sources/reading/edtf.py": (
        "tests/sources/reading/test_edtf.py",
        "tests/sources/reading/test_records.py tests/citypact/test_properties.py",
    ),
    "sources/reading/merges.py": (
        "tests/sources/reading/test_merges.py",
        "tests/graph/build/test_claims_and_facts.py",
    ),
    "graph/sparql/read_only.py": ("tests/graph/sparql/test_read_only.py", "tests/graph/sparql"),
    "graph/build/claims.py": (
        "tests/graph/build/test_claims.py",
        "tests/graph/build/test_claims_and_facts.py tests/graph/build/test_contradictions.py",
    ),
    "graph/build/rules.py": (
        "tests/graph/build/test_derivations.py",
        "tests/graph/build/test_claims_and_facts.py",
    ),
    "graph/build/contradictions.py": ("tests/graph/build/test_contradictions.py", ""),
    "graph/provenance/trace.py": (
        "tests/graph/provenance/test_trace.py",
        "tests/graph/provenance/test_rows_and_sources.py",
    ),
    "graph/analysis/rewiring.py": (
        "tests/graph/analysis/test_null_models.py",
        "tests/graph/analysis/test_draws.py tests/graph/analysis/test_closure.py",
    ),
    "graph/analysis/null_models.py": (
        "tests/graph/analysis/test_null_models.py",
        "tests/graph/analysis/test_draws.py tests/graph/analysis/test_bipartite.py",
    ),
    "graph/build/odd_values.py": (
        "tests/graph/build/test_odd_values.py",
        "tests/citypact/test_odd_graphs.py -k odd_value",
    ),
    "graph/build/loading_process.py": (
        "tests/graph/build/test_loading_process.py",
        "tests/citypact/test_load_command.py",
    ),
    "ontology/rules": ("tests/graph/build/test_rules.py", ""),
}
"""Files of the core; the tests that are to notice a change in them, and those that may as well."""
LIBRARIES = (
    "hypothesis",
    "igraph",
    "jinja2",
    "networkx",
    "numpy",
    "pyoxigraph",
    "pytest",
    "rdflib",
    "scipy.sparse",
    "scipy.stats",
    "yaml",
)
"""What the tests load of others."""
SECONDS = 1200
"""How long the tests of a change may take."""
MOMENTS = itertools.count(int(time.time()) - 2, -2)
"""When each changed file is said to be written: of two changes in the same second Python might
take the bytecode of the first."""


def mutants(file: Path) -> list[str]:
    """All changed texts of a file, each once; type hints and docstrings are no code.

    Without those that nobody could notice, or ruff does: frozen classes that are not, and `is` in
    place of `==` before a text or number.
    """
    before = file.read_text("utf-8")
    if file.suffix == ".rq":
        return sparql_mutants.mutants(before)
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

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
                if text and ast.dump(_without_hints(text)) != plain and not _has_identity(text):
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
        if isinstance(node, ast.keyword) and node.arg == "frozen":
            node.value = ast.Constant(None)
    return tree


def _has_identity(text: str) -> bool:
    """Whether something is compared by identity with a text or a number (rule F632 of ruff)."""
    return any(
        isinstance(operator, ast.Is | ast.IsNot)
        and isinstance(side, ast.Constant)
        and isinstance(side.value, str | int)
        and not isinstance(side.value, bool)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Compare)
        for operator, side in zip(node.ops, node.comparators, strict=True)
    )


def is_noticed(file: Path, text: str, near: str, wide: str) -> bool:
    """Whether tests fail, or do not end, where a file has another text."""
    before = file.read_text("utf-8")
    try:
        file.write_text(text, "utf-8")
        moment = next(MOMENTS)
        os.utime(file, (moment, moment))
        return not _passes(near) or bool(wide and not _passes(wide))
    finally:
        file.write_text(before, "utf-8")


def _passes(tests: str) -> bool:
    """Runs tests in a fork until the first that fails."""
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        nothing = os.open(os.devnull, os.O_RDWR)
        for place in (0, 1, 2):
            os.dup2(nothing, place)
        import pytest

        options = ["-q", "-x", "-n", "0", "-p", "no:cacheprovider", "-m", "not soak and not page"]
        os._exit(pytest.main([*options, *tests.split()]))
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            assert code not in (3, 4, 5), (tests, code)  # pytest did not run them
            return code == 0
        time.sleep(0.02)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def main() -> None:
    """Prints the score of each file, and the changes that were not noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", default=list(CORE), help="all of them by default")
    parser.add_argument("--sample", type=int, default=20, help="changes for each file")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    for library in LIBRARIES:
        importlib.import_module(library)
    scores: Counter[str] = Counter()
    total = 0
    for name in chosen.files:
        near, wide = CORE[name]
        if not _passes(near):
            sys.exit(f"{name}: its tests fail already")
        known = [
            (file, text)
            for file in (sorted(Path(name).glob("*.rq")) if Path(name).is_dir() else [Path(name)])
            for text in mutants(file)
        ]
        sample = random.Random(chosen.seed).sample(known, min(chosen.sample, len(known)))
        for file, text in sample:
            if is_noticed(file, text, near, wide):
                scores[name] += 1
            else:
                before = file.read_text("utf-8").splitlines()
                lines = difflib.unified_diff(before, text.splitlines(), n=0, lineterm="")
                print(file, *list(lines)[2:], sep="\n    ", flush=True)
        total += len(sample)
        print(f"{name}: {scores[name]} of {len(sample)} noticed ({len(known)} known)", flush=True)
    print(f"all: {scores.total()} of {total}, {scores.total() / total:.0%}")


if __name__ == "__main__":
    main()
