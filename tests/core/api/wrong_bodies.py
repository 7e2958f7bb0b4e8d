"""A body for every operation that takes one, in which as much as possible is wrong at once, and what is told of it.

Each line is an operation, what is sent, and the beginning of the sentence at each path.
"""

from typing import Any, NamedTuple

UNKNOWN = "00000000-0000-4000-8000-000000000000"
LONG = "x" * 2_001
PAST = "2020-01-01"


class WrongBody(NamedTuple):
    """What is sent, and by path how the sentence about it begins."""

    body: dict[str, Any]
    errors: dict[str, str]


STALE = WrongBody({"version": 0}, {})
REASON_AND_NOTE = WrongBody({"reason": "x", "note": LONG, "version": 0}, {})
REPORT = WrongBody({"kind": "x", "text": LONG}, {})
MESSAGE = WrongBody({"text": LONG}, {})
TICK = WrongBody({"stage": "closing", "item_code": "employer", "is_done": "x"}, {})
LINK = WrongBody({"token": LONG}, {})
DRAFT: dict[str, Any] = {
    "title": "",
    "summary": LONG,
    "playbook": "nothing",
    "starts_on": "2026-05-01",
    "ends_on": "2026-04-01",
    "time_zone": "Mars/Olympus",
    "priority": 6,
    "staffing": "x",
    "work": [{"weekday": 9, "starts": "19:00", "ends": "19:00"}],
    "roles": [
        {"name": "One", "skill": "nothing", "hours_per_week": 61},
        {"name": "One", "skill": "front-end", "hours_per_week": 2, "seat_count": 2, "min_to_start": 3},
        {"name": "Two", "skill": "front-end", "hours_per_week": 2, "languages": ["xx"], "nice_to_have_skills": ["no"]},
    ],
}
NEW_DRAFT = WrongBody(DRAFT | {"campaign": UNKNOWN}, {})

