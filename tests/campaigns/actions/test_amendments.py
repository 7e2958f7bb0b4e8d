from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from campaigns.actions.amendments import amend_request
from campaigns.actions.request_ends import cancel_request, reduce_seats
from campaigns.actions.requests import draft_request
from campaigns.actions.role_amendments import amend_role
from campaigns.actions.roles_and_seats import add_role, add_seats, close_role, close_seat
from campaigns.change_rules import RequestChange, RoleChange
from campaigns.draft_rules import RequestDraft, RoleDraft
from campaigns.models import Member, Request, Role, Seat
from core.errors import Invalid, NotAllowed, Stale, WrongState
from core.models import Notice
from core.week_mask import Window
from matching.models import Run
from tests.cast import FRONT_END_ROLE, Cast, create_user


def role(cast: Cast) -> Role:
    return Role.objects.get(request=cast.request, name="Front end")


def test_what_is_given_changes_and_the_rest_stays(cast: Cast, now: datetime) -> None:
    change = RequestChange(title="Site", channel="Signal", priority=5)

    amended = amend_request(actor=cast.carol, request=cast.request, change=change, at=now, version=2)

    assert (amended.title, amended.channel, amended.priority, amended.summary) == (
        "Site",
        "Signal",
        5,
        "A small site.",
    )
    assert (amended.version, amended.terms_changed_at) == (3, None)


def test_saying_the_same_changes_nothing_and_asks_nobody(cast: Cast, now: datetime) -> None:
    meetings = [Window(1, time(19), time(20))]
    same = RequestChange(title="Website", meetings=meetings, work=[], ends_on=cast.request.ends_on)
    amend_request(actor=cast.carol, request=cast.request, change=same, at=now)
    amend_role(
        actor=cast.carol,
        role=role(cast),
        change=RoleChange(hours_per_week=4, languages=[], nice_to_have_skills=[]),
        at=now,
    )

    request = Request.objects.get(pk=cast.request.pk)
    assert (request.version, request.terms_changed_at, Notice.objects.count()) == (2, None, 0)


def test_languages_in_another_order_are_the_same_and_further_ones_are_a_change(cast: Cast, now: datetime) -> None:
    Role.objects.filter(pk=role(cast).pk).update(languages=["es", "en"])
    for languages, version in ((["en", "es"], 2), (["en", "es", "es"], 2), (["en", "es", "fr"], 3), ([], 4)):
        amend_role(actor=cast.carol, role=role(cast), change=RoleChange(languages=languages), at=now)
        assert Request.objects.get(pk=cast.request.pk).version == version
    assert role(cast).languages == []


def test_terms_are_dated_and_windows_replaced(cast: Cast, now: datetime) -> None:
    later = cast.request.ends_on + timedelta(days=7)
    change = RequestChange(ends_on=later, meetings=[Window(3, time(8), time(9))])
    Run.objects.all().delete()

    amended = amend_request(actor=cast.carol, request=cast.request, change=change, at=now)

    assert (amended.terms_changed_at, amended.ends_on) == (now, later)
    assert [(one.kind, one.weekday) for one in amended.windows.all()] == [("meeting", 3)]
    assert list(Run.objects.get().roles.all()) == [role(cast)]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"ends_on": -9}, "ends_on"),
        ({"starts_on": 60}, "starts_on"),
        ({"starts_on": -20, "ends_on": -9}, "ends_on"),
        ({"time_zone": "Mars"}, "time_zone"),
        ({"priority": 9}, "priority"),
        ({"meetings": [Window(1, time(19), time(20)), Window(1, time(19), time(21))]}, "meetings.1"),
    ],
)
def test_what_a_request_cannot_become_is_named_and_leaves_it_as_it_was(
    cast: Cast, now: datetime, said: dict[str, object], field: str
) -> None:
    dates = {name: now.date() + timedelta(days=days) for name, days in said.items() if isinstance(days, int)}
    change = RequestChange(**(said | (dates if "priority" not in said else {})))  # type: ignore[arg-type]

    with pytest.raises(Invalid) as refused:
        amend_request(actor=cast.carol, request=cast.request, change=change, at=now)

    assert refused.value.field == field
    kept = Request.objects.get(pk=cast.request.pk)
    assert (kept.version, kept.ends_on, kept.windows.count()) == (2, cast.request.ends_on, 1)


