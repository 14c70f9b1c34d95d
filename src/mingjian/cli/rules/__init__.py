"""``mingjian rules``: rules listed and shown, their examples checked, one of them tried on pages."""
