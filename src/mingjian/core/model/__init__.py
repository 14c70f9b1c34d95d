"""The nouns: frozen values with invariants and no other logic."""
