"""A request that is sent many times at once under one key."""

from typing import Any

from rest_framework.test import APIClient

from campaigns.models import Campaign
from tests.cast import create_user
from tests.core.api.test_idempotency import CAMPAIGN, PATH
from tests.matching.lifecycle.races.concurrency import run_at_once


def test_the_same_key_twenty_times_at_once_is_one_row_and_one_answer(db: None) -> None:
    dave = create_user("dave")

    def send() -> tuple[int, Any]:
        client = APIClient()
        client.force_authenticate(dave)
        answer = client.post(PATH, CAMPAIGN, headers={"Idempotency-Key": "one"})
        return answer.status_code, answer.json()

    answers = [outcome.result for outcome in run_at_once([send] * 20)]

    assert answers == [answers[0]] * 20
    assert answers[0][0] == 201
    assert Campaign.objects.count() == 1
