"""The graph of the things in the books: edges with their words, neighbours, paths, and the whole of it."""
