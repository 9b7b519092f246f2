"""The colours of all pages and charts, each named in one place.

Style sheets use them as the variables that `css_variables` writes, scripts as the `colours` in the
data of their page, and charts and node styles by their names here.
"""

from __future__ import annotations

from collections.abc import Mapping

# Text, lines and controls.
INK, QUIET, LINE, WASH, PAPER = "#1d2733", "#536070", "#d8dee5", "#f5f7f9", "#ffffff"
ACCENT, FOCUS = "#005a8c", "#e8a100"

# What tells things apart, after Okabe and Ito 2008 (https://jfly.uni-koeln.de/color/), darkened
# where they would fall below a contrast of 3:1 on white.
BLUE, ORANGE, GREEN = "#0072b2", "#c75300", "#00805e"
PURPLE, GOLD, SLATE, GREY = "#8a4f9e", "#b8860b", "#2f3a46", "#999999"
SERIES = [BLUE, ORANGE, GREEN, PURPLE, GOLD, SLATE, GREY]
"""The colours of the series of a chart, in order."""

# Nodes and ties of the network page, of which more kinds must be told apart.
DARK_GREEN, ROSE, AMBER, VIOLET, BROWN = "#005c43", "#a8457e", "#9a6200", "#6a4fb3", "#76520e"
STEEL, DARK_STEEL, LIGHT_STEEL, PALE_STEEL = "#5f6b78", "#45515e", "#77828d", "#949da6"
DEEP_BLUE, TOPIC, TEAL = "#0060a8", "#6b7785", "#0a7f86"

COMMUNITIES = [
    "#2a74a8",
    "#b35f1a",
    "#3a8059",
    "#b04542",
    "#74589a",
    "#7d6046",
    "#ab4f8c",
    "#69752c",
    "#1f817d",
    "#8f6c00",
]
"""The colours of communities; white text on each has a contrast of 4.5:1 or more."""

PAGE = {
    "ink": INK,
    "quiet": QUIET,
    "line": LINE,
    "wash": WASH,
    "paper": PAPER,
    "accent": ACCENT,
    "focus": FOCUS,
    "button": "#aab4bf",
    "field": "#8a95a1",
}
"""What every page uses: text, lines, backgrounds, controls."""

NETWORK = PAGE | {
    "pill": "#eef1f4",
    "pill-text": "#465361",
    "chosen": "#e4eef6",
    "claim": "#c6d3de",
    "highlight": "#ffe7a3",
    "faint-on-ink": "#cfd7df",
    "notice": "#fff7e0",
}
"""The network page."""

PAGE_DARK = {
    "ink": "#e7edf2",
    "quiet": "#a3b0bc",
    "line": "#35414d",
    "paper": "#141b22",
    "accent": "#6cc0f0",
}
"""What changes in every page where the reader prefers dark pages."""

NETWORK_DARK = PAGE_DARK | {
    "wash": "#1c252e",
    "button": "#4a5866",
    "field": "#6b7785",
    "pill": "#26313c",
    "pill-text": "#c3ced8",
    "chosen": "#1f3547",
    "claim": "#3f5467",
    "highlight": "#6b5310",
    "faint-on-ink": "#45515e",
    "notice": "#3a3016",
}

MAP = {
    "sea": "#e3edf4",
    "land": "#f8f6ef",
    "border": "#bcc7d0",
    "shore": "#a4b3bf",
    "dot": ACCENT,
    "strong": "#c2410c",
}
"""What maps use."""

CITY_VIEWS = (
    PAGE
    | MAP
    | {
        "arc": "#2b7bb0",
        "fill": "#b9d8ea",
        "halo": PAPER,
        "on-community": "#ffffff",
    }
)

CITY_VIEWS_DARK = PAGE_DARK | {
    "sea": "#10171e",
    "land": "#232d37",
    "border": "#3b4855",
    "shore": "#4a5866",
    "arc": "#5fb0e2",
    "dot": "#7cc8f5",
    "fill": "#1f4f6d",
    "strong": "#ffa25c",
    "halo": "#10171e",
}

SITE = NETWORK | MAP

SITE_DARK = NETWORK_DARK | {
    "sea": "#10171e",
    "land": "#2a3540",
    "border": "#3b4855",
    "shore": "#4a5866",
    "dot": "#7cc8f5",
    "strong": "#ffa25c",
}


def lightened(colour: str, share: float = 0.45) -> str:
    """A colour mixed with white: what tells things apart on dark pages.

    >>> lightened("#000000", 0.5)
    '#808080'
    """
    parts = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)


def css_variables(colours: Mapping[str, str], dark: Mapping[str, str] | None = None) -> str:
    """Colours as the variables of a style sheet, and those that change where pages are dark.

    >>> css_variables({"ink": "#000000"})
    ':root { --ink: #000000; }\\n'
    """
    root = " ".join(f"--{name}: {value};" for name, value in colours.items())
    text = f":root {{ {root} }}\n"
    if dark:
        inner = css_variables(dark).strip()
        text += f"@media screen and (prefers-color-scheme: dark) {{\n  {inner}\n}}\n"
    return text
