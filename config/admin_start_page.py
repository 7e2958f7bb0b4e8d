"""What the start page of the admin shows beside all tables. Its template is `config/templates/admin/index.html`."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from core.accounts.waiting_work import count_waiting_work, list_waiting_work
from core.models import User


def add_waiting_work(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add to the start page what waits for the reviewer, how much of it is past its date, and where it is decided."""
    assert isinstance(request.user, User)
    counts = count_waiting_work(request.user, sees_others=True, at=timezone.now())
    waiting = [
        {"label": work.label, "address": f"{reverse(work.admin_list)}?{work.admin_query}", "numbers": counts[name]}
        for name, work in list_waiting_work().items()
        if work.admin_list
    ]
    return context | {"waiting_work": waiting}
