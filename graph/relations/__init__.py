"""What is on record between partners, with its claims: facts, promises, dates, two versions."""
