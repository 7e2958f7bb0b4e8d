"""The candidate stops a campaign, and a reviewer closes the stop after a call."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from campaigns.actions.campaign_ends import end_campaign
from campaigns.actions.candidate_links import record_candidate_consent, send_candidate_link
from campaigns.actions.candidate_stops import close_candidate_stop, escalate_overdue_stops, stop_campaign
from campaigns.actions.manager_ends import find_manager_to_end
from campaigns.actions.publication import publish_request
from campaigns.actions.registration import register_campaign
from campaigns.actions.requests import draft_request
from campaigns.actions.verification import promise_verification
from campaigns.candidate_queries import find_open_stop, find_replacement
from campaigns.draft_rules import RequestDraft
from campaigns.link_tokens import derive_link_token
from campaigns.models import Campaign, CandidateLink, CandidateStop, Member, Request
from campaigns.models.candidate_stop import MAX_STOP_TEXT_LENGTH
from campaigns.notice_types import CampaignNotice
from campaigns.queries import campaigns_awaiting_verification
from core.errors import Invalid, NotAllowed, NotFound, WrongState
from core.models import Notice, User
from core.notifications.notice_types import RenderedNotice, render_notices
from matching.models import Match
from matching.rules.notice_types import MatchingNotice
from matching.rules.states import STATES_HOLDING_SEAT, STATES_NOT_OVER, MatchState
from tests.cast import FRONT_END_ROLE, Cast, build_candidacy, create_user, verify_by_phone
from tests.match_factory import make_match
from tests.notices import list_notified_names


def send_link(cast: Cast, at: datetime, campaign: Campaign | None = None) -> str:
    link = send_candidate_link(actor=cast.rita, campaign=campaign or cast.campaign, email="kim@example.org", at=at)
    return derive_link_token(CampaignNotice.CANDIDATE_LINK, link.public_id)


def stop(cast: Cast, at: datetime) -> CandidateStop:
    return stop_campaign(token=send_link(cast, at), reason="They are strangers.", at=at)


def make_draft(cast: Cast, at: datetime) -> Request:
    today = at.date()
    draft = RequestDraft(title="Texts", roles=[FRONT_END_ROLE], starts_on=today, ends_on=today + timedelta(days=9))
    return draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=at)


def read_letter(kind: str, user: User, at: datetime) -> RenderedNotice | None:
    notice = Notice.objects.get(kind=kind, recipient=user)
    letter = render_notices([notice], language="en", at=at)[notice.pk]
    assert not isinstance(letter, Exception)
    return letter


def test_a_no_calls_everything_off_and_promises_a_call(cast: Cast, now: datetime) -> None:
    token = send_link(cast, now)
    record_candidate_consent(token=token, at=now)

    stopped = stop_campaign(token=token, reason=" They are strangers. ", at=now)

    assert (stopped.reason, stopped.stopped_at, stopped.handled_at) == ("They are strangers.", now, None)
    assert now < stopped.answer_due_at <= now + timedelta(days=5)
    cast.request.refresh_from_db()
    assert cast.request.state == Request.State.CANCELLED
    assert Campaign.objects.get(pk=cast.campaign.pk).state == Campaign.State.VERIFIED
    assert CandidateLink.objects.get().consented_at is None


def test_a_second_no_is_the_first(cast: Cast, now: datetime) -> None:
    token = send_link(cast, now)
    first = stop_campaign(token=token, at=now)
    again = stop_campaign(token=token, reason="Once more.", at=now + timedelta(hours=1))

    assert (again, again.reason, CandidateStop.objects.count()) == (first, "", 1)
    assert Notice.objects.filter(kind=CampaignNotice.CAMPAIGN_STOPPED).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        CandidateStop.objects.create(campaign=cast.campaign, stopped_at=now, answer_due_at=now)


@pytest.mark.parametrize("state", STATES_NOT_OVER)
def test_each_match_ends_and_its_volunteer_hears_if_they_knew_of_it(
    cast: Cast, now: datetime, state: MatchState
) -> None:
    match = make_match(cast, now, state)
    Notice.objects.all().delete()

    stop(cast, now)

    match.refresh_from_db()
    ends = {
        **dict.fromkeys((MatchState.PROPOSED, MatchState.APPROVED, MatchState.OFFERED), MatchState.SUPERSEDED),
        **dict.fromkeys((MatchState.ACCEPTED, MatchState.ACTIVE), MatchState.RELEASED),
        MatchState.CLOSING: MatchState.COMPLETED,
    }
    told = {
        MatchState.OFFERED: MatchingNotice.MATCH_ENDED,
        MatchState.ACCEPTED: MatchingNotice.MATCH_ENDED,
        MatchState.ACTIVE: MatchingNotice.WORK_STOPPED,
        MatchState.CLOSING: MatchingNotice.MATCH_COMPLETED,
    }
    assert (match.state, match.reason) == (ends[state], "campaign_stopped")
    kinds = Notice.objects.filter(recipient=cast.alice).values_list("kind", flat=True)
    assert list(kinds) == ([told[state]] if state in told else [])


def test_a_volunteer_at_work_reads_to_stop_and_that_it_is_not_their_doing(cast: Cast, now: datetime) -> None:
    make_match(cast, now, MatchState.ACTIVE)
    stop(cast, now)

    letter = read_letter(MatchingNotice.WORK_STOPPED, cast.alice, now)

    assert letter is not None
    assert letter.subject == "Please stop your work"
    assert "not because of you" in letter.text
    assert "candidate" not in letter.text


def test_the_right_people_hear_of_it_and_nobody_else(cast: Cast, now: datetime) -> None:
    Member.objects.create(campaign=cast.campaign, user=create_user("sam"), position="staff", since=now)
    partial = create_user("ruth", reviewer=True)
    Member.objects.create(campaign=cast.campaign, user=partial, position="staff", since=now)

    stop(cast, now)

    assert list_notified_names(CampaignNotice.CAMPAIGN_STOPPED) == {"carol"}
    assert list_notified_names(CampaignNotice.STOP_RAISED) == {"rita"}
    to_manager, to_reviewer = (
        read_letter(CampaignNotice.CAMPAIGN_STOPPED, cast.carol, now),
        read_letter(CampaignNotice.STOP_RAISED, cast.rita, now),
    )
    assert to_manager is not None
    assert to_reviewer is not None
    assert "They are strangers." not in to_manager.text + to_reviewer.text
    assert "/admin/campaigns/candidatestop/" in to_reviewer.address


def test_nothing_is_published_before_the_call_and_a_draft_stays(cast: Cast, now: datetime) -> None:
    draft = make_draft(cast, now)
    stopped = stop(cast, now)
    draft.refresh_from_db()
    assert draft.state == Request.State.DRAFT
    with pytest.raises(WrongState, match="stopped this campaign"):
        publish_request(actor=cast.carol, request=draft, at=now)

    close_candidate_stop(actor=cast.rita, stop=stopped, outcome="resumed", note="Kim called by mistake.", at=now)

    assert publish_request(actor=cast.carol, request=draft, at=now).state == Request.State.PUBLISHED


def test_a_campaign_that_is_not_verified_waits_for_the_call_instead(cast: Cast, now: datetime) -> None:
    other = register_campaign(actor=cast.dave, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)
    stopped = stop_campaign(token=send_link(cast, now, other), at=now)

    other.refresh_from_db()
    assert (other.answer_due_at, other in campaigns_awaiting_verification()) == (None, False)
    with pytest.raises(WrongState, match="stopped this campaign"):
        verify_by_phone(actor=cast.rita, campaign=other, at=now)

    close_candidate_stop(actor=cast.rita, stop=stopped, outcome="resumed", note="It was a mistake.", at=now)

    other.refresh_from_db()
    assert other.answer_due_at is not None
    assert other in campaigns_awaiting_verification()


def test_a_yes_waits_for_the_call(cast: Cast, now: datetime) -> None:
    token = send_link(cast, now)
    stopped = stop_campaign(token=token, at=now)
    with pytest.raises(WrongState, match="when we call"):
        record_candidate_consent(token=token, at=now)

    close_candidate_stop(actor=cast.rita, stop=stopped, outcome="resumed", note="Agreed.", at=now)

    assert record_candidate_consent(token=token, at=now).consented_at == now


def test_after_the_call_the_campaign_is_over_and_its_managers_hear_it(cast: Cast, now: datetime) -> None:
    draft, stopped = make_draft(cast, now), stop(cast, now)

    closed = close_candidate_stop(actor=cast.rita, stop=stopped, outcome="ended", note="Kim knows no Carol.", at=now)

    assert (closed.handled_by, closed.handled_at, closed.outcome) == (cast.rita, now, "ended")
    draft.refresh_from_db()
    assert draft.state == Request.State.CANCELLED
    assert Campaign.objects.get(pk=cast.campaign.pk).state == Campaign.State.ENDED
    letter = read_letter(CampaignNotice.STOP_CLOSED, cast.carol, now)
    assert letter is not None
    assert letter.subject == "It is over here"
    assert "Kim" not in letter.text


def test_only_a_reviewer_without_a_part_closes_it_once_and_with_words(cast: Cast, now: datetime) -> None:
    stopped = stop(cast, now)
    partial = create_user("ruth", reviewer=True)
    Member.objects.create(campaign=cast.campaign, user=partial, position="staff", since=now)
    for stranger in (cast.carol, cast.dave, partial):
        with pytest.raises(NotAllowed):
            close_candidate_stop(actor=stranger, stop=stopped, outcome="resumed", note="Fine.", at=now)
    with pytest.raises(Invalid) as wrong:
        close_candidate_stop(actor=cast.rita, stop=stopped, outcome="maybe", note=" ", at=now)
    assert [error.path for error in wrong.value.errors] == ["outcome", "note"]
    close_candidate_stop(actor=cast.rita, stop=stopped, outcome="resumed", note="Fine.", at=now)
    with pytest.raises(WrongState, match="Another reviewer"):
        close_candidate_stop(actor=cast.rita, stop=stopped, outcome="ended", note="No.", at=now)


def test_a_campaign_that_was_ended_meanwhile_cannot_go_on(cast: Cast, now: datetime) -> None:
    stopped = stop(cast, now)
    end_campaign(actor=cast.carol, campaign=cast.campaign, at=now)
    with pytest.raises(WrongState, match="cannot go on"):
        close_candidate_stop(actor=cast.rita, stop=stopped, outcome="resumed", note="Fine.", at=now)

    assert close_candidate_stop(actor=cast.rita, stop=stopped, outcome="ended", note="Over.", at=now).outcome == "ended"


def test_a_call_that_is_late_reminds_the_reviewers_once(cast: Cast, now: datetime) -> None:
    stopped = stop(cast, now)
    assert escalate_overdue_stops(at=stopped.answer_due_at - timedelta(seconds=1)) == 0
    assert [escalate_overdue_stops(at=stopped.answer_due_at) for _each in range(2)] == [1, 0]
    assert list_notified_names(CampaignNotice.STOP_OVERDUE) == {"rita"}

    close_candidate_stop(actor=cast.rita, stop=stopped, outcome="resumed", note="Fine.", at=now)
    assert read_letter(CampaignNotice.STOP_OVERDUE, cast.rita, now) is None


def test_a_reason_has_a_bound(cast: Cast, now: datetime) -> None:
    token = send_link(cast, now)
    with pytest.raises(Invalid, match="too long"):
        stop_campaign(token=token, reason="x" * (MAX_STOP_TEXT_LENGTH + 1), at=now)
    assert find_open_stop(cast.campaign) is None
    stopped = stop_campaign(token=token, reason="x" * MAX_STOP_TEXT_LENGTH, at=now)
    with pytest.raises(Invalid, match="too long"):
        close_candidate_stop(
            actor=cast.rita, stop=stopped, outcome="resumed", note="x" * (MAX_STOP_TEXT_LENGTH + 1), at=now
        )


def test_an_old_link_stops_nothing_and_knows_the_day_of_the_newer_letter(cast: Cast, now: datetime) -> None:
    old, later = send_link(cast, now), now + timedelta(days=3)
    send_link(cast, later)

    assert (find_replacement(old), find_replacement("wrong")) == (later, None)
    for token in (old, "wrong"):
        with pytest.raises(NotFound):
            stop_campaign(token=token, at=later)
    assert Match.objects.filter(state__in=STATES_HOLDING_SEAT).count() == 0
    assert not CandidateStop.objects.exists()


def test_a_newer_letter_voids_a_yes_and_what_a_reviewer_has_read(cast: Cast, now: datetime) -> None:
    version = Campaign.objects.get(pk=cast.campaign.pk).version
    first = send_link(cast, now)
    record_candidate_consent(token=first, at=now)

    send_link(cast, now)

    with pytest.raises(NotFound):
        record_candidate_consent(token=first, at=now)
    assert CandidateLink.objects.get(campaign=cast.campaign).consented_at is None
    assert Campaign.objects.get(pk=cast.campaign.pk).version == version + 2


def test_no_check_is_promised_while_the_candidate_waits_for_our_call(cast: Cast, now: datetime) -> None:
    campaign = register_campaign(actor=cast.dave, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)
    stop_campaign(token=send_link(cast, now, campaign), at=now)
    campaign.refresh_from_db()

    with transaction.atomic():
        promise_verification(campaign, at=now)

    assert Campaign.objects.get(pk=campaign.pk).answer_due_at is None


def test_who_is_no_manager_is_said_before_anything_of_the_successor(cast: Cast, now: datetime) -> None:
    Member.objects.create(campaign=cast.campaign, user=cast.bob, position="staff", since=now)

    with pytest.raises(NotFound) as caught:
        find_manager_to_end(token=send_link(cast, now), manager=uuid4(), successor=cast.bob.email)

    assert "successor" not in str(caught.value)
