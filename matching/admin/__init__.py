"""The review list and the runs behind it."""

from matching.admin import conversation, matches, policies, proposals, runs, vetoes_and_pins

__all__ = ["conversation", "matches", "policies", "proposals", "runs", "vetoes_and_pins"]
