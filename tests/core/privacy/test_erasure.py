"""Erasing a person leaves nothing of them anywhere, but for counts and for what the map says stays."""

import hashlib
from datetime import datetime

import numpy as np
import pytest
from django.core.cache import cache

from campaigns.actions.filings import state_filing
from campaigns.filing_rules import FilingChange
from campaigns.models import Member, MemberInvitation
from core.errors import WrongState
from core.models import IdempotencyKey, Notice, User
from matching.engine.digest import unpack
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.models import Match, Message, ProblemReport, RunArrays
from matching.rules.states import MatchState
from tests.cast import Cast, create_user
from tests.core.privacy.erasure_traces import HER_WORDS, HERS, erase, everywhere
from tests.core.privacy.full_records import FullRecords
from tests.match_factory import MAKER_BY_STATE
from tests.matching.stored_arrays import without_array
from tests.notices import list_notified_names
from volunteers.models import Volunteer

pytestmark = pytest.mark.usefixtures("journal_file")


def test_she_is_everywhere_before(life: FullRecords) -> None:
    """Or the next test would show nothing."""
    assert [word for word in (*HERS, *HER_WORDS) if not everywhere(word)] == []


def test_nothing_of_her_is_found_anywhere_afterwards(life: FullRecords, now: datetime) -> None:
    erase(life.alice, now)

    assert everywhere(*HERS, *HER_WORDS) == []


def test_her_matches_stay_as_counts_under_a_number_that_leads_to_nobody(life: FullRecords, now: datetime) -> None:
    before = Match.objects.filter(volunteer=life.volunteer).count()

    erase(life.alice, now)

    life.volunteer.refresh_from_db()
    shell = life.volunteer
    assert Match.objects.filter(volunteer=shell).count() == before == 2
    assert (shell.user, shell.erased_at, shell.state, shell.languages, shell.max_hours_per_week) == (
        None,
        now,
        "left",
        [],
        1,
    )
    assert not User.objects.filter(pk=life.alice.pk).exists()
    assert not Volunteer.objects.filter(pk=life.imported.pk).exists()
    for rows in (shell.claims, shell.windows, shell.time_off, shell.vettings, shell.vetoes, shell.pins):
        assert not rows.exists()


@pytest.mark.parametrize("state", [MatchState.OFFERED, MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.CLOSING])
def test_what_goes_on_ends_by_the_ordinary_moves(cast: Cast, now: datetime, state: MatchState) -> None:
    match = MAKER_BY_STATE[state](cast, now)
    Notice.objects.all().delete()

    erase(cast.alice, now)

    match.refresh_from_db()
    assert match.reason == "volunteer_left"
    assert list_notified_names("volunteer-withdrew" if state != MatchState.CLOSING else "handover-ended") == (
        set() if state == MatchState.OFFERED else {"carol"}
    )
    assert not Message.objects.exists()


def test_stored_arrays_name_her_no_more_and_everybody_else_still(life: FullRecords, now: datetime) -> None:
    kept = RunArrays.objects.get()
    assert life.volunteer.pk in unpack(bytes(kept.problem)).volunteer_id

    erase(life.alice, now)

    kept.refresh_from_db()
    ids = unpack(bytes(kept.problem)).volunteer_id
    assert life.volunteer.pk not in ids
    assert np.sum(ids == -1) == 1


def test_stored_arrays_that_cannot_be_read_hold_up_no_erasure(life: FullRecords, now: datetime) -> None:
    kept = RunArrays.objects.get()
    RunArrays.objects.update(problem=without_array(bytes(kept.problem), "languages"))

    erase(life.alice, now)

    assert not RunArrays.objects.exists()
    assert not User.objects.filter(pk=life.alice.pk).exists()


def test_how_often_she_knocked_is_forgotten(life: FullRecords, now: datetime) -> None:
    digest = hashlib.sha256(b"alice@example.org").hexdigest()
    hers = [f"throttle_changes_{life.alice.pk}", f"allauth:rl:account:login:5/m:{digest}", f"a:user:{life.alice.pk}"]
    others = [f"throttle_changes_{life.alice.pk}1", f"a:user:{life.carol.pk}"]
    for key in (*hers, *others):
        cache.set(key, [1.0])

    erase(life.alice, now)

    assert [cache.get(key) for key in (*hers, *others)] == [None, None, None, [1.0], [1.0]]


def test_a_report_stays_as_a_count(life: FullRecords, now: datetime) -> None:
    erase(life.alice, now)

    assert sorted(ProblemReport.objects.values_list("kind", "text", "outcome", "reported_by__email")) == [
        ("other", "", "", "carol@example.org"),
        ("other", "", "—", None),
    ]


def test_others_keep_what_is_theirs(life: FullRecords, now: datetime) -> None:
    erase(life.alice, now)

    assert User.objects.filter(email__in=["carol@example.org", "rita@example.org", "bob@example.org"]).count() == 3
    assert MemberInvitation.objects.filter(email="new@example.org").exists()
    key = IdempotencyKey.objects.get(user=life.carol, key="other")
    assert (key.response_status, key.response_body) == (200, "{}")  # done once still, without what was told of her


def test_who_manages_a_campaign_alone_hands_it_over_first_or_ends_it(cast: Cast, now: datetime) -> None:
    with pytest.raises(WrongState, match=r"You alone manage Doe for Senate\. Make another member a manager first"):
        erase(cast.carol, now)

    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="manager", since=now)
    safe_phone = FilingChange(safe_phone="+1 503 555 0177")
    state_filing(actor=cast.carol, campaign=cast.campaign, change=safe_phone, at=now)
    erase(cast.carol, now)

    cast.request.refresh_from_db()
    assert cast.request.contact is not None
    assert cast.request.contact.user == cast.dave
    assert everywhere("carol@", "555 0177", "5550177") == []


def test_the_only_reviewer_stays_until_there_is_another_and_what_was_decided_stays(
    life: FullRecords, now: datetime
) -> None:
    with pytest.raises(WrongState, match="You are the only reviewer"):
        erase(life.rita, now)

    create_user("quinn", reviewer=True)
    erase(life.rita, now)

    mark = life.volunteer.vettings.get()
    assert (mark.area, mark.reviewer) == ("incidents", None)
    life.campaign.refresh_from_db()
    assert (life.campaign.state, life.campaign.verified_by) == ("verified", None)
    assert everywhere("rita@") == []


def test_how_to_reach_whoever_called_in_an_emergency_goes_with_them(cast: Cast, now: datetime) -> None:
    said = IncidentDetails(description="Odd mail", since="Monday", contact="+1 555 0100")
    report_incident(actor=cast.carol, campaign=cast.campaign, incident=said, time_zone="UTC", at=now)
    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="manager", since=now)
    assert everywhere("555 0100") == ["campaigns_request.channel: 555 0100"]

    erase(cast.carol, now)

    assert everywhere("555 0100") == []
