"""Runs every benchmark and ends with 1 where a limit is missed."""

import sys

from benchmarks import build, queries, start_up

if __name__ == "__main__":
    kept = [module.main() for module in (start_up, build, queries)]
    sys.exit(not all(kept))
