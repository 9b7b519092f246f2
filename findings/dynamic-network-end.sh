#!/usr/bin/env bash
# dynetx 0.3.2: a tie without an end lasts one year, and a tie until 2000 is not there in 2000.
#
# Expected: a partnership that began in 1991 and has no end goes on; one from 1988 to 2000 is there in 2000.
# What happens: without an end the tie is there in 1991 alone. With e=2000 the last year is 1999. Later
#   years lack the ties without a message.
# Why it matters here: most partnerships have a first year and no last. A network over time that is made
#   of them shows each as a single year, and density falls where nothing ended.
# Instead: give the year after the last one as the end, and for open ties the year after the last observed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check dynetx==0.3.2
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import dynetx


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def years(partner, **bounds):
    """The years from 1987 to 2002 in which a tie of Seoul is there."""
    network = dynetx.DynGraph()
    network.add_interaction("Seoul", partner, **bounds)
    return [year for year in range(1987, 2003) if network.has_interaction("Seoul", partner, t=year)]


print("dynetx", version("dynetx"))
expect("from 1991", years("Paris", t=1991), [1991])
expect("from 1988 to 2000", years("Tokyo", t=1988, e=2000), list(range(1988, 2000)))
print("-- control: an end after the last year")
expect("until before 2003", years("Tokyo", t=1988, e=2003), list(range(1988, 2003)))
PY
