"""``mingjian review``: what waits for a look, what people say of it, and what comes of that."""
