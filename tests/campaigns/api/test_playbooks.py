"""Playbooks say how many people could take their roles: the same to everyone, and in a fixed number of queries."""

from collections.abc import Callable
from datetime import datetime

from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from campaigns.models import PlaybookRole, PlaybookSupply
from core.models import User
from tests.cast import Cast

Api = Callable[[User | None], APIClient]
PATH = "/api/v1/playbooks"


def test_a_role_says_who_could_take_it_once_it_was_counted(
    api: Api, cast: Cast, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    role = PlaybookRole.objects.get(playbook__code="website", name="Front end")
    PlaybookSupply.objects.create(role=role, people_fitting="10-24", counted_at=now)
    client = api(cast.dave)
    with django_assert_num_queries(2):
        playbooks = client.get(PATH).json()["results"]

    bands = {
        (playbook["code"], each["name"]): each["people_fitting"] for playbook in playbooks for each in playbook["roles"]
    }
    assert bands.pop(("website", "Front end")) == "10-24"
    assert set(bands.values()) == {None}
    assert api(cast.carol).get(PATH).content == api(cast.alice).get(PATH).content
