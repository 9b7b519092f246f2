"""RDF terms and files: the IRIs of the graph, conversion and serialisation."""
