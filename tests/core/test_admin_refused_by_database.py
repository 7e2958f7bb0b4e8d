"""What the database refuses is an error of the form in the admin, for every form that edits rows."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import IntegrityError, models, transaction
from django.test import Client

import config.urls  # noqa: F401 - it finds the admin pages of all apps, in their order
from campaigns.models import Playbook, PlaybookRole
from core.admin_base import ReferenceAdmin
from core.models import Jurisdiction, Party, Skill, SkillAlias
from matching.models import Policy
from tests.cast import Cast
from tests.unchecked_rows import refuse_rows

ABOVE_ALL = 32_767  # the largest number of the smallest column
FORMS = {Skill, SkillAlias, Jurisdiction, Party, Policy, Playbook}


def read_form(client: Client, path: str) -> dict[str, Any]:
    """Return what a browser sends back of a page of the admin without a change."""
    page = client.get(path)
    form, sent = page.context["adminform"].form, {}
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    parts = [form, *(part for formset in formsets for part in [formset.management_form, *formset.forms])]
    for part in parts:
        for name in part.fields:
            value = part[name].value()
            if value is not None and value is not False:
                sent[part.add_prefix(name)] = (
                    [getattr(entry, "pk", entry) for entry in value] if isinstance(value, list) else value
                )
    return sent


def save(client: Client, path: str, **changes: Any) -> str:
    """Send the form of a page with changes, and return the page that comes back; it must be the form with an error."""
    answer = client.post(path, read_form(client, path) | changes)

    assert answer.status_code == 200, answer
    assert answer.context["errors"]
    return answer.content.decode()


def test_the_forms_here_are_all_that_edit_rows() -> None:
    pages = admin.site._registry.items()
    assert {model for model, page in pages if isinstance(page, ReferenceAdmin)} == FORMS


@pytest.mark.parametrize("model", [Skill, Jurisdiction])
def test_nothing_stands_below_itself(reviewer_client: Client, cast: Cast, model: Any) -> None:
    top = model.objects.create(code="top", name="Top")
    middle = model.objects.create(code="middle", name="Middle", parent=top)
    low = model.objects.create(code="low", name="Low", parent=middle)

    path = f"/admin/core/{model._meta.model_name}"
    for parent in (top, middle, low):
        page = save(reviewer_client, f"{path}/{top.pk}/change/", parent=parent.pk)
        assert "This would stand below itself. Choose another one." in page
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=top.pk).update(parent=parent)
    answer = reviewer_client.post(f"{path}/{low.pk}/change/", {"code": "low", "name": "Low", "parent": top.pk})
    assert answer.status_code == 302
    assert model.objects.get(pk=low.pk).parent == top


def make_row(model: type[models.Model]) -> models.Model:
    """Make a row that a form edits."""
    playbook = {"summary": "One.", "deliverables": ["A list"], "weeks": 4, "staffing": "rolling"}
    fields: dict[type[models.Model], dict[str, Any]] = {
        SkillAlias: {"skill": Skill.objects.all()[0], "text": "soldering"},
        Policy: {"number": 1000, "name": "A draft"},
        Playbook: {"code": "one", "name": "One", **playbook},
    }
    return model._default_manager.create(**fields.get(model, {"code": "one", "name": "One"}))


def add_roles(playbook: models.Model, *names: str) -> None:
    """Add roles with these names to a playbook."""
    skill = Skill.objects.all()[0]
    for order, name in enumerate(names):
        PlaybookRole.objects.create(
            playbook_id=playbook.pk, order=order, name=name, skill=skill, level=3, hours_per_week=5
        )


@pytest.mark.parametrize("model", sorted(FORMS, key=str))
def test_what_only_the_database_knows_is_an_error_of_the_form(
    reviewer_client: Client,
    cast: Cast,
    model: type[models.Model],
) -> None:
    row = make_row(model)
    refuse_rows(model)

    page = save(reviewer_client, f"/admin/{model._meta.app_label}/{model._meta.model_name}/{row.pk}/change/")

    assert "The database does not take these values together." in page


@pytest.mark.parametrize("number", [0, -1, 61, ABOVE_ALL, ABOVE_ALL + 1, 10**12, ""])
def test_no_number_of_a_playbook_is_more_than_an_error_of_its_form(
    reviewer_client: Client, cast: Cast, number: object
) -> None:
    playbook = make_row(Playbook)
    add_roles(playbook, "Role")
    path = f"/admin/campaigns/playbook/{playbook.pk}/change/"

    for name in ("weeks", "roles-0-level", "roles-0-hours_per_week", "roles-0-seat_count"):
        save(reviewer_client, path, **{name: number})


def test_two_roles_of_a_playbook_with_one_name_are_an_error(reviewer_client: Client, cast: Cast) -> None:
    playbook = make_row(Playbook)
    add_roles(playbook, "Role", "Other")
    path = f"/admin/campaigns/playbook/{playbook.pk}/change/"

    save(reviewer_client, path, **{"roles-1-name": "Role"})
    save(reviewer_client, path, **{"roles-0-name": "Other", "roles-1-name": "Role"})

    assert sorted(PlaybookRole.objects.filter(playbook_id=playbook.pk).values_list("name", flat=True)) == [
        "Other",
        "Role",
    ]


@pytest.mark.parametrize("number", [0, -1, ABOVE_ALL, ABOVE_ALL + 1, 10**12])
def test_no_number_of_a_policy_is_more_than_an_error_of_its_form(
    reviewer_client: Client, cast: Cast, number: int
) -> None:
    policy = make_row(Policy)
    path = f"/admin/matching/policy/{policy.pk}/change/"
    names = [name for name, value in read_form(reviewer_client, path).items() if isinstance(value, int)]

    save(reviewer_client, path, **dict.fromkeys(names, number))

    assert len(names) > 30
    assert policy == Policy.objects.get(number=1000)
