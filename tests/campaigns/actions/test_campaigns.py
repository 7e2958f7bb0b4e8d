from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from campaigns.actions.campaign_imports import load_campaigns
from campaigns.actions.campaign_pauses import pause_campaign, resume_campaign
from campaigns.actions.invitations import invite_member
from campaigns.actions.registration import register_campaign
from campaigns.daily_limits import MAX_CAMPAIGNS_REGISTERED_PER_DAY
from campaigns.models import Campaign, Candidate, Contest, Member
from core.errors import Invalid, TooManyRequests
from core.imports.importers import ImportRow
from core.models import Notice, Party
from core.notifications.notice_types import RenderedNotice, render_notices
from matching.models import Run
from tests.ballots import import_ballot
from tests.cast import FRONT_END_ROLE, Cast, build_candidacy, publish_new_request, verify_by_phone


def letter(notice: Notice, at: datetime) -> RenderedNotice | None:
    words = render_notices([notice], language="en", at=at)[notice.pk]
    assert not isinstance(words, Exception)
    return words


def test_a_new_campaign_is_told_to_the_reviewers_and_its_manager_hears_when_it_is_verified(
    cast: Cast, now: datetime
) -> None:
    Notice.objects.all().delete()
    campaign = register_campaign(
        actor=cast.dave, candidacy=build_candidacy("Pat Roe", now), name="Roe for Senate", at=now
    )
    waiting = Notice.objects.get(kind="verification-requested")
    assert waiting.recipient == cast.rita
    assert letter(waiting, now) is not None

    verify_by_phone(actor=cast.rita, campaign=campaign, at=now)

    assert letter(waiting, now) is None  # no longer true
    told = Notice.objects.get(kind="verified")
    assert (told.recipient, letter(told, now) is None) == (cast.dave, False)


def test_what_a_campaign_has_published_is_matched_as_soon_as_it_is_verified(cast: Cast, now: datetime) -> None:
    campaign = register_campaign(
        actor=cast.dave, candidacy=build_candidacy("Pat Roe", now), name="Roe for Senate", at=now
    )
    Run.objects.all().delete()
    request = publish_new_request(cast.dave, campaign, now, roles=[FRONT_END_ROLE])
    assert not Run.objects.exists()

    verify_by_phone(actor=cast.rita, campaign=campaign, at=now)

    assert list(Run.objects.get().roles.all()) == list(request.roles.all())


def test_a_paused_campaign_is_told_once_and_not_after_it_goes_on(cast: Cast, now: datetime) -> None:
    for _ in range(2):
        pause_campaign(campaign=cast.campaign, at=now)

    told = Notice.objects.get(kind="campaign-paused")
    assert (told.recipient, letter(told, now) is None) == (cast.carol, False)
    resume_campaign(actor=cast.rita, campaign=cast.campaign)
    assert letter(told, now) is None


def test_a_contest_that_is_here_with_other_facts_is_an_error_that_costs_a_registration(
    cast: Cast, now: datetime
) -> None:
    """Else anybody could see by the day in the answer which contests are here, and when their primary is."""
    stored = cast.campaign.candidate.contest
    changes = {
        "election_on": stored.election_on + timedelta(days=1),
        "primary_on": stored.election_on - timedelta(days=30),
        "level": "local",
    }

    for _number in range(MAX_CAMPAIGNS_REGISTERED_PER_DAY):
        with pytest.raises(Invalid) as refusal:
            register_campaign(actor=cast.dave, candidacy=build_candidacy("Mei Li", now, **changes), name="Li", at=now)

    assert {error.path for error in refusal.value.errors} == set(changes)
    assert str(stored.election_on.year) not in refusal.value.message
    with pytest.raises(TooManyRequests, match="5 campaigns a day"):
        register_campaign(actor=cast.dave, candidacy=build_candidacy("Mei Li", now), name="Li", at=now)
    assert not Campaign.objects.filter(candidate__name="Mei Li").exists()


@pytest.mark.parametrize("is_listed", [True, False])
def test_only_the_primary_of_a_listed_contest_may_be_left_out(cast: Cast, now: datetime, is_listed: bool) -> None:
    stored = cast.campaign.candidate.contest
    Contest.objects.filter(pk=stored.pk).update(primary_on=stored.election_on - timedelta(days=60))
    if is_listed:
        Campaign.objects.filter(pk=cast.campaign.pk).update(source="ballot", source_key="1")
    candidacy = build_candidacy("Mei Li", now)

    if is_listed:
        campaign = register_campaign(actor=cast.dave, candidacy=candidacy, name="Li", at=now)
        assert campaign.candidate.contest == stored
    else:
        with pytest.raises(Invalid) as refusal:
            register_campaign(actor=cast.dave, candidacy=candidacy, name="Li", at=now)
        assert {error.path for error in refusal.value.errors} == {"primary_on"}


