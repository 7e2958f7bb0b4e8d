"""An imported profile is claimed with the address of its invitation, or with a code that is sent there."""

import re
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from core.errors import Invalid, WrongState
from core.imports.importers import ImportRow
from core.models import Notice, User
from core.notifications.delivery import deliver_due_notices
from core.notifications.notice_types import RenderedNotice, render_notices
from tests.cast import Cast, create_user
from volunteers.actions.imports import load_volunteers
from volunteers.actions.invitations import invite_imported_volunteer, make_invitation_token
from volunteers.actions.profile_claims import claim_profile, claim_profile_with_code
from volunteers.claim_codes import CLAIM_CODE_LIFETIME, derive_claim_code
from volunteers.models import Invitation, Volunteer
from volunteers.models.invitation import MAX_CLAIM_CODE_FAILURES, MAX_CLAIM_CODES_PER_DAY

ADDRESS = "erin@example.org"


@pytest.fixture
def imported(cast: Cast, now: datetime) -> Volunteer:
    """Erin's row from a spreadsheet."""
    return Volunteer.objects.create(
        source="sheet",
        source_key="1",
        email=ADDRESS,
        max_hours_per_week=3,
        time_zone="America/New_York",
        waiting_since=now,
    )


@pytest.fixture
def token(cast: Cast, imported: Volunteer, now: datetime) -> str:
    token = make_invitation_token(invite_imported_volunteer(actor=cast.rita, volunteer=imported, at=now))
    Notice.objects.all().delete()
    return token


def create_owner(address: str = ADDRESS, *, verified: bool = True) -> User:
    """An account of another name, with this address."""
    user = create_user("account-of-erin")
    EmailAddress.objects.create(user=user, email=address, verified=verified)
    return user


def read_code() -> str:
    return derive_claim_code(Invitation.objects.get())


def list_code_letters() -> list[str]:
    return [notice.address for notice in Notice.objects.filter(kind="claim-code")]


@pytest.mark.parametrize("address", [ADDRESS, "Erin@Example.org"])
def test_an_account_that_has_proved_the_address_claims_the_profile(
    imported: Volunteer, token: str, now: datetime, address: str
) -> None:
    erin = create_owner(address)

    volunteer = claim_profile(actor=erin, token=token, adult=True, at=now)

    assert volunteer == imported
    assert (volunteer.user, volunteer.claimed_at, volunteer.waiting_since, volunteer.email) == (erin, now, now, "")
    assert list(Notice.objects.values_list("kind", flat=True)) == ["hand-raised"]


def test_an_account_that_has_not_proved_it_is_sent_a_code_there(imported: Volunteer, token: str, now: datetime) -> None:
    """The link alone is not enough: it may have been passed on, or read on the way."""
    for user in (create_user("eve"), create_owner(verified=False)):
        assert claim_profile(actor=user, token=token, adult=True, at=now) is None

    imported.refresh_from_db()
    assert imported.user is None
    assert set(list_code_letters()) == {ADDRESS}


def test_the_code_claims_the_profile_once(imported: Volunteer, token: str, now: datetime) -> None:
    erin = create_user("account-of-erin")
    claim_profile(actor=erin, token=token, adult=True, at=now)
    code = read_code()

    volunteer = claim_profile_with_code(actor=erin, token=token, code=f" {code[:4]} {code[4:]} ", adult=True, at=now)

    assert (volunteer, volunteer.user, volunteer.email) == (imported, erin, "")
    with pytest.raises(Invalid, match="code is not right"):
        claim_profile_with_code(actor=create_user("eve"), token=token, code=code, adult=True, at=now)


def test_the_letter_holds_the_code_and_the_database_does_not(token: str, now: datetime) -> None:
    claim_profile(actor=create_user("eve"), token=token, adult=True, at=now)
    deliver_due_notices(at=now)

    [letter] = mail.outbox
    assert letter.to == [ADDRESS]
    assert read_code() in letter.body
    assert read_code() not in str(Invitation.objects.values()) + str(Notice.objects.values())


def test_a_code_is_for_the_account_that_asked(token: str, now: datetime) -> None:
    claim_profile(actor=create_user("account-of-erin"), token=token, adult=True, at=now)

    with pytest.raises(Invalid, match="code is not right"):
        claim_profile_with_code(actor=create_user("eve"), token=token, code=read_code(), adult=True, at=now)


def test_a_code_is_good_for_half_an_hour(token: str, now: datetime) -> None:
    erin = create_user("account-of-erin")
    claim_profile(actor=erin, token=token, adult=True, at=now)
    notice = Notice.objects.get()

    too_late = now + CLAIM_CODE_LIFETIME
    with pytest.raises(Invalid, match="code is not right"):
        claim_profile_with_code(actor=erin, token=token, code=read_code(), adult=True, at=too_late)
    assert render_notices([notice], language="en", at=too_late) == {notice.pk: None}
    in_time = too_late - timedelta(seconds=1)
    assert claim_profile_with_code(actor=erin, token=token, code=read_code(), adult=True, at=in_time).user == erin


def test_a_code_is_dead_after_five_wrong_answers(token: str, now: datetime) -> None:
    erin = create_user("account-of-erin")
    claim_profile(actor=erin, token=token, adult=True, at=now)
    wrong = str((int(read_code()) + 1) % 10**8).zfill(8)
    for _ in range(MAX_CLAIM_CODE_FAILURES):
        with pytest.raises(Invalid, match="code is not right"):
            claim_profile_with_code(actor=erin, token=token, code=wrong, adult=True, at=now)

    with pytest.raises(Invalid, match="code is not right"):
        claim_profile_with_code(actor=erin, token=token, code=read_code(), adult=True, at=now)
    later = now + timedelta(minutes=1)
    claim_profile(actor=erin, token=token, adult=True, at=later)
    assert claim_profile_with_code(actor=erin, token=token, code=read_code(), adult=True, at=later).user == erin


