"""Why operations on matches answer 409. Those of transitions come from their table."""

from matching.lifecycle.actions.person_actions import PERSON_ACTIONS
from matching.rules.duty_limits import MAX_DUTY_SHIFTS_AHEAD
from matching.rules.interest_limits import MAX_OPEN_INTERESTS
from matching.rules.run_limits import MAX_WAITING_RUNS
from matching.rules.transitions import ACTIONS_CLOSED_IN_EMERGENCY, TRANSITIONS, ActorKind

_ERASED = "The data of the volunteer was erased."
_REPORTED = "You have reported a problem of this match, and a reviewer looks at it."
_LIST_CLOSED = (
    "The list is not open: `kickoff` can be ticked while the match is `active`, `closing` while it is `closing`.",
)
_NO_MESSAGES = (
    "The match is in another state than `accepted`, `active` and `closing`.",
    "Contact is paused while a reviewer looks at a report. A reviewer may still write.",
    "An emergency hides the campaign, which has to confirm before it writes.",
)
_NO_YES = (
    "The time to answer is over.",
    "Another offer hides its campaign: answer that one first.",
    "full: The seat is taken, or the volunteer no longer fits it. `detail` says which. Decline it.",
)
_CLAIMED = "Another reviewer looks at the team: `detail` says who, and until when."
_SEAT_TAKEN = "full: The seat is taken, or the volunteer has another one of the request."

_EMERGENCY = "It is an emergency: say that it is over by `POST /requests/{id}/cancel`. A reviewer then calls you."

_OF_ACTIONS: dict[tuple[ActorKind, str], tuple[str, ...]] = {
    (ActorKind.VOLUNTEER, "accept"): _NO_YES,
    (ActorKind.VOLUNTEER, "decline"): ("With the reason `never`: another offer hides its campaign.",),
    (ActorKind.CAMPAIGN, "confirm"): (
        "A reviewer looks at a report about the match.",
        "A yes by phone can still be taken back.",
        "The team is not complete.",
    ),
    (ActorKind.REVIEWER, "approve"): (
        _SEAT_TAKEN,
        _CLAIMED,
        "You have approved it already: it waits for another reviewer.",
    ),
    (ActorKind.REVIEWER, "reject"): (_CLAIMED,),
    **{(ActorKind.CAMPAIGN, action): (_EMERGENCY,) for action in sorted(ACTIONS_CLOSED_IN_EMERGENCY)},
    (ActorKind.REVIEWER, "broadcast"): (
        "The seat is taken, is being offered, or has had too few noes: `detail` says which.",
    ),
    (ActorKind.REVIEWER, "accept"): _NO_YES,
}
"""What stands in the way of an action besides the state."""


def list_action_conflicts(actor_kind: ActorKind, action: str) -> tuple[str, ...]:
    """Return why a person cannot take an action now: the state of the match, and what else stands in the way."""
    states = [f"`{row.source}`" for row in TRANSITIONS if (row.action, row.actor_kind) == (action, actor_kind)]
    return (f"The match is in another state than {' and '.join(states)}.", *_OF_ACTIONS.get((actor_kind, action), ()))


CONFLICTS: dict[str, tuple[str, ...]] = {
    "activatePolicy": ("The policy is no draft.",),
    "addDutyShift": (
        "The reviewer has a shift at that time already.",
        f"too_many: {MAX_DUTY_SHIFTS_AHEAD} shifts are planned. Wait until one is over, or end one.",
    ),
    "approveAlternate": (_SEAT_TAKEN, _ERASED, _CLAIMED),
    "approveReviewTeam": (_CLAIMED, _SEAT_TAKEN, "One of the matches is no proposal any more."),
    "approveReviewTeams": (),
    "claimReviewTeam": (_CLAIMED,),
    "makeMatchMoves": (),
    "rejectReviewTeam": (_CLAIMED, "One of the matches is no proposal any more."),
    "releaseReviewTeam": (),
    "cancelRun": ("The run has ended already.",),
    "closeCalendarFeed": (),
    "closeProblemReport": ("Another reviewer has closed the report.",),
    "draftPolicy": (),
    "endDutyShift": ("The shift has ended meanwhile.",),
    "expressInterest": (
        f"too_many: You wait for the answers about {MAX_OPEN_INTERESTS} roles. Wait for one, or withdraw one.",
        "You are paused, or have left: nothing is offered to you.",
    ),
    "leaveService": (),
    "liftMyVeto": (),
    "liftPin": (),
    "liftPlacementVeto": (),
    "liftVeto": (),
    "listFits": (),
    "openCalendarFeed": ("You have left: come back first, by `POST /me/return`.",),
    "pinVolunteer": (
        "The seat, or the volunteer in this request, is pinned otherwise: lift that pin first.",
        "The seat is held or closed, or the volunteer is not available: `errors` names which.",
        _ERASED,
    ),
    "reportIncident": (
        "The campaign is over.",
        "The candidate has stopped the campaign, and no reviewer has spoken with them yet.",
    ),
    "reportMatchProblem": (_REPORTED, _ERASED),
    "reportMyMatchProblem": (_REPORTED,),
    "reportPlacementProblem": (_REPORTED, _ERASED),
    "recordIncidentCall": ("No call is promised: the campaign has not called the incident off.",),
    "requestRun": (
        "The data of one of the volunteers was erased.",
        f"too_many: {MAX_WAITING_RUNS} runs wait. Wait until one has begun, or cancel one.",
    ),
    "returnToService": ("You have not left. A pause is ended by `POST /me/availability/pause`.",),
    "takeIncident": ("The incident is over.",),
    "tickMatchChecklistItem": _LIST_CLOSED,
    "tickMyMatchChecklistItem": _LIST_CLOSED,
    "tickPlacementChecklistItem": _LIST_CLOSED,
    "requestPolicyTrial": ("The policy is no draft.", "A trial of it is under way."),
    "verifyRun": ("The run is not done, or its details have been deleted.", "A check of it is under way."),
    "vetoCampaign": (
        "You have said yes to the campaign: withdraw from the match first.",
        "Another offer hides its campaign: answer that one first.",
    ),
    "vetoPair": ("The two have said yes to each other, or are about to: release the match first.", _ERASED),
    "vetoVolunteer": (
        "They have said yes to you: answer them first, or end the work.",
        _ERASED,
    ),
    "withdrawInterest": (),
    "writeMatchMessage": _NO_MESSAGES,
    "writeMyMatchMessage": _NO_MESSAGES,
    "writePlacementMessage": _NO_MESSAGES,
    **{words.operation_id: list_action_conflicts(*key) for key, words in PERSON_ACTIONS.items()},
}
