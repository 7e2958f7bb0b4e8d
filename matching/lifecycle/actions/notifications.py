"""Enqueue the notices of a match or a request."""

from collections.abc import Iterable
from datetime import datetime

from campaigns.actions.reviewers import reach_reviewers
from campaigns.models import Request
from core.models import User
from core.notifications.outbox import enqueue_notice
from matching.lifecycle.queries.matches import contact_of_request, contest_of_match
from matching.models import Match


def notify_about_match(
    user: User | None, kind: str, match: Match, *, at: datetime, about: object = "", is_mailed: bool = True
) -> None:
    """Enqueue a notice about a match, once for each version of the match; without a user do nothing.

    `about` distinguishes notices of one kind that may be due several times in one version. `is_mailed` is as for
    `enqueue_notice`.
    """
    if user is not None:
        cause = f"{kind}:{match.public_id}:{match.version}:{user.pk}:{about}"
        subjects = {"match": str(match.public_id)}
        enqueue_notice(to=user, kind=kind, cause=cause, subjects=subjects, at=at, is_mailed=is_mailed)


def notify_campaign_about_match(kind: str, match: Match, *, at: datetime, about: object = "") -> None:
    """Enqueue a notice about a match to the contact of its request."""
    contact = contact_of_request(match.request)
    notify_about_match(contact, kind, match, at=at, about=about, is_mailed=may_mail_campaign(match.request))


def may_mail_campaign(request: Request) -> bool:
    """Return whether the people of its campaign get letters about a request.

    They get none about an emergency: the people who broke in may read their mail. They read its notices on the site.
    """
    return not request.emergency


def notify_reviewers_about_match(kind: str, match: Match, *, at: datetime, about: object = "") -> None:
    """Enqueue a notice about a match to every reviewer without a part in its contest.

    Where there is none, the administrators are notified that the contest needs one.
    """
    for reviewer in reach_reviewers(contest_of_match(match), at=at):
        notify_about_match(reviewer, kind, match, at=at, about=about)


def notify_reviewers_about_request(
    kind: str, request: Request, *, at: datetime, due_at: datetime | None = None
) -> None:
    """Enqueue a notice about a request, once, to every reviewer without a part in its contest, or as for a match."""
    people = reach_reviewers(request.campaign.candidate.contest, at=at)
    notify_about_request(kind, request, people, at=at, due_at=due_at)


def notify_about_request(
    kind: str,
    request: Request,
    people: Iterable[User],
    *,
    at: datetime,
    is_mailed: bool = True,
    due_at: datetime | None = None,
) -> None:
    """Enqueue a notice about a request to each of these users, once. The rest is as for `enqueue_notice`."""
    for user in people:
        subjects, cause = {"request": str(request.public_id)}, f"{kind}:{request.public_id}:{user.pk}"
        enqueue_notice(to=user, kind=kind, cause=cause, subjects=subjects, at=at, is_mailed=is_mailed, due_at=due_at)
