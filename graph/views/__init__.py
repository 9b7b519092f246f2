"""Views of a network of cities that can be read at any size, each a page of its own.

Every view function takes the network that `graph.cities.cities` gives and returns a `View`;
`graph.views.page.page` makes the page of it.
"""
