"""Runs and what they lead to."""

from matching.models.match import Match
from matching.models.pair import Pin, Veto
from matching.models.policy import Policy
from matching.models.run import Run, RunArrays

__all__ = ["Match", "Pin", "Policy", "Run", "RunArrays", "Veto"]
