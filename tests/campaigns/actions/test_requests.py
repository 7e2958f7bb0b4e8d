from datetime import datetime, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from campaigns.actions.amendments import amend_request
from campaigns.actions.publication import publish_request
from campaigns.actions.registration import register_campaign
from campaigns.actions.requests import draft_request, redraft_request
from campaigns.change_rules import RequestChange
from campaigns.draft_rules import RequestDraft, RoleDraft
from campaigns.models import Member, Playbook, Request, Seat
from core.errors import Invalid, NotAllowed, Stale, WrongState
from core.week_mask import Window
from tests.cast import Cast, build_candidacy, verify_by_phone


def test_a_playbook_fills_in_what_nobody_said(cast: Cast, now: datetime) -> None:
    draft = RequestDraft(title="Site", starts_on=now.date(), playbook="website")

    request = draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=now)

    assert (request.state, request.staffing) == ("draft", "whole")
    assert request.ends_on == now.date() + timedelta(weeks=8, days=-1)
    assert [role.name for role in request.roles.all()] == ["Lead", "Front end", "Designer", "Analyst", "Copywriter"]
    assert Seat.objects.filter(role__request=request).count() == 6


def test_every_playbook_can_be_drafted_and_published(cast: Cast, now: datetime) -> None:
    codes = list(Playbook.objects.values_list("code", flat=True))
    assert len(codes) == 9
    for code in codes:
        draft = RequestDraft(title=code, starts_on=now.date(), playbook=code)
        request = draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=now)
        assert publish_request(actor=cast.carol, request=request, at=now).contact is not None


def draft_site(cast: Cast, now: datetime) -> Request:
    draft = RequestDraft(title="Site", starts_on=now.date(), playbook="website")
    return draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=now)


def add_member(cast: Cast, position: str, now: datetime) -> Member:
    return Member.objects.create(campaign=cast.campaign, user=cast.dave, position=position, since=now)


def test_whoever_was_chosen_to_answer_the_volunteers_stays_it_when_another_publishes(cast: Cast, now: datetime) -> None:
    dave = add_member(cast, "staff", now)
    request = draft_site(cast, now)
    amend_request(actor=cast.carol, request=request, change=RequestChange(contact=dave.public_id), at=now)

    assert publish_request(actor=cast.carol, request=request, at=now).contact == dave


def test_who_answers_the_volunteers_is_named_on_publishing_and_else_it_is_the_publisher(
    cast: Cast, now: datetime
) -> None:
    dave = add_member(cast, "staff", now)
    named = publish_request(actor=cast.carol, request=draft_site(cast, now), contact=dave.public_id, at=now)
    unnamed = publish_request(actor=cast.carol, request=draft_site(cast, now), at=now)

    assert named.contact == dave
    assert unnamed.contact is not None
    assert unnamed.contact.user == cast.carol


def test_a_treasurer_does_not_answer_the_volunteers(cast: Cast, now: datetime) -> None:
    dave = add_member(cast, "treasurer", now)
    request = draft_site(cast, now)

    with pytest.raises(Invalid) as refused:
        publish_request(actor=cast.carol, request=request, contact=dave.public_id, at=now)
    assert [error.path for error in refused.value.errors] == ["contact"]
    Request.objects.filter(pk=request.pk).update(contact=dave)

    assert publish_request(actor=cast.carol, request=request, at=now).contact != dave


def test_work_that_needs_trust_asks_for_vetting_unless_somebody_says_otherwise(cast: Cast, now: datetime) -> None:
    roles = [
        RoleDraft(name="A", skill="incident-response", hours_per_week=2),
        RoleDraft(name="B", skill="incident-response", hours_per_week=2, vetted_for=""),
    ]
    draft = RequestDraft(title="Help", starts_on=now.date(), ends_on=now.date(), roles=roles)

    request = draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=now)

    assert [role.vetted_for for role in request.roles.all()] == ["incidents", ""]


def test_a_draft_is_rewritten_whole_and_a_published_one_is_not(cast: Cast, now: datetime) -> None:
    draft = RequestDraft(title="Site", starts_on=now.date(), playbook="website")
    request = draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=now)
    shorter = RequestDraft(title="Texts", starts_on=now.date(), playbook="texting")

    changed = redraft_request(actor=cast.carol, request=request, draft=shorter, at=now, version=1)
    assert (changed.title, changed.roles.count(), changed.version) == ("Texts", 2, 2)
    with pytest.raises(Stale):
        redraft_request(actor=cast.carol, request=request, draft=draft, at=now, version=1)
    publish_request(actor=cast.carol, request=changed, at=now)

    with pytest.raises(WrongState):
        redraft_request(actor=cast.carol, request=request, draft=draft, at=now)


