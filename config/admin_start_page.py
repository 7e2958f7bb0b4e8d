"""What the start page of the admin shows beside all tables.

Its template is `config/templates/admin/index.html`, where a new card is added. A further row of the card “What waits”
is registered in an app's `boot_parts.py`, with `admin_list`.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.accounts.waiting_work import count_waiting_work, list_waiting_work
from core.models import User


def add_waiting_work(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add to the start page what waits for the reviewer, how much of it is past its date, and where it is decided."""
    assert isinstance(request.user, User)
    counts = count_waiting_work(request.user, sees_others=True, at=timezone.now())
    waiting: list[dict[str, Any]] = [
        {"label": work.label, "address": f"{reverse(work.admin_list)}?{work.admin_query}", "numbers": counts[name]}
        for name, work in list_waiting_work().items()
        if work.admin_list
    ]
    table = {
        "headers": [_("What"), _("Waiting"), _("Past their date")],
        "rows": [[_link(work), work["numbers"].count, work["numbers"].overdue_count] for work in waiting],
    }
    return context | {"waiting_work": waiting, "waiting_table": table}


def _link(work: dict[str, Any]) -> SafeString:
    return format_html('<a class="font-semibold underline" href="{}">{}</a>', work["address"], work["label"])
