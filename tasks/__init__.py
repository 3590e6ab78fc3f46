"""The work: goals, and how to tell they were met."""
