#!/usr/bin/env bash
# jellyfish 1.3.0: every Korean name sounds like every other, and like nothing.
#
# Expected: a phonetic code of a name in Hangul is an error, or tells names apart.
# What happens: metaphone() gives the empty string, so that all names have one code;
#   match_rating_comparison() says that Seoul and Busan are the same name; soundex() keeps the first
#   consonant alone. Accents in Latin names are another matter: they are read as the letters below.
# Why it matters here: grouping names of cities by sound before comparing them puts all Korean
#   spellings into one block, and a comparison by sound finds each city equal to each.
# Instead: compare Hangul by its letters (jamo) or romanised, and sounds in Latin names alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  jellyfish==1.3.0
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from jellyfish import match_rating_comparison, metaphone, soundex


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


print("jellyfish", version("jellyfish"))
expect("metaphone", [metaphone(name) for name in ("서울", "부산", "과야킬")], ["", "", ""])
expect("the same name, 서울 and 부산", match_rating_comparison("서울", "부산"), True)
expect("soundex of 서울 and of 시흥 is one", soundex("서울") == soundex("시흥"), True)
print("-- controls: the same cities in Latin letters")
expect("metaphone", [metaphone(name) for name in ("Seoul", "Busan")], ["SL", "BSN"])
expect("the same name, Quito and Busan", match_rating_comparison("Quito", "Busan"), False)
PY
