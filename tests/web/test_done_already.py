"""Whoever confirms what is done already, in a second tab or by going back, reads kindly that it is done."""

from datetime import datetime
from html import unescape

import pytest
from django.test import Client

from tests.cast import Cast
from tests.web.campaigns import candidate_states
from tests.web.test_every_form import FORMS, FormCase, open_and_fill, sign_in

CANDIDATE_FORMS = [
    FormCase("candidate", "", candidate_states.make_question),
    FormCase("candidate-no", "", candidate_states.make_no, {"reason": "Not mine"}),
    FormCase("candidate-end-manager", "", candidate_states.make_end_of_one_manager),
    FormCase("candidate-end-manager", "", candidate_states.make_end_of_only_manager, {"successor": "mo@example.org"}),
]
# A campaign or a volunteer may do it as often as they like.
CASES = [*FORMS, *CANDIDATE_FORMS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.route)
def test_what_is_done_already_is_no_missing_page(cast: Cast, now: datetime, case: FormCase) -> None:
    address, client, other_tab = case.make(cast, now), Client(), Client()
    for browser in (client, other_tab):
        if case.reader:
            sign_in(browser, case.reader)
    first, second = (open_and_fill(browser, case, address) for browser in (client, other_tab))

    assert client.post(address, first).status_code == 302
    for answer in (other_tab.post(address, second, follow=True), other_tab.get(address, follow=True)):
        print(case.route, answer.status_code, answer.redirect_chain, unescape(answer.content.decode())[:0])
        assert answer.status_code in (200, 400, 409), answer.redirect_chain
