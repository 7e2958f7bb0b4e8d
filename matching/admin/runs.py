"""The admin pages of runs, with the button that queues one."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet, Value
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action

from campaigns.models import Request
from core.admin_base import ReadOnlyAdmin
from core.api.current_user import get_current_user
from core.conflict_of_interest import has_any_part
from core.errors import HandraiserError
from matching.models import Run, RunArrays
from matching.runs.actions.scheduling import cancel_run, queue_run
from matching.runs.explanations import explain_waiting_pin
from matching.runs.queries.outcomes import list_scarce_skills
from matching.runs.queries.runs import CONTESTS_OF_RUN, runs_visible_to
from volunteers.models import Volunteer

MAX_SCARCE_SHOWN = 10
MAX_UNKEPT_PINS_SHOWN = 50


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    """The runs with their scope, result and optimality gap."""

    contest_path = CONTESTS_OF_RUN
    detail_contact_paths = ("requested_by_id",)
    list_display = ("requested_at", "state", "stage", "scope", "filled_share", "gap_percent", "total_seconds", "error")
    list_filter = ("state", "dry_run")
    actions_list = ("start_run",)
    actions = ("cancel_selected",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the runs that the reviewer may see."""
        user = get_current_user(request)
        runs = super().get_queryset(request).filter(pk__in=runs_visible_to(user).values("pk"))
        told: QuerySet[Any] = runs.annotate(names_other_work=Value(not has_any_part(user)))
        return told

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return the model's fields, the pins not kept, the rows left out and the skills to recruit."""
        names = [name for name in super().get_fields(request, obj) if name != "left_out"]
        return [*names, "unkept_pins", "rows_left_out", "skills_to_recruit"]

    @admin.display(description=gettext_lazy("pins not kept"))
    def unkept_pins(self, run: Any) -> str:
        """Return why each pin was not kept. A pin is a number here: its page is not for reviewers with a part in it."""
        unkept = run.unkept_pins.select_related("pin").order_by("pk")[:MAX_UNKEPT_PINS_SHOWN]
        told = run.names_other_work
        rows = ((str(row.pin), explain_waiting_pin(row.obstacle, names_other_work=told)) for row in unkept)
        return format_html_join("", "<div>{}. {}</div>", rows) or "–"

    @admin.display(description=gettext_lazy("left out"))
    def rows_left_out(self, run: Run) -> str:
        """Return links to the rows that the run left out. A row is a number here, as a pin is."""
        ids: dict[str, list[str]] = {"request": [], "volunteer": []}
        for row in run.left_out:
            ids[row["kind"]].append(row["id"])
        found = [
            (
                reverse("admin:campaigns_request_change", args=[request.pk]),
                _("Request %(id)s") % {"id": request.public_id},
            )
            for request in Request.objects.filter(public_id__in=ids["request"]).order_by("pk")
        ]
        found += [
            (
                reverse("admin:volunteers_volunteer_change", args=[volunteer.pk]),
                _("Volunteer %(id)s") % {"id": volunteer.public_id},
            )
            for volunteer in Volunteer.objects.filter(public_id__in=ids["volunteer"]).order_by("pk")
        ]
        return format_html_join("", '<div><a href="{}">{}</a></div>', found) or "–"

    @admin.display(description=gettext_lazy("scope"))
    def scope(self, run: Run) -> str:
        """Return whether the run has everything in scope, and whether it is a dry run."""
        scope = _("some roles or people") if run.is_limited else _("everything")
        return _("%(scope)s (dry run)") % {"scope": scope} if run.dry_run else scope

    @admin.display(description=gettext_lazy("filled"))
    def filled_share(self, run: Run) -> str:
        """Return how many of the seats are filled."""
        return (
            "–"
            if run.filled_count is None
            else _("%(filled)d of %(seats)d") % {"filled": run.filled_count, "seats": run.seat_count}
        )

    @admin.display(description=gettext_lazy("certified gap"))
    def gap_percent(self, run: Run) -> str:
        """Return the gap in percent: no assignment is better by more than this."""
        percent = "–" if run.gap is None else f"{100 * run.gap:.3f} %"
        return _("%(percent)s (stopped by the time limit)") % {"percent": percent} if run.stopped_early else percent

    @admin.display(description=gettext_lazy("skills to recruit"))
    def skills_to_recruit(self, run: Run) -> str:
        """Return the skills of which one more volunteer would have added most, each with its best weekday."""
        points_by_skill: dict[str, int] = {}
        # The list is sorted by worth, so the first entry of a skill is its best.
        for scarcity, skill in list_scarce_skills(run) or []:
            points_by_skill.setdefault(skill.name, scarcity.worth)
        text = _("%(skill)s: one more person would add %(points)d points")
        top = [*points_by_skill.items()][:MAX_SCARCE_SHOWN]
        rows = ((text % {"skill": name, "points": points},) for name, points in top)
        return format_html_join("", "<div>{}</div>", rows) or "–"

    @admin.display(description=gettext_lazy("seconds"))
    def total_seconds(self, run: Run) -> str:
        """Return the seconds of all stages together."""
        return f"{sum(run.stage_seconds.values()):.1f}" if run.stage_seconds else "–"

    @admin.action(description=gettext_lazy("Cancel"))
    def cancel_selected(self, request: HttpRequest, runs: "QuerySet[Run]") -> None:
        """Cancel queued and running runs; show an error for those that have ended."""
        for run in runs.order_by("requested_at"):
            try:
                cancel_run(run, actor=get_current_user(request), at=timezone.now())
                messages.success(request, _("%(run)s is cancelled.") % {"run": run})
            except HandraiserError as error:
                messages.error(request, f"{run}: {error.message}")

    @action(description=gettext_lazy("Match now"), url_path="start")  # type: ignore[untyped-decorator]
    def start_run(self, request: HttpRequest) -> HttpResponse:
        """Queue a run. A GET only shows the button, because a link must not change anything."""
        back = reverse("admin:matching_run_changelist")
        if request.method == "POST":
            queue_run(actor=get_current_user(request), at=timezone.now(), dry_run="dry_run" in request.POST)
            messages.success(request, _("A worker is matching. Load this page again to see how far it is."))
            return HttpResponseRedirect(back)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Match now"), "back": back}
        return render(request, "admin/matching/ask.html", context)


@admin.register(RunArrays)
class RunArraysAdmin(ReadOnlyAdmin):
    """The runs that can still be explained, and until when."""

    contest_path = f"run__{CONTESTS_OF_RUN}"
    list_display = ("run", "delete_on")
    fields = ("run", "delete_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows of the runs that the reviewer may see."""
        visible = runs_visible_to(get_current_user(request))
        return super().get_queryset(request).filter(run__in=visible.values("pk"))
