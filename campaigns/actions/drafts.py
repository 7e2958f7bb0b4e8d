"""Check a draft of a request together with what it refers to: its playbook, its skills and the election day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from campaigns.draft_rules import RequestDraft, RoleDraft, check_draft, check_role
from campaigns.models import Campaign, Contest, Playbook
from campaigns.playbook_queries import complete_draft
from core.date_rules import check_request_days
from core.field_errors import FieldErrors, join_path
from core.models import Skill
from core.reference.codes import find_by_codes, index_paths


@dataclass(frozen=True, slots=True)
class ResolvedDraft:
    """A draft that its playbook has completed, with the playbook, and its skills by code."""

    draft: RequestDraft
    playbook: Playbook | None
    skills: Mapping[str, Skill]


def resolve_draft(
    draft: RequestDraft, campaign: Campaign | None, *, today: date, errors: FieldErrors | None = None
) -> ResolvedDraft:
    """Check a draft that is given on `today`, and complete it from its playbook.

    Raises Invalid with everything that is wrong with it, after the `errors` that are known already. Without `campaign`
    its days are not compared with an election.
    """
    errors = FieldErrors() if errors is None else errors
    resolved = complete_checked_draft(draft, errors)
    ends_on = resolved.draft.ends_on
    if campaign is not None and ends_on is not None:
        with errors.collect(blame=find_causes(draft)):
            check_days_of_campaign(campaign, starts_on=draft.starts_on, ends_on=ends_on, today=today)
    errors.raise_if_any()
    return resolved


def complete_checked_draft(draft: RequestDraft, errors: FieldErrors) -> ResolvedDraft:
    """Check all of a draft but its days, and complete it from its playbook. What is wrong is added to `errors`.

    `ends_on` stays None where it is missing.
    """
    with errors.collect():
        check_draft(draft)
    playbook, completed, skills = None, draft, dict[str, Skill]()
    with errors.collect():
        playbook, completed = complete_draft(draft)
    blame = find_causes(draft)
    if playbook is not None:
        with errors.collect(blame=blame):
            check_draft(completed)  # again, with what the playbook brought
    with errors.collect(blame=blame):
        skills = find_skills(_index_skills(completed.roles))
    return ResolvedDraft(completed, playbook, skills)


def resolve_role(role: RoleDraft) -> dict[str, Skill]:
    """Check a role that is added to a request, and return its skills by code. Raises Invalid."""
    errors, skills = FieldErrors(), dict[str, Skill]()
    with errors.collect():
        check_role(role)
    with errors.collect():
        skills = find_skills(_index_role_skills(role, ""))
    errors.raise_if_any()
    return skills


def find_skills(codes: Mapping[str, str]) -> dict[str, Skill]:
    """Return the active skills that `codes` name, by code; each was sent at the path that is its key.

    Raises Invalid, naming each that is unknown.
    """
    errors = FieldErrors()
    skills = find_by_codes("skill", Skill.objects.filter(retired=False), codes, errors)
    errors.raise_if_any()
    return skills


def _index_skills(roles: Sequence[RoleDraft]) -> dict[str, str]:
    """Return the codes of all skills that the roles name, by their paths, as in `roles.1.skill`."""
    return {
        path: code
        for index, role in enumerate(roles)
        for path, code in _index_role_skills(role, f"roles.{index}").items()
    }


def _index_role_skills(role: RoleDraft, prefix: str) -> dict[str, str]:
    nice_to_have = index_paths(join_path(prefix, "nice_to_have_skills"), role.nice_to_have_skills)
    return {join_path(prefix, "skill"): role.skill, **nice_to_have}


def check_days_of_campaign(
    campaign: Campaign, *, starts_on: date, ends_on: date, today: date, is_start_new: bool = True
) -> None:
    """Check the days of one of the campaign's requests, as `check_request_days` does. Raises Invalid.

    The contest is locked, so that its election day stays what it is until the request is stored.
    """
    contest = Contest.objects.select_for_update(no_key=True, of=("self",)).get(candidates__campaign=campaign)
    check_request_days(
        starts_on=starts_on, ends_on=ends_on, election_on=contest.election_on, today=today, is_start_new=is_start_new
    )


def find_causes(draft: RequestDraft) -> dict[str, str]:
    """Return which field was given for each that the playbook fills in, so that an error names what can be changed."""
    causes = {} if draft.ends_on is not None else {"ends_on": "starts_on"}
    return causes if draft.roles else causes | {"roles": "playbook"}
