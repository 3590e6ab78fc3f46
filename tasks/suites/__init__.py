"""Suites of tasks: data, a little setup, and for each task moves that are known to solve it."""
