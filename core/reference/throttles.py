"""The rate limit on words that lead to no skill."""

from rest_framework.throttling import AnonRateThrottle

from core.api.throttles import DatabaseThrottle


class SkillWordThrottle(DatabaseThrottle, AnonRateThrottle):
    """Limit the unknown words of one IP address; the view does not look who is signed in."""

    scope = "skill-words"
