"""A campaign whose candidate has not agreed is verified with a reason in words."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from campaigns.actions.candidate_links import record_candidate_consent, send_candidate_link
from campaigns.actions.registration import register_campaign
from campaigns.actions.verification import verify_campaign
from campaigns.link_tokens import derive_link_token
from campaigns.models import Campaign, CandidateStop, Filing
from campaigns.models.campaign import MAX_VERIFICATION_REASON_LENGTH
from campaigns.notice_types import CampaignNotice
from core.errors import Invalid
from tests.cast import Cast, build_candidacy, create_user


def register(cast: Cast, at: datetime, candidate: str = "Pat Roe") -> Campaign:
    return register_campaign(actor=cast.dave, candidacy=build_candidacy(candidate, at), name=candidate, at=at)


def send_link(cast: Cast, campaign: Campaign, at: datetime) -> str:
    link = send_candidate_link(actor=cast.rita, campaign=campaign, email=f"{campaign.pk}@roe.example", at=at)
    return derive_link_token(CampaignNotice.CANDIDATE_LINK, link.public_id)


@pytest.mark.parametrize("is_link_sent", [False, True])
def test_without_the_candidates_yes_it_takes_a_reason_that_history_keeps(
    cast: Cast, now: datetime, is_link_sent: bool
) -> None:
    campaign = register(cast, now)
    if is_link_sent:
        send_link(cast, campaign, now)

    for wrong in ("", "  ", "x" * (MAX_VERIFICATION_REASON_LENGTH + 1)):
        with pytest.raises(Invalid) as refusal:
            verify_campaign(actor=cast.rita, campaign=campaign, at=now, reason=wrong)
        assert [error.path for error in refusal.value.errors] == ["reason"]
    verified = verify_campaign(actor=cast.rita, campaign=campaign, at=now, reason=" Met at the office. ")

    assert verified.verification_reason == "Met at the office."
    events = Campaign.pgh_event_model.objects.filter(pgh_obj_id=campaign.pk)  # type: ignore[attr-defined]
    assert events.latest("pgh_id").verification_reason == "Met at the office."


def test_with_the_candidates_yes_it_takes_none_and_stores_none(cast: Cast, now: datetime) -> None:
    campaign = register(cast, now)
    record_candidate_consent(token=send_link(cast, campaign, now), at=now)

    assert verify_campaign(actor=cast.rita, campaign=campaign, at=now, reason="So.").verification_reason == ""


def test_a_newer_link_makes_an_older_yes_void(cast: Cast, now: datetime) -> None:
    campaign = register(cast, now)
    record_candidate_consent(token=send_link(cast, campaign, now), at=now)
    send_link(cast, campaign, now)

    with pytest.raises(Invalid):
        verify_campaign(actor=cast.rita, campaign=campaign, at=now)


def test_the_button_first_says_what_is_missing_of_each_campaign(
    reviewer_client: Client, cast: Cast, now: datetime
) -> None:
    unsent, unanswered, agreed = (register(cast, now, name) for name in ("Ann Roe", "Ben Roe", "Cem Roe"))
    send_link(cast, unanswered, now - timedelta(days=2))
    record_candidate_consent(token=send_link(cast, agreed, now), at=now)
    campaigns = [Campaign.objects.get(pk=row.pk) for row in (unsent, unanswered, agreed)]
    sent: dict[str, object] = {"action": "verify_selected", "_selected_action": [row.pk for row in campaigns]}
    sent |= {f"version-{row.pk}": row.version for row in campaigns}

    page = reviewer_client.post("/admin/campaigns/campaign/", sent).content.decode()

    assert Campaign.objects.filter(name__endswith="Roe", state="verified").count() == 0
    for words in ("No link was sent", "and they have not answered yet", "They said so with their link on"):
        assert page.count(words) == 1
    assert page.count("No phone to call back is stated.") == 3
    again = reviewer_client.post("/admin/campaigns/campaign/", sent | {"reason": " "}).content.decode()
    assert "Say how you know that this campaign acts for them, or wait." in again
    assert Campaign.objects.filter(name__endswith="Roe", state="verified").count() == 0
    reviewer_client.post("/admin/campaigns/campaign/", sent | {"reason": "Met at the office."})
    reasons = Campaign.objects.filter(name__endswith="Roe").order_by("name")
    assert list(reasons.values_list("state", "verification_reason")) == [
        ("verified", "Met at the office."),
        ("verified", "Met at the office."),
        ("verified", ""),
    ]


def test_where_all_have_agreed_the_page_asks_for_no_reason(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    campaign = register(cast, now)
    record_candidate_consent(token=send_link(cast, campaign, now), at=now)
    campaign.refresh_from_db()
    sent = {"action": "verify_selected", "_selected_action": campaign.pk, f"version-{campaign.pk}": campaign.version}

    page = reviewer_client.post("/admin/campaigns/campaign/", sent).content.decode()

    assert "<textarea" not in page
    reviewer_client.post("/admin/campaigns/campaign/", sent | {"reason": ""})
    campaign.refresh_from_db()
    assert campaign.state == "verified"


def test_the_list_shows_what_the_start_page_counts_the_late_ones_first(
    reviewer_client: Client, cast: Cast, now: datetime
) -> None:
    names = ("Soon", "Late", "Stopped")
    found = {}
    for number, name in enumerate(names):
        candidacy = build_candidacy(f"Pat {name}", now, office=f"Mayor of {name}", level="local", district=name)
        found[name] = register_campaign(actor=create_user(name.lower()), candidacy=candidacy, name=name, at=now)
        due_at = now + timedelta(days=2 - number)
        Campaign.objects.filter(pk=found[name].pk).update(answer_due_at=None if name == "Stopped" else due_at)
    CandidateStop.objects.create(campaign=found["Stopped"], stopped_at=now, answer_due_at=now + timedelta(days=1))

    address = "/admin/campaigns/campaign/?verification=due"
    assert f'href="{address}"' in reviewer_client.get("/admin/").content.decode()
    listed = reviewer_client.get(address)

    assert [campaign.name for campaign in listed.context["cl"].result_list] == ["Late", "Soon"]
    assert "Wednesday, 4 March" in listed.content.decode()
    everything = reviewer_client.get("/admin/campaigns/campaign/").content.decode()
    assert everything.count("Stopped by the candidate") == 1


def test_a_reviewer_sees_that_a_filing_was_changed_after_the_candidates_no(
    reviewer_client: Client, cast: Cast, now: datetime
) -> None:
    CandidateStop.objects.create(
        campaign=cast.campaign, stopped_at=now, answer_due_at=now, handled_at=now, outcome="resumed", note="Fine."
    )
    filing = Filing.objects.create(campaign=cast.campaign, stated_at=now - timedelta(days=1))
    page = f"/admin/campaigns/campaign/{cast.campaign.pk}/change/"

    def is_marked() -> bool:
        [inline] = [
            formset
            for formset in reviewer_client.get(page).context["inline_admin_formsets"]
            if formset.opts.model is Filing
        ]
        marked: bool = inline.opts.changed_after_stop(Filing.objects.get(pk=filing.pk))
        return marked

    assert not is_marked()
    Filing.objects.update(stated_at=now + timedelta(days=1))
    assert is_marked()
