"""The playbooks that are offered, and drafts that are completed from them."""

from dataclasses import replace
from datetime import timedelta

from django.db.models import Prefetch, QuerySet

from campaigns.draft_rules import RequestDraft, RoleDraft
from campaigns.models import Playbook, PlaybookRole
from core.unknown_codes import unknown_code_error


def list_offered_playbooks() -> QuerySet[Playbook]:
    """Return the playbooks that are offered, with their roles and how many people could take these."""
    roles = PlaybookRole.objects.select_related("skill", "supply")
    return Playbook.objects.filter(retired=False).prefetch_related(Prefetch("roles", roles))


def find_offered_playbook(code: str) -> Playbook | None:
    """Return the playbook with this code, with its roles, if it is offered."""
    return list_offered_playbooks().filter(code=code).first()


def complete_draft(draft: RequestDraft) -> tuple[Playbook | None, RequestDraft]:
    """Return the draft's playbook, and the draft completed from it. Raises Invalid (no such playbook).

    Without a playbook, an end that is missing stays missing.
    """
    playbook = None
    if draft.playbook:
        playbook = Playbook.objects.filter(code=draft.playbook, retired=False).first()
        if playbook is None:
            raise unknown_code_error("playbook", draft.playbook, field="playbook")
    ends_on = draft.ends_on
    if ends_on is None and playbook is not None:
        ends_on = draft.starts_on + timedelta(weeks=playbook.weeks, days=-1)
    return playbook, replace(
        draft,
        ends_on=ends_on,
        staffing=draft.staffing or (playbook.staffing if playbook else "rolling"),
        roles=draft.roles or (_draft_playbook_roles(playbook) if playbook else ()),
    )


def _draft_playbook_roles(playbook: Playbook) -> list[RoleDraft]:
    return [
        RoleDraft(
            name=role.name,
            skill=role.skill.code,
            level=role.level,
            hours_per_week=role.hours_per_week,
            tasks=role.tasks,
            seat_count=role.seat_count,
            is_lead=role.is_lead,
            makes_decisions=role.makes_decisions,
            vetted_for=role.vetted_for or None,
            nice_to_have_skills=[skill.code for skill in role.nice_to_have_skills.all()],
        )
        for role in playbook.roles.select_related("skill").prefetch_related("nice_to_have_skills")
    ]
