"""The chapter on what incomplete sources do to the figures."""
