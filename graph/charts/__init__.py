"""Charts of rows, and their files: five kinds, drawn in each language."""