def test_five_codes_a_day_are_sent_and_a_new_one_replaces_the_old(token: str, now: datetime) -> None:
    erin = create_user("account-of-erin")
    codes = set()
    for minute in range(MAX_CLAIM_CODES_PER_DAY + 2):
        claim_profile(actor=erin, token=token, adult=True, at=now + timedelta(minutes=minute))
        codes.add(read_code())
    sent = list(Notice.objects.order_by("pk"))
    latest = now + timedelta(minutes=MAX_CLAIM_CODES_PER_DAY)
    rendered = render_notices(sent, language="en", at=latest)

    assert (len(sent), len(codes)) == (MAX_CLAIM_CODES_PER_DAY, MAX_CLAIM_CODES_PER_DAY)
    assert [isinstance(rendered[notice.pk], RenderedNotice) for notice in sent] == [False] * 4 + [True]
    claim_profile(actor=erin, token=token, adult=True, at=latest + timedelta(days=1))
    assert len(list_code_letters()) == MAX_CLAIM_CODES_PER_DAY + 1


@pytest.mark.parametrize("kind", ["unknown", "forged", "used", "too old", "without address"])
def test_every_token_gets_the_same_answer(
    cast: Cast, imported: Volunteer, token: str, now: datetime, kind: str
) -> None:
    owner, eve = create_owner(), create_user("eve")
    at = now + timedelta(days=30) if kind == "too old" else now
    if kind == "unknown":
        Invitation.objects.all().delete()
    if kind == "used":
        claim_profile(actor=owner, token=token, adult=True, at=now)
    if kind == "without address":
        Volunteer.objects.update(email="")
    sent = "nothing" if kind == "forged" else token

    for user in (eve, *([] if kind == "used" else [owner])):
        assert claim_profile(actor=user, token=sent, adult=True, at=at) is None
        with pytest.raises(Invalid, match="code is not right"):
            claim_profile_with_code(actor=user, token=sent, code="12345678", adult=True, at=at)
    assert list_code_letters() == []


def test_who_has_a_profile_or_is_not_of_age_is_told(cast: Cast, token: str, now: datetime) -> None:
    for sent in (token, "nothing"):
        with pytest.raises(WrongState, match="You have a profile already"):
            claim_profile(actor=cast.alice, token=sent, adult=True, at=now)
        with pytest.raises(WrongState, match="You have a profile already"):
            claim_profile_with_code(actor=cast.alice, token=sent, code="1", adult=True, at=now)
        with pytest.raises(Invalid, match="18 or over"):
            claim_profile(actor=create_user(f"young-{sent[:4]}"), token=sent, adult=False, at=now)


def test_an_invitation_ends_when_the_spreadsheet_has_another_address(
    cast: Cast, imported: Volunteer, token: str, now: datetime
) -> None:
    """Its letter is with somebody else."""
    values = {"email": "right@example.org", "max_hours_per_week": 3, "time_zone": "America/New_York"}
    load_volunteers(rows=[ImportRow(line=2, key="1", values=values, assumed_fields=())], source="sheet", at=now)

    assert claim_profile(actor=create_owner(), token=token, adult=True, at=now) is None
    assert claim_profile(actor=create_user("eve"), token=token, adult=True, at=now) is None
    assert not Notice.objects.exists()
    imported.refresh_from_db()
    assert invite_imported_volunteer(actor=cast.rita, volunteer=imported, at=now) is not None
    assert Notice.objects.get().address == "right@example.org"


def test_opening_the_link_changes_nothing_and_the_button_does(imported: Volunteer, token: str, now: datetime) -> None:
    address = reverse("invitation", args=[token])
    assert Client().get(address).status_code == 302  # sign in first
    erin = create_owner()
    client = Client()
    client.force_login(erin)

    assert client.get(address).status_code == 200
    assert Volunteer.objects.filter(user=erin).count() == 0
    assert client.post(address, {}).status_code == 400  # not of age
    assert client.post(address, {"adult": "on"}).status_code == 302

    assert Volunteer.objects.get(user=erin) == imported


def test_the_page_asks_for_the_code_whatever_the_link(imported: Volunteer, token: str) -> None:
    erin = create_user("account-of-erin")
    client = Client()
    client.force_login(erin)
    pages = {}
    for sent in ("nothing", token):
        page = client.post(reverse("invitation", args=[sent]), {"adult": "on"}, follow=True)
        pages[sent] = re.sub(
            r'name="(csrfmiddlewaretoken|form_key)" value="[\w-]+"', "", page.content.decode().replace(sent, "")
        )
        assert (page.status_code, "a code is on its way" in pages[sent]) == (200, True)
    assert pages["nothing"] == pages[token]

    address = reverse("invitation", args=[token])
    wrong = client.post(address, {"adult": "on", "code": "x"})
    assert (wrong.status_code, "code is not right" in wrong.content.decode()) == (400, True)
    assert 'name="code"' in wrong.content.decode()
    assert client.post(address, {"adult": "on", "code": read_code()}).status_code == 302
    assert Volunteer.objects.get(user=erin) == imported
