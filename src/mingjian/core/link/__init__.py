"""What holds between articles: reprints of one another, and other reuse of text."""
