"""The worker: looks, decides, acts, remembers, is judged."""
