"""Records for people: the card in a terminal, a page of text beside its facts."""
