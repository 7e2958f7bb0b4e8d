"""A confirm page of what is done already, in a second tab or by going back, says so and is no missing page."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.cast import Cast
from tests.web.campaigns import candidate_states
from tests.web.test_every_form import FORMS, FormCase, open_and_fill, sign_in
from tests.web.volunteers.start_steps import say_skills, say_week
from web.design.confirm_pages import ConfirmPage

CASES = [
    *FORMS,  # all of them: some confirm without being a `ConfirmPage`
    FormCase("candidate", "", candidate_states.make_question),
    FormCase("candidate-no", "", candidate_states.make_no, {"reason": "Not mine"}),
    FormCase("candidate-end-manager", "", candidate_states.make_end_of_one_manager),
    FormCase("candidate-end-manager", "", candidate_states.make_end_of_only_manager, {"successor": "mo@example.org"}),
]
GONE = "campaigns/person_gone.html"
"""Says that it ended early, with the status of a page that is no more."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.route)
def test_what_is_done_already_is_no_missing_page(cast: Cast, now: datetime, case: FormCase) -> None:
    address, browser, other_tab = case.make(cast, now), Client(), Client()
    for client in (browser, other_tab):
        if case.reader:
            sign_in(client, case.reader)
    first, second = (open_and_fill(client, case, address) for client in (browser, other_tab))

    assert browser.post(address, first).status_code == 302
    for answer in (other_tab.post(address, second, follow=True), other_tab.get(address, follow=True)):
        is_said = GONE in [template.name for template in answer.templates]
        assert answer.status_code in (200, 400, 409) or is_said, (case.route, answer.redirect_chain)


def test_a_draft_is_erased_twice_without_harm(cast: Cast) -> None:
    client = Client()
    say_skills(client, "front-end")
    say_week(client)
    address = f"{reverse('start-under-18-sure')}?draft=abc"

    answers = [client.post(address, {}), client.post(address, {}), client.get(address, follow=True)]

    assert [answer.status_code for answer in answers] == [302, 302, 200]


def test_every_confirm_page_is_tried() -> None:
    assert set(_list_confirm_pages(get_resolver())) <= {case.route for case in CASES} | {"start-under-18-sure"}


def _list_confirm_pages(resolver: URLResolver) -> list[str]:
    found = []
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            found.extend(_list_confirm_pages(each))
        else:
            view = getattr(each.callback, "view_class", None)
            if view and issubclass(view, ConfirmPage):
                found.append(each.name or "")
    return found
