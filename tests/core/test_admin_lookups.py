"""A list of the admin is filtered only by what its own filters send: no address reads a hidden column."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.filters import FieldListFilter, SimpleListFilter
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.utils import get_fields_from_path
from django.db.models import Model
from django.test import Client, RequestFactory

import config.urls  # noqa: F401  # registers all pages of the admin, in their order
from core.admin_base import ReadOnlyAdmin
from core.conflict_of_interest import reading_contests_once
from core.models import ContactAccess, User
from tests.cast import Cast
from volunteers.models import Volunteer

LOOKUPS = ("", "__exact", "__iexact", "__startswith", "__regex", "__gt", "__in", "__isnull", "__isempty", "__year")

DECLARED = {
    "campaigns.campaign": {"state", "candidate__contest__level"},
    "campaigns.contest": {"level", "cycle"},
    "campaigns.member": {"position"},
    "campaigns.request": {"state", "priority", "staffing", "urgent"},
    "campaigns.role": {"is_lead", "makes_decisions", "vetted_for"},
    "core.user": {"is_staff", "is_active"},
}


LABELS = sorted(model._meta.label_lower for model in admin.site._registry)


def find_admin(label: str) -> "tuple[type[Model], ModelAdmin[Any]]":
    return next(each for each in admin.site._registry.items() if each[0]._meta.label_lower == label)


def list_paths(model: type[Model], depth: int) -> Iterator[str]:
    """The names of the columns of a model, and of what it leads to, in both directions."""
    for field in model._meta.get_fields():
        name = field.name
        yield name
        if field.is_relation and depth and isinstance(field.related_model, type):
            yield from (f"{name}__{path}" for path in list_paths(field.related_model, depth - 1))


def list_column_filters(model_admin: "ModelAdmin[Any]") -> list[Any]:
    """The filters by a column. Those of a list's own take a word of theirs, and look nothing up by it."""
    entries: list[Any] = list(model_admin.list_filter)
    return [entry for entry in entries if not (isinstance(entry, type) and issubclass(entry, SimpleListFilter))]


def list_declared(model_admin: "ModelAdmin[Any]") -> set[str]:
    declared = {f"{model_admin.date_hierarchy}__year"} if model_admin.date_hierarchy else set()
    for entry in list_column_filters(model_admin):
        if entry == "seat__role__skill__parent":
            declared |= {f"{entry}__isnull"}
        elif isinstance(entry, str):
            declared |= {entry, f"{entry}__exact", f"{entry}__isnull"}
        else:
            assert isinstance(entry, tuple)
            declared.add(f"{entry[0]}__isempty")
    return declared


@pytest.mark.parametrize("label", LABELS)
def test_a_list_is_filtered_by_what_it_declares_and_nothing_else(label: str, rf: RequestFactory, cast: Cast) -> None:
    model, model_admin = find_admin(label)
    asked = [f"{path}{lookup}" for path in list_paths(model, 2) for lookup in LOOKUPS]
    request = rf.get("/")
    request.user = cast.rita

    with reading_contests_once():
        allowed = {lookup for lookup in asked if model_admin.lookup_allowed(lookup, "x", request)}

    assert len(asked) >= 60
    assert allowed == list_declared(model_admin) & {*asked}
    assert {each for each in DECLARED.get(label, set()) if each not in allowed} == set()
    assert not model_admin.lookup_allowed("unknown", "x", request)
    assert not model_admin.lookup_allowed("pk__gt", "0", request)


@pytest.mark.parametrize("label", LABELS)
def test_what_the_filters_of_a_list_send_is_allowed(label: str, rf: RequestFactory, cast: Cast) -> None:
    model, model_admin = find_admin(label)
    request = rf.get("/")
    request.user = cast.rita
    for entry in list_column_filters(model_admin):
        path, make = (entry, FieldListFilter.create) if isinstance(entry, str) else entry
        field = get_fields_from_path(model, path)[-1]
        sent = make(field, request, {}, model, model_admin, field_path=path).expected_parameters()
        assert [name for name in sent if not model_admin.lookup_allowed(str(name), "1", request)] == []


