"""Commands over a workspace: pages go in, and what they say is found again."""
