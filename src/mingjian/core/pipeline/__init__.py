"""The order of steps, and the law of evidence."""
