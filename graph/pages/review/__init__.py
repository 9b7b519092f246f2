"""The page of `citypact review`: a document next to its draft."""
