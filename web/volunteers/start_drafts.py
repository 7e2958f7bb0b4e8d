"""What a stranger has said before we know who they are: kept in the session of their browser for a day.

Each run through the pages has a random id, which stands in the address, so that two tabs do not mix. A draft holds
skills and times, and never a name or an address.
"""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from secrets import token_urlsafe
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from core.week_mask import Window
from volunteers.profile_rules import MAX_LANGUAGES_PER_VOLUNTEER
from web.volunteers.skill_choices import ChosenSkill, SkillChoice

DRAFT_PARAMETER = "draft"
DRAFT_LIFETIME = timedelta(days=1)
MAX_DRAFTS_PER_SESSION = 3
MAX_SKILLS_PER_DRAFT = 12
MAX_DRAFT_ID_LENGTH = 32
_SESSION_KEY = "web.volunteers.start_drafts"


@dataclass(frozen=True, slots=True)
class DraftWeek:
    """When the person could help."""

    max_hours_per_week: int
    time_zone: str
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class StartDraft:
    """What was said so far. `shown_word` is the last word that led to several skills or to none.

    `kept` names the last page's form, which is kept until an earlier page is mended.
    """

    id: str
    skills: tuple[ChosenSkill, ...] = ()
    shown_word: str = ""
    is_word_kept: bool = False
    week: DraftWeek | None = None
    languages: tuple[str, ...] = ("en",)
    kept: str = ""

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

    def build_address(self, name: str, **parameters: str) -> str:
        """Return the address of a page of this draft."""
        return f"{reverse(name)}?{urlencode({DRAFT_PARAMETER: self.id} | parameters)}"


def read_draft(request: HttpRequest, *, at: datetime) -> StartDraft:
    """Return the draft that the address names, empty if there is none; without an id it gets a new one.

    An id that the session does not know is kept: its session has ended, and what is typed now begins the draft again.
    """
    draft_id = request.GET.get(DRAFT_PARAMETER, "")[:MAX_DRAFT_ID_LENGTH] or token_urlsafe(9)
    stored = _list_drafts(request, at=at).get(draft_id)
    return _load_draft(draft_id, stored) if stored else StartDraft(draft_id)


def find_latest_draft(request: HttpRequest, *, at: datetime) -> StartDraft | None:
    """Return the draft of this browser that was worked on last; None without one that says anything."""
    stored = sorted(_list_drafts(request, at=at).items(), key=lambda item: item[1]["at"], reverse=True)
    drafts = (_load_draft(draft_id, row) for draft_id, row in stored)
    return next((draft for draft in drafts if draft.skills or draft.week), None)


def has_draft(request: HttpRequest, *, at: datetime) -> bool:
    """Return whether the session knows the draft that the address names."""
    return request.GET.get(DRAFT_PARAMETER, "") in _list_drafts(request, at=at)


def store_draft(request: HttpRequest, draft: StartDraft, *, at: datetime) -> None:
    """Store a draft; of more than a few the oldest goes. Its day begins again.

    The session of a person who is not signed in ends with it.
    """
    others = {key: one for key, one in _list_drafts(request, at=at).items() if key != draft.id}
    recent = dict(sorted(others.items(), key=lambda item: item[1]["at"])[-(MAX_DRAFTS_PER_SESSION - 1) :])
    request.session[_SESSION_KEY] = recent | {draft.id: _dump_draft(draft, at)}
    if not request.user.is_authenticated:
        request.session.set_expiry(DRAFT_LIFETIME)


def keep_form_of_draft(request: HttpRequest, draft: StartDraft, kept: str, *, at: datetime) -> None:
    """Remember under which id the form of the last page is kept."""
    store_draft(request, replace(draft, kept=kept), at=at)


def forget_draft(request: HttpRequest, draft: StartDraft, *, at: datetime) -> None:
    """Erase a draft."""
    others = {key: one for key, one in _list_drafts(request, at=at).items() if key != draft.id}
    if others:
        request.session[_SESSION_KEY] = others
    else:
        request.session.pop(_SESSION_KEY, None)


def _list_drafts(request: HttpRequest, *, at: datetime) -> dict[str, Any]:
    oldest = (at - DRAFT_LIFETIME).timestamp()
    stored: dict[str, Any] = request.session.get(_SESSION_KEY, {})
    return {key: draft for key, draft in stored.items() if draft["at"] > oldest}


def _dump_draft(draft: StartDraft, at: datetime) -> dict[str, Any]:
    week = draft.week
    return {
        "at": at.timestamp(),
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
    )


def _load_window(row: list[Any]) -> Window:
    weekday, starts, ends = row
    return Window(weekday, time.fromisoformat(starts), time.fromisoformat(ends))
