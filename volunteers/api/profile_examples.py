"""Examples of a profile that is sent, for the API's description."""

from drf_spectacular.utils import OpenApiExample

FIRST_PROFILE_EXAMPLE = OpenApiExample(
    "The first profile",
    value={
        "first_name": "Alex",
        "adult": True,
        "max_hours_per_week": 4,
        "time_zone": "America/New_York",
        "claims": [{"skill": "front-end", "level": 4}],
        "presets": ["evenings"],
    },
    request_only=True,
)
CHANGED_PROFILE_EXAMPLE = OpenApiExample(
    "A change",
    description="The whole profile as it was read, with its version, and with what is new.",
    value={
        "version": 1,
        "first_name": "Alex",
        "last_name": "Roe",
        "contact": "",
        "adult": True,
        "max_hours_per_week": 6,
        "max_projects": 1,
        "time_zone": "America/New_York",
        "languages": ["en", "es"],
        "wants_to_lead": False,
        "may_make_decisions": "unsaid",
        "job_restricts": "unsaid",
        "levels": ["local", "state"],
        "restrict_to_levels": False,
        "parties": [],
        "restrict_to_parties": False,
        "jurisdictions": ["US-WA"],
        "restrict_to_jurisdictions": False,
        "claims": [
            {"skill": "front-end", "level": 4, "wants_to_use": True},
            {"skill": "copywriting", "level": 2, "wants_to_use": False},
        ],
        "windows": [
            {"weekday": 1, "starts": "19:00", "ends": "22:00"},
            {"weekday": 5, "starts": "22:00", "ends": "01:00"},
        ],
        "time_off": [{"starts_on": "2026-07-01", "ends_on": "2026-07-14"}],
    },
    request_only=True,
)
