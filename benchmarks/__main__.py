"""Runs every benchmark, and ends with 1 where a limit is missed."""

import os
import platform
import sys
from importlib.metadata import version

from benchmarks import build, queries, start_up

LIBRARIES = ("click", "igraph", "networkx", "pyoxigraph", "pyshacl", "rdflib")

if __name__ == "__main__":
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; {libraries}\n")
    kept = [module.main() for module in (start_up, build, queries)]
    sys.exit(not all(kept))
