"""What is kept goes by itself when its days are over, and not a second before."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.test import override_settings

from campaigns.actions.invitations import invite_member
from campaigns.models import MemberInvitation
from core.api.idempotency_keys import delete_expired_keys
from core.models import IdempotencyKey, Notice, User
from core.notifications.outbox import enqueue_notice
from core.privacy import erasure_log
from core.privacy.retention import apply_retention_rules, retention_days
from core.privacy.retention_registry import list_retention_rules
from core.tasks import enforce_retention as task
from matching.models import RunArrays
from matching.runs.actions.arrays import delete_expired_arrays
from tests.cast import Cast, create_user, create_volunteer
from tests.core.privacy.expired_rows import OVER, left, notice, session
from tests.run_execution import execute_full_run
from volunteers.actions.invitations import invite_imported_volunteer
from volunteers.models import Volunteer

pytestmark = pytest.mark.usefixtures("journal_file")

MIDNIGHT = datetime(2025, 3, 2, tzinfo=UTC)
"""From when on things are kept here: long enough ago for the database, which looks at its own clock."""


def test_every_kind_is_tried_here() -> None:
    assert {*OVER, "erased_in_runs"} == set(list_retention_rules())


@pytest.mark.parametrize("kind", OVER)
def test_it_stays_until_its_days_are_over_and_goes_then(cast: Cast, kind: str) -> None:
    rows = OVER[kind](cast, MIDNIGHT)
    over = MIDNIGHT + timedelta(days=retention_days(kind))
    assert rows.count() == 1

    before = apply_retention_rules(at=over - timedelta(seconds=1))[kind]
    assert (before, rows.count()) == (0, 1)

    assert apply_retention_rules(at=over)[kind] == 1
    assert rows.count() == 0
    assert apply_retention_rules(at=over)[kind] == 0


def test_the_setting_says_otherwise(cast: Cast) -> None:
    rows = notice(cast, MIDNIGHT)

    with override_settings(RETENTION_DAYS={"notices": 150}):
        apply_retention_rules(at=MIDNIGHT + timedelta(days=150))

    assert not rows.exists()


def test_what_is_more_than_a_batch_goes_in_several(cast: Cast) -> None:
    for number in range(7):
        enqueue_notice(to=cast.bob, kind="verified", cause=f"old:{number}", subjects={}, at=MIDNIGHT)
    Notice.objects.update(sent_at=MIDNIGHT)

    assert apply_retention_rules(at=MIDNIGHT + timedelta(days=180), max_rows=3)["notices"] == 7


def test_what_is_still_owed_stays(cast: Cast) -> None:
    enqueue_notice(to=cast.bob, kind="verified", cause="owed", subjects={}, at=MIDNIGHT)

    assert apply_retention_rules(at=MIDNIGHT + timedelta(days=500))["notices"] == 0


def test_one_kind_that_fails_holds_up_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = session(cast, MIDNIGHT)

    monkeypatch.setitem(settings.RETENTION_DAYS, "notices", "many")
    with pytest.raises(ValueError, match="many"):
        retention_days("notices")
    apply_retention_rules(at=MIDNIGHT)

    assert not rows.exists()


def test_an_address_goes_as_soon_as_its_invitation_is_too_old(cast: Cast) -> None:
    invite_member(actor=cast.carol, campaign=cast.campaign, email="x@example.org", position="staff", at=MIDNIGHT)
    week = MIDNIGHT + timedelta(days=7)

    apply_retention_rules(at=week - timedelta(seconds=1))
    assert MemberInvitation.objects.get().email == "x@example.org"
    apply_retention_rules(at=week)

    assert (MemberInvitation.objects.get().email, MemberInvitation.objects.get().revoked_at) == ("", week)


def test_who_is_asked_still_is_not_forgotten_meanwhile(cast: Cast) -> None:
    row = Volunteer.objects.create(email="u@example.org", max_hours_per_week=1, time_zone="UTC", waiting_since=MIDNIGHT)
    invite_imported_volunteer(actor=cast.rita, volunteer=row, at=MIDNIGHT + timedelta(days=170))

    assert apply_retention_rules(at=MIDNIGHT + timedelta(days=180))["unclaimed"] == 0
    assert apply_retention_rules(at=MIDNIGHT + timedelta(days=200))["unclaimed"] == 1


def test_who_left_keeps_the_account_and_a_restore_forgets_them_again(cast: Cast, journal_file: Path) -> None:
    gone = left(cast, MIDNIGHT).get()

    apply_retention_rules(at=MIDNIGHT + timedelta(days=365))

    assert User.objects.filter(pk=cast.bob.pk).exists()
    assert [line["ids"] for line in erasure_log.read_entries(journal_file)] == [{"volunteer": [str(gone.public_id)]}]


def test_who_raises_a_hand_anew_after_being_forgotten_begins_anew(cast: Cast) -> None:
    left(cast, MIDNIGHT)
    apply_retention_rules(at=MIDNIGHT + timedelta(days=365))

    again = create_volunteer(cast.bob, MIDNIGHT + timedelta(days=366))

    assert (again.state, again.version) == ("active", 1)


def test_arrays_of_runs_go_after_the_days_that_the_policy_says(cast: Cast, now: datetime) -> None:
    execute_full_run(now)
    last = datetime(2026, 3, 9, tzinfo=UTC)

    assert (delete_expired_arrays(at=last - timedelta(seconds=1)), RunArrays.objects.count()) == (0, 1)
    assert (delete_expired_arrays(at=last), RunArrays.objects.count()) == (1, 0)


def test_answers_to_requests_go_after_a_day(cast: Cast, now: datetime) -> None:
    IdempotencyKey.objects.create(
        user=create_user("erin"), key="k", request_digest="d", response_status=200, created_at=now
    )

    assert delete_expired_keys(at=now + timedelta(days=1, seconds=-1)) == 0
    assert delete_expired_keys(at=now + timedelta(days=1)) == 1


def test_beat_has_it_done(cast: Cast) -> None:
    rows = session(cast, MIDNIGHT)

    task()

    assert not rows.exists()
    assert settings.CELERY_BEAT_SCHEDULE["forget-old"]["task"] == "core.tasks.enforce_retention"


def test_an_installation_cannot_keep_less_than_something_else_relies_on() -> None:
    with override_settings(RETENTION_DAYS={"notices": 30, "contact_access": 400, "nothing": 1}):
        assert (retention_days("notices"), retention_days("contact_access")) == (120, 400)
        errors = [error.msg for error in run_checks() if error.id == "core.E001"]
    assert errors[0] == "RETENTION_DAYS keeps notices for 30 days. Give 120 at least."
    assert errors[1].startswith("RETENTION_DAYS names 'nothing', which is unknown. Use one of these: bounced_")
    assert len(errors) == 2
