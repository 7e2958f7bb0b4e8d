"""A volunteer's own skills by pages: what is stored, a change, a word, limits, two tabs, and who may come in."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.models import Seat
from core.models import Skill
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import create_match
from tests.web.volunteers.desk_states import make_skills_of_paused
from tests.web.volunteers.start_steps import text_of
from volunteers.actions.availability import set_paused
from volunteers.actions.vetting import vet_volunteer
from volunteers.models import TimeOff, Volunteer
from web.volunteers.desk_cards import describe_time_off

PAGE = "/me/skills/"


@pytest.fixture
def alice(cast: Cast) -> Volunteer:
    return Volunteer.objects.get(user=cast.alice)


def say(*codes: str, level: str = "4", **more: Any) -> dict[str, Any]:
    """What the form sends with these cards."""
    sent: dict[str, Any] = {"card": list(codes)} | more
    for code in codes:
        sent |= {f"level_{code}": level, f"wants_{code}": "on"}
    return sent


def claims_of(volunteer: Volunteer) -> set[tuple[str, int, bool]]:
    return set(volunteer.claims.values_list("skill__code", "level", "wants_to_use"))


def cards_of(page: Any) -> list[str]:
    return re.findall(r'name="card" value="([\w-]+)"', page.content.decode())


def test_a_volunteer_finds_their_skills_and_changes_them(alices: Client, alice: Volunteer) -> None:
    desk = alices.get("/me/").content.decode()
    assert re.search(r'id="you">[^/]*</h2>\s*<ul[^>]*>\s*<li><a href="/me/skills/">My skills', desk)
    page = alices.get(PAGE)
    assert cards_of(page) == ["front-end"]
    assert "Front end For years · would like to use it" in text_of(page)

    page = alices.post(PAGE, say("front-end", word="copywriting", add="1", version=alice.version), follow=True)
    assert cards_of(page) == ["front-end", "copywriting"]
    assert page.redirect_chain[-1][0].endswith("#skill-copywriting")
    assert "Now say how well you know it. Then save." in text_of(page)
    assert "This is what you wrote" not in text_of(page)
    assert f'name="version" value="{alice.version}"' in page.content.decode()
    assert claims_of(alice) == {("front-end", 4, True)}

    sent = say("front-end", level="5") | {"card": ["front-end", "copywriting"], "level_copywriting": "2"}
    page = alices.post(PAGE, sent | {"version": alice.version}, follow=True)
    assert "Saved. This counts for what comes next." in text_of(page)
    assert claims_of(alice) == {("front-end", 5, True), ("copywriting", 2, False)}


def test_who_saves_a_trusted_skill_reads_who_calls_and_when(
    cast: Cast, alices: Client, alice: Volunteer, now: datetime
) -> None:
    saved = text_of(alices.post(PAGE, say("front-end", "voter-file"), follow=True))
    assert "For Voter file one of us has a short call with you before your first place: we ask for a time." in saved
    assert "Before your first place with this, one of us has a short call with you" in saved

    area, last = Skill.objects.get(code="voter-file").vetted_for, timezone.now().date() + timedelta(days=90)
    vet_volunteer(actor=cast.rita, volunteer=alice, area=area, method="call", valid_until=last, at=now)

    assert "short call" not in text_of(alices.post(PAGE, say("front-end", "voter-file"), follow=True))


def test_a_skill_is_taken_away_once_it_is_saved(alices: Client, alice: Volunteer) -> None:
    alices.post(PAGE, say("front-end", "copywriting"))

    page = alices.post(PAGE, say("front-end", "copywriting", drop="front-end"), follow=True)

    assert cards_of(page) == ["copywriting"]
    assert "Front end is off the list. It counts once you save." in text_of(page)
    assert len(claims_of(alice)) == 2
    alices.post(PAGE, say("copywriting"))
    assert claims_of(alice) == {("copywriting", 4, True)}


def test_words_lead_to_skills_as_in_the_first_visit(alices: Client, alice: Volunteer) -> None:
    page = alices.post(PAGE, say("front-end", word="Zapplier", add="1"), follow=True)
    assert "We don’t know “Zapplier” yet. We have kept the word, without your name." in text_of(page)
    assert page.redirect_chain[-1][0].endswith("#found")

    page = alices.post(PAGE, say("front-end", skill=["copywriting", "nonsense"]), follow=True)
    assert cards_of(page) == ["front-end", "copywriting"]
    assert claims_of(alice) == {("front-end", 4, True)}


def test_what_cannot_be_kept_aside_is_shown_at_once(
    alices: Client, alice: Volunteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.design.kept_forms.MAX_KEPT_CHARACTERS", 1)
    page = alices.post(PAGE, say("front-end", word="copywriting", add="1"))

    assert page.status_code == 200
    assert cards_of(page) == ["front-end", "copywriting"]
    assert "Error:" not in page.content.decode()


def test_all_else_of_the_profile_stays_and_so_does_what_was_agreed(
    alices: Client, cast: Cast, alice: Volunteer, now: datetime
) -> None:
    match = create_match(MatchState.ACTIVE, volunteer=alice, seat=Seat.objects.get(role__request=cast.request), at=now)
    make_skills_of_paused(cast, now)
    TimeOff.objects.create(volunteer=alice, starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 3))
    Volunteer.objects.filter(pk=alice.pk).update(last_name="Doe", assumed=["skills", "time_zone"])
    kept_row = alice.claims.get(skill__code="voter-file").pk
    windows = list(alice.windows.values_list("weekday", "starts", "ends"))
    alice.refresh_from_db()
    before = alice.availability_confirmed_at

    page = alices.post(PAGE, say("voter-file", level="1"), follow=True)

    assert "Saved. What you said yes to stays as agreed; this counts for what comes next." in text_of(page)
    assert "We have had the call that campaigns ask for." in text_of(page)
    alice.refresh_from_db()
    assert (alice.last_name, alice.state, alice.assumed) == ("Doe", "paused", ["time_zone"])
    assert alice.availability_confirmed_at == before
    assert list(alice.windows.values_list("weekday", "starts", "ends")) == windows
    assert (alice.time_off.count(), alice.vettings.count()) == (1, 1)
    assert (alice.claims.get().pk, alice.claims.get().level) == (kept_row, 1)
    assert Match.objects.get(pk=match.pk).state == "active"


def test_a_skill_that_is_no_longer_offered_stays_with_those_who_have_it(alices: Client, alice: Volunteer) -> None:
    Skill.objects.filter(code="front-end").update(retired=True)

    assert cards_of(alices.get(PAGE)) == ["front-end"]
    alices.post(PAGE, say("front-end", level="2"))
    assert claims_of(alice) == {("front-end", 2, True)}


def test_two_tabs_do_not_write_over_each_other(alices: Client, alice: Volunteer) -> None:
    seen = alice.version
    alices.post(PAGE, say("front-end", level="2", version=seen))
    page = alices.post(PAGE, say("copywriting", version=seen))

    assert page.status_code == 409
    assert "You changed your skills elsewhere meanwhile." in text_of(page)
    assert "Front end: With some help · would like to use it" in text_of(page)
    assert cards_of(page) == ["copywriting"]
    assert claims_of(alice) == {("front-end", 2, True)}
    [version] = re.findall(r'name="version" value="(\d+)"', page.content.decode())
    assert alices.post(PAGE, say("copywriting", version=version)).status_code == 302
    assert claims_of(alice) == {("copywriting", 4, True)}


def test_limits_are_those_of_a_profile(alices: Client, alice: Volunteer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Choose at least one skill." in text_of(alices.post(PAGE, {}))
    assert "Choose how well you know Front end." in text_of(alices.post(PAGE, {"card": "front-end"}))
    assert alices.post(PAGE, say("front-end", level="6")).status_code == 400

    monkeypatch.setattr("volunteers.skill_claim_rules.MAX_SKILL_CLAIMS", 1)
    page = alices.post(PAGE, say("front-end", "copywriting"))
    assert (page.status_code, "These are too many. Give 1 at most." in text_of(page)) == (400, True)

    monkeypatch.setattr("web.volunteers.skill_pages.OwnSkillsPage.max_skills", 1)
    page = alices.post(PAGE, say("front-end", word="copywriting", add="1"), follow=True)
    assert "These are too many. Take some away first." in text_of(page)
    assert cards_of(page) == ["front-end"]
    assert claims_of(alice) == {("front-end", 4, True)}


def test_who_is_on_a_pause_changes_their_skills_and_who_left_comes_back_first(
    alices: Client, cast: Cast, alice: Volunteer, now: datetime
) -> None:
    set_paused(actor=cast.alice, is_paused=True, at=now)
    assert "You are on a pause." in text_of(alices.post(PAGE, say("front-end", level="3"), follow=True))
    assert claims_of(alice) == {("front-end", 3, True)}

    Volunteer.objects.filter(pk=alice.pk).update(state="left", left_at=now, answer_due_at=None)
    assert "You have left." in text_of(alices.get(PAGE))
    page = alices.post(PAGE, say("front-end", level="1"))
    assert "You have left, so there is nothing to change. Come back first." in text_of(page)
    assert 'href="/me/skills/"' in alices.get("/me/back/").content.decode()


def test_who_has_no_profile_is_led_to_raise_a_hand_and_a_visitor_to_the_sign_in(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.dave)

    assert client.get(PAGE)["Location"] == client.post(PAGE, say("front-end"))["Location"] == "/start/"
    assert Client().get(PAGE)["Location"].startswith("/accounts/login/")


def test_nobody_reads_or_writes_the_skills_of_others(cast: Cast, alices: Client, alice: Volunteer) -> None:
    bob = Client()
    bob.force_login(cast.bob)

    assert cards_of(bob.get(PAGE)) == ["copywriting"]
    bob.post(PAGE, say("editing"))
    assert claims_of(alice) == {("front-end", 4, True)}


def test_whose_skills_nobody_asks_for_is_led_to_add_one(alices: Client, alice: Volunteer) -> None:
    Seat.objects.all().delete()

    page = alices.get("/me/")

    assert "Add it to your skills." in text_of(page)
    assert '<a href="/me/skills/">Add a skill</a>' in page.content.decode()


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 12, 21), date(2026, 12, 27), "Away 21 to 27 December"),
        (date(2026, 11, 28), date(2026, 12, 3), "Away 28 November to 3 December"),
        (date(2026, 12, 28), date(2027, 1, 3), "Away 28 December 2026 to 3 January 2027"),
        (date(2026, 12, 21), date(2026, 12, 21), "Away on 21 December"),
        (date(2026, 11, 1), date(2026, 11, 20), "Away until 20 November"),
    ],
)
def test_the_first_page_says_which_days_off_are_coming(first: date, last: date, words: str) -> None:
    assert describe_time_off(TimeOff(starts_on=first, ends_on=last), on=date(2026, 11, 10)) == words
    assert describe_time_off(None, on=date(2026, 11, 10)) == ""
