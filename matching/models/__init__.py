"""Runs and what they lead to."""

from matching.models.match import HOLDS, Match, Proposal
from matching.models.pair import Pin, Veto
from matching.models.policy import Policy
from matching.models.preview import PreviewAnswer
from matching.models.run import Run, RunArrays
from matching.models.talk import Check, Feed, Message, Report

__all__ = [
    "HOLDS",
    "Check",
    "Feed",
    "Match",
    "Message",
    "Pin",
    "Policy",
    "PreviewAnswer",
    "Proposal",
    "Report",
    "Run",
    "RunArrays",
    "Veto",
]
