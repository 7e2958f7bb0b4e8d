"""From the yes of a volunteer to the thanks, page by page, as campaign staff walk it."""

from datetime import datetime

from django.test import Client

from core.models import ContactAccess
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.models import ChecklistTick, Match, Message
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import make_offered_match
from tests.web.campaigns.people import find_desk, find_page


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer
    return answer.content.decode()


def test_a_campaign_starts_with_a_person_works_with_them_takes_over_and_says_thanks(
    cast: Cast, carols: Client, now: datetime
) -> None:
    match = make_offered_match(cast, now)
    assert "1 person asked" in read(carols, find_desk(cast.campaign))
    accept_offer(actor=cast.alice, match=match, note="I built two of these.", at=now)

    desk = read(carols, find_desk(cast.campaign))
    assert "1 thing waits for you" in desk
    assert "Alice said yes to you" in desk
    assert find_page(match) in desk

    page = read(carols, find_page(match))
    assert "I built two of these." in page
    assert "Start with Alice" in page
    assert "alice@example.org" not in page
    version = Match.objects.get().version
    answer = carols.post(find_page(match), {"version": version}, follow=True)
    assert "It begins. Alice hears it now" in answer.content.decode()
    assert "alice@example.org" in answer.content.decode()
    assert ContactAccess.objects.filter(viewer_id=cast.carol.pk, subject_id=cast.alice.pk).count() == 1

    tick = {"stage": "kickoff", "item_code": "scope", "is_done": "on"}
    answer = carols.post(find_page(match, "campaign-person-checklist"), tick)
    assert answer.headers["Location"].endswith("#list")
    assert ChecklistTick.objects.get().item_code == "scope"
    answer = carols.post(find_page(match, "campaign-person-messages"), {"text": "Welcome, Alice"}, follow=True)
    assert "Welcome, Alice" in answer.content.decode()

    assert "takes 14 days at most" in read(carols, find_page(match, "campaign-person-done"))
    version = Match.objects.get().version
    answer = carols.post(find_page(match, "campaign-person-done"), {"version": version}, follow=True)
    assert "Take over from Alice" in answer.content.decode()
    assert "3 lines of the hand-over list are yours" in read(carols, find_desk(cast.campaign))
    carols.post(find_page(match, "campaign-person-messages"), {"text": "Thank you!"})
    version = Match.objects.get().version
    answer = carols.post(find_page(match, "campaign-person-complete"), {"version": version}, follow=True)
    assert "Alice has done it" in answer.content.decode()
    assert "alice@example.org" not in answer.content.decode()

    assert Match.objects.get().state == MatchState.COMPLETED
    assert list(Message.objects.values_list("text", flat=True)) == [
        "I built two of these.",
        "Welcome, Alice",
        "Thank you!",
    ]
    desk = read(carols, find_desk(cast.campaign))
    assert "Nothing waits for you" in desk
    assert "done on 2 March" in desk
