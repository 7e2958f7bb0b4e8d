"""Which roles the board shows, and what of them."""

from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.actions.amendments import amend_request
from campaigns.change_rules import RequestChange
from campaigns.draft_rules import RoleDraft
from campaigns.models import Campaign, Member, PlaybookRole, Request, Role, Seat
from core.enums import VettingArea
from core.models import Party
from core.week_mask import Window
from matching.open_roles.queries.board import read_board
from matching.open_roles.queries.board_filters import BoardFilter, find_board_roles
from matching.open_roles.queries.fits import find_fits_of_volunteer
from matching.open_roles.queries.open_role_rows import OpenRole, build_open_roles, with_shown_columns
from matching.rules.board_privacy import NOTHING
from matching.rules.states import MatchState
from tests.cast import FRONT_END_ROLE, Cast, create_volunteer, publish_new_request
from tests.match_factory import create_match
from tests.matching.open_roles.board_world import register_verified_campaign

SHOWN_KEYS = {
    *("id", "name", "skill", "skill_name", "level", "hours_per_week", "weeks", "ends_in"),
    *("tasks", "languages", "state", "region", "party", "office_level", "meetings", "has_interest"),
}
"""All that a row of the board may hold. A new key needs a reason, and a look at what it tells with the others."""


def show_board(at: datetime, wanted: BoardFilter | None = None, *, time_zone: str | None = None) -> list[OpenRole]:
    board = read_board(at=at)
    return build_open_roles(with_shown_columns(find_board_roles(board, wanted)), board, time_zone=time_zone)


def add_campaigns(cast: Cast, at: datetime, *states: str) -> list[Campaign]:
    """Verify campaigns, each with a manager of its own and an open front-end role."""
    campaigns: list[Campaign] = []
    for number, state in enumerate(states):
        name = f"{state} {number} {Campaign.objects.count()}"
        campaign, manager = register_verified_campaign(cast, name, at, jurisdiction=state)
        publish_new_request(manager, campaign, at, roles=[FRONT_END_ROLE])
        campaigns.append(campaign)
    return campaigns


def test_a_row_holds_these_keys_and_no_other(cast: Cast, now: datetime) -> None:
    assert {field.name for field in fields(OpenRole)} == SHOWN_KEYS


def test_a_row_holds_no_word_of_its_campaign(cast: Cast, now: datetime) -> None:
    """Every text and id of request, campaign, candidate, contest and members is a canary."""
    cast.request.roles.update(name="Front end for Kim Doe", tasks="Build what Kim Doe needs.")
    cast.request.out_of_scope, cast.request.channel = "Canary print", "Canary chat"
    cast.request.save()
    add_campaigns(cast, now, "US-WA", "US-WA")
    rows = str([asdict(row) for row in show_board(now, time_zone="Asia/Kathmandu")])

    role = Role.objects.get(request=cast.request)
    ids = [role.public_id, cast.request.public_id, cast.campaign.public_id, cast.campaign.candidate.public_id]
    ids += [seat.public_id for seat in Seat.objects.all()]
    ids += [*Member.objects.values_list("public_id", flat=True)]
    canaries = [*map(str, ids), "Kim", "Doe", "Canary", "swordfish", "A small site", "Website", "Senate", "carol"]
    assert [canary for canary in canaries if canary in rows] == []


def test_a_role_is_named_as_a_playbook_names_it_or_else_by_its_skill(cast: Cast, now: datetime) -> None:
    cast.request.roles.update(name="Front end for Kim Doe")
    assert [row.name for row in show_board(now)] == ["Front end"]


def test_a_row_says_what_the_person_does_only_as_a_playbook_says_it(cast: Cast, now: datetime) -> None:
    in_playbook = PlaybookRole.objects.get(playbook__code="website", name="Front end")
    cast.request.roles.update(name="Front end", skill=in_playbook.skill, tasks=in_playbook.tasks)
    assert [row.tasks for row in show_board(now)] == [in_playbook.tasks] != [""]

    cast.request.roles.update(tasks="Build the site of Kim Doe.")
    assert [row.tasks for row in show_board(now)] == [""]


