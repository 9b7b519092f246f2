#!/usr/bin/env bash
# countryinfo 1.0.1 answers "Korea" with Pyongyang as soon as another package, rapidfuzz, is
# installed.
#
# Expected: a name that the library does not know raises CountryNotFoundError, in every environment.
# What happens: without rapidfuzz "Korea" and "Korea Republic" raise the error. With rapidfuzz in the
#   same environment, wherever it came from, CountryInfo takes the most similar name instead: "Korea"
#   is North Korea, and "Korea Republic" is the Central African Republic. No argument asks for it and
#   nothing tells the caller that the name was guessed.
# Why it matters here: lists of twin cities name countries in many forms, and "Korea" is a likely one
#   for Seoul. The countries of cities change when an unrelated package arrives, and the code that was
#   written to catch the error never runs.
# Instead: look countries up by ISO code, from a table of names that is checked and complete for its
#   sources, and refuse the rest.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check countryinfo==1.0.1
cat > "$folder/capitals.py" <<'PY'
import sys
from importlib.metadata import PackageNotFoundError, version

from countryinfo import CountryInfo

EXPECTED = dict(pair.split("=") for pair in sys.argv[1:])
for name in ("countryinfo", "rapidfuzz"):
    try:
        print(name, version(name))
    except PackageNotFoundError:
        print(name, "is not installed")
for country, expected in EXPECTED.items():
    try:
        seen = CountryInfo(country).capital()
    except Exception as error:
        seen = type(error).__name__
    print(f"capital of {country}: {seen}")
    if seen != expected:
        sys.exit(f"CHANGED: {country}: expected {expected}")
PY
echo "-- control: without rapidfuzz"
"$folder/venv/bin/python" "$folder/capitals.py" Korea=CountryNotFoundError \
  "Korea Republic=CountryNotFoundError" "Republic of Korea=Seoul" KR=Seoul
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check rapidfuzz==3.14.6
echo "-- with rapidfuzz"
"$folder/venv/bin/python" "$folder/capitals.py" Korea=Pyongyang \
  "Korea Republic=Bangui" "Republic of Korea=Seoul" KR=Seoul