WRONG_BODIES: dict[str, WrongBody] = {
    "registerCampaign": WrongBody(
        {
            "name": "",
            "candidate": "x" * 121,
            "party": "nothing",
            "office": "Mayor",
            "level": "x",
            "jurisdiction": "US-XX",
            "election_on": PAST,
            "primary_on": "2020-02-01",
        },
        {},
    ),
    "sendCandidateLink": WrongBody({"email": "nobody"}, {}),
    "endCampaign": STALE,
    "reportIncident": WrongBody({"description": LONG, "since": "", "time_zone": "Mars/Olympus"}, {}),
    "inviteMember": WrongBody({"email": "CAROL@example.org", "position": "x"}, {}),
    "giveCandidateConsent": LINK,
    "endManagerAccess": WrongBody({"token": "", "manager": "x", "successor": "nobody"}, {}),
    "listCampaignManagers": LINK,
    "requestFactorRecovery": WrongBody({"email": "nobody@example.org", "callback": ""}, {}),
    "recordPhoneAcceptance": WrongBody({"note": "", "version": 0}, {}),
    "approveAlternate": WrongBody({"volunteer": "x"}, {}),
    "approveMatch": STALE,
    "broadcastSeat": STALE,
    "cancelOffer": REASON_AND_NOTE,
    "tickMatchChecklistItem": TICK,
    "completeMatch": STALE,
    "finishMatch": REASON_AND_NOTE,
    "writeMatchMessage": MESSAGE,
    "rejectMatch": REASON_AND_NOTE,
    "releaseMatch": REASON_AND_NOTE,
    "reportMatchProblem": REPORT,
    "changeMyLanguage": WrongBody({"language": "xx"}, {}),
    "setOnCall": WrongBody({"on_call": "x"}, {}),
    "setPaused": WrongBody({"is_paused": "x"}, {}),
    "eraseAccount": WrongBody({"understands_consequences": "x", "password": "wrong"}, {}),
    "answerLevelQuestion": WrongBody({"level": 6}, {}),
    "acceptOffer": WrongBody({"note": LONG, "version": 0}, {}),
    "tickMyMatchChecklistItem": TICK,
    "completeMyHandover": STALE,
    "declineOffer": WrongBody({"reason": "other", "note": LONG, "max_hours_per_week": 60, "version": 0}, {}),
    "writeMyMatchMessage": MESSAGE,
    "reportMyMatchProblem": REPORT,
    "withdrawFromMatch": REASON_AND_NOTE,
    "replaceMutedTopics": WrongBody({"muted": ["x"]}, {}),
    "markNoticesRead": WrongBody({"ids": ["x"]}, {}),
    "replaceMyProfile": WrongBody(
        {
            "version": 0,
            "first_name": "",
            "last_name": LONG,
            "adult": False,
            "max_hours_per_week": 61,
            "max_projects": 6,
            "time_zone": "Mars/Olympus",
            "languages": ["en", "xx"],
            "may_make_decisions": "x",
            "levels": ["x"],
            "parties": ["nothing"],
            "jurisdictions": ["US-XX"],
            "restrict_to_levels": True,
            "claims": [
                {"skill": "nothing", "level": 9},
                {"skill": "front-end", "level": 3},
                {"skill": "front-end", "level": 3},
            ],
            "windows": [{"weekday": 1, "starts": "19:00", "ends": "19:00"}],
            "time_off": [{"starts_on": "2026-05-01", "ends_on": "2026-04-01"}],
        },
        {},
    ),
    "acceptProfileInvitation": WrongBody({"token": "", "adult": False, "code": "x" * 21}, {}),
    "createToken": WrongBody({"name": "", "scope": "x", "days": 0}, {}),
    "vetoCampaign": WrongBody({"match": UNKNOWN, "reason": LONG}, {}),
    "acceptMemberInvitation": LINK,
    "changeMemberPosition": WrongBody({"position": "x", "version": 0}, {}),
    "pinVolunteer": WrongBody({"volunteer": UNKNOWN, "seat": UNKNOWN, "reason": ""}, {}),
    "vetoVolunteer": WrongBody({"match": UNKNOWN, "reason": LONG}, {}),
    "tickPlacementChecklistItem": TICK,
    "completePlacement": STALE,
    "confirmPlacement": WrongBody({"version": 0}, {}),
    "finishPlacement": REASON_AND_NOTE,
    "writePlacementMessage": MESSAGE,
    "refusePlacement": REASON_AND_NOTE,
    "releasePlacement": REASON_AND_NOTE,
    "reportPlacementProblem": REPORT,
    "draftPolicy": WrongBody({"name": "", "weight_level": -1, "offer_hours": 0, "time_zone": "Mars/Olympus"}, {}),
    "closeProblemReport": WrongBody({"outcome": ""}, {}),
    "draftRequest": NEW_DRAFT,
    "replaceDraft": WrongBody(DRAFT | {"version": 0}, {}),
    "amendRequest": WrongBody(
        {
            "version": 0,
            "title": "",
            "contact": UNKNOWN,
            "priority": 6,
            "starts_on": "2026-05-01",
            "ends_on": "2026-04-01",
            "time_zone": "Mars/Olympus",
            "work": [{"weekday": 9, "starts": "19:00", "ends": "19:00"}],
        },
        {},
    ),
    "cancelRequest": STALE,
    "publishRequest": WrongBody({"accepts_code_of_conduct": "x"}, {}),
    "reduceSeats": WrongBody({"version": 0, "role": UNKNOWN, "seat_count": 51}, {}),
    "addRole": WrongBody(
        {
            "version": 0,
            "name": "Front end",
            "skill": "nothing",
            "hours_per_week": 61,
            "seat_count": 2,
            "min_to_start": 3,
            "vetted_for": "x",
            "languages": ["xx"],
            "nice_to_have_skills": ["no"],
        },
        {},
    ),
    "estimateDraftSupply": NEW_DRAFT,
    "amendRole": WrongBody(
        {
            "version": 0,
            "name": "x" * 81,
            "hours_per_week": 0,
            "min_to_start": 50,
            "level": 6,
            "languages": ["xx"],
            "nice_to_have_skills": ["no"],
        },
        {},
    ),
    "closeRole": STALE,
    "addSeats": WrongBody({"version": 0, "seat_count": 50}, {}),
    "requestRun": WrongBody(
        {"roles": ["x", UNKNOWN], "volunteers": [UNKNOWN], "dry_run": False, "include_unclaimed": True}, {}
    ),
    "closeSeat": STALE,
    "reportUnknownSkillWord": WrongBody({"word": "x" * 500}, {}),
    "vetoPair": WrongBody({"volunteer": UNKNOWN, "campaign": UNKNOWN, "reason": ""}, {}),
}
"""By the id of the operation."""
