#!/usr/bin/env bash
# recordlinkage 0.16: the cleaning of names deletes Hangul whole, and single letters of Malmö and Łódź.
#
# Expected: preprocessing.clean() lowers letters and takes out punctuation and brackets, and keeps the
#   letters of a name, in whatever script; strip_accents is a choice of its own.
# What happens: all but A to Z, figures, hyphens and underscores goes. 서울특별시 and 부산광역시 become the
#   same empty text, Malmö becomes malm, with strip_accents="unicode" malmo, but Łódź odz. No error, no warning.
# Why it matters here: a list of Korean cities is matched after cleaning. Empty names are left unmatched,
#   or, where a rule compares for equality, equal to each other.
# Instead: give replace_by_none a pattern of your own, [^ \w-] for example.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  recordlinkage==0.16
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import pandas
from recordlinkage.preprocessing import clean


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


print("recordlinkage", version("recordlinkage"))
names = pandas.Series(["서울특별시", "부산광역시", "Malmö", "Łódź"])
expect("cleaned", clean(names).tolist(), ["", "", "malm", "d"])
expect("Seoul is Busan", bool(clean(names)[0] == clean(names)[1]), True)
stripped = clean(names, strip_accents="unicode").tolist()
expect("accents stripped", stripped, ["", "", "malmo", "odz"])
print("-- controls: a name in English letters, and a pattern that knows scripts")
expect("New York (NY)", clean(pandas.Series(["New York (NY)"])).tolist(), ["new york"])
kept = clean(names, replace_by_none=r"[^ \w-]").tolist()
expect("with a pattern of one's own", kept, ["서울특별시", "부산광역시", "malmö", "łódź"])
PY
