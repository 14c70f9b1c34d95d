"""The workspace as tools for agents (Model Context Protocol): read-only, every value with its words."""
