"""Search without an index: what a query asks, what of a page can be found, and where the words stand."""
