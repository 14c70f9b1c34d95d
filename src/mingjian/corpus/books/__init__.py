"""The books of a workspace: kept on the disk, and brought up to where its pages and decisions are."""
