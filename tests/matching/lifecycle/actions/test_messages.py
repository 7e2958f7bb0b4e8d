"""Messages before contact, reports that pause it, and the lists of both sides."""

from datetime import datetime, timedelta

import pytest

from campaigns.actions.registration import register_campaign
from core.errors import Invalid, NotAllowed, WrongState
from core.models import Notice
from matching.lifecycle.actions.checklists import tick_checklist_item
from matching.lifecycle.actions.messages import write_message
from matching.lifecycle.actions.problem_reports import handle_report, report_problem
from matching.lifecycle.actions.volunteer_answers import accept_offer, withdraw_from_match
from matching.lifecycle.queries.checklists import build_kick_off_card, list_checklist_lines
from matching.models import ChecklistTick, Match, Message, ProblemReport
from matching.rules.checklists import CHECKLISTS
from matching.rules.sides import MatchSide
from tests.cast import Cast, build_candidacy, create_user
from tests.match_factory import make_accepted_match, make_active_match, make_closing_match, make_offered_match


def recipients(kind: str) -> list[str]:
    return sorted(notice.recipient.email for notice in Notice.objects.filter(kind=kind) if notice.recipient)


def test_both_sides_write_before_they_know_how_to_reach_each_other(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)

    write_message(actor=cast.carol, match=match, text=" Shall we begin on Tuesday? ", at=now)
    write_message(actor=cast.alice, match=match, text="Gladly.", at=now)

    assert [(one.side, one.text) for one in Message.objects.all()] == [
        ("campaign", "Shall we begin on Tuesday?"),
        ("volunteer", "Gladly."),
    ]
    assert recipients("message") == ["alice@example.org", "carol@example.org"]


def test_nobody_writes_before_the_yes_or_after_the_end(cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)
    with pytest.raises(WrongState, match="from the volunteer's yes until the work is over"):
        write_message(actor=cast.alice, match=match, text="Hello?", at=now)
    with pytest.raises(NotAllowed):
        write_message(actor=cast.carol, match=match, text="Hello?", at=now)  # a campaign does not know of an offer
    match = accept_offer(actor=cast.alice, match=match, at=now)
    with pytest.raises(Invalid, match="Write something first"):
        write_message(actor=cast.alice, match=match, text="  ", at=now)

    withdraw_from_match(actor=cast.alice, match=match, at=now)
    with pytest.raises(WrongState):
        write_message(actor=cast.alice, match=match, text="Sorry!", at=now)


def test_strangers_neither_write_nor_report(cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)

    for stranger in (cast.bob, cast.dave):
        with pytest.raises(NotAllowed):
            write_message(actor=stranger, match=match, text="Hello", at=now)
        with pytest.raises(NotAllowed):
            report_problem(actor=stranger, match=match, kind="other", at=now)


@pytest.mark.parametrize("stage", [make_offered_match, make_accepted_match, make_active_match, make_closing_match])
def test_a_volunteer_reports_from_the_offer_on_and_a_reviewer_is_paged(cast: Cast, now: datetime, stage) -> None:  # type: ignore[no-untyped-def]
    made = report_problem(actor=cast.alice, match=stage(cast, now), kind="safety", text="He came to my house.", at=now)

    # A day later it is seven in the morning where she lives, so it is promised for nine.
    assert (made.side, made.answer_due_at) == ("volunteer", now + timedelta(hours=26))
    assert recipients("report") == ["rita@example.org"]


def test_contact_pauses_until_a_reviewer_has_looked(cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)
    made = report_problem(actor=cast.alice, match=match, kind="conduct", at=now)
    for side in (cast.alice, cast.carol):
        with pytest.raises(WrongState, match="Contact pauses while a reviewer looks"):
            write_message(actor=side, match=match, text="What is the matter?", at=now)
    write_message(actor=cast.rita, match=match, text="I will call you both.", at=now)

    handle_report(actor=cast.rita, report=made, outcome="Spoke with both.", at=now)

    write_message(actor=cast.carol, match=match, text="Thank you.", at=now)
    assert recipients("report-handled") == ["alice@example.org"]


