from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.actions.contest_days import correct_contest_days
from campaigns.actions.registration import register_campaign
from campaigns.actions.requests import draft_request
from campaigns.draft_rules import RequestDraft
from campaigns.models import Contest, Member, Request
from core.clock_rules import end_of_day
from core.errors import Invalid, NotAllowed
from core.models import Notice, User
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import FRONT_END_ROLE, Cast, build_candidacy
from tests.match_factory import make_active_match, make_offered_match

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def correct(cast: Cast, election_on: date, at: datetime, primary_on: date | None = None) -> Contest:
    contest = cast.campaign.candidate.contest
    correct_contest_days(actor=cast.rita, contest=contest, election_on=election_on, primary_on=primary_on, at=at)
    contest.refresh_from_db()
    return contest


def test_requests_that_end_too_late_for_the_new_day_are_shortened_and_their_people_asked_again(
    cast: Cast, now: datetime
) -> None:
    match = make_offered_match(cast, now)
    Contest.objects.update(election_on=now.date() + 100 * DAY)
    Request.objects.update(ends_on=now.date() + 21 * WEEK)
    new_day = now.date() + 5 * DAY

    contest = correct(cast, new_day, now)

    request = Request.objects.get(pk=cast.request.pk)
    assert contest.election_on == new_day
    assert request.ends_on == new_day + 8 * WEEK
    assert request.state == Request.State.PUBLISHED
    match.refresh_from_db()
    assert match.state == MatchState.OFFERED
    assert Notice.objects.filter(kind="offer-changed", recipient=cast.alice).exists()
    assert Notice.objects.filter(kind="election-day-corrected", recipient=cast.carol).count() == 1


def test_a_request_that_would_begin_too_late_is_cancelled(cast: Cast, now: datetime) -> None:
    election = cast.campaign.candidate.contest.election_on
    late = RequestDraft(
        title="Late", starts_on=election + 7 * WEEK, ends_on=election + 8 * WEEK, roles=[FRONT_END_ROLE]
    )
    drafted = draft_request(actor=cast.carol, campaign=cast.campaign, draft=late, at=now)

    correct(cast, election - 2 * WEEK, now)

    drafted.refresh_from_db()
    cast.request.refresh_from_db()
    assert (drafted.state, cast.request.state) == (Request.State.CANCELLED, Request.State.PUBLISHED)


def test_a_later_day_changes_no_request_and_moves_the_end_of_work_that_has_begun(cast: Cast, now: datetime) -> None:
    Contest.objects.update(election_on=cast.request.ends_on - 7 * DAY)
    match = make_active_match(cast, now)
    before = Request.objects.get(pk=cast.request.pk)
    first_due = match.due_at

    correct(cast, now.date() + 150 * DAY, now)

    after, moved = Request.objects.get(pk=cast.request.pk), Match.objects.get(pk=match.pk)
    assert (after.ends_on, after.version) == (before.ends_on, before.version)
    assert first_due is not None
    assert moved.due_at is not None
    assert moved.due_at > first_due
    assert moved.due_at >= end_of_day(after.ends_on, after.time_zone)


def test_the_cycle_follows_the_day(cast: Cast, now: datetime) -> None:
    contest = correct(cast, date(2027, 11, 2), now, primary_on=date(2027, 8, 3))

    assert (contest.cycle, contest.primary_on) == (2027, date(2027, 8, 3))


def test_a_year_in_which_the_office_has_another_contest_is_refused(cast: Cast, now: datetime) -> None:
    candidacy = build_candidacy("Pat Roe", now, election_on=date(2027, 11, 2))
    register_campaign(actor=cast.dave, candidacy=candidacy, name="Roe", at=now)

    with pytest.raises(Invalid, match="2027"):
        correct(cast, date(2027, 11, 9), now)


@pytest.mark.parametrize(
    ("election_on", "primary_on", "field"),
    [(date(9999, 1, 1), None, "election_on"), (date(2026, 11, 3), date(2026, 11, 3), "primary_on")],
)
def test_the_new_days_are_judged(
    cast: Cast, now: datetime, election_on: date, primary_on: date | None, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        correct(cast, election_on, now, primary_on)
    assert refused.value.field == field


def test_only_a_reviewer_without_a_part_corrects(cast: Cast, now: datetime) -> None:
    contest, day = cast.campaign.candidate.contest, date(2026, 11, 3)
    with pytest.raises(NotAllowed):
        correct_contest_days(actor=cast.carol, contest=contest, election_on=day, primary_on=None, at=now)
    Member.objects.create(campaign=cast.campaign, user=cast.rita, position="staff", since=now)
    with pytest.raises(NotAllowed):
        correct_contest_days(actor=cast.rita, contest=contest, election_on=day, primary_on=None, at=now)


def test_an_election_that_is_ahead_is_not_corrected_into_the_past(cast: Cast, now: datetime) -> None:
    with pytest.raises(Invalid, match="This day is over"):
        correct(cast, now.date() - timedelta(days=1), now, None)


def test_the_admin_corrects_the_days_by_a_button(cast: Cast, reviewer_client: Client, now: datetime) -> None:
    contest = cast.campaign.candidate.contest
    address = reverse("admin:campaigns_contest_correct_days", args=[contest.pk])

    seen = {"seen_election_on": contest.election_on}
    assert reviewer_client.get(address).status_code == 200
    refused = reviewer_client.post(address, seen | {"election_on": "9999-12-31", "primary_on": ""})
    assert "out of range" in refused.content.decode()
    days = {"election_on": "2026-11-03", "primary_on": "2026-08-04"}
    assert reviewer_client.post(address, seen | days).status_code == 302

    contest.refresh_from_db()
    assert (contest.election_on, contest.primary_on) == (date(2026, 11, 3), date(2026, 8, 4))


def test_the_form_shows_each_mistake_at_its_field(cast: Cast, reviewer_client: Client) -> None:
    contest = cast.campaign.candidate.contest
    page = reverse("admin:campaigns_contest_correct_days", args=[contest.pk])

    days = {"election_on": "2060-11-03", "primary_on": "2061-01-01"}
    answer = reviewer_client.post(page, {"seen_election_on": contest.election_on} | days)

    assert {name: len(texts) for name, texts in answer.context["form"].errors.items()} == {
        "election_on": 1,
        "primary_on": 1,
    }
    assert Contest.objects.get(pk=contest.pk).election_on == contest.election_on


def test_the_button_is_not_there_for_an_administrator_with_a_part(
    cast: Cast, reviewer_client: Client, now: datetime
) -> None:
    """Though the list of contests is: administrators see where every reviewer has a part."""
    contest = cast.campaign.candidate.contest
    User.objects.filter(pk=cast.rita.pk).update(is_superuser=True)
    Member.objects.create(campaign=cast.campaign, user=cast.rita, position="staff", since=now)

    answer = reviewer_client.get(reverse("admin:campaigns_contest_correct_days", args=[contest.pk]))

    assert answer.status_code == 404
    assert reviewer_client.get("/admin/campaigns/contest/").context["cl"].queryset.get() == contest
