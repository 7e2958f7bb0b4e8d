"""How a campaign is checked: stated when it registers or later, by its managers, until it was checked by it."""

from datetime import datetime

import pytest

from campaigns.actions.filings import state_filing
from campaigns.actions.members import leave_campaign, remove_member
from campaigns.actions.positions import change_position
from campaigns.actions.registration import register_campaign
from campaigns.checks import list_checks
from campaigns.filing_rules import FilingChange, FilingFacts
from campaigns.models import Campaign, Filing, Member
from core.errors import Invalid, NotAllowed, ReauthenticationRequired, Stale, WrongState
from core.models import Notice
from core.notifications.notice_types import RenderedNotice, render_notices
from tests.cast import Cast, build_candidacy, verify_by_phone

FACTS = FilingFacts(reference=" SEEC 4711 ", callback_phone="+1 503 555 0142", safe_phone="(503) 555-0177")


def register(cast: Cast, now: datetime, filing: FilingFacts | None = FACTS) -> Campaign:
    candidacy = build_candidacy("Pat Roe", now)
    return register_campaign(actor=cast.dave, candidacy=candidacy, name="Roe for Senate", filing=filing, at=now)


def list_paths(refused: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [error.path for error in refused.value.errors]


def test_a_campaign_says_when_it_registers_how_it_can_be_checked(cast: Cast, now: datetime) -> None:
    filing = register(cast, now).filing

    stored = (filing.reference, filing.callback_phone, filing.safe_phone, filing.safe_phone_of, filing.version)
    assert stored == ("SEEC 4711", "+1 503 555 0142", "(503) 555-0177", cast.dave, 1)


def test_all_that_is_wrong_with_a_registration_is_said_at_once(cast: Cast, now: datetime) -> None:
    candidacy = build_candidacy("Pat Roe", now, jurisdiction="US-XX")
    wrong = FilingFacts(reference="?", callback_phone="call me", safe_phone="12")

    with pytest.raises(Invalid) as refused:
        register_campaign(actor=cast.dave, candidacy=candidacy, name="Roe", filing=wrong, at=now)

    assert list_paths(refused) == [
        *("filing.reference", "filing.callback_phone", "filing.safe_phone", "jurisdiction"),
    ]
    assert not Campaign.objects.filter(name="Roe").exists()


@pytest.mark.parametrize(
    ("phone", "refusal"),
    [
        *(("+44 20 7946 0958", ""), ("503.555.0142 ext. 12", ""), ("1-503-555-0142", ""), ("+354 555 0142", "")),
        *(
            (text, "This is no phone number")
            for text in ("+1 503 555 0142 <b>", "٥٠٣٥٥٥٠١٤٢", "", "503 555 0142 x1234567")
        ),
        *(("555 0199", "This number has 7 digits. With the area code it has 10."), ("512-555-01", "has 8 digits")),
        *(("+1 555 0100", "has 8 digits"), ("1503555014", "has 9 digits"), ("5" * 11, "has 11 digits")),
        *(("+44 20 79", "has 8 to 15 digits"), ("+44 20 7946 0958 12345", "has 8 to 15 digits")),
    ],
)
def test_a_phone_number_is_known_by_its_digits(cast: Cast, now: datetime, phone: str, refusal: str) -> None:
    campaign = register(cast, now)
    change = FilingChange(safe_phone=phone)

    if not refusal:
        assert state_filing(actor=cast.dave, campaign=campaign, change=change, at=now).safe_phone == phone
    else:
        with pytest.raises(Invalid, match=refusal):
            state_filing(actor=cast.dave, campaign=campaign, change=change, at=now)


def test_a_manager_states_it_later_and_nobody_else_does(cast: Cast, now: datetime) -> None:
    campaign = register(cast, now, None)
    Member.objects.create(campaign=campaign, user=cast.bob, position="staff", since=now)
    change = FilingChange(reference="SEEC 4711")

    stated = state_filing(actor=cast.dave, campaign=campaign, change=change, at=now, version=0)
    assert (stated.reference, stated.callback_phone, stated.safe_phone_of, stated.version) == ("SEEC 4711", "", None, 1)
    for other in (cast.bob, cast.rita, cast.carol):
        with pytest.raises(NotAllowed):
            state_filing(actor=other, campaign=campaign, change=change, at=now)
    with pytest.raises(Stale):
        state_filing(actor=cast.dave, campaign=campaign, change=FilingChange(reference="Other 1"), at=now, version=0)


def test_what_was_checked_stays_and_the_safe_phone_does_not(cast: Cast, now: datetime) -> None:
    change = FilingChange(safe_phone="+1 503 555 0199")

    assert state_filing(actor=cast.carol, campaign=cast.campaign, change=change, at=now).safe_phone_of == cast.carol
    for changed in (FilingChange(callback_phone="+1 900 555 0666"), FilingChange(reference="Another 2")):
        with pytest.raises(WrongState, match="We have checked this filing"):
            state_filing(actor=cast.carol, campaign=cast.campaign, change=changed, at=now)


def test_all_managers_hear_that_the_safe_phone_has_changed(cast: Cast, now: datetime) -> None:
    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="manager", since=now)
    Member.objects.create(campaign=cast.campaign, user=cast.bob, position="staff", since=now)

    for phone in ("+1 503 555 0199", "+1 503 555 0177"):
        state_filing(actor=cast.carol, campaign=cast.campaign, change=FilingChange(safe_phone=phone), at=now)

    notices = Notice.objects.filter(kind="safe-phone-changed")
    assert sorted(notice.recipient.email for notice in notices if notice.recipient) == [
        *["carol@example.org"] * 2,
        *["dave@example.org"] * 2,
    ]
    letter = render_notices([notices[0]], language="en", at=now)[notices[0].pk]
    assert isinstance(letter, RenderedNotice)
    assert letter.address == f"/campaigns/{cast.campaign.public_id}/filing/"


