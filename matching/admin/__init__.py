"""The review list and the runs behind it."""

from matching.admin import matches, rules, runs, talk

__all__ = ["matches", "rules", "runs", "talk"]
