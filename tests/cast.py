"""The people of the tests, their campaign and its request; see `Cast`."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from campaigns.actions.publication import publish_request
from campaigns.actions.registration import register_campaign
from campaigns.actions.requests import draft_request
from campaigns.actions.verification import verify_campaign
from campaigns.draft_rules import Candidacy, RequestDraft, RoleDraft
from campaigns.models import Campaign, Request
from core.accounts import mfa
from core.accounts.authentication import AuthenticationContext
from core.models import Notice, User
from core.week_mask import WINDOW_PRESETS, Window
from volunteers.actions.profile import save_profile
from volunteers.models import Volunteer
from volunteers.stated_profile import Profile

FRONT_END_ROLE = RoleDraft(name="Front end", skill="front-end", hours_per_week=4)
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass
class Cast:
    """Alice can do what Carol's request asks for; Bob cannot; Dave has an account and nothing else."""

    rita: User
    carol: User
    alice: User
    bob: User
    dave: User
    campaign: Campaign
    request: Request


def create_user(name: str, *, reviewer: bool = False) -> User:
    """Create a user who has accepted the code of conduct."""
    return User.objects.create_user(
        f"{name}@example.org",
        "correct horse battery",
        is_staff=reviewer,
        is_policy_editor=reviewer,
        conduct_accepted_at=datetime(2026, 1, 5, tzinfo=UTC),
    )


def ensure_totp(user: User) -> Any:
    """Return the user's authenticator app, set up with `TOTP_SECRET` if there is none."""
    existing = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return existing or TOTP.activate(user, TOTP_SECRET).instance


def current_totp_code(secret: str = TOTP_SECRET) -> str:
    """Return the code that an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def authenticate_client(client: APIClient, user: User) -> None:
    """Sign a user in to a client of the API without a session, with the second factor that they need or have."""
    has_mfa = mfa.is_mfa_required(user) or mfa.list_authenticators(user).exists()
    now = timezone.now()
    confirmed_at = now if has_mfa else None
    access: Any = AuthenticationContext(has_mfa=has_mfa, authenticated_at=now, confirmed_at=confirmed_at)
    client.force_authenticate(user, token=access)


def sign_in_browser(client: Client, user: User, *, is_long_ago: bool = False) -> None:
    """Sign a user in to a browser just now: by code, and with a second factor where their role needs one."""
    client.force_login(user)
    session = client.session
    used: dict[str, object] = {"method": "code", "at": 0.0 if is_long_ago else timezone.now().timestamp()}
    if mfa.is_mfa_required(user):
        used |= {"method": "mfa", "id": ensure_totp(user).pk, "type": "totp"}
    session["account_authentication_methods"] = [used]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def create_volunteer(user: User, at: datetime, **changes: object) -> Volunteer:
    """Create a profile: front end at level 4, four hours a week, evenings in New York; `changes` replace fields."""
    columns: dict[str, object] = {
        "first_name": user.email.split("@")[0].title(),
        "max_hours_per_week": 4,
        "time_zone": "America/New_York",
        "adult": True,
        "claims": [("front-end", 4, True)],
        "windows": WINDOW_PRESETS["evenings"],
    }
    return save_profile(actor=user, profile=Profile(**(columns | changes)), at=at)  # type: ignore[arg-type]


def build_candidacy(candidate: str, at: datetime, **changes: object) -> Candidacy:
    """Return a candidacy for the state senate, 20 weeks before the election; `changes` replace fields."""
    columns: dict[str, object] = {
        "jurisdiction": "US-WA",
        "level": "state",
        "office": "State Senate",
        "district": "5",
        "election_on": at.date() + timedelta(weeks=20),
        "candidate": candidate,
    }
    return Candidacy(**(columns | changes))  # type: ignore[arg-type]


def verify_by_phone(*, actor: User, campaign: Campaign, at: datetime, version: int | None = None) -> Campaign:
    """Verify a campaign whose candidate was reached on the phone, and not by their link."""
    return verify_campaign(actor=actor, campaign=campaign, at=at, version=version, reason="Reached on the phone.")


def publish_new_request(
    manager: User, campaign: Campaign, at: datetime, *, roles: list[RoleDraft], **changes: object
) -> Request:
    """Publish a request that starts in a week and meets on Tuesday evening; `changes` replace fields."""
    columns: dict[str, object] = {
        "title": "Website",
        "summary": "A small site.",
        "brief": "The password is swordfish.",
        "starts_on": at.date() + timedelta(days=7),
        "ends_on": at.date() + timedelta(days=48),
        "meetings": [Window(1, time(19), time(20))],
        "roles": roles,
    }
    draft = RequestDraft(**(columns | changes))  # type: ignore[arg-type]
    request = draft_request(actor=manager, campaign=campaign, draft=draft, at=at)
    return publish_request(actor=manager, request=request, at=at)


def publish_team_request(cast: Cast, at: datetime, *, minimum: int | None = None) -> Request:
    """Publish a request for a team of two, staffed whole, instead of the one seat."""
    cast.request.roles.all().delete()
    roles = [FRONT_END_ROLE, RoleDraft(name="Copy", skill="copywriting", hours_per_week=2, min_to_start=minimum)]
    days = {"starts_on": at.date() + timedelta(days=7), "ends_on": at.date() + timedelta(days=48)}
    return publish_new_request(cast.carol, cast.campaign, at, title="Team", roles=roles, staffing="whole", **days)


def assemble_cast(at: datetime) -> Cast:
    """Create the whole cast, with a request that Alice fits, and no notices."""
    rita, carol, alice, bob, dave = (create_user(name, reviewer=name == "rita") for name in CAST_NAMES)
    campaign = register_campaign(actor=carol, candidacy=build_candidacy("Kim Doe", at), name="Doe for Senate", at=at)
    campaign = verify_by_phone(actor=rita, campaign=campaign, at=at)
    request = publish_new_request(carol, campaign, at, roles=[FRONT_END_ROLE])
    create_volunteer(alice, at)
    create_volunteer(bob, at, claims=[("copywriting", 5, True)])
    Notice.objects.all().delete()
    return Cast(rita, carol, alice, bob, dave, campaign, request)


CAST_NAMES = ("rita", "carol", "alice", "bob", "dave")
