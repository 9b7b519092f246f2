"""Questions to the graph, and the sources behind each answer."""
