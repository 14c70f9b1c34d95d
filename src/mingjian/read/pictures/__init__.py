"""Pictures of pages: what recognition finds in scans and image files, where it is asked for."""
