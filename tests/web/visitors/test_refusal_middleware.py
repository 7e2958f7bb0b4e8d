"""A refusal that leaves a view is a page, or a problem, and no defect."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as all_patterns
from core import errors
from core.errors import HandraiserError

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

REFUSALS: dict[str, tuple[HandraiserError, int]] = {
    "allowed": (errors.NotAllowed("Ask a reviewer."), 403),
    "state": (errors.WrongState("It is over."), 409),
    "full": (errors.Full("No seat is left."), 409),
    "stale": (errors.Stale("Read it again."), 412),
    "input": (errors.Invalid("Write a number."), 400),
    "nothing": (errors.NotFound("There is none."), 404),
    "often": (errors.TooManyRequests("Wait a minute.", retry_after=60), 429),
}


@login_not_required
def refuse(request: HttpRequest, name: str) -> HttpResponse:
    raise REFUSALS[name][0]


urlpatterns = [path("sample/<str:name>/", refuse), path("api/sample/<str:name>", refuse), *all_patterns]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.mark.parametrize("name", REFUSALS)
def test_a_page_says_what_to_do(client: Client, name: str) -> None:
    error, status = REFUSALS[name]

    answer = client.get(f"/sample/{name}/")

    assert answer.status_code == status
    sentence = "There is nothing here" if status == 404 else error.message
    assert sentence in answer.content.decode()
    assert answer.headers.get("Retry-After") == ("60" if name == "often" else None)


@pytest.mark.parametrize("name", REFUSALS)
def test_the_api_answers_a_problem(client: Client, name: str) -> None:
    error, status = REFUSALS[name]

    answer = client.get(f"/api/sample/{name}")

    assert (answer.status_code, answer.json()["code"]) == (status, error.code)
    assert answer.json()["detail"] == error.message
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.headers.get("Retry-After") == ("60" if name == "often" else None)
