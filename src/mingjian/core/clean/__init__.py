"""Which stretches of a page are the article, and what the page says of itself."""
