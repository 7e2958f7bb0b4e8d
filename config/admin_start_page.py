"""The cards on the start page of the admin, above all tables. A new card is one more function in `CARDS`.

A further row of the card “What waits” is registered in an app's `boot_parts.py`, with `admin_list`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.accounts.waiting_work import count_waiting_work, list_waiting_work
from core.models import User


@dataclass(frozen=True, slots=True)
class Card:
    """A card with a table; the template `admin/index.html` shows it. A cell is text, safe markup or a number."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str | int]]

    @property
    def table(self) -> dict[str, Any]:
        """Return the table as the component of the admin takes it."""
        return {"headers": self.headers, "rows": self.rows}


def build_start_page(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the cards for the signed-in user to what the start page shows."""
    assert isinstance(request.user, User)
    return context | {"cards": [build_card(request.user) for build_card in CARDS]}


def _build_waiting_work_card(user: User) -> Card:
    """Return what waits for the reviewer, how much of it is past its date, and where it is decided."""
    counts = count_waiting_work(user, sees_others=True, at=timezone.now())
    rows: list[Sequence[str | int]] = []
    for name, work in list_waiting_work().items():
        if work.admin_list:
            numbers = counts[name]
            assert numbers is not None
            address = f"{reverse(work.admin_list)}?{work.admin_query(user)}"
            rows.append([_link(address, str(work.label)), numbers.count, numbers.overdue_count])
    return Card(_("What waits for a reviewer"), [_("What"), _("Waiting"), _("Past their date")], rows)


def _link(address: str, label: str) -> SafeString:
    return format_html('<a class="font-semibold underline" href="{}">{}</a>', address, label)


CARDS: tuple[Callable[[User], Card], ...] = (_build_waiting_work_card,)
"""What makes each card, in the order of the page."""
