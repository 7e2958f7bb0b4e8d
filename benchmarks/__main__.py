"""`./run bench`: the engine beside other solvers."""
