"""Methods of network science for partnerships, a module a method.

Each takes a network of networkx and gives plain dataclasses; formulas, sources, units and limits
stand in the docstrings. `graph.report` applies them to a graph and says the answers in words.
"""
