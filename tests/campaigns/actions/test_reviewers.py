"""Notices for reviewers reach those without a part in the contest; where there is none, the administrators."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from campaigns.actions.candidate_links import send_candidate_link
from campaigns.actions.manager_ends import end_manager_access
from campaigns.actions.registration import register_campaign
from campaigns.actions.reminders import remind_of_unverified_campaigns
from campaigns.link_tokens import derive_link_token
from campaigns.models import Campaign, Member
from core.errors import NotAllowed
from core.models import Notice, User
from core.notifications.notice_types import render_notices
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.lifecycle.actions.missing_reviewers import remind_of_missing_reviewers
from matching.lifecycle.actions.problem_reports import report_problem
from tests.cast import Cast, build_candidacy, create_user, verify_by_phone
from tests.match_factory import make_active_match


@pytest.fixture
def ruth(cast: Cast, now: datetime) -> User:
    """A second reviewer, who is on the staff of Carol's campaign."""
    user = create_user("ruth", reviewer=True)
    Member.objects.create(campaign=cast.campaign, user=user, position="staff", since=now)
    return user


@pytest.fixture
def admin(cast: Cast) -> User:
    """An administrator who is no reviewer."""
    user = create_user("ada")
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    return User.objects.get(pk=user.pk)


def register_opponent(cast: Cast, now: datetime) -> Campaign:
    candidacy = build_candidacy("Pat Roe", now)
    return register_campaign(actor=cast.dave, candidacy=candidacy, name="Roe for Senate", at=now)


def recipients(kind: str) -> list[str]:
    addresses = Notice.objects.filter(kind=kind).values_list("recipient__email", flat=True)
    return sorted(str(address).split("@")[0] for address in addresses)


def take_part(user: User, cast: Cast, now: datetime) -> None:
    Member.objects.create(campaign=cast.campaign, user=user, position="treasurer", since=now)


def read(notice: Notice, at: datetime) -> str | None:
    """Return the notice's text as its recipient gets it; None when it is dropped."""
    rendered = render_notices([notice], language="en", at=at)[notice.pk]
    assert not isinstance(rendered, Exception)
    return f"{rendered.subject} {rendered.text} {rendered.address}" if rendered else None


def test_a_reviewer_with_a_part_is_not_asked_to_verify(cast: Cast, ruth: User, admin: User, now: datetime) -> None:
    register_opponent(cast, now)
    remind_of_unverified_campaigns(time_zone="UTC", at=now + timedelta(days=3))

    assert recipients("verification-requested") == ["rita"]
    assert recipients("verification-overdue") == ["rita"]
    assert recipients("contest-without-reviewer") == []


def test_a_campaign_waits_for_a_reviewer_from_outside_and_administrators_hear_it_each_working_day(
    cast: Cast, ruth: User, admin: User, now: datetime
) -> None:
    take_part(cast.rita, cast, now)
    opponent = register_opponent(cast, now)
    assert (recipients("verification-requested"), recipients("contest-without-reviewer")) == ([], ["ada"])
    for reviewer in (ruth, cast.rita):
        with pytest.raises(NotAllowed, match="You have a part in this contest yourself, so another reviewer decides"):
            verify_by_phone(actor=reviewer, campaign=opponent, at=now)

    for hours in range(24, 24 * 7 + 7, 6):
        remind_of_unverified_campaigns(time_zone="UTC", at=now + timedelta(hours=hours))

    # The first as it was registered, the next once a review would be over.
    days = (
        Notice.objects.filter(kind="contest-without-reviewer")
        .order_by("created_at")
        .values_list("created_at", flat=True)
    )
    assert [f"{day:%a}" for day in days] == ["Mon", "Wed", "Thu", "Fri", "Mon"]
    assert recipients("verification-overdue") == []
    verify_by_phone(actor=create_user("otto", reviewer=True), campaign=opponent, at=now)


def test_an_administrator_with_a_part_learns_which_contest_it_is_and_nothing_of_it(
    cast: Cast, ruth: User, reviewer_client: Client, now: datetime
) -> None:
    User.objects.filter(pk=cast.rita.pk).update(is_superuser=True)
    take_part(cast.rita, cast, now)
    opponent = register_opponent(cast, now)
    notice = Notice.objects.get(kind="contest-without-reviewer")

    said = read(notice, now)

    page = f"/admin/campaigns/contest/{opponent.candidate.contest_id}/change/"
    assert said is not None
    assert said.endswith(page)
    assert not [word for word in ("Roe", "Doe", "Senate") if word in said]
    shown = reviewer_client.get(page).content.decode()
    assert "State Senate" in shown
    assert not [word for word in ("Roe", "Doe") if word in shown]
    create_user("otto", reviewer=True)
    assert read(notice, now) is None


def test_a_notice_that_waits_is_dropped_once_its_reviewer_takes_part(cast: Cast, now: datetime) -> None:
    register_opponent(cast, now)
    notice = Notice.objects.get(kind="verification-requested")
    assert read(notice, now) is not None

    take_part(cast.rita, cast, now)

    assert read(notice, now) is None


def test_reports_and_incidents_go_past_a_reviewer_with_a_part(
    cast: Cast, ruth: User, admin: User, now: datetime
) -> None:
    report_problem(actor=cast.alice, match=make_active_match(cast, now), kind="other", at=now)
    incident = IncidentDetails(description="Odd mails.", since="Today", contact="Signal")
    report_incident(actor=cast.carol, campaign=cast.campaign, incident=incident, time_zone="UTC", at=now)

    assert (recipients("report"), recipients("incident")) == (["rita"], ["rita"])
    notice = Notice.objects.get(kind="incident")
    assert read(notice, now) is not None
    take_part(cast.rita, cast, now)
    assert read(notice, now) is None
    assert read(Notice.objects.get(kind="report"), now) is None


def test_a_report_that_none_may_close_is_told_to_the_administrators_each_working_day(
    cast: Cast, ruth: User, admin: User, now: datetime
) -> None:
    take_part(cast.rita, cast, now)
    report_problem(actor=cast.alice, match=make_active_match(cast, now), kind="other", at=now)
    assert (recipients("report"), recipients("contest-without-reviewer")) == ([], ["ada"])

    counts = [remind_of_missing_reviewers(at=now + timedelta(days=days)) for days in range(7)]

    assert counts == [1, 1, 1, 1, 1, 0, 0]
    assert Notice.objects.filter(kind="contest-without-reviewer").count() == 5
    create_user("otto", reviewer=True)
    assert remind_of_missing_reviewers(at=now + timedelta(days=7)) == 0


def test_only_reviewers_without_a_part_hear_that_a_candidate_ends_an_access(
    cast: Cast, ruth: User, now: datetime
) -> None:
    link = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.org", at=now)
    manager = cast.campaign.members.get(user=cast.carol).public_id

    end_manager_access(token=derive_link_token("candidate-link", link.public_id), manager=manager, at=now)

    assert recipients("manager-access-ended") == ["rita"]
