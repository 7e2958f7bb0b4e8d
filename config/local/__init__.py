"""What `./run` does once its environment is made: the local servers, the processes, the checks.

Only the standard library is used here, so that nothing of the project has to work for its servers to start.
"""
