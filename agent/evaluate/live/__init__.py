"""Live runs scored by the world: a suite's tasks at several seeds, worked side by side, kept on disk, told as rates."""