def test_the_id_of_a_row_is_in_no_other_answer_or_history(cast: Cast, now: datetime) -> None:
    role = Role.objects.get(request=cast.request)
    assert show_board(now)[0].id == role.board_id
    assert role.board_id != role.public_id
    assert "board_id" not in [field.name for field in Role.pgh_event_model._meta.get_fields()]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "change",
    [
        lambda request: Request.objects.update(is_on_board=False),
        lambda request: Request.objects.update(emergency=True),
        lambda request: Request.objects.update(state="closed"),
        lambda request: Request.objects.update(state="draft"),
        lambda request: Campaign.objects.update(state="unverified"),
        lambda request: Campaign.objects.update(state="ended"),
        lambda request: Campaign.objects.update(paused_at=timezone.now()),
        lambda request: Role.objects.update(vetted_for=VettingArea.MONEY),
        lambda request: Seat.objects.update(closed_at=timezone.now()),
        lambda request: Request.objects.update(
            starts_on=request.starts_on - timedelta(days=90), ends_on=request.starts_on - timedelta(days=60)
        ),
    ],
)
def test_what_the_board_never_shows(cast: Cast, now: datetime, change: object) -> None:
    assert len(show_board(now)) == 1
    change(cast.request)  # type: ignore[operator]
    assert show_board(now) == []


def test_a_request_with_security_work_is_left_out_whole(cast: Cast, now: datetime) -> None:
    roles = [FRONT_END_ROLE, RoleDraft(name="Guard", skill="site-security", hours_per_week=2)]
    publish_new_request(cast.carol, cast.campaign, now, title="Safe", roles=roles)
    assert len(show_board(now)) == 1

    Seat.objects.filter(role__name="Guard").update(closed_at=now)
    assert len(show_board(now)) == 1


def test_a_seat_that_somebody_is_asked_about_is_off_the_board_and_a_proposal_changes_nothing(
    cast: Cast, now: datetime
) -> None:
    seat = Seat.objects.get(role__request=cast.request)
    match = create_match(MatchState.PROPOSED, volunteer=cast.alice.volunteer, seat=seat, at=now)
    assert len(show_board(now)) == 1
    match.delete()
    create_match(MatchState.OFFERED, volunteer=cast.alice.volunteer, seat=seat, at=now)
    assert show_board(now) == []


def test_a_campaign_takes_its_request_off_the_board_and_back(cast: Cast, now: datetime) -> None:
    for is_on_board in (False, True):
        request = Request.objects.get(pk=cast.request.pk)
        amend_request(actor=cast.carol, request=request, change=RequestChange(is_on_board=is_on_board), at=now)
        assert len(show_board(now)) == is_on_board


def test_state_party_and_level_take_three_campaigns(cast: Cast, now: datetime) -> None:
    add_campaigns(cast, now, "US-WA")
    assert {row.state for row in show_board(now)} == {None}
    add_campaigns(cast, now, "US-WA")
    assert {(row.state, row.region, row.party, row.office_level) for row in show_board(now)} == {
        ("US-WA", "west", "", "state")
    }


def test_drafts_copies_unverified_and_full_campaigns_do_not_count(cast: Cast, now: datetime) -> None:
    """Two campaigns, and everything that one of them could try to seem three."""
    add_campaigns(cast, now, "US-WA")
    for _ in range(3):
        publish_new_request(cast.carol, cast.campaign, now, roles=[FRONT_END_ROLE])
    unverified, *_ = add_campaigns(cast, now, "US-WA")
    Campaign.objects.filter(pk=unverified.pk).update(state="unverified")
    full, *_ = add_campaigns(cast, now, "US-WA")
    Seat.objects.filter(role__request__campaign=full).update(closed_at=now)
    # Another campaign of the same manager, and one of somebody who is on both staffs.
    own, _ = register_verified_campaign(cast, "Own copy", now, manager=cast.carol, jurisdiction="US-WA")
    publish_new_request(cast.carol, own, now, roles=[FRONT_END_ROLE])
    friend, *_ = add_campaigns(cast, now, "US-WA")
    Member.objects.create(campaign=friend, user=cast.carol, position="staff", since=now)

    assert {(row.state, row.region, row.party, row.office_level) for row in show_board(now)} == {
        (None, None, None, None)
    }
    assert set(read_board(at=now).shown.values()) == {NOTHING}


