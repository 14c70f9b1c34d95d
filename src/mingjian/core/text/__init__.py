"""Text primitives that keep offsets: folding, sentences, matching."""
