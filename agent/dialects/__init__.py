"""Dialects: how each model family is shown a screen, asked for a move, and understood."""
