"""The commands: each parses its arguments, calls the library, and writes what comes back."""
