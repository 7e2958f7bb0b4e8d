"""A role is changed on its page, with a word before on what it asks of people."""

import re
from datetime import datetime
from typing import Any

from django.test import Client

from campaigns.actions.requests import draft_request
from campaigns.draft_rules import RequestDraft
from campaigns.models import Request, Role
from core.models import Notice
from matching.models import EstimateAnswer, Match, Run
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import make_match
from tests.web.campaigns.requests import fill_places, find_request_page, find_role_page, publish_roles
from tests.web.stored_rows import list_changed_tables, read_stored_rows
from volunteers.models import Volunteer


def type_role(role: Role, **changes: object) -> dict[str, Any]:
    typed: dict[str, Any] = {
        "name": role.name,
        "tasks": role.tasks,
        "hours_per_week": role.hours_per_week,
        "level": role.level,
        "seat_count": role.seats.filter(closed_at=None).count(),
        "version": Request.objects.get(pk=role.request_id).version,
    }
    return typed | changes


def read(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def find_sure(page: str) -> str:
    found = re.search(r'name="sure" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_role_without_people_is_saved_at_once(cast: Cast, carols: Client) -> None:
    role, address = cast.request.roles.get(), find_role_page(cast.request)
    typed = type_role(role, name="Site", tasks="Builds it.", hours_per_week=2, level=2, seat_count=3, is_lead="on")

    answer = carols.post(address, typed, follow=True)

    assert answer.redirect_chain[-1][0] == find_request_page(cast.request)
    assert "Saved." in read(answer)
    role.refresh_from_db()
    assert (role.name, role.tasks, role.hours_per_week, role.level, role.is_lead) == ("Site", "Builds it.", 2, 2, True)
    assert role.seats.count() == 3
    carols.post(address, type_role(role, seat_count=1))
    assert role.seats.filter(closed_at=None).count() == 1


def test_before_new_hours_are_saved_it_says_who_is_asked_again(cast: Cast, carols: Client, now: datetime) -> None:
    request = publish_roles(cast, now, "Front end", seat_count=4)
    fill_places(
        request, "Front end", [MatchState.ACCEPTED, MatchState.ACCEPTED, MatchState.OFFERED, MatchState.ACTIVE], now
    )
    typed = type_role(request.roles.get(), hours_per_week=4)
    before = read_stored_rows()

    told = carols.post(find_role_page(request), typed)

    page = read(told)
    assert told.status_code == 200
    assert "2 people have said yes to 3 h a week. With 4 h they are asked again, and may say no." in page
    assert "1 person has not answered yet. They are asked again" in page
    assert "1 person is at work and goes on." in page
    assert list_changed_tables(before) == set()
    done = carols.post(find_role_page(request), typed | {"sure": find_sure(page)})
    assert done.status_code == 302
    assert request.roles.get().hours_per_week == 4
    assert Match.objects.filter(state=MatchState.OFFERED).count() == 3


def test_what_it_asks_is_told_again_if_it_is_more_by_then(cast: Cast, carols: Client, now: datetime) -> None:
    request = publish_roles(cast, now, "Front end", seat_count=2)
    fill_places(request, "Front end", [MatchState.ACCEPTED], now)
    typed = type_role(request.roles.get(), hours_per_week=4)
    sure = find_sure(read(carols.post(find_role_page(request), typed)))
    Match.objects.update(state=MatchState.ACTIVE)

    told = carols.post(find_role_page(request), typed | {"sure": sure})

    assert "1 person is at work and goes on." in read(told)
    assert request.roles.get().hours_per_week == 3


def test_what_it_asks_is_told_again_if_it_is_less_by_then(cast: Cast, carols: Client, now: datetime) -> None:
    request = publish_roles(cast, now, "Front end", seat_count=2)
    fill_places(request, "Front end", [MatchState.ACCEPTED], now)
    typed = type_role(request.roles.get(), hours_per_week=4)
    sure = find_sure(read(carols.post(find_role_page(request), typed)))
    Match.objects.update(state=MatchState.DECLINED)

    told = read(carols.post(find_role_page(request), typed | {"sure": sure}))

    assert "Nobody is asked or at work, so it concerns nobody." in told
    assert 'name="sure"' not in told
    assert request.roles.get().hours_per_week == 3
    assert carols.post(find_role_page(request), typed).status_code == 302


def test_who_types_something_else_after_reading_reads_what_that_asks(cast: Cast, carols: Client, now: datetime) -> None:
    request = publish_roles(cast, now, "Front end", seat_count=2)
    fill_places(request, "Front end", [MatchState.ACCEPTED], now)
    typed = type_role(request.roles.get(), hours_per_week=4)
    sure = find_sure(read(carols.post(find_role_page(request), typed)))

    told = read(carols.post(find_role_page(request), typed | {"hours_per_week": 2, "sure": sure}))

    assert "With 2 h they are asked again" in told
    assert request.roles.get().hours_per_week == 3


def test_fewer_places_say_who_loses_one(cast: Cast, carols: Client, now: datetime) -> None:
    request = publish_roles(cast, now, "Front end", "Pages", seat_count=2)
    fill_places(request, "Front end", [MatchState.ACTIVE, MatchState.OFFERED], now)
    typed = type_role(request.roles.get(name="Front end"), seat_count=0)

    page = read(carols.post(find_role_page(request), typed))

    assert "1 person who was asked or said yes hears today that plans changed." in page
    assert "1 person is at work on a place that goes. Their hand-over begins today." in page
    last = publish_roles(cast, now, "Front end")
    refused = carols.post(find_role_page(last), type_role(last.roles.get(), seat_count=0))
    assert (refused.status_code, [*refused.context["page_form"].errors]) == (400, ["seat_count"])


def test_a_colleagues_change_meanwhile_is_shown_beside_ones_own(cast: Cast, carols: Client) -> None:
    address, typed = find_role_page(cast.request), type_role(cast.request.roles.get(), tasks="Mine")
    assert carols.post(address, typed | {"tasks": "Theirs"}).status_code == 302

    stale = carols.post(address, typed)

    assert stale.status_code == 409
    assert {"Mine", "Theirs"} <= {*re.findall(r"Mine|Theirs", read(stale))}
    assert cast.request.roles.get().tasks == "Theirs"


def test_a_link_fills_in_what_would_help_and_stores_nothing(cast: Cast, carols: Client) -> None:
    address = find_role_page(cast.request)

    page = carols.get(f"{address}?hours_per_week=2&is_lead=0&level=9999999&evil=1")

    assert page.context["page_form"].initial["hours_per_week"] == 2
    assert page.context["page_form"].initial["level"] == 3
    assert "We have filled in what would help." in read(page)
    assert cast.request.roles.get().hours_per_week == 4


def test_who_could_help_is_asked_of_the_role_as_typed(cast: Cast, carols: Client) -> None:
    role = cast.request.roles.get()
    carols.post(find_role_page(cast.request), type_role(role, check="1"))
    page = read(carols.post(find_role_page(cast.request), type_role(role, hours_per_week=1, check="1")))

    assert "Under 5 people fit: hard to fill" in page
    assert "As it is typed here." in page
    assert EstimateAnswer.objects.count() == 2
    assert cast.request.roles.get().hours_per_week == 4
    assert carols.post(find_role_page(cast.request), type_role(role, level=9, check="1")).status_code == 400


def test_languages_are_added_changed_and_given_up(cast: Cast, carols: Client) -> None:
    address, role = find_role_page(cast.request), cast.request.roles.get()
    assert "Languages that the person must speak</summary>" in read(carols.get(address))
    carols.post(address, type_role(role, languages=["en", "es"]))
    assert cast.request.roles.get().languages == ["en", "es"]
    assert "Languages that the person must speak: English, Spanish" in read(carols.get(address))

    terms = Request.objects.get(pk=cast.request.pk).terms_changed_at
    carols.post(address, type_role(role, languages=["es", "en"]))
    assert Request.objects.get(pk=cast.request.pk).terms_changed_at == terms
    suggested = carols.get(f"{address}?languages=0")
    assert suggested.context["page_form"].initial["languages"] == []
    carols.post(address, type_role(role))
    assert cast.request.roles.get().languages == []


def test_who_said_yes_and_speaks_none_of_the_new_languages_is_counted_first(
    cast: Cast, carols: Client, now: datetime
) -> None:
    request = publish_roles(cast, now, "Front end", seat_count=3)
    speaks, does_not, _asked = fill_places(
        request, "Front end", [MatchState.ACCEPTED, MatchState.ACCEPTED, MatchState.OFFERED], now
    )
    Volunteer.objects.filter(pk=speaks.volunteer_id).update(languages=["en", "es"])
    address, typed = find_role_page(request), type_role(request.roles.get(), languages=["es", "fr"])

    page = read(carols.post(address, typed))

    assert "1 person who was asked or said yes hears today that plans changed." in page
    assert "asked again" not in page
    assert carols.post(address, typed | {"sure": find_sure(page)}).status_code == 302
    states = dict(Match.objects.filter(request=request).values_list("pk", "state"))
    assert states[speaks.pk] == MatchState.ACCEPTED
    assert states[does_not.pk] == MatchState.RELEASED
    assert sorted(states.values()) == [MatchState.ACCEPTED, MatchState.OFFERED, MatchState.RELEASED]


def test_a_colleagues_languages_are_named_beside_ones_own(cast: Cast, carols: Client) -> None:
    address, typed = find_role_page(cast.request), type_role(cast.request.roles.get(), languages=["fr"])
    carols.post(address, typed | {"languages": ["en", "es"]})
    page = read(carols.post(address, typed))
    assert "English, Spanish" in page
    assert "[&#x27;" not in page


def test_the_role_of_a_draft_is_changed_without_a_question(cast: Cast, carols: Client, now: datetime) -> None:
    draft = RequestDraft(title="Texts", playbook="website", starts_on=now.date())
    request = draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=now)
    role = request.roles.get(name="Front end")

    answer = carols.post(find_role_page(request), type_role(role, seat_count=1, hours_per_week=2))

    assert answer.headers["Location"] == find_request_page(request, "campaign-publish")
    assert role.seats.count() == 1


def test_a_rehearsal_leaves_nothing_behind(cast: Cast, carols: Client, now: datetime) -> None:
    make_match(cast, now, MatchState.ACCEPTED)
    counts = Notice.objects.count(), Run.objects.count()
    carols.post(find_role_page(cast.request), type_role(cast.request.roles.get(), hours_per_week=1))
    assert (Notice.objects.count(), Run.objects.count()) == counts


def test_what_is_past_its_bounds_stands_at_its_field(cast: Cast, carols: Client) -> None:
    wrong = {
        "name": "x" * 81,
        "tasks": "x" * 301,
        "hours_per_week": 61,
        "level": 6,
        "seat_count": 51,
        "languages": ["xx"],
    }
    answer = carols.post(find_role_page(cast.request), type_role(cast.request.roles.get(), **wrong))
    assert answer.status_code == 400
    assert {*answer.context["page_form"].errors} == {*wrong}
    Request.objects.update(state=Request.State.CLOSED)
    page = carols.get(find_role_page(cast.request), follow=True)
    assert "its plan stays as it is" in read(page)