def test_a_stale_stranger_or_late_change_is_refused(cast: Cast, now: datetime) -> None:
    change = RequestChange(title="Other")
    for stranger in (cast.alice, cast.rita, cast.dave):
        with pytest.raises(NotAllowed):
            amend_request(actor=stranger, request=cast.request, change=change, at=now)
        with pytest.raises(NotAllowed):
            add_seats(actor=stranger, role=role(cast), seat_count=1, at=now)
    doing: list[Callable[[], object]] = [
        lambda: amend_request(actor=cast.carol, request=cast.request, change=change, at=now, version=1),
        lambda: add_seats(actor=cast.carol, role=role(cast), seat_count=1, at=now, version=1),
        lambda: close_role(actor=cast.carol, role=role(cast), at=now, version=1),
    ]
    for act in doing:
        with pytest.raises(Stale):
            act()
    cancel_request(actor=cast.carol, request=cast.request, at=now)
    with pytest.raises(WrongState, match="cancelled"):
        amend_request(actor=cast.carol, request=cast.request, change=change, at=now)


def test_another_of_the_campaigns_people_answers_and_nobody_else_can(cast: Cast, now: datetime) -> None:
    sam = Member.objects.create(campaign=cast.campaign, user=create_user("sam"), position="staff", since=now)
    counts = Member.objects.create(campaign=cast.campaign, user=create_user("tess"), position="treasurer", since=now)

    amended = amend_request(actor=cast.carol, request=cast.request, change=RequestChange(contact=sam.public_id), at=now)

    assert amended.contact == sam
    change = RequestChange(contact=counts.public_id)
    with pytest.raises(Invalid) as refused:
        amend_request(actor=cast.carol, request=cast.request, change=change, at=now)
    assert refused.value.field == "contact"


def test_a_draft_is_changed_like_a_published_one_and_nobody_hears_of_it(cast: Cast, now: datetime) -> None:
    draft = RequestDraft(
        title="D", starts_on=now.date(), ends_on=now.date() + timedelta(days=9), roles=[FRONT_END_ROLE]
    )
    request = draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=now)
    Run.objects.all().delete()

    later = now.date() + timedelta(days=20)
    amend_request(actor=cast.carol, request=request, change=RequestChange(ends_on=later), at=now)
    add_role(
        actor=cast.carol, request=request, draft=RoleDraft(name="Copy", skill="copywriting", hours_per_week=2), at=now
    )
    add_seats(actor=cast.carol, role=request.roles.get(name="Copy"), seat_count=2, at=now)
    close_role(actor=cast.carol, role=request.roles.get(name="Front end"), at=now)

    again = Request.objects.get(pk=request.pk)
    assert (again.state, again.version, again.terms_changed_at) == ("draft", 5, None)
    assert [(one.name, one.seats.count()) for one in again.roles.all()] == [("Copy", 3)]
    assert (Run.objects.count(), Notice.objects.count()) == (0, 0)


def test_roles_and_places_are_added_and_looked_for(cast: Cast, now: datetime) -> None:
    Run.objects.all().delete()
    copy = RoleDraft(name="Copy", skill="copywriting", hours_per_week=2)

    add_role(actor=cast.carol, request=cast.request, draft=copy, at=now)
    add_seats(actor=cast.carol, role=role(cast), seat_count=2, at=now)

    assert {one.name for one in Run.objects.get().roles.all()} == {"Copy", "Front end"}
    assert [seat.number for seat in role(cast).seats.all()] == [1, 2, 3]
    assert Request.objects.get(pk=cast.request.pk).version == 4


