"""Finds out in which numbers a model points, and remembers it."""
