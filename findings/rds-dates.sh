#!/usr/bin/env bash
# pyreadr 0.5.8: days arrive in R as texts, and years with a gap as numbers with decimals.
#
# Expected: a column of datetime.date or of pandas' datetimes becomes R's Date or POSIXct, since the
#   same library reads both from R's files.
# What happens: both are written as character vectors, a nullable whole number as a double. No message
#   is given, and an unknown day stays unknown.
# Why it matters here: a researcher who opens a table of agreements in R can't count the days between
#   two of them, and plots treat each day as a category.
# Instead: write Parquet, or tell in the codebook which columns need as.Date().
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  pyreadr==0.5.8 rdata==1.1.0 pandas==3.1.1
"$folder/venv/bin/python" - "$folder/agreements.rds" <<'PY'
import datetime
import sys
from importlib.metadata import version

import pandas
import pyreadr
import rdata


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


file = sys.argv[1]
table = pandas.DataFrame(
    {
        "city": ["서울특별시", "부산광역시"],
        "day": [datetime.date(1976, 5, 3), None],
        "moment": pandas.to_datetime(["1976-05-03", None]),
        "year": pandas.array([1976, None], dtype="Int64"),
    }
)
pyreadr.write_rds(file, table)
vectors = rdata.parser.parse_file(file).object.value
names = ["city", "day", "moment", "year"]
kinds = {name: vector.info.type.name for name, vector in zip(names, vectors, strict=True)}
attributes = {name: vector.attributes for name, vector in zip(names, vectors, strict=True)}
print("pyreadr", version("pyreadr"))
expect("type of the days in R", kinds["day"], "STR")
expect("type of the moments in R", kinds["moment"], "STR")
expect("type of the years in R", kinds["year"], "REAL")
expect("class of the days in R", attributes["day"], None)
again = pyreadr.read_r(file)[None]
expect("the first day", again["day"].iloc[0], "1976-05-03")
expect("the first moment", again["moment"].iloc[0], "1976-05-03 00:00:00")
print("-- controls: names in Hangul, and an unknown day")
expect("names", list(again["city"]), ["서울특별시", "부산광역시"])
expect("unknown day", bool(pandas.isna(again["day"].iloc[1])), True)
PY
