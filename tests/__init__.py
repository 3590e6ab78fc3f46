"""Examples that can fail."""
