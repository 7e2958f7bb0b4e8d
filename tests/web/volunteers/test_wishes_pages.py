"""The page on which a volunteer says whom they would like to help."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.models import Party
from tests.cast import Cast, sign_in_browser
from tests.web.volunteers.reading import read_text
from volunteers.models import Volunteer

ADDRESS = "/me/wishes/"


def test_wishes_are_shown_as_stored_and_saved(client: Client, cast: Cast) -> None:
    sign_in_browser(client, cast.alice)
    party = Party.objects.create(code="lantern", name="Lantern Party")
    said = {
        "parties": [party.code],
        "restrict_to_parties": "on",
        "levels": ["state"],
        "jurisdictions": ["US-CA", "US-NV"],
    }

    answer = client.post(ADDRESS, said, follow=True)

    shown = read_text(answer)
    assert "Saved. This counts for what comes next." in shown
    assert "California, Nevada" in shown
    volunteer = Volunteer.objects.get(user=cast.alice)
    assert (volunteer.levels, volunteer.restrict_to_parties) == (["state"], True)
    assert list(volunteer.parties.all()) == [party]
    checked = answer.content.decode().count(" checked")
    assert checked == 5


@pytest.mark.parametrize("said", [{"levels": ["state"]}, {"jurisdictions": ["US-CA"]}, {"parties": ["lantern"]}])
def test_who_said_whom_they_would_help_is_not_asked_to_say_it(
    client: Client, cast: Cast, said: dict[str, list[str]]
) -> None:
    sign_in_browser(client, cast.alice)
    Party.objects.create(code="lantern", name="Lantern Party")
    suggestion = "Say whom you would help, and whom not"
    assert suggestion in read_text(client.get("/me/"))

    client.post(ADDRESS, said)

    assert suggestion not in read_text(client.get("/me/"))


def test_a_limit_to_nothing_is_refused_and_keeps_what_was_ticked(client: Client, cast: Cast) -> None:
    sign_in_browser(client, cast.alice)

    answer = client.post(ADDRESS, {"restrict_to_levels": "on", "jurisdictions": ["US-CA"]})

    assert answer.status_code == 400
    assert "Your levels are limited to none." in read_text(answer)
    assert answer.content.decode().count(" checked") == 2
    assert not Volunteer.objects.get(user=cast.alice).jurisdictions.exists()


def test_states_stand_under_their_regions(client: Client, cast: Cast) -> None:
    sign_in_browser(client, cast.alice)

    page = client.get(ADDRESS)
    form = page.context["page_form"]
    groups = {label: {box.data["value"] for box in boxes} for label, boxes in form.states_by_region}

    assert list(groups) == ["All of it", "Northeast", "Midwest", "South", "West", "Territories"]
    assert "US" in groups["All of it"]
    assert {"US-WV", "US-DC"} <= groups["South"]
    assert sum(map(len, groups.values())) == len(form["jurisdictions"])
    assert 'data-filter="Find a state"' in page.content.decode()


def test_what_is_not_on_the_list_is_refused(client: Client, cast: Cast) -> None:
    sign_in_browser(client, cast.alice)

    answer = client.post(ADDRESS, {"parties": ["none-such"]})

    assert answer.status_code == 400


def test_the_page_reads_so_many_times(
    client: Client, cast: Cast, django_assert_num_queries: Callable[..., object]
) -> None:
    sign_in_browser(client, cast.alice)
    client.get(ADDRESS)

    with django_assert_num_queries(9):  # type: ignore[attr-defined]
        client.get(ADDRESS)
