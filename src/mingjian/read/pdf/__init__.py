"""PDF files: a process of its own opens them; ``mingjian.read.printed.sheets`` makes text of what it tells."""
