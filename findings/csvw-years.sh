#!/usr/bin/env bash
# csvw 4.1.1: a column of years takes days, months and words.
#
# Expected: of a column with the datatype gYear, strict reading refuses "1988-09-03" and "seven", as it
#   refuses them in a column of dates or integers.
# What happens: gYear, gYearMonth, gMonth and gDay are read as any text. No error and no warning, with
#   strict=True as well.
# Why it matters here: first years of partnerships are known to a year, a month or a day, and metadata
#   of CSV on the Web are how a data package says which. A wrong cell is found by nobody.
# Instead: add a format, a pattern such as [0-9]{4}, to the datatype: it is checked.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  csvw==4.1.1
"$folder/venv/bin/python" - <<'PY'
import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from csvw import Table


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def since(datatype, *cells):
    """The cells as they are read, or the name of the error."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "ties.csv").write_text("since\n" + "\n".join(cells) + "\n")
        columns = [{"name": "since", "datatype": datatype}]
        about = {
            "@context": "http://www.w3.org/ns/csvw",
            "url": "ties.csv",
            "tableSchema": {"columns": columns},
        }
        (folder / "ties.json").write_text(json.dumps(about))
        try:
            rows = list(Table.from_file(folder / "ties.json").iterdicts(strict=True))
        except ValueError as error:
            return type(error).__name__
        return [row["since"] for row in rows]


print("csvw", version("csvw"))
for datatype in ("gYear", "gYearMonth"):
    seen = since(datatype, "1976", "1988-09-03", "seven")
    expect(datatype, seen, ["1976", "1988-09-03", "seven"])
print("-- controls: datatypes that are checked, and a format")
expect("date", since("date", "seven"), "ValueError")
expect("integer", since("integer", "seven"), "ValueError")
year = {"base": "gYear", "format": "[0-9]{4}"}
expect("gYear with a format, a day", since(year, "1988-09-03"), "ValueError")
expect("gYear with a format, a year", since(year, "1976"), ["1976"])
PY
