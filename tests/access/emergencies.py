"""What a volunteer may read of an emergency, and the names that it must not give away."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy

from core.models import Notice, User
from core.notifications.mail import build_notice_mail
from core.notifications.notice_types import RenderedNotice, list_notice_types
from core.notifications.outbox import PendingNotice, enqueue_notices
from matching.models import Match
from matching.rules.states import MatchState

NAMES = ("Zebulon", "Aardvark", "Onwards", "Quokka", "Ombudsman", "Riding 77", "Honolulu", "Wilhelmina")
"""Words of the candidate, the campaign, the party, the contest and the time zone, and a first name of its manager."""


def find_names(text: str) -> list[str]:
    return [name for name in NAMES if name.lower() in text.lower()]


def put_in_state(match: Match, state: MatchState, now: datetime) -> None:
    offered_at = None if state in (MatchState.PROPOSED, MatchState.APPROVED) else now
    Match.objects.filter(pk=match.pk).update(
        state=state, offered_at=offered_at, due_at=now + timedelta(minutes=20), is_broadcast=state == MatchState.OFFERED
    )


def enqueue_every_notice(match: Match, erin: User, now: datetime) -> list[Notice]:
    """One notice of each type to Erin, about everything that it can be about."""
    Notice.objects.all().delete()
    subjects = {
        "match": str(match.public_id),
        "message": str(match.messages.earliest("pk").public_id),
        "request": str(match.request.public_id),
        "campaign": str(match.request.campaign.public_id),
        "volunteer": str(match.volunteer.public_id),
        "level_question": str(match.volunteer.level_questions.get().public_id),
    }
    nothing = "00000000-0000-4000-8000-000000000000"
    every_subject = (
        dict.fromkeys(
            (
                "member_invitation",
                "candidate_link",
                "invitation",
                "claim",
                "account",
                "recovery",
                "state",
                "run",
                "pin",
                "contest",
            ),
            nothing,
        )
        | subjects
    )
    enqueue_notices([PendingNotice(erin, kind, kind, every_subject) for kind in list_notice_types()], at=now)
    return list(Notice.objects.select_related("recipient").filter(recipient=erin))


def read_mail(notice: Notice, rendered: RenderedNotice) -> str:
    """The whole letter, with its headers."""
    mail = message_from_bytes(build_notice_mail([(notice, rendered)]).message().as_bytes(), policy=policy.default)
    bodies = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    return "\n".join([*(f"{name}: {value}" for name, value in mail.items()), *bodies])
