from collections.abc import Callable
from datetime import datetime

from allauth.account.models import EmailAddress
from rest_framework.test import APIClient

from core.models import User
from tests.cast import Cast, create_user
from volunteers.actions.invitations import invite_imported_volunteer, make_invitation_token
from volunteers.claim_codes import derive_claim_code
from volunteers.models import Invitation, Volunteer
from volunteers.models.invitation import MAX_CLAIM_CODE_FAILURES

Api = Callable[[User | None], APIClient]
PATH = "/api/v1/me/profile/claim"


def invite_erin(cast: Cast, now: datetime) -> str:
    row = Volunteer.objects.create(
        first_name="Erin", email="erin@example.org", max_hours_per_week=3, time_zone="UTC", waiting_since=now
    )
    return make_invitation_token(invite_imported_volunteer(actor=cast.rita, volunteer=row, at=now))


def test_an_account_with_the_address_claims_it(api: Api, cast: Cast, now: datetime) -> None:
    token, erin = invite_erin(cast, now), create_user("erin")
    EmailAddress.objects.create(user=erin, email=erin.email, verified=True, primary=True)

    answer = api(erin).post(PATH, {"token": token, "adult": True})

    assert (answer.status_code, answer.json()) == (200, {"is_claimed": True})
    assert api(erin).get("/api/v1/me/profile").json()["first_name"] == "Erin"


def test_another_account_claims_it_with_the_code(api: Api, cast: Cast, now: datetime) -> None:
    token, erin = invite_erin(cast, now), create_user("another")

    known, unknown = (api(erin).post(PATH, {"token": sent, "adult": True}) for sent in (token, "nothing"))
    wrong_known, wrong_unknown = (
        api(erin).post(PATH, {"token": sent, "adult": True, "code": "1"}) for sent in (token, "nothing")
    )

    assert (known.status_code, known.json()) == (200, {"is_claimed": False})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert (wrong_known.status_code, list(wrong_known.json()["errors"])) == (400, ["code"])
    assert wrong_known.content == wrong_unknown.content
    code = derive_claim_code(Invitation.objects.get())
    assert api(erin).post(PATH, {"token": token, "adult": True, "code": code}).json() == {"is_claimed": True}
    assert Volunteer.objects.get(user=erin).first_name == "Erin"


def test_wrong_codes_are_counted_with_an_idempotency_key_too(api: Api, cast: Cast, now: datetime) -> None:
    token, erin = invite_erin(cast, now), create_user("another")
    api(erin).post(PATH, {"token": token, "adult": True})
    for number in range(MAX_CLAIM_CODE_FAILURES):
        body = {"token": token, "adult": True, "code": "x"}
        assert api(erin).post(PATH, body, headers={"Idempotency-Key": f"key {number}"}).status_code == 400

    code = derive_claim_code(Invitation.objects.get())

    assert Invitation.objects.get().code_failures == MAX_CLAIM_CODE_FAILURES
    assert api(erin).post(PATH, {"token": token, "adult": True, "code": code}).status_code == 400
