"""Ask a volunteer about a skill level that was doubted, and take the answer."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.errors import Invalid, NotAllowed, WrongState
from core.models import Skill, User
from core.notifications.outbox import enqueue_notice
from volunteers.models import LevelQuestion, SkillClaim, Volunteer
from volunteers.notice_types import VolunteerNotice


def ask_skill_level(*, volunteer: Volunteer, skill: Skill, at: datetime) -> None:
    """Ask the volunteer whether a doubted level is right, unless the question is open already."""
    question, created = LevelQuestion.objects.get_or_create(
        volunteer=volunteer, skill=skill, answered_at=None, defaults={"asked_at": at}
    )
    if created and volunteer.user:
        public_id = str(question.public_id)
        enqueue_notice(
            to=volunteer.user,
            kind=VolunteerNotice.LEVEL_QUESTION,
            cause=f"{VolunteerNotice.LEVEL_QUESTION}:{public_id}",
            subjects={"level_question": public_id},
            at=at,
        )


@transaction.atomic
def answer_skill_level(*, actor: User, question: LevelQuestion, level: int, at: datetime) -> LevelQuestion:
    """Set the level that the volunteer says is right; 0 removes the skill from their profile.

    Raises NotAllowed, WrongState (answered already), Invalid.
    """
    question = LevelQuestion.objects.select_for_update(no_key=True).select_related("volunteer").get(pk=question.pk)
    if question.volunteer.user_id != actor.pk:
        raise NotAllowed(_("This question is for another volunteer. Answer your own questions."))
    if question.answered_at:
        raise WrongState(_("You have answered this question already. Change your skills in your profile."))
    if not 0 <= level <= 5:
        message = _("This level is out of range. Give 1 (learning) to 5 (could teach it), or 0 to give the skill up.")
        raise Invalid(message, field="level")
    # The skills are a part of the profile: an edit of it that began before must not bring the old level back.
    Volunteer.objects.filter(pk=question.volunteer_id).update(version=F("version") + 1)
    claims = SkillClaim.objects.filter(volunteer=question.volunteer, skill=question.skill)
    if level:
        claims.update(level=level)
    else:
        claims.delete()
    question.answered_at = at
    question.save()
    question.volunteer.refresh_from_db(fields=["version"])
    return question
