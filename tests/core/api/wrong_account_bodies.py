"""Wrong bodies for the operations on one's own account and profile."""

from tests.core.api.wrong_body import LONG, WrongBody

ACCOUNT_BODIES: dict[str, WrongBody] = {
    "setReviewerRoles": WrongBody(
        {"email": "nobody@example.org", "roles": ["king"]},
        {"roles.0": '"king" is not a valid choice.', "email": "No account has this address. Check its"},
    ),
    "requestFactorRecovery": WrongBody(
        {"email": "nobody@example.org", "callback": ""},
        {"callback": "This field may not be blank.", "email": "No account has this address. Check its"},
    ),
    "changeMyAccount": WrongBody(
        {"first_name": LONG, "language": "xx", "is_reminded_a_day_before": "x", "is_reminded_an_hour_before": None},
        {
            "first_name": "Ensure this field has no more than 80",
            "language": "There is no language “xx” for letters.",
            "is_reminded_a_day_before": "This is not true or false. Send one of",
            "is_reminded_an_hour_before": "This field may not be null.",
        },
    ),
    "setOnCall": WrongBody({"on_call": "x"}, {"on_call": "This is not true or false. Send one of"}),
    "setPaused": WrongBody({"is_paused": "x"}, {"is_paused": "This is not true or false. Send one of"}),
    "eraseAccount": WrongBody(
        {"understands_consequences": "x", "password": "wrong"},
        {
            "understands_consequences": "This is not true or false. Send one of",
            "password": "This is not your password. Give it",
        },
    ),
    "answerLevelQuestion": WrongBody({"level": 6}, {"level": "Ensure this value is less than or equal"}),
    "replaceMutedTopics": WrongBody({"muted": ["x"]}, {"muted.0": '"x" is not a valid choice.'}),
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
    "reportUnknownSkillWord": WrongBody({"word": "x" * 500}, {"word": "Ensure this field has no more than 60"}),
}
