#!/usr/bin/env bash
# korean-romanizer 0.28.0: Jongno, Gangneung and Seolleung get spellings that no map has.
#
# Expected: the library pronounces before it writes (it spells 좋고 joko), as the Revised Romanisation
#   does; so consonants that change each other across syllables do so in names too.
# What happens: changes before and after ㄹ, and of ㄱ, ㄷ, ㅂ before nasals, are left out: 종로 jongro
#   (Jongno), 강릉 gangreung (Gangneung), 선릉 seonreung (Seolleung), 왕십리 wangsipri (Wangsimni).
# Why it matters here: romanised names are how lists in English are matched with Korean ones: the
#   official spellings of these places are not found, while most other places are.
# Instead: take official spellings from a table of names, and a transcription for search alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  korean-romanizer==0.28.0
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from korean_romanizer.romanizer import Romanizer


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def romanised(name):
    return Romanizer(name).romanize()


print("korean-romanizer", version("korean-romanizer"))
expect("종로, officially Jongno", romanised("종로"), "jongro")
expect("강릉, officially Gangneung", romanised("강릉"), "gangreung")
expect("선릉, officially Seolleung", romanised("선릉"), "seonreung")
expect("왕십리, officially Wangsimni", romanised("왕십리"), "wangsipri")
print("-- controls: a change that it makes, and names without any")
expect("좋고", romanised("좋고"), "joko")
expect("부산", romanised("부산"), "busan")
expect("압구정", romanised("압구정"), "apgujeong")
PY