def test_only_the_campaigns_own_people_ask_for_it(cast: Cast, now: datetime) -> None:
    draft = RequestDraft(title="Site", starts_on=now.date(), playbook="website")
    for stranger in (cast.alice, cast.rita, cast.dave):
        with pytest.raises(NotAllowed):
            draft_request(actor=stranger, campaign=cast.campaign, draft=draft, at=now)
        with pytest.raises(NotAllowed):
            publish_request(actor=stranger, request=cast.request, at=now)


FRONT = RoleDraft(name="F", skill="front-end", hours_per_week=2)
TUESDAY = Window(1, time(19), time(20))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, "roles"),
        ({"roles": [FRONT, FRONT]}, "roles.1.name"),
        ({"roles": [RoleDraft(name="F", skill="juggling", hours_per_week=2)]}, "roles.0.skill"),
        ({"roles": [RoleDraft(name="F", skill="front-end", hours_per_week=2, seat_count=51)]}, "roles.0.seat_count"),
        ({"roles": [FRONT], "time_zone": "Mars"}, "time_zone"),
        ({"roles": [FRONT], "priority": 9}, "priority"),
        ({"roles": [FRONT], "meetings": [TUESDAY, TUESDAY]}, "meetings.1"),
        ({"playbook": "circus"}, "playbook"),
    ],
)
def test_what_cannot_be_used_is_named(cast: Cast, now: datetime, changes: dict[str, object], field: str) -> None:
    draft = RequestDraft(**({"title": "Site", "starts_on": now.date(), "ends_on": now.date()} | changes))  # type: ignore[arg-type]

    with pytest.raises(Invalid) as caught:
        draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=now)

    assert caught.value.field == field
    assert Request.objects.count() == 1


def test_a_candidate_has_one_campaign_and_only_reviewers_verify_it(cast: Cast, now: datetime) -> None:
    with pytest.raises(Invalid, match="has a campaign here already"):
        register_campaign(actor=cast.dave, candidacy=build_candidacy("Kim Doe", now), name="Doe again", at=now)
    rival = register_campaign(actor=cast.dave, candidacy=build_candidacy("Lee Poe", now), name="Poe", at=now)
    assert rival.candidate.contest == cast.campaign.candidate.contest
    with pytest.raises(NotAllowed):
        verify_by_phone(actor=cast.dave, campaign=rival, at=now)
    verify_by_phone(actor=cast.rita, campaign=rival, at=now)
    with pytest.raises(WrongState, match="verified already"):
        verify_by_phone(actor=cast.rita, campaign=rival, at=now)


def test_history_is_written_by_the_database_and_cannot_be_changed(cast: Cast, now: datetime) -> None:
    events = cast.campaign.events.order_by("pgh_id")  # type: ignore[attr-defined]
    # Registered, promised an answer, verified.
    assert [event.state for event in events] == ["unverified", "unverified", "verified"]

    for statement in (
        "UPDATE campaigns_campaignevent SET state = 'ended'",
        "DELETE FROM campaigns_campaignevent",
    ):
        with pytest.raises(DatabaseError, match="Cannot update or delete rows"), transaction.atomic():
            execute(statement)


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_nobody_is_asked_for_somebody_who_has_not_agreed_to_the_code_of_conduct(cast: Cast, now: datetime) -> None:
    draft = RequestDraft(
        title="Ads",
        summary="Ads.",
        brief="Ads.",
        starts_on=now.date(),
        ends_on=now.date() + timedelta(days=30),
        roles=[RoleDraft(name="Analyst", skill="web-analytics", level=1, hours_per_week=2)],
    )
    request = draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=now)
    cast.carol.conduct_accepted_at = None
    cast.carol.save()

    with pytest.raises(Invalid, match="read the code of conduct") as refused:
        publish_request(actor=cast.carol, request=request, at=now)
    assert (refused.value.field, Request.objects.get(pk=request.pk).state) == (
        "accepts_code_of_conduct",
        Request.State.DRAFT,
    )

    assert (
        publish_request(actor=cast.carol, request=request, accepts_code_of_conduct=True, at=now).state
        == Request.State.PUBLISHED
    )
    cast.carol.refresh_from_db()
    assert cast.carol.conduct_accepted_at == now
