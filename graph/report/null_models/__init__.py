"""The chapter on what differs from chance."""
