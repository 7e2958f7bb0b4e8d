"""The base of the two match lists: the review list and the list of all matches."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy

from core.admin_base import ReadOnlyAdmin
from core.api.current_user import get_current_user
from matching.lifecycle import explanations
from matching.lifecycle.queries.matches import CONTEST_OF_MATCH, is_not_about, with_list_columns
from matching.models import Match
from matching.runs.queries.runs import runs_visible_to


class NotAboutReaderMixin:
    """Show rows about other people only: no reviewer reads reviews about themselves.

    `volunteer_path` leads from a row to the person.
    """

    volunteer_path = "volunteer"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows about other volunteers than the reader."""
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        return rows.filter(is_not_about(get_current_user(request), self.volunteer_path))


class BaseMatchAdmin(ReadOnlyAdmin):
    """The columns, fields and search that both match lists share."""

    contest_path = CONTEST_OF_MATCH
    search_fields: tuple[str, ...] = (
        "volunteer__first_name",
        "volunteer__last_name",
        "request__title",
        "request__campaign__name",
    )
    # Left to itself, the admin would join all tables that `get_queryset` reads apart.
    list_select_related: tuple[str, ...] = ("volunteer__user",)
    fields: tuple[str, ...] = (
        *("volunteer", "explanation", "seat", "skill", "request", "campaign", "state", "score_breakdown"),
        *("proposed_at", "due_at", "reason", "note", "run"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows about other people, with the columns of all in a few statements."""
        return with_list_columns(super().get_queryset(request).filter(is_not_about(get_current_user(request))))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return the fields, without the run where the reviewer may not see it."""
        names = super().get_fields(request, obj)
        runs = runs_visible_to(get_current_user(request))
        is_hidden = obj is not None and obj.run_id is not None and not runs.filter(pk=obj.run_id).exists()
        return [name for name in names if name != "run" or not is_hidden]

    @admin.display(description=gettext_lazy("skill"), ordering="seat__role__skill__name")
    def skill(self, match: Match) -> str:
        """Return the skill and level that the seat asks for."""
        return f"{match.seat.role.skill} {match.seat.role.level}+"

    @admin.display(description=gettext_lazy("campaign"), ordering="request__campaign__name")
    def campaign(self, match: Match) -> str:
        """Return the campaign's name."""
        return match.request.campaign.name

    @admin.display(description=gettext_lazy("place"))
    def place(self, match: Match) -> str:
        """Return the names of the role and the project."""
        return f"{match.seat.role.name}, {match.request.title}"

    @admin.display(description=gettext_lazy("why"))
    def explanation(self, match: Match) -> str:
        """Return in one sentence why the pair fits."""
        return explanations.explain_match(match)

    @admin.display(description=gettext_lazy("score"), ordering="score")
    def score_breakdown(self, match: Match) -> str:
        """Return the score with its parts, the largest first."""
        rows = format_score_parts(match.score_parts)
        return format_html('<span class="inline-block py-2"><strong>{}</strong> = {}</span>', match.score, rows)


def format_score_parts(parts: dict[str, int]) -> str:
    """Return the parts of a score as HTML, the largest first; parts of zero are left out."""
    ranked = sorted(((value, name) for name, value in parts.items() if value), reverse=True)
    return format_html_join(" + ", "{} {}", ((explanations.label_score_part(name), value) for value, name in ranked))
