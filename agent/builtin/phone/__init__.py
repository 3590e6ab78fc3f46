"""What the embedded default knows of phones: their widgets, their sentences, the way to what no screen shows yet."""
