"""Recordings as something to watch: in a terminal, or as a film."""
