"""What the graph is made from: records of documents, entities, and what they claim."""

from pathlib import Path

PACKAGED = Path(__file__).parent
"""The folder whose `entities/` and `records/` travel with the package."""
HUBS = PACKAGED / "hubs"
"""The project with the partner lists of other cities, which travels with the package too."""
MEMBERSHIPS = PACKAGED / "memberships"
"""The project with the lists of members of city networks, which travels with the package too."""
HUBS_AND_MEMBERSHIPS = PACKAGED / "hubs-and-memberships"
"""The project of both."""
