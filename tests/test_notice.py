"""What is inlined in pages is named in NOTICE: each by a trace that its code leaves there."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from citypact.graph.charts.figure import bundle
from citypact.graph.pages.network.pyvis_page import LIBRARY

NOTICE = (Path(__file__).parents[1] / "NOTICE").read_text("utf-8")
VIS_NETWORK = {
    "vis-network": "vis-network",
    "core-js": "core-js",
    "keycharm": "keycharm",
    "hammerjs": "Hammer",
    "component-emitter": "emitter",
    "uuid": "UUID",
    "regenerator-runtime": "regenerator",
}
VEGA = {
    "fast-json-patch": "fast-json-patch",
    "semver": "SEMVER",
    "topojson-client": "topojson",
    "delaunator": "delaunator",
}


def test_what_is_inlined_is_named() -> None:
    network = (resources.files("pyvis") / LIBRARY).read_text(encoding="utf-8")
    for text, traces in ((network, VIS_NETWORK), (bundle(), VEGA)):
        assert [name for name, trace in traces.items() if trace not in text] == []
        assert [name for name in traces if name not in NOTICE] == []
