"""What the numbers of a sentence measure: metric, whose it is, where, and when."""
