"""What answers over a wire: REST and web pages (the extra ``serve``), and tools for agents (the extra ``mcp``)."""
