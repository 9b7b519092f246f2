#!/usr/bin/env bash
# lingua-language-detector 2.1.1 takes the headline "MOU 체결" for French, and langdetect 1.0.9 the
# Japanese for sister city for Korean.
#
# Expected: Hangul decides for Korean, as no other language is written in it, and 姉妹都市 is Chinese or
#   Japanese.
# What happens: with lingua two syllables of Hangul beside three Latin letters do not count, and a Korean
#   sentence with the names of several bodies in Latin letters is English. langdetect finds Korean in
#   Chinese characters, and calls a headline that is half Korean and half Latin Lithuanian.
# Why it matters here: Korean headlines about agreements are full of MOU, KOTRA and names of cities in
#   Latin letters. Read by English rules, they give no parties and no dates.
# Instead: ask for any syllable of Hangul first, and a detector only where there is none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  lingua-language-detector==2.1.1 langdetect==1.0.9
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import langdetect
from lingua import LanguageDetectorBuilder

langdetect.DetectorFactory.seed = 0
detector = LanguageDetectorBuilder.from_all_languages().build()


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def lingua(text):
    return detector.detect_language_of(text).name


print("lingua", version("lingua-language-detector"))
expect("MOU 체결", lingua("MOU 체결"), "FRENCH")
sentence = "서울시와 WeGO, KOTRA, Korea Eximbank EDCF MOU 체결식 Guayaquil City Hall"
expect("a sentence with names of bodies", lingua(sentence), "ENGLISH")
print("langdetect", version("langdetect"))
expect("half and half", langdetect.detect("서울특별시–Tokyo MOU 체결"), "lt")
expect("姉妹都市", langdetect.detect("姉妹都市"), "ko")
print("-- controls: Hangul alone, and the same Chinese characters for the other package")
expect("lingua, 시장", lingua("시장"), "KOREAN")
expect("langdetect, MOU 체결", langdetect.detect("MOU 체결"), "ko")
expect("lingua, 姉妹都市", lingua("姉妹都市"), "CHINESE")
PY
