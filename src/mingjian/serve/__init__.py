"""What answers over a wire: the web service, and tools for agents."""
