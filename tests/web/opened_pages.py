"""Every page in every state, one at a time: for checks that open each by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.test import Client

from tests.cast import Cast
from tests.delivered_mail import DeliveredMail
from tests.web.campaigns import plan_states
from tests.web.page_addresses import PAGES, JudgedPage
from tests.web.volunteers import test_start_look, test_states
from tests.web.volunteers.states import STATES, PageState


@dataclass(frozen=True, slots=True)
class ReachedPage:
    """A page that its reader is about to open; `ask` returns what the server answers."""

    client: Client
    address: str
    ask: Callable[[], Any]


def _reach_judged(judged: JudgedPage, cast: Cast, at: datetime) -> ReachedPage:
    client, address = judged.make_client(cast, at), judged.find_address(cast, at)
    if judged.typed is None:
        return ReachedPage(client, address, partial(client.get, address))
    return ReachedPage(client, address, partial(client.post, address, judged.typed, follow=True))


def _reach_state(state: PageState, cast: Cast, at: datetime) -> ReachedPage:
    client, address = test_states.open_page(state, cast, at)
    return ReachedPage(client, address, partial(client.get, address))


def _reach_start(state: str, cast: Cast, at: datetime) -> ReachedPage:
    client = Client()
    answer, address = test_start_look.come_to(state, client, DeliveredMail())
    return ReachedPage(client, address, lambda: answer)


def _reach_plan(state: str, cast: Cast, at: datetime) -> ReachedPage:
    client = Client()
    answer, address = plan_states.come_to(state, client, cast, at)
    return ReachedPage(client, address, lambda: answer)


EVERY_PAGE: dict[str, Callable[[Cast, datetime], ReachedPage]] = {
    **{judged.name: partial(_reach_judged, judged) for judged in PAGES},
    **{f"volunteer-{state.name}": partial(_reach_state, state) for state in STATES},
    **{f"start-{state}": partial(_reach_start, state) for state in test_start_look.STATES},
    **{f"plan-{state}": partial(_reach_plan, state) for state in plan_states.PLAN_STATES},
}