def test_a_treasurer_of_many_campaigns_hides_none(cast: Cast, now: datetime) -> None:
    for campaign in [cast.campaign, *add_campaigns(cast, now, "US-WA", "US-WA")]:
        Member.objects.create(campaign=campaign, user=cast.dave, position="treasurer", since=now)
    assert {row.state for row in show_board(now)} == {"US-WA"}


def test_a_filter_finds_no_hidden_fact(cast: Cast, now: datetime) -> None:
    add_campaigns(cast, now, "US-OR", "US-ID")  # with the cast's: three in the West, one a state
    every = show_board(now)
    assert {(row.state, row.region) for row in every} == {(None, "west")}

    assert show_board(now, BoardFilter(state="US-WA")) == []
    assert show_board(now, BoardFilter(regions=["west"])) == every
    assert show_board(now, BoardFilter(regions=["south"])) == []
    assert show_board(now, BoardFilter(party="none", office_levels=["state"])) == every
    assert show_board(now, BoardFilter(party="green")) == []


def test_filters_by_skill_level_and_hours(cast: Cast, now: datetime) -> None:
    def count(**wanted: object) -> int:
        return len(show_board(now, BoardFilter(**wanted)))  # type: ignore[arg-type]

    assert [count(skill=code) for code in ("front-end", "engineering", "copywriting", "nothing")] == [1, 1, 0, 0]
    assert [count(max_level=level) for level in (2, 3)] == [0, 1]
    assert [count(max_hours_per_week=hours) for hours in (3, 4)] == [0, 1]


def test_meetings_are_on_the_readers_clock_for_who_is_signed_in_and_where_the_region_is_shown(
    cast: Cast, now: datetime
) -> None:
    assert show_board(now, time_zone="UTC")[0].meetings is None
    add_campaigns(cast, now, "US-OR", "US-ID")

    assert show_board(now)[0].meetings is None
    # Tuesday 19:00 in New York, in winter and after the clocks went forward on 8 March.
    starts = {row.meetings for row in show_board(now, time_zone="Asia/Kathmandu")}
    assert starts == {(Window(2, time(4, 45), time(5, 45)),)}


def test_the_end_is_a_month_and_the_length_does_not_shrink_from_day_to_day(cast: Cast, now: datetime) -> None:
    add_campaigns(cast, now, "US-WA", "US-WA")
    today, later = show_board(now)[0], show_board(now + timedelta(days=20))[0]
    assert (today.weeks, today.ends_in) == (later.weeks, later.ends_in) == (6, cast.request.ends_on.replace(day=1))


def test_the_month_is_shown_only_where_three_campaigns_could_end_so_late(cast: Cast, now: datetime) -> None:
    assert {row.ends_in for row in show_board(now)} == {None}

    add_campaigns(cast, now, "US-WA", "US-WA")
    month = cast.request.ends_on.replace(day=1)
    assert {row.ends_in for row in show_board(now)} == {month}

    # The work of one must end in that month. So it would not be behind a later one, and from that month on none shows.
    early = Campaign.objects.exclude(pk=cast.campaign.pk).first()
    assert early is not None
    contest = type(early.candidate.contest).objects.filter(pk=early.candidate.contest_id)
    contest.update(election_on=now.date() + timedelta(days=2), primary_on=None)
    assert {(row.ends_in, row.state) for row in show_board(now)} == {(None, "US-WA")}


