"""Backups: one encrypted file with the rows of one moment, and the way back from it."""
