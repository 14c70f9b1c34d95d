"""The workbench: one service over a workspace, for people in a browser, for programs and for agents."""
