"""Examples of what fits a person, for the API's description."""

from drf_spectacular.utils import OpenApiExample

FITS_EXAMPLE = OpenApiExample(
    "One role fits",
    value={
        "fitting_count": 1,
        "asking_count": 14,
        "explanation": "1 open place fits you today.",
        "best_change": {
            "reason": "meeting",
            "roles_opened": 6,
            "explanation": "One change would open 6 more: being free when the people meet.",
        },
        "roles": [
            {
                "id": "7f0c1b8e-5a3d-4a55-9e0b-0d6a4f1f3c21",
                "name": "Front end",
                "skill": "front-end",
                "skill_name": "Front end",
                "level": 3,
                "hours_per_week": 4,
                "tasks": "Build the pages, and make them work on phones.",
                "weeks": 6,
                "ends_in": "2026-04-01",
                "state": None,
                "region": "west",
                "party": "democratic",
                "office_level": "state",
                "meetings": [{"weekday": 1, "starts": "19:00", "ends": "20:00"}],
                "languages": [],
                "has_interest": False,
            }
        ],
    },
    response_only=True,
)
STATED_EXAMPLE = OpenApiExample(
    "Before there is a profile",
    value={
        "claims": [{"skill": "front-end", "level": 4}],
        "max_hours_per_week": 4,
        "presets": ["evenings"],
        "time_zone": "America/New_York",
    },
    request_only=True,
)
