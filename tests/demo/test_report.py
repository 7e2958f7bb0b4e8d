import json

import pytest
from django.utils import timezone

from demo.logins import MANAGER_EMAIL, REVIEWER_EMAIL, DemoLogin
from demo.report import format_json_summary, format_logins, format_report
from demo.seed.seeding import seed_database
from demo.seed.world import WorldSize
from matching.models import Policy, Run

pytestmark = pytest.mark.django_db


def finished_run() -> Run:
    return Run.objects.create(
        policy=Policy.objects.get(state="active"),
        requested_at=timezone.now(),
        state=Run.State.DONE,
        stage_seconds={"store": 0.2, "snapshot": 1.111, "solve": 0.3},
        volunteer_count=40,
        seat_count=20,
        filled_count=15,
        pair_count=1234,
        value=9990,
        bound=10000,
    )


def test_the_summary_is_one_line_of_json() -> None:
    line = format_json_summary(finished_run())
    assert "\n" not in line
    assert json.loads(line) == {"volunteers": 40, "seats": 20, "filled": 15, "gap": 0.001, "seconds": 1.61}


def test_the_report_names_the_result_the_stages_in_their_order_and_the_logins() -> None:
    logins = [
        DemoLogin("Reviewer", REVIEWER_EMAIL, "first-secret"),
        DemoLogin("Campaign manager", MANAGER_EMAIL, "second-secret"),
    ]
    lines = format_report(
        finished_run(), list(format_logins(logins, "shared-secret", "http://localhost:8000"))
    ).splitlines()
    assert lines[0] == "Seats filled    15 of 20 (75 %)"
    assert lines[1].startswith("Certified gap   0.100 %")
    at = lines.index("Seconds by stage (1.61 in all)")
    assert [line.split()[0] for line in lines[at + 1 : at + 4]] == ["snapshot", "solve", "store"]
    assert lines[-3:] == [
        "  Reviewer          reviewer@demo.example  first-secret   http://localhost:8000/admin/",
        "  Campaign manager  manager@demo.example   second-secret  http://localhost:8000/",
        "  10 more share the password shared-secret; docs/how-to/look-around-the-demo.md names them",
    ]


def test_a_run_that_proposed_nobody_and_left_no_seat_empty_is_reported_as_such() -> None:
    text = format_report(finished_run(), [])
    assert "  None: no volunteer fits a free seat." in text
    assert "  None: every seat is filled." in text


def test_the_empty_seats_of_a_demo_are_told_with_what_they_ask_for() -> None:
    seed_database(seed=7, today=timezone.localdate(), size=WorldSize(volunteers=40, campaigns=8, requests=20))
    text = format_report(finished_run(), [])
    assert text.count(", asks for ") == 3
