"""A brief for a meeting: what is on record between two partners, each sentence with its source."""