def test_one_report_of_one_person_is_open_at_a_time_and_must_say_what_it_is_about(cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)
    report_problem(actor=cast.alice, match=match, kind="conduct", at=now)

    with pytest.raises(WrongState, match="You have reported this already"):
        report_problem(actor=cast.alice, match=match, kind="conduct", at=now)
    with pytest.raises(Invalid, match="Say what it is about"):
        report_problem(actor=cast.carol, match=match, kind="mood", at=now)


def test_a_report_is_closed_once_with_an_outcome_by_somebody_from_outside_the_contest(
    cast: Cast, now: datetime
) -> None:
    made = report_problem(actor=cast.alice, match=make_active_match(cast, now), kind="conduct", at=now)
    involved = create_user("ruth", reviewer=True)
    _opponent(cast, now).members.create(user=involved, position="staff", since=now)

    for actor in (involved, cast.alice, cast.carol):
        with pytest.raises(NotAllowed):
            handle_report(actor=actor, report=made, outcome="Nothing to see.", at=now)
    with pytest.raises(Invalid, match="Write down what you found"):
        handle_report(actor=cast.rita, report=made, outcome=" ", at=now)
    handle_report(actor=cast.rita, report=made, outcome="Spoke with both.", at=now)
    with pytest.raises(WrongState, match="Another reviewer has handled this"):
        handle_report(actor=cast.rita, report=made, outcome="Again.", at=now)

    assert ProblemReport.objects.get().outcome == "Spoke with both."


def test_each_side_ticks_its_own_lines_in_their_time(cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)

    for actor, side in ((cast.carol, MatchSide.CAMPAIGN), (cast.alice, MatchSide.VOLUNTEER)):
        for item in CHECKLISTS["kickoff"]:  # type: ignore[index]
            if item.side == side:
                tick_checklist_item(actor=actor, match=match, stage="kickoff", item_code=item.code, at=now)
                tick_checklist_item(
                    actor=actor, match=match, stage="kickoff", item_code=item.code, at=now
                )  # twice is once
    assert ChecklistTick.objects.count() == len(CHECKLISTS["kickoff"])  # type: ignore[index]
    tick_checklist_item(actor=cast.alice, match=match, stage="kickoff", item_code="employer", is_done=False, at=now)

    undone = [
        line.item_code
        for line in list_checklist_lines(Match.objects.get())
        if line.stage == "kickoff" and not line.ticked_at
    ]
    assert undone == ["employer"]
    with pytest.raises(NotAllowed, match="for the other side"):
        tick_checklist_item(actor=cast.alice, match=match, stage="kickoff", item_code="owner", at=now)
    with pytest.raises(Invalid, match="no such line"):
        tick_checklist_item(actor=cast.alice, match=match, stage="kickoff", item_code="cake", at=now)
    with pytest.raises(WrongState):
        tick_checklist_item(actor=cast.alice, match=match, stage="closing", item_code="handed_back", at=now)


def test_the_kick_off_card_says_what_both_need_on_the_first_day(cast: Cast, now: datetime) -> None:
    request = cast.request
    request.out_of_scope, request.channel = "No logos.", "Signal group"
    request.save()

    card = build_kick_off_card(make_active_match(cast, now), at=now)

    assert card.scope == "A small site.\n\nThe password is swordfish."
    assert (card.out_of_scope, card.owner, card.channel) == ("No logos.", "carol@example.org", "Signal group")
    assert card.first_meeting is not None
    assert card.first_meeting.isoformat() == "2026-03-10T23:00:00+00:00"  # Tuesday, 19:00, summer time by then


def _opponent(cast: Cast, now: datetime):  # type: ignore[no-untyped-def]
    return register_campaign(actor=cast.dave, candidacy=build_candidacy("Pat Roe", now), name="Roe for Senate", at=now)


def test_a_campaign_may_report_somebody_who_has_gone_and_nobody_whom_it_never_met(cast: Cast, now: datetime) -> None:
    met = make_accepted_match(cast, now)
    withdraw_from_match(actor=cast.alice, match=met, at=now)
    assert (
        report_problem(actor=cast.carol, match=met, kind="privacy", at=now + timedelta(days=9)).side
        == MatchSide.CAMPAIGN
    )

    with pytest.raises(WrongState):
        write_message(actor=cast.rita, match=met, text="Hello?", at=now)
    Match.objects.update(state="declined")
    with pytest.raises(NotAllowed):
        report_problem(actor=cast.carol, match=Match.objects.get(), kind="privacy", at=now)
