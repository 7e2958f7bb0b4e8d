"""The start page of the admin: what waits for the reviewer, and how we are doing.

A further row of what waits is registered in an app's `boot_parts.py`, with `admin_list`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.accounts.waiting_work import WaitingWork, WorkCount, count_waiting_work, list_waiting_work
from core.api.current_user import get_current_user
from core.models import User
from core.notifications.moments import describe_moment, format_day_with_year, format_number
from matching.models import Run
from matching.runs.queries.figures import (
    FEWEST_PEOPLE_TOLD,
    DeskFigures,
    PeopleFigures,
    RecruitedSkill,
    SeatFigures,
    read_desk_figures,
)
from web.desk.charts import BarChart, draw_bars
from web.desk.templatetags.desk import format_percent

DESK_ZONE = "UTC"
"""The zone of all times in the admin."""

NO_NUMBER = "–"
"""Stands for a number that is not there, or not told."""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A kind of work that waits: where it is done, how much there is, and when the first of it is due."""

    label: str
    address: str
    count: int
    overdue_count: int
    first_due_at: datetime | None
    clock: str

    @property
    def count_text(self) -> str:
        """Return the count as it is written."""
        return format_number(self.count)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One number of how we are doing, with what it is made of."""

    name: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run with its numbers in words; a dash stands for those that are not there yet."""

    run: Run
    requested: str
    filled: str
    gap: str
    seconds: str


