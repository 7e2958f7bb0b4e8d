"""Examples of a draft and of its supply estimate, for the API's description."""

from drf_spectacular.utils import OpenApiExample

ESTIMATE_EXAMPLE = OpenApiExample(
    "Who could help",
    value={
        "roles": [
            {
                "role_id": None,
                "name": "Front end",
                "seat_count": 2,
                "people_fitting": "5-9",
                "changes": [
                    {
                        "change": "hours_per_week",
                        "new_value": 2,
                        "people_added": "10-24",
                        "explanation": "Asking for fewer hours a week: 2",
                    },
                    {
                        "change": "meetings",
                        "new_value": [],
                        "people_added": "5-9",
                        "explanation": "Meeting at no fixed time",
                    },
                ],
            }
        ],
        "valid_until": "2026-03-03T00:00:00Z",
        "questions_left": 39,
    },
    response_only=True,
)
DRAFT_EXAMPLE = OpenApiExample(
    "A request that is not written down",
    value={
        "campaign": "0b8f7c0e-6a53-4f0f-8a53-2f1d0f4f7d11",
        "title": "Website",
        "starts_on": "2026-03-09",
        "ends_on": "2026-04-19",
        "meetings": [{"weekday": 1, "starts": "19:00", "ends": "20:00"}],
        "roles": [{"name": "Front end", "skill": "front-end", "hours_per_week": 4, "seat_count": 2}],
    },
    request_only=True,
)
