"""What `./run` does once its environment is made: start the local servers and processes, run the checks.

Nothing here imports Django, so the servers start even when the application is broken.
"""
