"""Twin cities from lists of others: edge lists, KONECT files, Wikidata and its saved answers.

A list is read into cities and links (`model`), its cities are compared with those of the package
(`reconcile`), and the outcome is written as a folder of tables in the user's own data (`write`).
"""
