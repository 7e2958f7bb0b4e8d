"""What a stranger has said of skills and times before we know who they are. It never holds a name or an address."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from core.week_mask import Window
from volunteers.profile_limits import MAX_LANGUAGES_PER_VOLUNTEER
from web.design.visit_drafts import VisitDraft, VisitDraftStore
from web.volunteers.skill_choices import ChosenSkill, SkillChoice

MAX_SKILLS_PER_DRAFT = 12
START_DRAFTS = VisitDraftStore("web.volunteers.start_drafts")


@dataclass(frozen=True, slots=True)
class DraftWeek:
    """When the person could help."""

    max_hours_per_week: int
    time_zone: str
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class StartDraft(VisitDraft):
    """What was said so far. `shown_word` is the last word that led to several skills or to none.

    `kept` names the last page's form, which is kept until an earlier page is mended. `open_role` is the role on the
    board, by its id, from which the visit began: it ends there.
    """

    skills: tuple[ChosenSkill, ...] = ()
    shown_word: str = ""
    is_word_kept: bool = False
    week: DraftWeek | None = None
    languages: tuple[str, ...] = ("en",)
    kept: str = ""
    open_role: str = ""

    @property
    def has_skills(self) -> bool:
        """Return whether there is a skill, and each has its level."""
        return bool(self.skills) and all(skill.level for skill in self.skills)

    @property
    def choice(self) -> SkillChoice:
        """Return the skills, and what the last word led to."""
        return SkillChoice(self.skills, self.shown_word, self.is_word_kept)

    def with_choice(self, choice: SkillChoice) -> "StartDraft":
        """Return the draft with other skills, and what the last word led to."""
        return replace(self, skills=choice.skills, shown_word=choice.shown_word, is_word_kept=choice.is_word_kept)


def read_draft(request: HttpRequest, *, at: datetime) -> StartDraft:
    """Return the draft that the address names, empty if there is none; without an id it gets a new one."""
    draft_id = START_DRAFTS.read_id(request)
    stored = START_DRAFTS.list_rows(request, at=at).get(draft_id)
    return _load_draft(draft_id, stored) if stored else StartDraft(draft_id)


def find_latest_draft(request: HttpRequest, *, at: datetime) -> StartDraft | None:
    """Return the draft of this browser that was worked on last; None without one that says anything."""
    drafts = (_load_draft(draft_id, row) for draft_id, row in START_DRAFTS.list_latest(request, at=at))
    return next((draft for draft in drafts if draft.skills or draft.week), None)


def begin_with_open_role(request: HttpRequest, board_id: UUID, *, at: datetime) -> StartDraft:
    """Store that the visit ends at an open role, in the latest draft of this browser or in a new one; return it."""
    latest = START_DRAFTS.list_latest(request, at=at)
    draft = _load_draft(*latest[0]) if latest else StartDraft(START_DRAFTS.read_id(request))
    draft = replace(draft, open_role=str(board_id))
    store_draft(request, draft, at=at)
    return draft


def store_draft(request: HttpRequest, draft: StartDraft, *, at: datetime) -> None:
    """Store a draft. Its day begins again."""
    START_DRAFTS.store(request, draft.id, _dump_draft(draft), at=at)


def keep_form_of_draft(request: HttpRequest, draft: StartDraft, kept: str, *, at: datetime) -> None:
    """Remember under which id the form of the last page is kept."""
    store_draft(request, replace(draft, kept=kept), at=at)


def forget_draft(request: HttpRequest, draft: StartDraft, *, at: datetime) -> None:
    """Erase a draft."""
    START_DRAFTS.forget(request, draft.id, at=at)


def _dump_draft(draft: StartDraft) -> dict[str, Any]:
    week = draft.week
    return {
        "skills": [[skill.code, skill.level, skill.wants_to_use, skill.word] for skill in draft.skills],
        "word": [draft.shown_word, draft.is_word_kept],
        "week": week
        and {
            "hours": week.max_hours_per_week,
            "zone": week.time_zone,
            "windows": [[window.weekday, f"{window.starts:%H:%M}", f"{window.ends:%H:%M}"] for window in week.windows],
        },
        "languages": list(draft.languages[:MAX_LANGUAGES_PER_VOLUNTEER]),
        "kept": draft.kept,
        "open_role": draft.open_role,
    }


def _load_draft(draft_id: str, stored: dict[str, Any]) -> StartDraft:
    week = stored["week"]
    word, is_word_kept = stored["word"]
    return StartDraft(
        draft_id,
        tuple(ChosenSkill(*row) for row in stored["skills"]),
        word,
        is_word_kept,
        week and DraftWeek(week["hours"], week["zone"], tuple(_load_window(row) for row in week["windows"])),
        tuple(stored["languages"]),
        stored["kept"],
        stored.get("open_role", ""),
    )


def _load_window(row: list[Any]) -> Window:
    weekday, starts, ends = row
    return Window(weekday, time.fromisoformat(starts), time.fromisoformat(ends))
