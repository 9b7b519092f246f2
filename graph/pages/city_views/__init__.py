"""The pages of `citypact draw`: map, one city, communities, countries."""
