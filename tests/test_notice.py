"""What is inlined in pages is named in NOTICE: each by a trace that its code leaves there."""

from __future__ import annotations

from pathlib import Path

from citypact.graph.charts.figure import bundle

NOTICE = (Path(__file__).parents[1] / "NOTICE").read_text("utf-8")
VEGA = {
    "fast-json-patch": "fast-json-patch",
    "semver": "SEMVER",
    "topojson-client": "topojson",
    "delaunator": "delaunator",
}


def test_what_is_inlined_is_named() -> None:
    text = bundle()
    assert [name for name, trace in VEGA.items() if trace not in text] == []
    assert [name for name in VEGA if name not in NOTICE] == []
