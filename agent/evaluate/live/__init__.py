"""Live runs: a suite's tasks at several seeds, played in parallel, scored by their checks, kept on disk, summed up."""
