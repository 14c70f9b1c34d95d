"""Articles that tell the same event in other words, whatever the event."""
