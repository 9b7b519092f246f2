#!/usr/bin/env bash
# kiwipiepy 0.24.1: the particle after a city decides into which words its name is cut.
#
# Expected: "런던시" is cut in the same way before every particle: 런던, 시 (city) and the particle.
# What happens: before 는 it is 런던, 시, 는; before 가 it is 런던 and 시가 (a noun: city centre), with
#   no particle; 과야킬시 before 를 stays one word. 하노이시 is cut in one way throughout.
# Why it matters here: who counts or looks up cities by their nouns finds 런던시 in one sentence and
#   "런던 city centre" in the next, and misses that 시가 held the subject's particle.
# Instead: look for names of cities in the text itself, with their kind and particle by a rule, and
#   ask the analyser about the rest.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  kiwipiepy==0.24.1 kiwipiepy_model==0.24.0
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from kiwipiepy import Kiwi


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def words(text):
    return [word.form for word in kiwi.tokenize(text + " 협약")][:-1]


kiwi = Kiwi()
print("kiwipiepy", version("kiwipiepy"))
expect("런던시는", words("런던시는"), ["런던", "시", "는"])
expect("런던시가", words("런던시가"), ["런던", "시가"])
expect("과야킬시의", words("과야킬시의"), ["과야킬", "시", "의"])
expect("과야킬시를", words("과야킬시를"), ["과야킬시", "를"])
print("-- control: a city that is cut in one way")
expect("하노이시는", words("하노이시는"), ["하노이", "시", "는"])
expect("하노이시가", words("하노이시가"), ["하노이", "시", "가"])
PY
