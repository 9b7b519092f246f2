"""SPARQL text: its triple patterns, and whether it only reads."""
