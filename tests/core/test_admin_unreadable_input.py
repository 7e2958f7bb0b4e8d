"""An address or a form of the admin that the database cannot read is refused, and is no error of ours."""

import pytest
from django.test import Client

from campaigns.models import Playbook
from tests.cast import Cast


@pytest.mark.parametrize(
    "path",
    [
        "campaigns/campaign/?state__exact=%00",
        "matching/run/?state__exact=%00",
        "core/contactaccess/?at__year=9999",
        "core/contactaccess/?at__year=99999999999999",
        "core/contactaccess/?at__year=9999&at__month=12&at__day=31",
    ],
)
def test_a_list_refuses_what_it_cannot_read(reviewer_client: Client, cast: Cast, path: str) -> None:
    answer = reviewer_client.get(f"/admin/{path}")

    assert answer.status_code == 400
    assert "This cannot be read" in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "action"),
    [
        ("matching/proposal", "approve_selected"),
        ("campaigns/campaign", "verify_selected"),
        ("volunteers/volunteer", "invite_selected"),
        ("matching/policy", "activate_selected"),
    ],
)
@pytest.mark.parametrize("row", ["x", "1\x00"])
def test_a_button_refuses_a_row_that_is_no_number(
    reviewer_client: Client, cast: Cast, path: str, action: str, row: str
) -> None:
    answer = reviewer_client.post(f"/admin/{path}/", {"action": action, "_selected_action": row})

    assert answer.status_code == 400


@pytest.mark.parametrize("skill", ["x", "1.5", "1e400", "NaN", "Infinity", "-1", "9" * 40])
def test_a_choice_that_is_no_row_is_an_error_of_the_form(reviewer_client: Client, cast: Cast, skill: str) -> None:
    answer = reviewer_client.post("/admin/core/skillalias/add/", {"text": "abc", "skill": skill})

    assert answer.status_code == 200
    assert "skill" in answer.context["adminform"].form.errors


def test_a_choice_with_a_character_that_cannot_be_shown_is_refused(reviewer_client: Client, cast: Cast) -> None:
    answer = reviewer_client.post("/admin/core/skillalias/add/", {"text": "abc", "skill": "1\x00"})

    assert answer.status_code == 400


def test_a_playbook_reads_no_more_roles_than_a_request_may_have(reviewer_client: Client, cast: Cast) -> None:
    form = {"code": "huge", "name": "Huge", "summary": "x", "weeks": 4, "staffing": "rolling"}
    formset = {"roles-TOTAL_FORMS": 99999999999, "roles-INITIAL_FORMS": 0}

    answer = reviewer_client.post("/admin/campaigns/playbook/add/", form | formset)

    assert answer.status_code == 200
    assert len(answer.content) < 1_000_000
    assert not Playbook.objects.filter(code="huge").exists()
