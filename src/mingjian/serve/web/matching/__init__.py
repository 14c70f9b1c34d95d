"""The values of the pages of match: needs, and what answers them."""
