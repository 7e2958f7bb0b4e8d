"""The review list and the runs behind it."""

from matching.admin import matches, proposals, rules, runs, talk

__all__ = ["matches", "proposals", "rules", "runs", "talk"]
