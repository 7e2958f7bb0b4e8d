"""Who corrects the names of a candidate and a campaign, until when, and what the history keeps."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.actions.names import correct_names
from campaigns.actions.registration import register_campaign
from campaigns.models import Campaign, Candidate, CandidateLink
from campaigns.name_rules import NameChange
from core.errors import Invalid, NotAllowed, Stale, WrongState
from tests.cast import Cast, build_candidacy, create_user, sign_in_browser

RIGHT = NameChange(candidate="Pat  Rowe", name="Rowe for all")


@pytest.fixture
def campaign(cast: Cast, now: datetime) -> Campaign:
    """Dave's campaign, with a slip in both names."""
    return register_campaign(actor=cast.dave, candidacy=build_candidacy("Pat Roe", now), name="Roe for all", at=now)


def test_a_manager_corrects_both_names_and_the_history_keeps_the_old_ones(
    cast: Cast, campaign: Campaign, now: datetime
) -> None:
    corrected = correct_names(actor=cast.dave, campaign=campaign, change=RIGHT, at=now, version=campaign.version)

    assert (corrected.name, Candidate.objects.get(campaign=campaign).name) == ("Rowe for all", "Pat Rowe")
    assert corrected.version == campaign.version + 1
    events = Candidate.pgh_event_model.objects.filter(pgh_obj=campaign.candidate_id)  # type: ignore[attr-defined]
    assert [*events.order_by("pgh_id").values_list("name", flat=True)] == ["Pat Roe", "Pat Rowe"]
    again = correct_names(actor=cast.dave, campaign=campaign, change=RIGHT, at=now)
    assert again.version == corrected.version
    with pytest.raises(Stale):
        correct_names(actor=cast.dave, campaign=campaign, change=NameChange(name="X"), at=now, version=campaign.version)


def test_after_the_verification_only_a_reviewer_corrects_a_name(cast: Cast, now: datetime) -> None:
    with pytest.raises(WrongState):
        correct_names(actor=cast.carol, campaign=cast.campaign, change=RIGHT, at=now)

    correct_names(actor=cast.rita, campaign=cast.campaign, change=RIGHT, at=now)

    assert Campaign.objects.get(pk=cast.campaign.pk).name == "Rowe for all"


def test_a_stranger_an_empty_name_a_long_one_and_one_of_another_candidate_are_refused(
    cast: Cast, campaign: Campaign, now: datetime
) -> None:
    Candidate.objects.create(contest=campaign.candidate.contest, name="Jo Poe")
    with pytest.raises(NotAllowed):
        correct_names(actor=create_user("zoe"), campaign=campaign, change=RIGHT, at=now)
    for change in (
        NameChange(candidate=" "),
        NameChange(candidate="x" * 121),
        NameChange(name="x" * 161),
        NameChange(candidate="JO  Poé"),
    ):
        with pytest.raises(Invalid):
            correct_names(actor=cast.dave, campaign=campaign, change=change, at=now)


def test_a_candidate_who_agreed_keeps_the_name_of_the_yes(cast: Cast, campaign: Campaign, now: datetime) -> None:
    CandidateLink.objects.create(
        campaign=campaign, token_digest="d" * 64, email="pat@example.org", created_at=now, consented_at=now
    )

    with pytest.raises(WrongState):
        correct_names(actor=cast.dave, campaign=campaign, change=RIGHT, at=now)

    correct_names(actor=cast.dave, campaign=campaign, change=NameChange(name="Rowe for all"), at=now)


def test_the_page_shows_both_names_and_a_reviewer_has_a_button(
    cast: Cast, campaign: Campaign, reviewer_client: Client, now: datetime
) -> None:
    client, address = Client(), reverse("campaign-names", args=[campaign.public_id])
    sign_in_browser(client, cast.dave)
    assert 'value="Pat Roe"' in client.get(address).content.decode()
    sent = {"candidate": "Pat Rowe", "name": "Rowe for all", "version": campaign.version}
    assert "Saved. We check the campaign" in client.post(address, sent, follow=True).content.decode()

    button = f"/admin/campaigns/campaign/{campaign.pk}/correct-names/"
    assert "Pat Rowe" in reviewer_client.get(button, follow=True).content.decode()
    sent = {"candidate": "Pat Rowen", "name": "Rowen for all", "version": campaign.version + 1}
    assert "The names are corrected." in reviewer_client.post(button, sent, follow=True).content.decode()
    assert Candidate.objects.get(campaign=campaign).name == "Pat Rowen"