def build_start_page(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add what waits for the signed-in reviewer, and the figures, to what the start page shows."""
    user, at = get_current_user(request), timezone.now()
    waiting, without_work = list_waiting_rows(user, at=at)
    figures = read_desk_figures(user, at=at)
    return context | {
        "title": _("Start page"),
        "waiting": waiting,
        "without_work": without_work,
        "overdue_count": sum(row.overdue_count for row in waiting),
        "figures": figures,
        "key_figures": list_key_figures(figures),
        "charts": list_charts(figures),
        "runs": [_describe_run(run) for run in figures.runs],
    }


def list_waiting_rows(user: User, *, at: datetime) -> tuple[list[WaitingRow], list[WaitingRow]]:
    """Return the kinds of work that wait, the oldest date first, and those of which nothing waits."""
    counts = count_waiting_work(user, sees_others=True, at=at)
    kinds = [(work, counts[name]) for name, work in list_waiting_work().items() if work.admin_list]
    rows = [_build_waiting_row(user, work, count) for work, count in kinds if count is not None]
    rows.sort(key=lambda row: (row.first_due_at is None, row.first_due_at or at))
    return [row for row in rows if row.count], [row for row in rows if not row.count]


def _build_waiting_row(user: User, work: WaitingWork, count: WorkCount) -> WaitingRow:
    return WaitingRow(
        label=str(work.label),
        address=f"{reverse(work.admin_list)}?{work.admin_query(user)}",
        count=count.count,
        overdue_count=count.overdue_count,
        first_due_at=count.first_due_at,
        clock=_describe_clock(count),
    )


def _describe_clock(count: WorkCount) -> str:
    if count.first_due_at is None:
        return _("No date is promised.") if count.count else ""
    moment = describe_moment(count.first_due_at, DESK_ZONE)
    if not count.overdue_count:
        return _("The first is due %(moment)s.") % {"moment": moment}
    return ngettext(
        "%(count)d is past its date. The first was due %(moment)s.",
        "%(count)d are past their date. The first was due %(moment)s.",
        count.overdue_count,
    ) % {"count": count.overdue_count, "moment": moment}


def _describe_run(run: Run) -> RunRow:
    filled = _("%(filled)s of %(seats)s") % {
        "filled": format_number(run.filled_count or 0),
        "seats": format_number(run.seat_count or 0),
    }
    return RunRow(
        run=run,
        requested=describe_moment(run.requested_at, DESK_ZONE),
        filled=NO_NUMBER if run.filled_count is None else filled,
        gap=NO_NUMBER if run.gap is None else format_percent(run.gap, 3),
        seconds=f"{sum(run.stage_seconds.values()):.1f}" if run.stage_seconds else NO_NUMBER,
    )


def list_key_figures(figures: DeskFigures) -> list[KeyFigure]:
    """Return the numbers of how we are doing: about people only for a reviewer who may know them."""
    return [*(_list_people_figures(figures.people) if figures.people else ()), _describe_coverage(figures.seats)]


def _describe_coverage(seats: SeatFigures) -> KeyFigure:
    numbers = {
        "filled": format_number(seats.filled_count),
        "asked": format_number(seats.asked_count),
        "proposed": format_number(seats.proposed_count),
    }
    note = _("%(filled)s of %(asked)s seats are filled. For %(proposed)s more a person is proposed.") % numbers
    return KeyFigure(_("Coverage"), _format_share(seats.filled_count, seats.asked_count), note)


def _list_people_figures(people: PeopleFigures) -> list[KeyFigure]:
    few = _("This is told from %(count)d people on.") % {"count": FEWEST_PEOPLE_TOLD}
    reached, reachable = people.reached_count, people.reachable_count
    numbers = {name: format_number(value or 0) for name, value in (("reached", reached), ("reachable", reachable))}
    reached_note = _("%(reached)s of %(reachable)s people who can be asked have a proposal, an offer or a project.")
    hours = {"used": format_number(people.used_hours or 0), "offered": format_number(people.offered_hours or 0)}
    hours_note = _("%(used)s of %(offered)s hours a week are used or proposed.") % hours
    days = people.median_answer_days
    answers_note = _("Half of %(count)s people who joined in the last 90 days had an answer in this time.")
    idle = people.idle_share
    return [
        KeyFigure(
            _("People reached"), _format_share(reached, reachable), few if reached is None else reached_note % numbers
        ),
        KeyFigure(
            _("Idle hours"), NO_NUMBER if idle is None else format_percent(idle, 0), few if idle is None else hours_note
        ),
        KeyFigure(
            _("Days to a first answer"),
            NO_NUMBER if days is None else format_number(days),
            few if days is None else answers_note % {"count": format_number(people.answered_count or 0)},
        ),
    ]


def _format_share(part: int | None, whole: int | None) -> str:
    return NO_NUMBER if part is None or not whole else format_percent(part / whole, 0)


def list_charts(figures: DeskFigures) -> list[BarChart]:
    """Return the charts that have something to show."""
    charts = [
        _chart_empty_seats(
            _("Empty seats by skill"),
            _("Skill"),
            [(row.name, row.asked_count, row.empty_count) for row in figures.seats.by_skill],
        ),
        _chart_empty_seats(
            _("Empty seats by election day"),
            _("Election day"),
            [
                (
                    format_day_with_year(row.election_on) if row.election_on else _("Later"),
                    row.asked_count,
                    row.empty_count,
                )
                for row in figures.seats.by_election
            ],
        ),
        _chart_recruited_skills(figures.recruited_skills),
    ]
    return [chart for chart in charts if chart.bars]


def _chart_empty_seats(title: str, label: str, rows: Sequence[tuple[str, int, int]]) -> BarChart:
    bars = [(name, [format_number(empty), format_number(asked)], empty, asked) for name, asked, empty in rows]
    sentence = _("The first part of a bar is empty seats, the whole bar is seats asked for.")
    return BarChart(title, sentence, [label, _("Empty"), _("Asked for")], draw_bars(bars))


def _chart_recruited_skills(rows: Sequence[RecruitedSkill]) -> BarChart:
    bars = [
        (
            row.name,
            [format_number(row.points_added), str(WEEKDAYS[row.weekday]), format_number(row.empty_count)],
            row.points_added,
            row.points_added,
        )
        for row in rows
    ]
    headers = [_("Skill"), _("Points"), _("Best free on (UTC)"), _("Empty seats")]
    sentence = _("Points that one more volunteer with the skill would have added to the last run over everything.")
    return BarChart(_("Whom to recruit"), sentence, headers, draw_bars(bars))