@pytest.mark.parametrize("spelling", ["kim doe", "KIM  DOE", "Kím Doe", "Kim-Doe"])
def test_another_spelling_of_a_candidate_is_the_same_person(cast: Cast, now: datetime, spelling: str) -> None:
    with pytest.raises(Invalid, match="has a campaign here already"):
        register_campaign(actor=cast.dave, candidacy=build_candidacy(spelling, now), name="Doe", at=now)


def test_a_campaign_of_a_ballot_for_which_nobody_acts_is_taken_over_once(cast: Cast, now: datetime) -> None:
    import_ballot(now, {"candidate": "Pat Roe"})
    imported = Campaign.objects.get(candidate__name="Pat Roe")
    contest = imported.candidate.contest
    candidacy = build_candidacy(
        "PAT ROE", now, jurisdiction="US-OR", office="State House", district="12", election_on=contest.election_on
    )

    campaign = register_campaign(actor=cast.dave, candidacy=candidacy, name="Roe", at=now)

    assert campaign == imported
    campaign.refresh_from_db()
    assert (campaign.name, campaign.version, "name" in campaign.assumed) == ("Roe", imported.version + 1, False)
    assert [member.user for member in campaign.members.all()] == [cast.dave]
    assert campaign.answer_due_at is not None
    assert Notice.objects.filter(kind="verification-started", recipient=cast.dave).count() == 1
    with pytest.raises(Invalid, match="has a campaign here already"):
        register_campaign(actor=cast.bob, candidacy=candidacy, name="Roe", at=now)


@pytest.mark.parametrize("has_campaign", [True, False])
def test_a_party_that_is_given_is_stored_or_refused(cast: Cast, now: datetime, has_campaign: bool) -> None:
    import_ballot(now, {"candidate": "Pat Roe"}, {"candidate": "Mei Li", "party": "Green"})
    pat, mei = (Candidate.objects.get(name=name) for name in ("Pat Roe", "Mei Li"))
    if not has_campaign:
        Campaign.objects.filter(candidate__in=(pat, mei)).delete()
    Party.objects.get_or_create(code="harbor", defaults={"name": "Harbor"})

    def register(name: str, party: str) -> Campaign:
        candidacy = build_candidacy(
            name,
            now,
            jurisdiction="US-OR",
            office="State House",
            district="12",
            election_on=pat.contest.election_on,
            party=party,
        )
        return register_campaign(actor=cast.dave, candidacy=candidacy, name="Theirs", at=now)

    assert register("Pat Roe", "harbor").candidate == pat
    with pytest.raises(Invalid, match="here with another party") as refusal:
        register("Mei Li", "harbor")

    pat.refresh_from_db()
    mei.refresh_from_db()
    assert [error.path for error in refusal.value.errors] == ["party"]
    assert [candidate.party and candidate.party.code for candidate in (pat, mei)] == ["harbor", "green"]
    assert not Member.objects.filter(campaign__candidate=mei).exists()


def test_a_campaign_of_a_ballot_that_is_verified_or_has_an_invitation_is_not_taken_over(
    cast: Cast, now: datetime
) -> None:
    import_ballot(now, {"candidate": "Pat Roe"}, {"candidate": "Mei Li", "verified": True})
    pat = Campaign.objects.get(candidate__name="Pat Roe")
    invite_member(
        actor=cast.rita, campaign=pat, email="pat@example.org", position="manager", at=now, authenticated_at=now
    )
    election_on = pat.candidate.contest.election_on

    for name in ("Pat Roe", "Mei Li"):
        candidacy = build_candidacy(
            name, now, jurisdiction="US-OR", office="State House", district="12", election_on=election_on
        )
        with pytest.raises(Invalid, match="has a campaign here already"):
            register_campaign(actor=cast.dave, candidacy=candidacy, name="Theirs", at=now)


def test_another_spelling_on_a_ballot_is_the_same_person(cast: Cast, now: datetime) -> None:
    contest = cast.campaign.candidate.contest
    values = {
        "jurisdiction": contest.jurisdiction.code,
        "office": contest.office,
        "district": contest.district,
        "level": contest.level,
        "election_on": contest.election_on,
        "candidate": "KIM DOE",
    }
    row = ImportRow(line=1, key="1", values=values, is_first=True, assumed_fields=())

    with pytest.raises(Invalid, match="has a campaign here already"):
        load_campaigns(rows=[row], source="ballot", at=now)


def test_the_database_knows_spellings_too(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="campaigns_candidate_once_folded"):
        Candidate.objects.create(contest=cast.campaign.candidate.contest, name="KÍM DOE")