def test_a_board_in_memory_follows_every_change(cast: Cast, now: datetime) -> None:
    """Whatever is changed, by whatever way in."""
    add_campaigns(cast, now, "US-WA", "US-WA")
    volunteer = cast.alice.volunteer

    def see() -> str:
        fits = find_fits_of_volunteer(volunteer, at=now)
        rows = build_open_roles(with_shown_columns(find_board_roles(fits.board)), fits.board, time_zone="UTC")
        return str(([asdict(row) for row in rows], fits.judged.fails.tolist()))

    green = Party.objects.create(code="green", name="Green")
    changes: list[Callable[[], object]] = [
        lambda: cast.request.windows.update(weekday=6),
        cast.request.windows.all().delete,
        lambda: Role.objects.filter(request=cast.request).update(hours_per_week=9),
        lambda: Role.objects.filter(request=cast.request).update(languages=["fr"]),
        lambda: type(cast.campaign.candidate).objects.update(party=green),
        lambda: type(cast.campaign.candidate.contest).objects.update(level="local"),
        lambda: Party.objects.update(code="emerald"),
        lambda: Member.objects.filter(position="manager").update(user=cast.carol),
        lambda: Campaign.objects.filter(pk=cast.campaign.pk).update(paused_at=now),
    ]
    seen = [see()]
    for change in changes:
        change()
        seen.append(see())
    assert [number for number in range(len(changes)) if seen[number] == seen[number + 1]] == []


def test_a_board_costs_three_statements_while_nothing_changes(cast: Cast, now: datetime) -> None:
    read_board(at=now)
    with CaptureQueriesContext(
        connection,
    ) as statements:
        read_board(at=now)
    assert len(statements) == 3


def test_fits_of_a_volunteer_cost_the_same_with_one_role_and_with_many(cast: Cast, now: datetime) -> None:
    counts = []
    for _ in range(2):
        find_fits_of_volunteer(cast.alice.volunteer, at=now)
        with CaptureQueriesContext(connection) as statements:
            find_fits_of_volunteer(cast.alice.volunteer, at=now)
        counts.append(len(statements))
        add_campaigns(cast, now, "US-OR", "US-ID", "US-VT")
    assert counts == [13, 13]


def test_a_volunteer_who_limits_herself_learns_no_hidden_fact(cast: Cast, now: datetime) -> None:
    """She serves one party, level or state only, in turn: what she is told of a role does not depend on the truth."""
    add_campaigns(cast, now, "US-OR", "US-ID")
    zoe = create_volunteer(cast.dave, now)
    answers = []
    for limits in ({"levels": ["state"]}, {"levels": ["local"]}):
        type(zoe).objects.filter(pk=zoe.pk).update(restrict_to_levels=True, **limits)
        zoe.refresh_from_db()
        fits = find_fits_of_volunteer(zoe, at=now)
        answers.append([fits.list_role_ids(), int(fits.asks_for_skills.sum()), fits.count_single_changes()])
    shown = {facts.level for facts in read_board(at=now).shown.values()}
    assert shown == {"state"}
    assert answers[0][1] == answers[1][1] == 3

    Campaign.objects.exclude(pk=cast.campaign.pk).update(state="ended")
    for limits in ({"levels": ["state"]}, {"levels": ["local"]}):
        type(zoe).objects.filter(pk=zoe.pk).update(restrict_to_levels=True, **limits)
        zoe.refresh_from_db()
        fits = find_fits_of_volunteer(zoe, at=now)
        assert (fits.list_role_ids(), int(fits.asks_for_skills.sum()), fits.count_single_changes()) == ([], 0, {})


def test_a_row_says_the_languages_unless_a_rare_one_would_tell_where_it_is(cast: Cast, now: datetime) -> None:
    shown = {}
    for languages in ([], ["es"], ["en", "vi"], ["nv"], ["es", "nv"]):
        cast.request.roles.update(languages=languages)
        shown[tuple(languages)] = show_board(now)[0].languages

    assert shown == {(): (), ("es",): ("es",), ("en", "vi"): ("en", "vi"), ("nv",): (), ("es", "nv"): ()}
