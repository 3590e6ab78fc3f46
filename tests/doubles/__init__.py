"""Small real programs that stand in for the world."""
