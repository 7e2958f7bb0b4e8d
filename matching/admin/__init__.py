"""The admin pages of matching: the review list, matches, runs, policies, vetoes, pins, interests and duty."""

from matching.admin import conversation, duty, interests, matches, policies, proposals, runs, vetoes_and_pins

__all__ = ["conversation", "duty", "interests", "matches", "policies", "proposals", "runs", "vetoes_and_pins"]
