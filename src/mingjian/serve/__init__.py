"""A workspace over HTTP: REST, web pages and MCP; needs the extra ``serve``."""
