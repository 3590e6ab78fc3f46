"""Episodes on disk: written as they happen, read back equal, nothing in them trusted."""
