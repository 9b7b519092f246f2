"""What is said of a thing, in sections, each row with its claims: the same on every page."""