def test_a_number_with_other_separators_is_the_same_number(cast: Cast, now: datetime) -> None:
    campaign = register(cast, now)
    Member.objects.create(campaign=campaign, user=cast.bob, position="manager", since=now)
    change = FilingChange(safe_phone="503.555.0177", callback_phone="+1 (503) 555-0142")

    filing = state_filing(actor=cast.bob, campaign=campaign, change=change, at=now)

    assert (filing.safe_phone, filing.safe_phone_of, filing.version) == (FACTS.safe_phone, cast.dave, 1)
    assert not Notice.objects.filter(kind="safe-phone-changed").exists()


def test_a_campaign_is_not_verified_by_a_filing_that_nobody_has_read(cast: Cast, now: datetime) -> None:
    read = register(cast, now)
    change = FilingChange(callback_phone="+1 900 555 0666")
    state_filing(actor=cast.dave, campaign=read, change=change, at=now)

    with pytest.raises(Stale, match="has changed since you loaded it"):
        verify_by_phone(actor=cast.rita, campaign=read, at=now, version=read.version)

    assert verify_by_phone(actor=cast.rita, campaign=read, at=now, version=read.version + 1).verified_at == now


def test_a_safe_phone_goes_with_the_member_whose_it_is(cast: Cast, now: datetime) -> None:
    campaign = register(cast, now)
    Member.objects.create(campaign=campaign, user=cast.bob, position="manager", since=now)

    Notice.objects.all().delete()

    remove_member(actor=cast.bob, member=campaign.members.get(user=cast.dave), at=now, authenticated_at=now)

    told = Notice.objects.get(kind="safe-phone-changed")
    rendered = render_notices([told], language="en", at=now)[told.pk]
    assert told.recipient == cast.bob
    assert "was that of a person who no longer acts for your campaign" in rendered.text  # type: ignore[union-attr]
    filing = Filing.objects.get(campaign=campaign)
    assert (filing.safe_phone, filing.safe_phone_of, filing.version) == ("", None, 2)
    assert filing.callback_phone == FACTS.callback_phone


def test_whose_the_safe_phone_is_shows_that_it_is_them_before_they_leave(cast: Cast, now: datetime) -> None:
    campaign = register(cast, now)
    Member.objects.create(campaign=campaign, user=cast.bob, position="manager", since=now)
    daves = campaign.members.get(user=cast.dave)
    change_position(actor=cast.bob, member=daves, position="staff", at=now, authenticated_at=now)
    daves.refresh_from_db()

    with pytest.raises(ReauthenticationRequired, match="This deletes the phone"):
        leave_campaign(actor=cast.dave, campaign=campaign, at=now)
    with pytest.raises(ReauthenticationRequired, match="This deletes the phone"):
        remove_member(actor=cast.bob, member=daves, at=now)
    assert Filing.objects.get(campaign=campaign).safe_phone == FACTS.safe_phone

    leave_campaign(actor=cast.dave, campaign=campaign, at=now, authenticated_at=now)

    assert Filing.objects.get(campaign=campaign).safe_phone == ""


def test_a_reviewer_reads_what_to_check_and_what_is_missing(cast: Cast, now: datetime) -> None:
    lines = " ".join(list_checks(register(cast, now)))
    empty = " ".join(list_checks(cast.campaign))

    for fact in ("SEEC 4711", "+1 503 555 0142", "(503) 555-0177", "Pat Roe", "No link was sent to them yet"):
        assert fact in lines
    assert empty.count("not stated yet") == 3
