"""The same press release gives the same text in every format."""

from pathlib import Path
from typing import Any

import pytest

from citypact.sources.documents.normal_form import BlockKind
from citypact.sources.documents.read import read_bytes
from citypact.sources.extraction.extract import extract
from tests.sources.documents import release

for library in ("docx", "hwp_converter_ai", "hwpx", "pypdfium2", "resiliparse", "unhwp"):
    pytest.importorskip(library, reason=f"{library} is not installed")


def test_every_format_gives_the_same_text(browser: Any, tmp_path: Path) -> None:
    files = {
        "a.txt": release.as_text(),
        "a.html": release.as_html(),
        "a.pdf": release.as_pdf(browser),
        "a.docx": release.as_docx(),
        "a.hwpx": release.as_hwpx(),
        "a.hwp": release.as_hwp(tmp_path),
    }
    forms = {name: read_bytes(data, name) for name, data in files.items()}
    assert {name: form.text for name, form in forms.items()} == dict.fromkeys(files, release.TEXT)
    for name, form in forms.items():
        kinds = [block.kind for block in form.blocks]
        assert kinds[0] is BlockKind.HEADING, name
        assert kinds[3:8] == [BlockKind.LIST_ITEM] * 2 + [BlockKind.TABLE_ROW] * 3, name
        assert [block.language for block in form.blocks[:2]] == ["ko", "ko"], name
        assert [block.language for block in form.blocks[-2:]] == ["en", "en"], name
        assert form == read_bytes(files[name], name)
    drafts = {name: extract(form, published="2024-11-26") for name, form in forms.items()}
    (agreement, *_) = drafts["a.txt"].agreements
    assert [party.value.label_en for party in agreement.parties] == ["Seoul", "Hanoi"]
    assert {name: draft == drafts["a.txt"] for name, draft in drafts.items()} == dict.fromkeys(
        files, True
    )
