#!/usr/bin/env bash
# hgtk 0.2.1: the Korean particle after a figure or a bracket is always that after a vowel.
#
# Expected: josa.attach() looks at how the word is read: 3 is 삼 and takes 은, 2012 is 이천십이 and takes
#   는; (런던) is read 런던 and takes 은; or it says that it cannot tell, as 은(는).
# What happens: whatever does not end in a syllable of Hangul gets the form after a vowel, 3는 and
#   (런던)는. No error, no mark.
# Why it matters here: sentences of a report end their subject in a count, a year or a name in brackets,
#   and six of the ten digits take the other form.
# Instead: choose by the last digit read in Korean, and by the word before a bracket.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  hgtk==0.2.1 six==1.17.0
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from hgtk import josa


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def topic(word):
    return josa.attach(word, josa.EUN_NEUN)


def direction(word):
    return josa.attach(word, josa.EURO_RO)


print("hgtk", version("hgtk"))
expect("3 (은 is right)", topic("3"), "3는")
expect("10 (은 is right)", topic("10"), "10는")
expect("3 (으로 is right)", direction("3"), "3로")
expect("(런던) (은 is right)", topic("(런던)"), "(런던)는")
expect("런던(London) (은 is right)", topic("런던(London)"), "런던(London)는")
print("-- controls: words of Hangul")
expect("런던", topic("런던"), "런던은")
expect("파리", topic("파리"), "파리는")
expect("서울", direction("서울"), "서울로")
PY
