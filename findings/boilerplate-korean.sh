#!/usr/bin/env bash
# justext 3.0.2: every paragraph of a Korean press release is boilerplate.
#
# Expected: with its own list of Korean stop words it keeps the article, as it does with the English list
#   for the same article in English.
# What happens: a paragraph counts as text from 200 characters, and may from 70, whatever the language. A
#   Korean paragraph of 80 characters says what the English one says in 220, so none reaches 200, and
#   those between become boilerplate with their neighbours. The result is empty. No error, no warning.
# Why it matters here: half of the documents are Korean press releases; a crawl of them is read as pages
#   without text.
# Instead: give Korean its own lengths (length_low=30, length_high=80).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  justext==3.0.2 lxml_html_clean==0.4.6
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import justext


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


KOREAN = (
    "서울시는 지난 3일 영국 런던 시청에서 런던시와 친선도시 협약을 체결하고, 앞으로 교통과 환경, 문화 "
    "분야에서 두 도시의 교류를 더 넓혀 나가기로 했다고 밝혔다.",
    "이날 협약식에는 두 도시의 시장이 참석했으며, 두 도시는 공무원 교류와 정책 공유, 공동 세미나 개최를 "
    "위한 실무 협의를 올해 안에 시작할 계획이다.",
    "두 도시는 2015년에 스마트도시 분야의 양해각서를 체결한 뒤 꾸준히 협력해 왔으며, 이번 협약으로 두 "
    "도시의 협력은 한 단계 더 넓은 분야로 나아가게 되었다.",
)
ENGLISH = (
    "The Seoul Metropolitan Government said that it signed a friendship agreement with London at the "
    "city hall of London on the 3rd, and that the two cities are going to widen their exchanges in "
    "transport, the environment and culture from now on.",
    "The mayors of both cities were at the ceremony, and the cities plan to begin their talks on the "
    "exchange of officials, on the sharing of policies and on joint seminars before the end of the "
    "year, as the two sides agreed.",
    "The two cities have worked together since they signed a memorandum of understanding on smart "
    "cities in 2015, and with this agreement the cooperation of the two reaches fields that are wider "
    "by a good step than before.",
)


def kept(paragraphs, language, **lengths):
    page = "<html><body>" + "".join(f"<p>{text}</p>" for text in paragraphs) + "</body></html>"
    words = justext.get_stoplist(language)
    found = justext.justext(page.encode(), words, encoding="utf-8", **lengths)
    return sum(not paragraph.is_boilerplate for paragraph in found)


print("justext", version("justext"))
expect("paragraphs kept of three, Korean", kept(KOREAN, "Korean"), 0)
print("-- controls: the same in English, and other lengths for Korean")
expect("English", kept(ENGLISH, "English"), 3)
expect("Korean, shorter lengths", kept(KOREAN, "Korean", length_low=30, length_high=80), 3)
PY
