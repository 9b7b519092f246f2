"""The pages of a graph as a site: one for each thing in each language, and those that lead there.

`Site.page(path)` gives any page by its path, so that a folder and a server have the same
pages: `site.py`.
"""
