"""What the graph says of partnership patterns: a module a question, each giving a finding.

A finding is question, answer in words, tables, figures, method, sources and what could be wrong,
in both languages. `graph.analysis` holds the methods, `graph.report.page` makes the page.
"""

NETWORKS = ("actors", "cities")
"""The networks of which a report can be made."""

CHAPTERS = (
    "structure",
    "null-models",
    "communities",
    "groups",
    "topics",
    "chronology",
    "titles",
    "mayors-and-rules",
    "brokerage",
    "geography",
    "prediction",
    "ego-networks",
    "tie-formation",
    "reciprocity",
    "shared-partners",
    "missing",
)
"""The chapters of a report in their order; each is the module and function of that name."""

OF_GROUPS = ("communities", "groups")
"""The chapters on groups: a report of a network of lists, each of which makes a group around one
actor, leaves them out, unless they are asked for (`Study.is_of_lists`)."""

OF_SEVERAL_LISTS = ("ego-networks", "tie-formation", "reciprocity", "shared-partners")
"""The chapters that compare the partner lists of several cities: a report of a graph without these
lists leaves them out, unless they are asked for."""
