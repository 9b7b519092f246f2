#!/usr/bin/env bash
# edtf 5.0.2 (Python): a partnership whose end is unknown ends ten years after it began.
#
# Expected: in EDTF an empty end ("1976/") says that the end is unknown. Its latest day is then open
#   or not to be had, as for "1976/..", whose latest day the library calls infinite.
# What happens: upper_strict() of "1976/" is 1 January 1986, and lower_strict() of "/1976" is
#   31 December 1966: a day is made up from the other end.
# Why it matters here: sister-city lists know beginnings and seldom ends. Who asks which ties existed
#   in 1990 loses those whose end nobody recorded, with a date that no source gives.
# Instead: look at the text for an empty end before asking for bounds, and treat it as open with a
#   mark of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  edtf==5.0.2
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version
from time import strftime, struct_time

from edtf import parse_edtf


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def bounds(text):
    date = parse_edtf(text)
    return tuple(
        strftime("%Y-%m-%d", day) if isinstance(day, struct_time) else str(float(day))
        for day in (date.lower_strict(), date.upper_strict())
    )


print("edtf", version("edtf"))
expect("1976/ (end unknown)", bounds("1976/"), ("1976-01-01", "1986-01-01"))
expect("/1976 (beginning unknown)", bounds("/1976"), ("1966-12-31", "1976-12-31"))
print("-- controls: open ends, and both known")
expect("1976/..", bounds("1976/.."), ("1976-01-01", "inf"))
expect("../1976", bounds("../1976"), ("-inf", "1976-12-31"))
expect("1976/1988", bounds("1976/1988"), ("1976-01-01", "1988-12-31"))
PY
