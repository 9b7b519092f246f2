"""Self-contained HTML pages: the network page and the views of cities."""
