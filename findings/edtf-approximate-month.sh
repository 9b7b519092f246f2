#!/usr/bin/env bash
# edtf 5.0.2 (Python): "about May 1976" reaches from April 1975 to June 1977.
#
# Expected: the fuzzy bounds of an approximate month widen it by months, as those of an approximate
#   day widen it by a day.
# What happens: the padding of the year is added as well: "1976-05~" and "1976-05?" reach a year and a
#   month to either side. "1976~" alone reaches one year, so the vaguer date has the narrower margin
#   in relation to what it says, and both overlap in three calendar years.
# Why it matters here: whether an uncertain signing came before or after another one, or in which
#   year it counts, is decided by these bounds.
# Instead: use strict bounds and keep the qualifier as a value of its own, or set the padding of the
#   library (appsettings) to what the measure means.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  edtf==5.0.2
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version
from time import strftime

from edtf import parse_edtf


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def fuzzy(text):
    date = parse_edtf(text)
    return tuple(strftime("%Y-%m-%d", day) for day in (date.lower_fuzzy(), date.upper_fuzzy()))


print("edtf", version("edtf"))
expect("1976-05~", fuzzy("1976-05~"), ("1975-04-01", "1977-06-30"))
expect("1976-05?", fuzzy("1976-05?"), ("1975-04-01", "1977-06-30"))
print("-- controls: a year, and a month that is certain")
expect("1976~", fuzzy("1976~"), ("1975-01-01", "1977-12-31"))
expect("1976-05", fuzzy("1976-05"), ("1976-05-01", "1976-05-31"))
PY
