"""The chapter on networks with members, and cliques."""
