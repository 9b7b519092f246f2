"""Where triples are kept: in memory, on disk, or on a SPARQL server."""
