"""An observation parsed into what is on it; start at screen.py."""
