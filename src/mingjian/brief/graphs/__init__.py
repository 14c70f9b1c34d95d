"""Graphs as files: for drawing (GraphML, HTML), for databases (CSV of Neo4j), for the web of data (JSON-LD)."""
