"""Asking somebody about a level that was doubted, and the answer."""

from datetime import datetime

from django.db import transaction

from core.errors import Invalid, NotAllowed, WrongState
from core.models import Skill, User
from core.notifications.outbox import enqueue_notice
from volunteers.models import LevelQuestion, SkillClaim, Volunteer


def ask_skill_level(*, volunteer: Volunteer, skill: Skill, at: datetime) -> None:
    """Puts a doubted level to the person as a question; one that is open already is enough."""
    question, asked = LevelQuestion.objects.get_or_create(
        volunteer=volunteer, skill=skill, answered_at=None, defaults={"asked_at": at}
    )
    if asked and volunteer.user:
        name = str(question.public_id)
        enqueue_notice(to=volunteer.user, kind="level", cause=f"level:{name}", subjects={"question": name}, at=at)


@transaction.atomic
def answer_skill_level(*, actor: User, question: LevelQuestion, level: int, at: datetime) -> LevelQuestion:
    """The person says which level is right; 0: they no longer claim the skill.

    Raises NotAllowed, WrongState (answered before), Invalid.
    """
    question = LevelQuestion.objects.select_for_update(no_key=True).select_related("volunteer").get(pk=question.pk)
    if question.volunteer.user_id != actor.pk:
        raise NotAllowed("This question was put to somebody else.")
    if question.answered_at:
        raise WrongState("You have answered this question. You can change your skills in your profile.")
    if not 0 <= level <= 5:
        raise Invalid("A level runs from 1 (learning) to 5 (could teach it); 0 gives the skill up.", field="level")
    claims = SkillClaim.objects.filter(volunteer=question.volunteer, skill=question.skill)
    if level:
        claims.update(level=level)
    else:
        claims.delete()
    question.answered_at = at
    question.save()
    return question
