"""Every page of the admin: the start page, each list, each row, and the pages of the buttons."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client
from django.urls import reverse

from core.models import User
from matching.models import Match
from tests.cast import Cast
from tests.core.privacy.full_records import create_full_records
from tests.pseudo_locale.conftest import FindOutside, explain_outside


def list_admin_pages(client: Client) -> Iterator[tuple[str, Any]]:
    """Each page with what it answers to."""
    yield "index", client.get(reverse("admin:index"))
    for label in sorted({model._meta.app_label for model in admin.site._registry}):
        yield label, client.get(reverse("admin:app_list", args=[label]))
    asked = client.get(reverse("admin:index")).wsgi_request
    for model, page_of in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield f"list of {model.__name__}", client.get(reverse(f"{name}_changelist"))
        rows = page_of.get_queryset(asked).order_by("pk")
        if page_of.has_add_permission(asked):
            yield f"adding {model.__name__}", client.get(reverse(f"{name}_add"))
            yield f"adding {model.__name__} wrongly", client.post(reverse(f"{name}_add"), {})
        for row in rows[:2]:
            yield f"row of {model.__name__}", client.get(reverse(f"{name}_change", args=[row.pk]))
        for button in page_of.actions_detail or ():  # type: ignore[attr-defined]
            row = rows.first()
            path = getattr(page_of, button).url_path
            address = f"{reverse(f'{name}_changelist')}{row.pk if row else 0}/{path}/"
            yield f"{button} of {model.__name__}", client.get(address, follow=True)
            yield f"{button} of {model.__name__}, wrongly", client.post(address, {}, follow=True)
        for button in page_of.actions_list or ():  # type: ignore[attr-defined]
            path = getattr(page_of, button).url_path
            yield f"{button} of {model.__name__}", client.get(f"{reverse(f'{name}_changelist')}{path}/", follow=True)
        for button in page_of.actions or ():
            form = {"action": button, ACTION_CHECKBOX_NAME: list(rows.values_list("pk", flat=True)[:2])}
            yield (
                f"{button} of {model.__name__}",
                client.post(reverse(f"{name}_changelist"), form, follow=True),
            )


@pytest.mark.slow
@pytest.mark.usefixtures("pseudo_locale")
def test_every_page_of_the_admin_speaks_through_gettext(
    reviewer_client: Client, cast: Cast, now: datetime, find_outside: FindOutside
) -> None:
    User.objects.filter(pk=cast.rita.pk).update(is_superuser=True)  # an administrator sees every page
    records = create_full_records(cast, now)
    Match.objects.exclude(pk=records.match.pk).update(state="proposed", reason="", note="", offered_at=None)
    outside: dict[str, str] = {}
    for title, page in list_admin_pages(reviewer_client):
        assert page.status_code == 200, title
        for text in find_outside(page.content.decode()):
            outside.setdefault(text, title)

    assert outside == {}, explain_outside(outside)
