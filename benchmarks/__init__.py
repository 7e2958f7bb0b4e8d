"""Benchmarks of the engine beside other solvers: `./run bench`."""
