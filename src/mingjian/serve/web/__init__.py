"""The pages of the workbench: templates, words and static files, and how values become HTML."""
