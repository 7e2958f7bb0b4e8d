"""The people of the story beside the demo's three main users, as they describe themselves."""

from collections.abc import Mapping, Sequence

from core.week_mask import WINDOW_PRESETS
from demo.logins import (
    CALLED_OFF_EMAIL,
    EXPIRED_EMAIL,
    KATHMANDU_EMAIL,
    LONG_NAME_EMAIL,
    LONG_THREAD_EMAIL,
    NEWCOMER_EMAIL,
    PAUSED_EMAIL,
    WAITING_EMAIL,
)
from demo.seed.states import CENTRAL, EASTERN, PACIFIC
from volunteers.stated_profile import Profile

LONG_FIRST_NAME = "Maria-Alexandrina Konstantina Featherstonehaugh van der Westhuizen-Quispe Mamani"
"""As long as the column is."""


def _describe_profile(
    first_name: str,
    last_name: str,
    claims: Mapping[str, int],
    *,
    hours: int = 4,
    time_zone: str = EASTERN,
    presets: Sequence[str] = ("evenings", "weekends"),
    languages: Sequence[str] = ("en",),
) -> Profile:
    return Profile(
        first_name=first_name,
        last_name=last_name,
        max_hours_per_week=hours,
        time_zone=time_zone,
        adult=True,
        claims=[(skill, level, True) for skill, level in claims.items()],
        windows=[window for preset in presets for window in WINDOW_PRESETS[preset]],
        languages=languages,
    )


PROFILES = {
    NEWCOMER_EMAIL: _describe_profile("Noor", "Haddad", {"email-marketing": 4, "copywriting": 3}, hours=2),
    PAUSED_EMAIL: _describe_profile("Paulo", "Ferreira", {"data-analysis": 4}, time_zone=PACIFIC),
    EXPIRED_EMAIL: _describe_profile("Erin", "Walsh", {"web-analytics": 4, "seo": 3}, time_zone=CENTRAL),
    CALLED_OFF_EMAIL: _describe_profile("Callum", "Reid", {"video-editing": 4, "photography": 3}),
    WAITING_EMAIL: _describe_profile("Winona", "Blackwood", {"copywriting": 5, "content-strategy": 3}),
    KATHMANDU_EMAIL: _describe_profile(
        *("Kiran", "Shrestha", {"front-end": 5, "accessibility": 4}),
        time_zone="Asia/Kathmandu",
        presets=("workdays", "evenings", "weekends"),
        languages=("en", "ne"),
    ),
    LONG_NAME_EMAIL: _describe_profile(
        LONG_FIRST_NAME, "de la Cruz", {"front-end": 4, "cms": 4, "ui-design": 3}, hours=5
    ),
    LONG_THREAD_EMAIL: _describe_profile("Tobias", "Lindqvist", {"crm": 5, "data-analysis": 3}),
}
"""What the volunteers of the story say of themselves, by the addresses of their accounts."""
