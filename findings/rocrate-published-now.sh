#!/usr/bin/env bash
# rocrate 0.16.0: a crate says that it was published at the moment in which its object was made.
#
# Expected: without a date of publication the property is missing, and a validator asks for it; the
#   same files give the same metadata.
# What happens: datePublished of the root is filled with the clock's time to the second. It looks like
#   a statement on the data, differs in every run, and satisfies the validator.
# Why it matters here: a dataset of agreements that is written again has another "date of publication"
#   and other bytes, so checksums that others noted no longer fit.
# Instead: set datePublished from the data, or remove it before writing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  rocrate==0.16.0
"$folder/venv/bin/python" - <<'PY'
import sys
import datetime
import json
import tempfile
from importlib.metadata import version
from pathlib import Path

from rocrate.rocrate import ROCrate


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def root(crate):
    with tempfile.TemporaryDirectory() as folder:
        crate.write(folder)
        told = json.loads((Path(folder) / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    return next(entity for entity in told["@graph"] if entity["@id"] == "./")


print("rocrate", version("rocrate"))
before = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
written = datetime.datetime.fromisoformat(root(ROCrate())["datePublished"])
now = datetime.datetime.now(datetime.timezone.utc)
expect("date of publication is the clock's", before <= written <= now, True)
print("-- control: a date that was set")
crate = ROCrate()
crate.datePublished = datetime.date(2026, 1, 2)
expect("date of publication", root(crate)["datePublished"], "2026-01-02")
PY
