#!/usr/bin/env bash
# hanja 0.15.1: the president 金大中 (김대중) is read 금대중, and the city 金浦市 (김포시) 금포시.
#
# Expected: the commonest Korean surname and well-known cities come out as every reader of Korean says
#   them, since the package applies the rules of initial sounds (柳寬順 is 유관순, 李明博 이명박).
# What happens: each character has one reading. 金 is 금, so no Kim is found under his name; June and
#   October, which drop a sound, are 육월 and 십월; and the 率 of 比率 is 솔.
# Why it matters here: older agreements name signatories and months in Chinese characters. After such a
#   reading a signatory is another person, a partner another city, and dates find no month.
# Instead: look names of people and places up first, and read the rest by the package.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  hanja==0.15.1
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import hanja


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def reading(text):
    return hanja.translate(text, "substitution")


print("hanja", version("hanja"))
expect("金大中 (김대중)", reading("金大中"), "금대중")
expect("金浦市 (김포시)", reading("金浦市"), "금포시")
expect("六月 (유월)", reading("六月"), "육월")
expect("十月 (시월)", reading("十月"), "십월")
expect("比率 (비율)", reading("比率"), "비솔")
print("-- controls: rules of initial sounds")
expect("李明博", reading("李明博"), "이명박")
expect("柳寬順", reading("柳寬順"), "유관순")
expect("全羅南道", reading("全羅南道"), "전라남도")
PY
