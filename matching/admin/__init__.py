"""The admin pages of matching: the review list, matches, runs, policies, vetoes and pins."""

from matching.admin import conversation, matches, policies, proposals, runs, vetoes_and_pins

__all__ = ["conversation", "matches", "policies", "proposals", "runs", "vetoes_and_pins"]
