"""Compiled loops over a market's arrays. Only the worker and the bare solver import them, never the web process."""
