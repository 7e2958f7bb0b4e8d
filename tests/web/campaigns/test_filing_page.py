"""Managers see and change how their campaign is checked; a colleague's safe phone is a look that is recorded."""

from datetime import datetime

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from campaigns.actions.filings import state_filing
from campaigns.actions.registration import register_campaign
from campaigns.filing_rules import FilingChange
from campaigns.models import Filing, Member
from core.models import ContactAccess
from tests.cast import Cast, build_candidacy, sign_in_browser


def test_a_manager_states_how_a_new_campaign_is_checked(cast: Cast, now: datetime, client: Client) -> None:
    campaign = register_campaign(actor=cast.dave, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)
    client.force_login(cast.dave)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": timezone.now().timestamp()}]
    session["account_authentication_methods_user"] = str(cast.dave.pk)
    session.save()
    address = reverse("campaign-filing-page", args=[campaign.public_id])
    wrong = client.post(address, {"reference": "", "callback_phone": "x", "safe_phone": "", "version": "0"})
    assert [*wrong.context["page_form"].errors] == ["reference", "callback_phone", "safe_phone"]

    facts = {"reference": "SEEC 4711", "callback_phone": "503 555 0142", "safe_phone": "503 555 0177"}
    page = client.post(address, facts | {"version": "0"}, follow=True).content.decode()

    assert all(f'value="{fact}"' in page for fact in facts.values())
    stale = client.post(address, facts | {"reference": "SEEC 1", "version": "0"})
    assert (stale.status_code, Filing.objects.get().reference) == (409, "SEEC 4711")


def test_what_was_checked_is_read_only_and_a_look_at_anothers_phone_is_recorded(
    cast: Cast, carols: Client, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="manager", since=now)
    phone = FilingChange(safe_phone="503 555 0177")
    state_filing(actor=cast.dave, campaign=cast.campaign, change=phone, at=now)

    with django_assert_num_queries(9):
        page = carols.get(reverse("campaign-filing-page", args=[cast.campaign.public_id])).content.decode()

    assert "503 555 0177" in page
    assert 'name="reference"' not in page
    assert ContactAccess.objects.get().subject_id == cast.dave.pk


def test_an_old_session_changes_no_safe_phone(cast: Cast, client: Client) -> None:
    sign_in_browser(client, cast.carol, is_long_ago=True)
    address = reverse("campaign-filing-page", args=[cast.campaign.public_id])

    sent = client.post(address, {"safe_phone": "503 555 0199", "version": "0"})

    assert sent["Location"].startswith("/accounts/2fa/reauthenticate/?next=")
    assert not Filing.objects.exists()
