"""Reading core's rows."""

import hashlib
from datetime import datetime

from django.db.models import Q, QuerySet

from core.models import Mute, Notice, PersonalToken, Skill, User


def inbox(user: User) -> QuerySet[Notice]:
    """What somebody was told, the newest first; what had ceased to be true before it was told is left out."""
    return Notice.objects.filter(recipient=user, dropped_at=None).order_by("-owed_at", "-pk")


def reviewers() -> QuerySet[User]:
    """Everybody who reviews."""
    return User.objects.filter(is_staff=True, is_active=True).order_by("pk")


def muted_topics(user: User) -> set[str]:
    """The topics about which somebody wants no mail."""
    return set(Mute.objects.filter(user=user).values_list("topic", flat=True))


def offered_skills() -> QuerySet[Skill]:
    """Skills that somebody can claim or ask for today, each with its parent."""
    return Skill.objects.filter(retired=False).select_related("parent")


def skills_with(text: str, skills: QuerySet[Skill]) -> QuerySet[Skill]:
    """Those of these skills in which every word is found, with the branches above and all that is below them.

    So what is found still is a tree.
    """
    found = Skill.objects.filter(retired=False)
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(code__icontains=word) | Q(description__icontains=word))
    direct = set(found.values_list("pk", flat=True))
    lines = skill_ancestors()
    above = {each for one in direct for each in lines[one]}
    below = {one for one, line in lines.items() if direct.intersection(line)}
    return skills.filter(pk__in=above | below)


def skill_ancestors() -> dict[int, tuple[int, ...]]:
    """For every skill's id: its own and its ancestors' ids, nearest first."""
    parent = dict(Skill.objects.values_list("id", "parent_id"))
    lines: dict[int, tuple[int, ...]] = {}
    for skill in parent:
        line: list[int] = []
        above: int | None = skill
        while above is not None and above not in line:
            line.append(above)
            above = parent[above]
        lines[skill] = tuple(line)
    return lines


def token_digest(secret: str) -> str:
    """What is kept of a token. It is long and random, so that it need not be slow."""
    return hashlib.sha256(secret.encode()).hexdigest()


def tokens_of(user: User, *, at: datetime) -> QuerySet[PersonalToken]:
    """Somebody's tokens that open something, the newest first."""
    return user.tokens.filter(expires_at__gt=at, bound_to=user.credentials).order_by("-made_at", "-pk")


def token_for(secret: str, *, at: datetime) -> PersonalToken | None:
    """The token with its owner, if it opens something: in time, of an active account, as their password still is."""
    found = PersonalToken.objects.select_related("user").filter(digest=token_digest(secret), expires_at__gt=at).first()
    if found is None or not found.user.is_active or found.bound_to != found.user.credentials:
        return None
    return found
