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


STALE = WrongBody({"version": 0}, {"version": "Ensure this value is greater than or"})
REASON_AND_NOTE = WrongBody(
    {"reason": "x", "note": LONG, "version": 0},
    {
        "reason": '"x" is not a valid choice.',
        "note": "Ensure this field has no more than 500",
        "version": "Ensure this value is greater than or",
    },
)
REPORT = WrongBody(
    {"kind": "x", "text": LONG},
    {"kind": '"x" is not a valid choice.', "text": "Ensure this field has no more than 2000"},
)
MESSAGE = WrongBody({"text": LONG}, {"text": "Ensure this field has no more than 2000"})
TICK = WrongBody(
    {"stage": "closing", "item_code": "employer", "is_done": "x"},
    {"is_done": "Must be a valid boolean.", "item_code": "There is no such line in this list."},
)
LINK = WrongBody({"token": LONG}, {"token": "Ensure this field has no more than 200"})
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
DRAFT_ERRORS = {
    "title": "This field may not be blank.",
    "summary": "Ensure this field has no more than 2000",
    "priority": "Ensure this value is less than or equal",
    "staffing": '"x" is not a valid choice.',
    "work.0.weekday": '"9" is not a valid choice.',
    "roles.0.hours_per_week": "Ensure this value is less than or equal",
    "time_zone": "“Mars/Olympus” is not a time zone. Take a",
    "ends_on": "The work ends before it starts. Correct",
    "roles.1.name": "Two roles have the same name. Give each a",
    "roles.1.min_to_start": "The minimum to begin is more than the",
    "roles.2.languages.0": "There is no language “xx”. Take a code",
    "playbook": "There is no playbook “nothing”. Take a",
    "roles.0.skill": "There is no skill “nothing”. Take a code",
    "roles.2.nice_to_have_skills.0": "There is no skill “no”. Take a code from",
}
NEW_DRAFT = WrongBody(
    DRAFT | {"campaign": UNKNOWN}, DRAFT_ERRORS | {"campaign": "There is no such campaign. Check its id."}
)

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
        {
            "name": "This field may not be blank.",
            "candidate": "Ensure this field has no more than 120",
            "level": '"x" is not a valid choice.',
            "election_on": "This election is over. Check its date.",
            "primary_on": "The primary is not before the election.",
            "jurisdiction": "There is no jurisdiction “US-XX”. Take a",
            "party": "There is no party “nothing”. Take a code",
        },
    ),
    "sendCandidateLink": WrongBody({"email": "nobody"}, {"email": "Enter a valid email address."}),
    "endCampaign": STALE,
    "reportIncident": WrongBody(
        {"description": LONG, "since": "", "time_zone": "Mars/Olympus"},
        {
            "description": "Ensure this field has no more than 2000",
            "since": "This field may not be blank.",
            "contact": "This field is required.",
            "time_zone": "“Mars/Olympus” is not a time zone. Take a",
            "accepts_code_of_conduct": "Please read the code of conduct and say",
        },
    ),
    "inviteMember": WrongBody(
        {"email": "CAROL@example.org", "position": "x"},
        {"position": '"x" is not a valid choice.', "email": "A member has this address already. Check"},
    ),
    "giveCandidateConsent": LINK,
    "endManagerAccess": WrongBody(
        {"token": "", "manager": "x", "successor": "nobody"},
        {
            "token": "This field may not be blank.",
            "manager": "Must be a valid UUID.",
            "successor": "Enter a valid email address.",
        },
    ),
    "listCampaignManagers": LINK,
    "requestFactorRecovery": WrongBody(
        {"email": "nobody@example.org", "callback": ""},
        {"callback": "This field may not be blank.", "email": "No account has this address. Check its"},
    ),
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
    "broadcastSeat": STALE,
    "cancelOffer": REASON_AND_NOTE,
    "tickMatchChecklistItem": TICK,
    "completeMatch": STALE,
    "finishMatch": REASON_AND_NOTE,
    "writeMatchMessage": MESSAGE,
    "rejectMatch": REASON_AND_NOTE,
    "releaseMatch": REASON_AND_NOTE,
    "reportMatchProblem": REPORT,
    "changeMyLanguage": WrongBody({"language": "xx"}, {"language": "There is no language “xx” for letters."}),
    "setOnCall": WrongBody({"on_call": "x"}, {"on_call": "Must be a valid boolean."}),
    "setPaused": WrongBody({"is_paused": "x"}, {"is_paused": "Must be a valid boolean."}),
    "eraseAccount": WrongBody(
        {"understands_consequences": "x", "password": "wrong"},
        {"understands_consequences": "Must be a valid boolean.", "password": "Give your password once more."},
    ),
    "answerLevelQuestion": WrongBody({"level": 6}, {"level": "Ensure this value is less than or equal"}),
    "acceptOffer": WrongBody(
        {"note": LONG, "version": 0},
        {
            "note": "Ensure this field has no more than 500",
            "version": "Ensure this value is greater than or",
            "accepts_code_of_conduct": "Please read the code of conduct and say",
        },
    ),
    "tickMyMatchChecklistItem": TICK,
    "completeMyHandover": STALE,
    "declineOffer": WrongBody(
        {"reason": "other", "note": LONG, "max_hours_per_week": 60, "version": 0},
        {
            "note": "Ensure this field has no more than 500",
            "version": "Ensure this value is greater than or",
            "max_hours_per_week": "New hours go with the reason “time” only.",
        },
    ),
    "writeMyMatchMessage": MESSAGE,
    "reportMyMatchProblem": REPORT,
    "withdrawFromMatch": REASON_AND_NOTE,
    "replaceMutedTopics": WrongBody({"muted": ["x"]}, {"muted": '"x" is not a valid choice.'}),
    "markNoticesRead": WrongBody({"ids": ["x"]}, {"ids.0": "Must be a valid UUID."}),
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
        {
            "version": "Ensure this value is greater than or",
            "first_name": "This field may not be blank.",
            "last_name": "Ensure this field has no more than 80",
            "may_make_decisions": '"x" is not a valid choice.',
            "levels.0": '"x" is not a valid choice.',
            "claims.0.level": "Ensure this value is less than or equal",
            "windows.0.ends": "A window cannot end when it starts. Give",
            "time_zone": "“Mars/Olympus” is not a time zone. Take a",
            "languages.1": "There is no language “xx”. Take a code",
            "adult": "Handraiser is for people of 18 or over.",
            "max_hours_per_week": "The hours a week are out of range. Give 1",
            "max_projects": "The number of projects at once is out of",
            "claims.2.skill": "A skill is there twice. Keep one of them.",
            "time_off.0.ends_on": "Time off ends before it starts. Correct",
            "claims.0.skill": "There is no skill “nothing”. Take a code",
            "parties.0": "There is no party “nothing”. Take a code",
            "jurisdictions.0": "There is no jurisdiction “US-XX”. Take a",
        },
    ),
    "acceptProfileInvitation": WrongBody(
        {"token": "", "adult": False, "code": "x" * 21},
        {
            "token": "This field may not be blank.",
            "code": "Ensure this field has no more than 20",
            "adult": "Handraiser is for people of 18 or over.",
        },
    ),
    "createToken": WrongBody(
        {"name": "", "scope": "x", "days": 0},
        {
            "name": "This field may not be blank.",
            "scope": '"x" is not a valid choice.',
            "days": "Ensure this value is greater than or",
        },
    ),
    "vetoCampaign": WrongBody(
        {"match": UNKNOWN, "reason": LONG},
        {"reason": "Ensure this field has no more than 500", "match": "There is no such match."},
    ),
    "acceptMemberInvitation": LINK,
    "changeMemberPosition": WrongBody(
        {"position": "x", "version": 0},
        {"version": "Ensure this value is greater than or", "position": '"x" is not a valid choice.'},
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
        {"reason": "Ensure this field has no more than 500", "match": "There is no such placement."},
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
    "draftRequest": NEW_DRAFT,
    "replaceDraft": WrongBody(
        DRAFT | {"version": 0}, DRAFT_ERRORS | {"version": "Ensure this value is greater than or"}
    ),
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
        {
            "version": "Ensure this value is greater than or",
            "title": "This field may not be blank.",
            "priority": "Ensure this value is less than or equal",
            "work.0.weekday": '"9" is not a valid choice.',
            "contact": "This member cannot be the contact. Name a",
            "ends_on": "The work ends before it starts. Correct",
            "time_zone": "“Mars/Olympus” is not a time zone. Take a",
        },
    ),
    "cancelRequest": STALE,
    "publishRequest": WrongBody(
        {"accepts_code_of_conduct": "x"}, {"accepts_code_of_conduct": "Must be a valid boolean."}
    ),
    "reduceSeats": WrongBody(
        {"version": 0, "role": UNKNOWN, "seat_count": 51},
        {
            "version": "Ensure this value is greater than or",
            "seat_count": "Ensure this value is less than or equal",
            "role": "There is no such role in this request.",
        },
    ),
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
        {
            "vetted_for": '"x" is not a valid choice.',
            "hours_per_week": "Ensure this value is less than or equal",
            "version": "Ensure this value is greater than or",
            "min_to_start": "The minimum to begin is more than the",
            "languages.0": "There is no language “xx”. Take a code",
            "skill": "There is no skill “nothing”. Take a code",
            "nice_to_have_skills.0": "There is no skill “no”. Take a code from",
            "name": "Another role has this name. Give each a",
        },
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
        {
            "level": "Ensure this value is less than or equal",
            "version": "Ensure this value is greater than or",
            "name": "Ensure this field has no more than 80",
            "hours_per_week": "Ensure this value is greater than or",
            "min_to_start": "The minimum to begin is more than the",
            "languages.0": "There is no language “xx”. Take a code",
            "nice_to_have_skills.0": "There is no skill “no”. Take a code from",
        },
    ),
    "closeRole": STALE,
    "addSeats": WrongBody(
        {"version": 0, "seat_count": 50},
        {"version": "Ensure this value is greater than or", "seat_count": "A role has at most 50 seats, and this one"},
    ),
    "requestRun": WrongBody(
        {"roles": ["x", UNKNOWN], "volunteers": [UNKNOWN], "dry_run": False, "include_unclaimed": True},
        {
            "roles.0": "Must be a valid UUID.",
            "include_unclaimed": "Volunteers who have not joined yet can be",
            "roles.1": "This does not exist. Look it up again and",
            "volunteers.0": "This does not exist. Look it up again and",
        },
    ),
    "closeSeat": STALE,
    "reportUnknownSkillWord": WrongBody({"word": "x" * 500}, {"word": "Ensure this field has no more than 60"}),
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
            "presets": '"x" is not a valid choice.',
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
"""By the id of the operation."""
