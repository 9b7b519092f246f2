#!/usr/bin/env bash
# nameparser 2.6.0: 하이메 네보트 (Jaime Nebot) has the surname 하, and a mayor's office is a middle name.
#
# Expected: a parser that knows Korean surnames leaves other names in Hangul as they are, and takes the
#   office, which stands after a Korean name, for a title as it does with "Mayor" before one.
# What happens: the first syllable of any name in Hangul that is a Korean surname too is cut off as the
#   surname, whatever stands beside it; 시장 and 서울시장 become middle names, or the given name after a
#   surname alone; an office before the name is cut into a person (서울시장 is Mr 서 named 울시장).
# Why it matters here: signatories from Korean press releases are mostly foreigners in Hangul with their
#   office behind. Lists of people sorted by surname then hold 하 and 고 for Nebot and Koike.
# Instead: take offices off first, and split only names of two to four syllables whose bearer is known
#   to be Korean.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  nameparser==2.6.0
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from nameparser import HumanName


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def parts(text):
    name = HumanName(text)
    return name.title, name.first, name.middle, name.last


print("nameparser", version("nameparser"))
print("(title, given name, middle name, surname)")
expect("Jaime Nebot in Hangul", parts("하이메 네보트"), ("", "이메", "네보트", "하"))
expect("Koike Yuriko in Hangul", parts("고이케 유리코"), ("", "이케", "유리코", "고"))
expect("a Korean name and an office", parts("홍길동 시장"), ("", "길동", "시장", "홍"))
expect("a surname and an office", parts("홍 시장"), ("", "시장", "", "홍"))
expect("an office and a name", parts("서울시장 홍길동"), ("", "울시장", "홍길동", "서"))
print("-- controls: a Korean name alone, one with a surname of two syllables, an office in English")
expect("a Korean name", parts("홍길동"), ("", "길동", "", "홍"))
expect("two syllables", parts("남궁민"), ("", "민", "", "남궁"))
expect("English", parts("Mayor Jaime Nebot"), ("Mayor", "Jaime", "", "Nebot"))
PY
