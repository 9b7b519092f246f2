"""What several chapters of the report use."""
