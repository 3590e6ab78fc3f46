"""Measures in which coordinate space a model points, and keeps the result."""
