"""A button of a list in the admin decides about rows as the reviewer saw them, and about no other."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from campaigns.actions.filings import state_filing
from campaigns.actions.registration import register_campaign
from campaigns.filing_rules import FilingChange, FilingFacts
from campaigns.models import Campaign, Contest
from core.admin_seen_versions import SeenVersionsMixin
from matching.models import Match, Policy
from matching.runs.actions.policies import draft_policy
from tests.ballots import import_ballot
from tests.cast import Cast, build_candidacy
from tests.match_factory import make_proposed_match
from volunteers.models import Volunteer

LISTS_WITHOUT_VERSIONS = {
    "core.bouncedaddress": "Letters leave for an address again, whyever they came back.",
    "core.notice": "A notice that failed is sent again: its text is made then.",
    "core.unknownskillword": "A word is removed, and counted again when it is typed again.",
    "matching.run": "A run is stopped, whatever it has found by then.",
}
"""Lists with buttons that decide nothing by what a row says, and why."""


def test_each_list_with_buttons_sends_versions_or_says_why_not() -> None:
    lists = {model._meta.label_lower: page for model, page in admin.site._registry.items() if page.actions}

    without = {label for label, page in lists.items() if not isinstance(page, SeenVersionsMixin)}

    assert without == LISTS_WITHOUT_VERSIONS.keys()


Change = Callable[[Any], object]
Prepare = Callable[[Cast, datetime], tuple[Any, Change]]


def prepare_verify(cast: Cast, now: datetime) -> tuple[Any, Change]:
    """A campaign whose manager states another filing meanwhile."""
    filing = FilingFacts(reference="SEEC 1", callback_phone="503 555 0142", safe_phone="503 555 0177")
    candidacy = build_candidacy("Pat Roe", now)
    campaign = register_campaign(actor=cast.dave, candidacy=candidacy, name="Roe", filing=filing, at=now)
    change = FilingChange(callback_phone="503 555 0199")
    return campaign, lambda row: state_filing(actor=cast.dave, campaign=row, change=change, at=now)


def prepare_verify_imported(cast: Cast, now: datetime) -> tuple[Any, Change]:
    """A campaign to which a ballot gives another candidate meanwhile."""
    import_ballot(now, {})
    campaign = Campaign.objects.get(source="ballot")
    return campaign, lambda row: import_ballot(now, {"candidate": "Lee Poe"})


def prepare_resume(cast: Cast, now: datetime) -> tuple[Any, Change]:
    Campaign.objects.filter(pk=cast.campaign.pk).update(paused_at=now)
    return cast.campaign, touch


def prepare_proposal(cast: Cast, now: datetime) -> tuple[Any, Change]:
    return make_proposed_match(cast, now), touch


def prepare_invite(cast: Cast, now: datetime) -> tuple[Any, Change]:
    row = Volunteer.objects.create(
        first_name="Ina", email="ina@example.org", max_hours_per_week=2, time_zone="UTC", adult=True, waiting_since=now
    )
    return row, touch


def prepare_policy(cast: Cast, now: datetime) -> tuple[Any, Change]:
    row = draft_policy(actor=cast.rita, name="N", changes={})
    return row, lambda policy: Policy.objects.filter(pk=policy.pk).update(offer_hours=1)


def touch(row: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(version=row.version + 1)


BUTTONS = {
    "campaigns/campaign": [
        ("verify_selected", prepare_verify),
        ("verify_selected", prepare_verify_imported),
        ("resume_selected", prepare_resume),
    ],
    "matching/proposal": [("approve_selected", prepare_proposal)],
    "matching/policy": [("activate_selected", prepare_policy)],
    "volunteers/volunteer": [("invite_selected", prepare_invite)],
}
CASES = [(path, *button) for path, buttons in BUTTONS.items() for button in buttons]


def list_versions(browser: Client, path: str) -> dict[str, str]:
    """The versions that the list sends along."""
    page = browser.get(f"/admin/{path}/").content.decode()
    return dict(re.findall(r'<input type="hidden" name="(version-\d+)" value="(\w+)">', page))


@pytest.mark.parametrize(("path", "button", "prepare"), CASES)
def test_a_row_that_has_changed_or_was_not_there_is_refused_by_name(
    reviewer_client: Client,
    cast: Cast,
    now: datetime,
    path: str,
    button: str,
    prepare: Callable[..., tuple[Any, Change]],
) -> None:
    row, change = prepare(cast, now)
    seen, chosen = (
        list_versions(reviewer_client, path),
        {"action": button, "_selected_action": row.pk, "reason": "By phone."},
    )
    assert f"version-{row.pk}" in seen
    change(row)
    before = type(row).objects.filter(pk=row.pk).values().get()

    stale = reviewer_client.post(f"/admin/{path}/", chosen | seen, follow=True).context["messages"]
    unseen = reviewer_client.post(f"/admin/{path}/", chosen, follow=True).context["messages"]

    name = str(row.volunteer) if isinstance(row, Match) else str(type(row).objects.get(pk=row.pk))
    for [message], words in ((list(stale), "changed"), (list(unseen), "not on the page from which you sent it")):
        assert message.level_tag == "error"
        assert str(message).startswith(f"{name}: ")
        assert words in str(message)
    assert type(row).objects.filter(pk=row.pk).values().get() == before


@pytest.mark.parametrize(("path", "button", "prepare"), CASES)
def test_a_row_as_it_was_seen_is_decided(
    reviewer_client: Client,
    cast: Cast,
    now: datetime,
    path: str,
    button: str,
    prepare: Callable[..., tuple[Any, Change]],
) -> None:
    row, _change = prepare(cast, now)
    sent = {"action": button, "_selected_action": row.pk, "reason": "By phone."} | list_versions(reviewer_client, path)

    answer = reviewer_client.post(f"/admin/{path}/", sent, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["success"]


def test_what_a_match_changes_about_a_volunteer_is_told_by_no_version(reviewer_client: Client, cast: Cast) -> None:
    versions = list_versions(reviewer_client, "volunteers/volunteer")

    assert set(versions.values()) == {"0"}


def test_days_of_a_contest_that_were_corrected_meanwhile_are_not_overwritten(
    reviewer_client: Client, cast: Cast, now: datetime
) -> None:
    contest = cast.campaign.candidate.contest
    page = f"/admin/campaigns/contest/{contest.pk}/correct-days/"
    seen = {f"seen_{name}": reviewer_client.get(page).context["form"].initial[name] for name in ("election_on",)}
    other, mine = (contest.election_on + timedelta(days=days) for days in (7, 14))
    Contest.objects.filter(pk=contest.pk).update(election_on=other)

    answer = reviewer_client.post(page, seen | {"election_on": mine})

    assert "were corrected since you loaded them" in answer.content.decode()
    contest.refresh_from_db()
    assert contest.election_on == other
    reviewer_client.post(page, {"election_on": mine, "seen_election_on": other})
    contest.refresh_from_db()
    assert contest.election_on == mine


def test_a_version_that_is_no_number_is_refused(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    match = make_proposed_match(cast, now)
    form = {"action": "approve_selected", "_selected_action": [match.pk], f"version-{match.pk}": "abc"}

    answer = reviewer_client.post("/admin/matching/proposal/", form, follow=True)

    assert answer.status_code == 200
    assert "This was not on the page from which you sent it." in answer.content.decode()
    assert Match.objects.get(pk=match.pk).state == "proposed"
