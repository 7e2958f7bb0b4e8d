"""Runs and what they lead to."""

from matching.models.match import Match, Proposal
from matching.models.pair import Pin, Veto
from matching.models.policy import Policy
from matching.models.run import Run, RunArrays

__all__ = ["Match", "Pin", "Policy", "Proposal", "Run", "RunArrays", "Veto"]