@pytest.mark.parametrize(
    "path",
    [
        "core/user/?password__startswith=a",
        "core/user/?emailaddress__email__startswith=a",
        "core/user/?email__startswith=a",
        "core/user/?_popup=1&password__startswith=a",
        "core/user/?_to_field=password",
        "core/user/?_to_field=email",
        "campaigns/campaign/?verified_by__email__startswith=a",
        "campaigns/member/?user__password__regex=a",
        "volunteers/volunteer/?user__password__regex=a",
        "volunteers/volunteer/?email__startswith=a",
        "matching/pin/?created_by__password__startswith=a",
        "matching/proposal/?volunteer__user__email__startswith=a",
        "core/skill/?unknown=a",
    ],
)
def test_another_filter_is_refused(path: str, reviewer_client: Client) -> None:
    assert reviewer_client.get(f"/admin/{path}").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "core/user/?is_staff__exact=1",
        "core/notice/?failed_at__isempty=0&kind=offer",
        "core/contactaccess/?at__year=2026&at__month=3",
        "campaigns/campaign/?candidate__contest__level=state",
        "matching/proposal/?seat__role__skill__parent__id__exact=1",
        "volunteers/volunteer/?user__isempty=1&o=2&q=alice&p=1",
        "core/skill/?_popup=1&_to_field=id",
    ],
)
def test_the_filters_of_a_list_work(path: str, reviewer_client: Client) -> None:
    assert reviewer_client.get(f"/admin/{path}").status_code == 200


def test_only_fields_of_forms_are_completed(reviewer_client: Client) -> None:
    def complete(app: str, model: str, field: str) -> int:
        asked = {"app_label": app, "model_name": model, "field_name": field, "term": "a"}
        return int(reviewer_client.get("/admin/autocomplete/", asked).status_code)

    assert complete("campaigns", "playbookrole", "skill") == 200
    assert complete("matching", "pin", "created_by") == 403
    assert complete("campaigns", "member", "user") == 403
    assert complete("volunteers", "volunteer", "user") == 403


def test_a_search_by_address_is_recorded(reviewer_client: Client, cast: Cast) -> None:
    reviewer_client.get("/admin/volunteers/volunteer/")
    assert not ContactAccess.objects.exists()

    reviewer_client.get("/admin/volunteers/volunteer/?q=alice@ex")

    assert list(ContactAccess.objects.values_list("viewer_id", "subject_id")) == [(cast.rita.pk, cast.alice.pk)]
    assert Volunteer.objects.get(user=cast.alice).contact_subject_id == cast.alice.pk


@pytest.mark.parametrize("label", LABELS)
def test_a_list_that_searches_addresses_records_whose(label: str) -> None:
    _model, model_admin = find_admin(label)

    if any("email" in field or "address" in field for field in model_admin.search_fields):
        assert isinstance(model_admin, ReadOnlyAdmin)
        assert model_admin.list_contact_paths or model_admin.search_contact_paths


def test_the_admin_has_no_other_way_to_guess_a_password_or_to_search(reviewer_client: Client, cast: Cast) -> None:
    answer = reviewer_client.get("/admin/password_change/")

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/password/change/")
    assert reviewer_client.get("/admin/search/?s=alice").status_code == 404
    assert User.objects.get(pk=cast.rita.pk).check_password("correct horse battery")


@pytest.mark.parametrize(
    "query", ["password__startswith=pbkdf2", "email=alice@example.org", "q__quentin=1", "_to_field=password"]
)
def test_a_refused_filter_is_one_warning_without_its_value(
    reviewer_client: Client, caplog: pytest.LogCaptureFixture, query: str
) -> None:
    answer = reviewer_client.get(f"/admin/core/user/?{query}")
    [record] = caplog.records
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()
    assert (record.levelname, record.exc_info) == ("WARNING", None)
    assert record.getMessage() == "Bad Request: /admin/core/user/"
