"""The admin pages of matching: the review list, matches, runs, policies, vetoes, pins and interests."""

from matching.admin import conversation, interests, matches, policies, proposals, runs, vetoes_and_pins

__all__ = ["conversation", "interests", "matches", "policies", "proposals", "runs", "vetoes_and_pins"]
