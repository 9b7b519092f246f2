"""Tables and their columns, described in both languages."""
