"""The chapter on distances and continents."""
