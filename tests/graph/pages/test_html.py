"""What all pages share: data that nothing can break out of, and a policy for their own scripts."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest

from citypact.graph.pages.html import inert_json, policy


@pytest.mark.parametrize(
    "text", ["</script>", "&lt;/script&gt;", "a & b", "<!--", "a\u2028b\u2029"]
)
def test_data_holds_no_character_that_means_something_to_a_page(text: str) -> None:
    found = inert_json({"name": text})
    assert not re.search("[<>&\u2028\u2029]", found)
    assert json.loads(found) == {"name": text}


def test_a_policy_allows_the_scripts_of_the_page_and_no_others() -> None:
    script = "alert('서울')"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    rules = dict(rule.strip().split(" ", 1) for rule in policy([script]).split(";"))
    assert rules["script-src"] == f"'sha256-{digest}'"
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert set(rules) == {
        "default-src", "script-src", "style-src", "img-src", "base-uri", "form-action"
    }  # fmt: skip
    assert "connect-src" not in rules, "nothing may be fetched"
