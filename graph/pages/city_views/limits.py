"""How much a view shows at once: the one rule of all views, and its numbers.

A picture of more than `MANY` nodes is a ball of wool. So what would be more is shown in groups, and
the parts of a group on asking: by coming nearer, or by a click. Nothing is left out without words:
each view says how many are in groups, and its numbers add up to the whole.

- map: up to MANY cities in sight are drawn each. More are gathered in cells of CELL pixels, each a
  dot whose size tells how many; links are gathered between cells, the BUNDLES strongest drawn.
- ego: up to RING cities in a ring; more are gathered by country.
- communities: GROUPS circles at most, the largest; there and between countries the slider begins
  where at most LINES lines are drawn.
- tables: the first ROWS rows.
"""

from __future__ import annotations

MANY = 2000
CELL = 18
BUNDLES = 1200
RING = 200
GROUPS = 40
LINES = 120
ROWS = 100
MEMBERS = 40
"""Cities named in the list of a group."""
