"""An answer that is sent again fits the document too: while nothing has changed, and when it may no longer be shown."""

from datetime import datetime
from itertools import product
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.urls import resolve

from core.models import RateCounter
from core.rate_counters import CONNECTION
from matching.models import Match, Pin, ProblemReport, Veto
from matching.rules.states import MatchState
from tests.access.endpoints import UNKNOWN_ID, AccessScenario, build_scenario
from tests.access.test_replays import take_rights
from tests.api.document import list_operations
from tests.api.test_real_answers import find_faults
from tests.cast import Cast
from tests.core.privacy.test_stored_responses import STATES, list_repeatable_routes, post_with_key, send_with_key

CALLERS = ("reviewer", "manager", "volunteer")


def list_replays(
    house: AccessScenario, cast: Cast, route: str, role: str, state: MatchState, now: datetime
) -> list[HttpResponse]:
    """The answer and its replays, if it is one: as it was, after the match has moved on, and without the rights."""
    answer = post_with_key(house, route, role, state)
    if not 200 <= answer.status_code < 300:
        return []
    replays = [send_with_key(house, route, role)]
    Match.objects.filter(public_id=house.ids["match"]).update(state=MatchState.WITHDRAWN)
    replays.append(send_with_key(house, route, role))
    take_rights(cast, house, role, now)
    return [answer, *replays, send_with_key(house, route, role)]


def test_each_replay_fits_the_document(cast: Cast, now: datetime) -> None:
    house = build_scenario(cast, now)
    for model in (Pin, ProblemReport, Veto):
        model._default_manager.all().delete()
    house.bodies["my-match-accept"] = {"accepts_code_of_conduct": True}
    operations: dict[str, Any] = {
        str(resolve(path.replace("{id}", str(UNKNOWN_ID))).url_name): operation
        for path, method, operation in list_operations()
        if method == "post"
    }
    faults: dict[str, list[str]] = {}
    answered, hidden = set(), set()
    for route in list_repeatable_routes():
        RateCounter.objects.using(CONNECTION).all().delete()  # the limit of changes a minute is not in question here
        for state, role in product(STATES, CALLERS):
            with transaction.atomic():
                answers = list_replays(house, cast, route, role, state, now)
                transaction.set_rollback(True)
            if answers:
                answered.add(route)
                hidden |= {route for answer in answers if answer.status_code == 204 and answers[0].status_code != 204}
                refused = [answer for answer in answers if answer.status_code in (403, 404)]
                told = [answer for answer in answers if answer not in refused]
                found = [fault for answer in told for fault in find_faults(answer, operations[route])]
                faults |= {route: found} if found else {}
                break

    assert faults == {}
    assert {"my-match-accept", "my-match-report-problem", "placement-confirm", "request-roles"} <= answered
    assert len(answered) > 30, sorted(set(list_repeatable_routes()) - answered)
    assert len(hidden) > 10
