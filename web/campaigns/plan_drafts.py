"""What a campaign has said of a project before it is stored: the outcome, the plan and the race.

It holds no name, address or phone, but in the form of a page that its writer left to go on later. These are
asked at the end, and stored at once. It is kept in the session for a day, and once its writer has signed in, with the
account: then it goes on in another browser, too.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest

from campaigns.actions.kept_plans import forget_plan, keep_plan
from campaigns.kept_plan_queries import find_kept_plan
from core.models import User
from web.campaigns.plan_draft_parts import OwnRole, Race, StoredPlan, TypedForm
from web.design.visit_drafts import DRAFT_PARAMETER, VisitDraft, VisitDraftStore

PLAN_DRAFTS = VisitDraftStore("web.campaigns.plan_drafts")


@dataclass(frozen=True, slots=True)
class PlanDraft(VisitDraft):
    """What was said so far. `playbook` is a code, empty for a role of one's own.

    `is_for_new_campaign`: its planner acts for a campaign already, and plans for another one. `kept` names the last
    page's form, which is kept until an earlier page is mended. `first_name` waits for the code that proves the address.
    """

    outcome: str = ""
    wanted_on: date | None = None
    playbook: str = ""
    role: OwnRole | None = None
    words: str = ""
    race: Race | None = None
    is_for_new_campaign: bool = False
    stored: StoredPlan | None = None
    kept: str = ""
    fullest_words: str = ""
    typed: TypedForm | None = None
    first_name: str = ""

    @property
    def has_outcome(self) -> bool:
        """Return whether it is said what must be true, and by when."""
        return bool(self.outcome) and self.wanted_on is not None

    @property
    def has_plan(self) -> bool:
        """Return whether a playbook was chosen, or a role of one's own."""
        return bool(self.playbook) or self.role is not None


def read_draft(request: HttpRequest, *, at: datetime) -> PlanDraft:
    """Return the draft that the address names, empty if there is none; without an id it gets a new one."""
    draft_id = PLAN_DRAFTS.read_id(request)
    row = PLAN_DRAFTS.list_rows(request, at=at).get(draft_id)
    if row:
        return _load_draft(draft_id, row)
    kept = _find_kept_draft(request, at=at) if DRAFT_PARAMETER in request.GET else None
    return kept if kept is not None and kept.id == draft_id else PlanDraft(draft_id)


def find_latest_draft(request: HttpRequest, *, at: datetime) -> PlanDraft | None:
    """Return the latest draft that says what must be true: of this browser, else of the account; None without one."""
    drafts = (_load_draft(draft_id, row) for draft_id, row in PLAN_DRAFTS.list_latest(request, at=at))
    latest = next((draft for draft in drafts if draft.has_outcome or draft.typed), None)
    return latest or _find_kept_draft(request, at=at)


def store_draft(request: HttpRequest, draft: PlanDraft, *, at: datetime) -> None:
    """Store a draft, of a signed-in user with the account as well. Its time begins again."""
    row = _dump_draft(draft)
    PLAN_DRAFTS.store(request, draft.id, row, at=at)
    if not isinstance(request.user, User):
        return
    if draft.stored is not None:
        forget_plan(actor=request.user, draft_id=draft.id)
    elif draft.has_outcome or draft.typed:
        # A kept form lies in the session of one browser.
        keep_plan(actor=request.user, draft_id=draft.id, content=json.dumps(row | {"kept": ""}), at=at)


def is_kept_with_account(request: HttpRequest, *, at: datetime) -> bool:
    """Return whether the reader's account has a plan, so that it goes on in another browser, too."""
    return _find_kept_draft(request, at=at) is not None


def _find_kept_draft(request: HttpRequest, *, at: datetime) -> PlanDraft | None:
    """Return the draft that is kept with the reader's account; None without one."""
    kept = find_kept_plan(request.user, at=at) if isinstance(request.user, User) else None
    return _load_draft(kept.draft_id, json.loads(kept.content)) if kept else None


def forget_draft_of_request(request: HttpRequest, public_id: object, *, at: datetime) -> None:
    """Erase the draft that was stored as this request."""
    for draft_id, row in PLAN_DRAFTS.list_latest(request, at=at):
        if row["stored"] and row["stored"][1] == str(public_id):
            PLAN_DRAFTS.forget(request, draft_id, at=at)


def keep_form_of_draft(request: HttpRequest, draft: PlanDraft, kept: str, *, at: datetime) -> None:
    """Remember under which id the form of the last page is kept."""
    store_draft(request, replace(draft, kept=kept), at=at)


def _dump_draft(draft: PlanDraft) -> dict[str, Any]:
    race, role, stored = draft.race, draft.role, draft.stored
    return {
        "outcome": draft.outcome,
        "wanted_on": draft.wanted_on and draft.wanted_on.isoformat(),
        "playbook": draft.playbook,
        "role": role and [role.skill, role.hours_per_week, role.seat_count, role.weeks],
        "words": draft.words,
        "race": race
        and [
            *(race.jurisdiction, race.level, race.office, race.district, race.election_on.isoformat()),
            *(race.primary_on and race.primary_on.isoformat(), race.special),
        ],
        "new": draft.is_for_new_campaign,
        "stored": stored and [stored.campaign, stored.request],
        "kept": draft.kept,
        "fullest_words": draft.fullest_words,
        "typed": draft.typed and [draft.typed.page, draft.typed.fields],
        "first_name": draft.first_name,
    }


def _load_draft(draft_id: str, row: dict[str, Any]) -> PlanDraft:
    return PlanDraft(
        draft_id,
        row["outcome"],
        row["wanted_on"] and date.fromisoformat(row["wanted_on"]),
        row["playbook"],
        row["role"] and OwnRole(*row["role"]),
        row["words"],
        row["race"] and _load_race(row["race"]),
        row["new"],
        row["stored"] and StoredPlan(*row["stored"]),
        row["kept"],
        row.get("fullest_words", ""),
        TypedForm(*row["typed"]) if row.get("typed") else None,
        row.get("first_name", ""),
    )


def _load_race(row: list[Any]) -> Race:
    jurisdiction, level, office, district, election_on, primary_on, special = row
    days = date.fromisoformat(election_on), primary_on and date.fromisoformat(primary_on)
    return Race(jurisdiction, level, office, district, *days, special)
