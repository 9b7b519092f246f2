"""Networks read out of a store, for networkx."""
