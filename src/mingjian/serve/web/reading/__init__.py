"""What the pages for reading show: from what the corpus answers to the parts of pages, pure."""
