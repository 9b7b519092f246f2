#!/usr/bin/env bash
# "Spring 2016" is March to May in edtf 5.0.2 (Python) and January to March in edtf 4.11.1 (npm).
#
# Expected: the two libraries of the name edtf give the same first and last day for the same EDTF
#   text.
# What happens: EDTF names the seasons 21 to 24 but does not say when they begin. The Python library
#   takes the northern meteorological seasons, but ends winter on 31 December, so that 2016-24 is one
#   month long. The JavaScript library takes the quarters of the year. For 2016-21 they have only
#   March in common. They agree on the quarters 33 to 36, but not on the third of a year: 2016-37
#   ends in May, after five months, in JavaScript, and so overlaps with 2016-38.
# Why it matters here: "signed in spring 2016" is in the graph as a first and a last day. A date in
#   May fits the record in the build and contradicts it in the browser.
# Instead: record the months that the source allows ("2016-03/2016-05") rather than a season.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check edtf==5.0.2
npm install --silent --no-audit --no-fund --prefix "$folder" edtf@4.11.1
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import edtf from "edtf";
const day = (time) => new Date(time).toISOString().slice(5, 10);
const versions = JSON.parse(readFileSync("node_modules/edtf/package.json"));
const found = { version: versions.version };
for (const text of process.argv.slice(2)) {
  const date = edtf(text);
  found[text] = `${day(date.min)}/${day(date.max)}`;
}
console.log(JSON.stringify(found));
JS
cat > read.py <<'PY'
import json
import subprocess
import sys
from importlib.metadata import version

from edtf import parse_edtf

# EDTF text: first and last day in Python and in JavaScript
EXPECTED = {
    "2016-21": ("03-01/05-31", "01-01/03-31"),
    "2016-22": ("06-01/08-31", "04-01/06-30"),
    "2016-23": ("09-01/11-30", "07-01/09-30"),
    "2016-24": ("12-01/12-31", "10-01/12-31"),
    "2016-37": ("01-01/04-30", "01-01/05-31"),
    "2016-38": ("05-01/08-31", "05-01/09-30"),
}
CONTROLS = {
    "2016-33": ("01-01/03-31", "01-01/03-31"),
    "2016-34": ("04-01/06-30", "04-01/06-30"),
    "2016-03/2016-05": ("03-01/05-31", "03-01/05-31"),
    "2016": ("01-01/12-31", "01-01/12-31"),
}


def by_python(text):
    date = parse_edtf(text)
    return "/".join(f"{day[1]:02}-{day[2]:02}" for day in (date.lower_strict(), date.upper_strict()))


texts = [*EXPECTED, *CONTROLS]
answer = subprocess.run(
    ["node", "read.mjs", *texts], check=True, capture_output=True, text=True
).stdout
by_javascript = json.loads(answer)
print("edtf (Python)", version("edtf"))
print("edtf (npm)", by_javascript["version"])
for title, cases in (("seasons and thirds of a year", EXPECTED), ("-- controls", CONTROLS)):
    print(title)
    for text, expected in cases.items():
        seen = (by_python(text), by_javascript[text])
        print(f"{text}: {seen[0]} in Python, {seen[1]} in JavaScript")
        if seen != expected:
            sys.exit(f"CHANGED: {text}: expected {expected}")
PY
venv/bin/python -W ignore read.py
