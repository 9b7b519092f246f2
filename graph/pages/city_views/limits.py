"""How much a view shows at once.

A network of more than `MANY` nodes cannot be read as a drawing. What exceeds a limit is shown in
groups, which open when the reader zooms in or clicks. Each view says how much is in groups, so that
its numbers add up to the total.

- map: up to MANY cities in view are drawn one by one. More are grouped into cells of CELL pixels,
  drawn as dots whose size shows the number of cities; ties between cells are bundled, and the
  BUNDLES largest bundles are drawn.
- ego: up to RING cities in a ring; more are grouped by country.
- communities: the GROUPS largest. In communities and countries, at most LINES lines are drawn at
  first; a slider shows more.
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
"""How many cities the list of a group names."""

SOURCED = 3000
"""With no more ties the documents behind each are in the page."""
