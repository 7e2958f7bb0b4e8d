"""The thread of one volunteer through the pages, from the letter to the thanks."""

from datetime import datetime

from django.test import Client

from matching.lifecycle.actions.campaign_answers import confirm_match, finish_work
from matching.lifecycle.actions.messages import write_message
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import make_offered_match
from tests.web.volunteers.reading import list_addresses, list_buttons, read_heading, read_text, read_title


def test_a_volunteer_says_yes_works_and_hands_over_by_pages_alone(cast: Cast, alices: Client, now: datetime) -> None:
    match = make_offered_match(cast, now)
    offer, project = f"/me/offers/{match.public_id}/", f"/me/projects/{match.public_id}/"

    desk = alices.get("/me/")
    assert read_heading(desk) == "Hello Alice, one thing waits for you"
    assert offer in list_addresses(desk)

    page = alices.get(offer)
    assert read_title(page) == "Your answer is wanted - Handraiser"
    assert read_heading(page) == "Front end for “Website”: would you do it?"
    assert "Kim Doe" in read_text(page)
    assert list_buttons(page) == ["Yes, I’ll do it", "No, not this one"]

    said = alices.post(offer, {"note": "Glad to help.", "version": match.version})
    assert said["Location"] == project
    page = alices.get(project)
    assert read_heading(page) == "Thank you, Alice. Now it is their turn."
    assert "They answer by Wednesday, 4 March, " in read_text(page)
    assert "carol@example.org" not in read_text(page)

    confirm_match(actor=cast.carol, match=Match.objects.get(pk=match.pk), at=now)
    write_message(actor=cast.carol, match=Match.objects.get(pk=match.pk), text="Welcome aboard!", at=now)
    desk = alices.get("/me/")
    assert read_title(desk) == "(1) Your page - Handraiser"
    assert "1 new message: “Website”" in read_text(desk)
    page = alices.get(f"{project}messages/")
    assert "Glad to help." in read_text(page)
    assert "Welcome aboard!" in read_text(page)
    assert read_title(alices.get("/me/")) == "Your page - Handraiser"

    page = alices.get(project)
    assert "carol@example.org" in read_text(page)
    assert "The password is swordfish." in read_text(page)
    alices.post(f"{project}list/", {"stage": "kickoff", "item_code": "employer", "is_done": "on"})
    assert [tick.item_code for tick in match.checks.all()] == ["employer"]

    finish_work(actor=cast.carol, match=Match.objects.get(pk=match.pk), at=now)
    assert "Hand over “Website”" in read_text(alices.get("/me/"))
    assert "I have handed over" in list_buttons(alices.get(project))
    done = alices.post(f"{project}handed-over/", follow=True)
    assert read_heading(done) == "Thank you, Alice. It is done."
    assert Match.objects.get(pk=match.pk).state == MatchState.COMPLETED
    assert "You rest until" in read_text(alices.get("/me/"))
    alices.post("/me/rest/")
    assert "You rest until" not in read_text(alices.get("/me/"))
