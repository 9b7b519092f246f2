"""The chapter on which ties are likely to be missing."""
