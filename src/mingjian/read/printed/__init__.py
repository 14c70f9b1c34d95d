"""Printed pages, from PDF or from pictures: pieces of words with their places become lines, columns and paragraphs."""
