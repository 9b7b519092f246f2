#!/usr/bin/env bash
# undate 0.8.0: "about 1976" and "1976, perhaps" are read as 1976.
#
# Expected: the reader of EDTF keeps the marks ~, ? and %, or refuses them as it refuses sets.
# What happens: the marks are read and dropped: the date has no trace of them, its length is a year, and
#   written again it is 1976.
# Why it matters here: many first years of sister cities are approximate in the sources. Read and
#   written once they become certain.
# Instead: keep the text of the source beside the date, or refuse dates with marks before.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  undate==0.8.0
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from undate import Undate


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def again(text):
    return Undate.parse(text, "EDTF").format("EDTF")


print("undate", version("undate"))
for text in ("1976~", "1976?", "1976%"):
    expect(text, again(text), "1976")
expect("1976-05~", again("1976-05~"), "1976-05")
expect("the same date", Undate.parse("1976~", "EDTF") == Undate.parse("1976", "EDTF"), True)
print("-- controls: a year unknown in part, an interval, and a set, which is refused")
expect("197X", again("197X"), "197X")
expect("1976-05-18/1980", again("1976-05-18/1980"), "1976-05-18/1980")
try:
    again("[1976,1977]")
except ValueError as error:
    expect("[1976,1977]", type(error).__name__, "ValueError")
else:
    sys.exit("CHANGED: a set is read")
PY
