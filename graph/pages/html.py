"""What all pages share: templates with autoescape, inert data, a content security policy."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from citypact.graph.things.sections import address


@cache
def environment() -> Environment:
    """The environment of the templates in `graph`, which escapes all values; pages share it."""
    found = _Environment(
        loader=PackageLoader("citypact.graph", ""),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    found.filters["address"] = lambda key: quote(key, safe="", errors="replace")
    found.filters["web"] = address
    return found


class _Environment(Environment):
    """Looks into a dictionary at once: most rows are some, and a failed attribute takes long."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def template_text(name: str) -> str:
    """The text of a script or style sheet in `graph`."""
    return (resources.files("citypact.graph") / name).read_text(encoding="utf-8")


def shared_scripts() -> list[str]:
    """The scripts that pages with a search share; those of a page follow."""
    names = ("words", "language", "elements", "search/names", "search/box")
    return [template_text(f"pages/{name}.js") for name in names]


def inert_json(data: object) -> str:
    """JSON that is inert between script tags, whatever text it contains."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029]", lambda character: f"\\u{ord(character[0]):04x}", text)


def script_source(scripts: Iterable[str]) -> str:
    """The part of a content security policy that allows these scripts and no others."""
    hashes = [
        base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
        for script in scripts
    ]
    return "script-src " + " ".join(f"'sha256-{value}'" for value in hashes)


def policy(scripts: Iterable[str]) -> str:
    """A content security policy that allows these scripts and no external resources."""
    return (
        f"default-src 'none'; {script_source(scripts)}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def encodable(html: str) -> str:
    """A page without lone surrogates, which could not be encoded as UTF-8."""
    return html.encode("utf-8", "replace").decode("utf-8")
