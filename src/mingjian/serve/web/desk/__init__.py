"""The values of the desk's pages: made of what the corpus answers, for the templates."""
