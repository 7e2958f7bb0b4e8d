from datetime import date, datetime

import pytest
from django.test import Client

from core.errors import Invalid, NotAllowed
from tests.cast import Cast
from volunteers.actions.vetting import vet_volunteer
from volunteers.models import Vetting, Volunteer

UNTIL = date(2026, 11, 3)


def test_a_reviewer_writes_down_what_was_seen_and_a_new_mark_replaces_the_old(cast: Cast, now: datetime) -> None:
    alice = Volunteer.objects.get(user=cast.alice)

    vet_volunteer(actor=cast.rita, volunteer=alice, area="incidents", method="call", valid_until=UNTIL, at=now)
    vet_volunteer(
        actor=cast.rita, volunteer=alice, area="incidents", method="vouched", valid_until=date(2027, 1, 1), at=now
    )

    mark = Vetting.objects.get()
    assert (mark.area, mark.method, mark.reviewer, mark.valid_until) == (
        "incidents",
        "vouched",
        cast.rita,
        date(2027, 1, 1),
    )


@pytest.mark.parametrize(
    ("field", "value"), [("area", "everything"), ("method", "rumour"), ("valid_until", date(2026, 3, 1))]
)
def test_what_a_mark_cannot_say_is_refused_by_name(cast: Cast, now: datetime, field: str, value: object) -> None:
    said: dict[str, object] = {"area": "incidents", "method": "call", "valid_until": UNTIL} | {field: value}

    with pytest.raises(Invalid) as refused:
        vet_volunteer(actor=cast.rita, volunteer=Volunteer.objects.get(user=cast.alice), at=now, **said)  # type: ignore[arg-type]

    assert (refused.value.field, Vetting.objects.count()) == (field, 0)


def test_nobody_vets_but_reviewers_and_nobody_themselves(cast: Cast, now: datetime) -> None:
    alice = Volunteer.objects.get(user=cast.alice)
    cast.alice.is_staff = True

    for actor in (cast.carol, cast.alice):
        with pytest.raises(NotAllowed):
            vet_volunteer(actor=actor, volunteer=alice, area="money", method="call", valid_until=UNTIL, at=now)


def test_the_button_asks_and_writes(cast: Cast, reviewer_client: Client) -> None:
    alice = Volunteer.objects.get(user=cast.alice)
    page = f"/admin/volunteers/volunteer/{alice.pk}/vet/"
    assert b"no documents are stored" in reviewer_client.get(page).content

    late = reviewer_client.post(page, {"area": "money", "method": "call", "valid_until": "2026-03-01"})
    assert "This day is over" in late.content.decode()
    reviewer_client.post(page, {"area": "money", "method": "call", "valid_until": "2026-11-03"})

    assert Vetting.objects.get().area == "money"
