#!/usr/bin/env bash
# country_converter 1.3.2: England is the United Kingdom, Scotland and Wales are no country at all.
#
# Expected: the four nations of the United Kingdom are treated alike, and a city that is named after a
#   country is not found among countries.
# What happens: the pattern of the United Kingdom has "England" and none of the other three, which come
#   back as not found; "Jersey City" and "Panama City, Florida" match the patterns of Jersey and Panama,
#   while "Mexico City" and "New Mexico" do not match Mexico's.
# Why it matters here: lists of twin cities name Scotland and Wales in their country column, and some
#   columns hold "City, State". A conversion by the library splits the United Kingdom's partners into
#   found and lost ones, and moves Jersey City to the Channel Islands.
# Instead: give the nations to the converter as additional data, and convert columns that hold nothing
#   but names of countries.
# Version 1.3.2 raises a TypeError at its start with pandas 3, hence the older pandas.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  country-converter==1.3.2 pandas==2.3.3
"$folder/venv/bin/python" - <<'PY'
import logging
import sys
from importlib.metadata import version

import country_converter

logging.disable(logging.CRITICAL)


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def code(name):
    return country_converter.convert(name, to="ISO2", not_found="no country")


print("country_converter", version("country_converter"))
expect("England", code("England"), "GB")
for nation in ("Scotland", "Wales", "Northern Ireland"):
    expect(nation, code(nation), "no country")
expect("Jersey City", code("Jersey City"), "JE")
expect("Panama City, Florida", code("Panama City, Florida"), "PA")
print("-- controls: names that other libraries confuse, and cities that are told apart")
expect("Republic of Korea", code("Republic of Korea"), "KR")
expect("Niger", code("Niger"), "NE")
expect("Mexico City", code("Mexico City"), "no country")
expect("New Mexico", code("New Mexico"), "no country")
PY
