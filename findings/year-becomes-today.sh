#!/usr/bin/env bash
# frictionless 5.21.0: a year in a column of dates is read as today's day of that year.
#
# Expected: "format": "any" of a date reads dates in any spelling, and refuses a cell that is no date, as
#   the default format does; or a year becomes its first day.
# What happens: what the cell lacks is taken from the clock. 1976, read on 30 November, is 30 November 1976,
#   1991-11 is 30 November 1991, and tomorrow both are others. The resource is valid.
# Why it matters here: half of the first years of partnerships are known to a year or month. A data package
#   of them validates, and gives days that no source has, other ones each day.
# Instead: keep such a column as text with a pattern, or give year, month and day columns of their own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  frictionless==5.21.0
"$folder/venv/bin/python" - <<'PY'
import datetime
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from frictionless import Resource


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def since(cells, **field):
    """Whether the column is valid, and its cells as they are read."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "ties.csv").write_text("\n".join(("since", *cells, "")))
        about = {"name": "ties", "path": "ties.csv", "schema": {"fields": [{"name": "since", **field}]}}
        rows = [row["since"] for row in Resource(about, basepath=folder).read_rows()]
        return Resource(about, basepath=folder).validate().valid, rows


print("frictionless", version("frictionless"))
today = datetime.date.today()
valid, (year,) = since(["2016"], type="date", format="any")
print("2016 is read as", year)
expect("a year, valid", valid, True)
expect("a year, today's month and day", year, today.replace(year=2016))
_, (month,) = since(["2016-12"], type="date", format="any")
expect("a month, today's day", month, today.replace(year=2016, month=12))
print("-- controls: a whole date, the default format, and a column of years")
day = datetime.date(1976, 5, 18)
expect("a whole date", since(["1976-05-18"], type="date", format="any"), (True, [day]))
expect("default format", since(["1976"], type="date"), (False, [None]))
expect("years", since(["1976"], type="year"), (True, [1976]))
PY
