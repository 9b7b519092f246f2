"""The chapter on groups of densely connected actors."""
