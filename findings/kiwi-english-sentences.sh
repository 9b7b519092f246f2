#!/usr/bin/env bash
# kiwipiepy 0.24.1: an English sentence doesn't end, and a Korean one ends after "제1조."
#
# Expected: split_into_sents() ends a sentence at a full stop between two English sentences too: texts
#   of agreements come in both languages, often in one file.
# What happens: "… signed a memorandum. It covers …" is one sentence, while a question or exclamation
#   mark ends one. A Korean heading "제1조. 목적" is cut after its number.
# Why it matters here: what stands in one sentence is taken to belong together: parties, date and
#   topic of two English sentences are mixed, and an article loses its number.
# Instead: split by script first, English with rules of its own, and join article numbers again.
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


def split(text):
    return [sentence.text for sentence in kiwi.split_into_sents(text)]


kiwi = Kiwi()
print("kiwipiepy", version("kiwipiepy"))
english = "Seoul and London signed a memorandum. It covers climate policy."
expect("English, full stop", split(english), [english])
expect("article", split("협약은 제1조. 목적과 범위를 정한다."), ["협약은 제1조.", "목적과 범위를 정한다."])
print("-- controls: Korean, and another mark")
korean = ["서울시는 협약을 맺었다.", "런던은 기뻐했다."]
expect("Korean", split(" ".join(korean)), korean)
asked = ["Did Seoul sign?", "It did."]
expect("English, question mark", split(" ".join(asked)), asked)
PY
