"""Wrong bodies for the operations on campaigns, their members and their requests."""

from typing import Any

from tests.core.api.wrong_body import LINK, LONG, PAST, STALE, UNKNOWN, WrongBody

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

CAMPAIGN_BODIES: dict[str, WrongBody] = {
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
            "filing": {"reference": "x", "callback_phone": "call me", "safe_phone": "1" * 41},
        },
        {
            "name": "This field may not be blank.",
            "candidate": "Ensure this field has no more than 120",
            "level": '"x" is not a valid choice.',
            "election_on": "This election is over. Check its date.",
            "primary_on": "The primary is not before the election.",
            "jurisdiction": "There is no jurisdiction “US-XX”. Take a",
            "party": "There is no party “nothing”. Take a code",
            "filing.reference": "Give the web address or the number of",
            "filing.callback_phone": "This is no phone number. Give it with",
            "filing.safe_phone": "Ensure this field has no more than 40",
        },
    ),
    "changeFiling": WrongBody(
        {"version": 0, "reference": "x", "callback_phone": "1234", "safe_phone": LONG},
        {
            "version": "Ensure this value is greater than or",
            "reference": "Give the web address or the number of",
            "callback_phone": "This number has 4 digits. With the area",
            "safe_phone": "Ensure this field has no more than 40",
        },
    ),
    "correctCampaignNames": WrongBody(
        {"version": 0, "name": LONG, "candidate": LONG},
        {
            "version": "Ensure this value is greater than or",
            "name": "Ensure this field has no more than 160",
            "candidate": "Ensure this field has no more than 120",
        },
    ),
    "sendCandidateLink": WrongBody({"email": "nobody"}, {"email": "Enter a valid email address."}),
    "endCampaign": STALE,
    "verifyCampaign": WrongBody(
        {"version": 0, "reason": LONG},
        {
            "version": "Ensure this value is greater than or",
            "reason": "Ensure this field has no more than 500",
        },
    ),
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
    "acceptMemberInvitation": LINK,
    "changeMemberPosition": WrongBody(
        {"position": "x", "version": 0},
        {"version": "Ensure this value is greater than or", "position": '"x" is not a valid choice.'},
    ),
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
    "closeCandidateStop": WrongBody(
        {"outcome": "maybe", "note": "x" * 2001},
        {"outcome": '"maybe" is not a valid choice.', "note": "Ensure this field has no more than 2000"},
    ),
    "stopCampaignAsCandidate": WrongBody(
        {"token": "x" * 201, "reason": "x" * 2001},
        {"token": "Ensure this field has no more than 200", "reason": "Ensure this field has no more than 2000"},
    ),
    "cancelRequest": WrongBody(
        {"version": 0, "reason": "x"},
        {"version": "Ensure this value is greater than or", "reason": '"x" is not a valid choice.'},
    ),
    "closeRequest": STALE,
    "publishRequest": WrongBody(
        {"accepts_code_of_conduct": "x", "contact": UNKNOWN},
        {
            "accepts_code_of_conduct": "This is not true or false. Send one of",
            "contact": "This member cannot be the contact. Name a",
        },
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
    "closeSeat": STALE,
}
