"""The headers of query and rule files."""

from __future__ import annotations

import re


def headers(text: str) -> dict[str, str]:
    """The `# key: value` lines at the head of a query file."""
    found = {}
    for line in text.splitlines():
        match = re.fullmatch(r"#\s*([a-z][a-z0-9 -]*?):\s*(.*)", line)
        if not match:
            break
        found[match[1]] = match[2].strip()
    return found
