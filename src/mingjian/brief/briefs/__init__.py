"""Briefs as Markdown, HTML, Word and Excel: the same sentences, charts and evidence in each."""