def test_what_a_role_cannot_become_is_named(cast: Cast, now: datetime) -> None:
    add_role(
        actor=cast.carol,
        request=cast.request,
        draft=RoleDraft(name="Copy", skill="copywriting", hours_per_week=2),
        at=now,
    )
    for change, field in (
        (RoleChange(name="Copy"), "name"),
        (RoleChange(min_to_start=2), "min_to_start"),
        (RoleChange(hours_per_week=99), "hours_per_week"),
        (RoleChange(nice_to_have_skills=["juggling"]), "nice_to_have_skills.0"),
    ):
        with pytest.raises(Invalid) as refused:
            amend_role(actor=cast.carol, role=role(cast), change=change, at=now)
        assert refused.value.field == field
    for seats in (0, 50):
        with pytest.raises(Invalid):
            add_seats(actor=cast.carol, role=role(cast), seat_count=seats, at=now)


def test_a_request_keeps_a_place(cast: Cast, now: datetime) -> None:
    seat = Seat.objects.get(role=role(cast))
    with pytest.raises(Invalid, match="Cancel it instead"):
        close_seat(actor=cast.carol, seat=seat, at=now)
    with pytest.raises(Invalid, match="Cancel it instead"):
        close_role(actor=cast.carol, role=role(cast), at=now)
    add_seats(actor=cast.carol, role=role(cast), seat_count=1, at=now)

    for _ in range(2):  # closed before, it stays closed
        closed = close_seat(actor=cast.carol, seat=seat, at=now)

    seat.refresh_from_db()
    assert (seat.closed_at, closed.version) == (now, 4)


@pytest.mark.parametrize("way", ["close_seat", "reduce_seats", "close_role"])
def test_fewer_seats_lower_the_minimum_to_begin(cast: Cast, now: datetime, way: str) -> None:
    draft = RoleDraft(name="Copy", skill="copywriting", hours_per_week=2, seat_count=3)
    add_role(actor=cast.carol, request=cast.request, draft=draft, at=now)
    copy = Role.objects.get(name="Copy")

    if way == "close_seat":
        close_seat(actor=cast.carol, seat=copy.seats.all()[0], at=now)
    elif way == "reduce_seats":
        reduce_seats(actor=cast.carol, role=copy, seat_count=2, at=now)
    else:
        close_role(actor=cast.carol, role=copy, at=now)

    copy.refresh_from_db()
    assert (copy.min_to_start, role(cast).min_to_start) == (0 if way == "close_role" else 2, 1)
    if way != "close_role":
        amend_role(actor=cast.carol, role=copy, change=RoleChange(hours_per_week=3), at=now)


def test_fewer_seats_leave_a_minimum_that_can_still_be_met(cast: Cast, now: datetime) -> None:
    draft = RoleDraft(name="Copy", skill="copywriting", hours_per_week=2, seat_count=3, min_to_start=1)
    add_role(actor=cast.carol, request=cast.request, draft=draft, at=now)
    copy = Role.objects.get(name="Copy")

    reduce_seats(actor=cast.carol, role=copy, seat_count=2, at=now)

    copy.refresh_from_db()
    assert copy.min_to_start == 1


def test_two_spellings_of_a_name_are_one_role(cast: Cast, now: datetime) -> None:
    def build_role(name: str) -> RoleDraft:
        return RoleDraft(name=name, skill="front-end", hours_per_week=2)

    roles = [build_role("Front-end"), build_role("front  END")]
    draft = RequestDraft(title="Two", starts_on=now.date(), ends_on=now.date(), roles=roles)
    with pytest.raises(Invalid, match="Two roles have the same name") as refused:
        draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=now)
    assert refused.value.field == "roles.1.name"

    with pytest.raises(Invalid, match="Another role has this name"):
        add_role(actor=cast.carol, request=cast.request, draft=build_role("FRONT-END"), at=now)
    other = add_role(actor=cast.carol, request=cast.request, draft=build_role("Other"), at=now).roles.get(name="Other")
    with pytest.raises(Invalid, match="Another role has this name"):
        amend_role(actor=cast.carol, role=other, change=RoleChange(name="Front - end"), at=now)
    own = cast.request.roles.get(name="Front end")
    amend_role(actor=cast.carol, role=own, change=RoleChange(name="Front-End"), at=now)
    assert cast.request.roles.get(pk=own.pk).name == "Front-End"
