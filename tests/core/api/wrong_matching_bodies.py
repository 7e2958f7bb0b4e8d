"""Wrong bodies for the operations on offers, matches, pins, vetoes, policies and runs."""

from matching.rules.text_lengths import MAX_NOTE_LENGTH
from tests.core.api.wrong_body import LONG, MESSAGE, REASON_AND_NOTE, REPORT, STALE, TICK, UNKNOWN, WrongBody

MATCHING_BODIES: dict[str, WrongBody] = {
    "recordPhoneAcceptance": WrongBody(
        {"note": "", "version": 0},
        {
            "note": "This field may not be blank.",
            "version": "Ensure this value is greater than or",
            "volunteer_accepts_code_of_conduct": "Ask them whether they keep to the code of",
        },
    ),
    "approveAlternate": WrongBody({"volunteer": "x"}, {"volunteer": "Must be a valid UUID."}),
    "approveMatch": STALE,
    "undoApproval": STALE,
    "approveReviewTeam": WrongBody(
        {"proposals": [{"match": "x", "version": 0}], "seen_flags": [3]},
        {
            "proposals.0.match": "Must be a valid UUID.",
            "proposals.0.version": "Ensure this value is greater than or",
            "seen_flags.0": "This is not a text",
        },
    ),
    "rejectReviewTeam": WrongBody(
        {"proposals": [{"match": UNKNOWN, "version": 1}], "reason": "x", "note": LONG},
        {
            "proposals.0.match": "There is no such match, or it comes twice.",
            "reason": '"x" is not a valid choice.',
            "note": f"Ensure this field has no more than {MAX_NOTE_LENGTH}",
        },
    ),
    "approveReviewTeams": WrongBody(
        {"teams": [{"request": "x", "proposals": []}]},
        {"teams.0.request": "Must be a valid UUID.", "teams.0.proposals": "This list may not be empty."},
    ),
    "makeMatchMoves": WrongBody(
        {"moves": [{"match": UNKNOWN, "version": 1, "action": "fly", "note": LONG}]},
        {
            "moves.0.action": '"fly" is not a valid choice.',
            "moves.0.note": f"Ensure this field has no more than {MAX_NOTE_LENGTH}",
            "moves.0.match": "There is no such match, or it comes twice.",
        },
    ),
    "broadcastSeat": STALE,
    "cancelOffer": REASON_AND_NOTE,
    "tickMatchChecklistItem": TICK,
    "completeMatch": STALE,
    "finishMatch": REASON_AND_NOTE,
    "writeMatchMessage": MESSAGE,
    "rejectMatch": REASON_AND_NOTE,
    "releaseMatch": REASON_AND_NOTE,
    "reportMatchProblem": REPORT,
    "acceptOffer": WrongBody(
        {"note": LONG, "version": 0},
        {
            "note": f"Ensure this field has no more than {MAX_NOTE_LENGTH}",
            "version": "Ensure this value is greater than or",
            "accepts_code_of_conduct": "Please read the code of conduct and say",
        },
    ),
    "tickMyMatchChecklistItem": TICK,
    "completeMyHandover": STALE,
    "declineOffer": WrongBody(
        {"reason": "other", "note": LONG, "max_hours_per_week": 60, "version": 0},
        {
            "note": f"Ensure this field has no more than {MAX_NOTE_LENGTH}",
            "version": "Ensure this value is greater than or",
            "max_hours_per_week": "New hours go with the reason “time” only.",
        },
    ),
    "writeMyMatchMessage": MESSAGE,
    "reportMyMatchProblem": REPORT,
    "withdrawFromMatch": REASON_AND_NOTE,
    "expressInterest": WrongBody({"open_role": "x"}, {"open_role": "Must be a valid UUID."}),
    "vetoCampaign": WrongBody(
        {"match": UNKNOWN, "reason": LONG},
        {"reason": f"Ensure this field has no more than {MAX_NOTE_LENGTH}", "match": "There is no such match."},
    ),
    "addDutyShift": WrongBody(
        {"reviewer": UNKNOWN, "starts_at": "x", "ends_at": "y"},
        {
            "reviewer": "There is no such reviewer. Look up the id",
            "starts_at": "Datetime has wrong format.",
            "ends_at": "Datetime has wrong format.",
        },
    ),
    "pinVolunteer": WrongBody(
        {"volunteer": UNKNOWN, "seat": UNKNOWN, "reason": ""},
        {
            "reason": "This field may not be blank.",
            "volunteer": "There is no such volunteer. Look them up",
            "seat": "There is no such seat. Look it up again",
        },
    ),
    "vetoVolunteer": WrongBody(
        {"match": UNKNOWN, "reason": LONG},
        {"reason": f"Ensure this field has no more than {MAX_NOTE_LENGTH}", "match": "There is no such placement."},
    ),
    "tickPlacementChecklistItem": TICK,
    "completePlacement": STALE,
    "confirmPlacement": WrongBody(
        {"version": 0},
        {
            "version": "Ensure this value is greater than or",
            "accepts_code_of_conduct": "Please read the code of conduct and say",
        },
    ),
    "finishPlacement": REASON_AND_NOTE,
    "writePlacementMessage": MESSAGE,
    "refusePlacement": REASON_AND_NOTE,
    "releasePlacement": REASON_AND_NOTE,
    "reportPlacementProblem": REPORT,
    "draftPolicy": WrongBody(
        {"name": "", "weight_level": -1, "offer_hours": 0, "time_zone": "Mars/Olympus"},
        {
            "name": "This field may not be blank.",
            "weight_level": "Ensure this value is greater than or",
            "offer_hours": "This length is too short. Give 1 at least.",
            "time_zone": "“Mars/Olympus” is not a time zone. Take a",
        },
    ),
    "closeProblemReport": WrongBody({"outcome": ""}, {"outcome": "This field may not be blank."}),
    "requestRun": WrongBody(
        {"roles": ["x", UNKNOWN], "volunteers": [UNKNOWN], "dry_run": False, "include_unclaimed": True},
        {
            "roles.0": "Must be a valid UUID.",
            "include_unclaimed": "Volunteers who have not joined yet can be",
            "roles.1": "This does not exist. Look it up again and",
            "volunteers.0": "This does not exist. Look it up again and",
        },
    ),
    "listFits": WrongBody(
        {
            "claims": [{"skill": "nothing", "level": 9}, {"skill": "front-end", "level": 3}],
            "max_hours_per_week": 61,
            "presets": ["x"],
            "time_zone": "Mars/Olympus",
            "languages": ["xx"],
        },
        {
            "claims.0.level": "Ensure this value is less than or equal",
            "max_hours_per_week": "Ensure this value is less than or equal",
            "presets.0": '"x" is not a valid choice.',
            "claims.0.skill": "There is no skill “nothing”. Take a code",
            "time_zone": "“Mars/Olympus” is not a time zone. Take a",
            "languages.0": "There is no language “xx”. Take a code",
        },
    ),
    "vetoPair": WrongBody(
        {"volunteer": UNKNOWN, "campaign": UNKNOWN, "reason": ""},
        {
            "reason": "This field may not be blank.",
            "volunteer": "There is no such volunteer. Look them up",
            "campaign": "There is no such campaign. Check its id.",
        },
    ),
}
