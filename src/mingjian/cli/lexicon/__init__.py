"""``mingjian lexicon``: lexicons listed, terms looked up, rows added and retired, a change tried on pages."""
