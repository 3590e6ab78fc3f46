"""The recorded work done again without a model: each target is found on today's screen, or nothing is touched."""
