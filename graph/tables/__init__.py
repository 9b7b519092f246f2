"""Tables and their columns, explained in both languages."""
