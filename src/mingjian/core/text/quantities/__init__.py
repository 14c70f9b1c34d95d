"""Quantities: the numbers of a text with their units, and the words round them that say how they are meant."""
