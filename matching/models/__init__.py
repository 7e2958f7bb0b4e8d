"""The tables of matching: runs, matches, policies, and what hangs on a match."""

from matching.models.calendar_feed import CalendarFeed
from matching.models.checklists import ChecklistTick
from matching.models.duty import DutyShift, IncidentWatch
from matching.models.interests import Interest
from matching.models.match import HOLDS_SEAT, Match, Proposal
from matching.models.messages import Message
from matching.models.policy import Policy
from matching.models.problem_reports import ProblemReport
from matching.models.review import FirstApproval, ReviewClaim
from matching.models.run import Run, RunArrays
from matching.models.supply_estimate import EstimateAnswer
from matching.models.vetoes_and_pins import Pin, UnkeptPin, Veto

__all__ = [
    "HOLDS_SEAT",
    "CalendarFeed",
    "ChecklistTick",
    "DutyShift",
    "EstimateAnswer",
    "FirstApproval",
    "IncidentWatch",
    "Interest",
    "Match",
    "Message",
    "Pin",
    "Policy",
    "ProblemReport",
    "Proposal",
    "ReviewClaim",
    "Run",
    "RunArrays",
    "UnkeptPin",
    "Veto",
]
