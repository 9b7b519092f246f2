"""The chapter on who is central."""
