"""The language tag of a name of a place, from the script in which it is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

_JAPANESE = {"HIRAGANA", "KATAKANA"}
_HAN = {"CJK": "Hani", "HANGUL": "Hang", "LATIN": "Latn"}
_WRITTEN_IN_HAN = {"Hans", "Hant", "Jpan"}


@lru_cache(maxsize=65_536)
def name_language(text: str, country: str = "") -> str:
    """The BCP 47 tag of a name: `en` in Latin letters or none, `ko` where it has Hangul.

    A name in another script is in the main language of the country (its ISO 3166-1 code, may be
    empty) where that is written so, by the likely subtags of CLDR; else only the script is said,
    as in `und-Cyrl`. Kana are Japanese wherever they stand.

    >>> name_language("横浜", "JP"), name_language("上海", "CN"), name_language("上海")
    ('ja', 'zh', 'und-Hani')
    """
    if text.isascii():
        return "en"
    letters = (unicodedata.name(each, "").split(" ")[0] for each in text if each.isalpha())
    scripts = dict.fromkeys(letters)
    if "HANGUL" in scripts:
        return "ko"
    if _JAPANESE & scripts.keys():
        return "ja"
    codes = (_HAN.get(script) or _script_codes().get(script) for script in scripts)
    code = next((code for code in codes if code and code != "Latn"), "")
    return _main_language(code, country) if code else "en"


def _main_language(script: str, country: str) -> str:
    from babel.core import get_global

    likely: Mapping[str, str] = get_global("likely_subtags")
    for key in (f"und_{country}", f"und_{script}_{country}"):
        language, _, rest = likely.get(key, "").partition("_")
        written = rest[:4]
        if written == script or (script == "Hani" and written in _WRITTEN_IN_HAN):
            return language
    return f"und-{script}"


@cache
def _script_codes() -> dict[str, str]:
    """Codes of ISO 15924 by the first word of their names, as the names of characters begin."""
    import pycountry

    # Of scripts with variants, such as Cyrillic, the one without: it has the shortest name.
    found = sorted(pycountry.scripts, key=lambda script: (-len(script.name), script.alpha_4))
    return {script.name.split()[0].upper(): script.alpha_4 for script in found}


__all__ = ["name_language"]
