"""The personal data of the ledger: hours and expenses."""

from django.db.models import Q

from core.models import User
from core.privacy.erasure_handlers import ErasureHandler, register_erasure_handler
from core.privacy.export_sections import ExportSection, register_export_sections
from ledger.actions import erasure
from ledger.models import Expense, TimeEntry


def _entries_of_user(user: User) -> Q:
    """Select the entries on a user's own matches, and those that the user entered."""
    return Q(match__volunteer__user=user) | Q(entered_by=user)


register_export_sections(
    ExportSection(
        "hours",
        TimeEntry,
        lambda user: TimeEntry.objects.filter(_entries_of_user(user)),
        ("public_id", "day", "minutes", "kind", "note", "entered_at"),
    ),
    ExportSection(
        "expenses",
        Expense,
        lambda user: Expense.objects.filter(_entries_of_user(user)),
        ("public_id", "day", "cents", "currency", "what", "entered_at"),
    ),
)

register_erasure_handler(ErasureHandler(app="ledger", preview=erasure.preview_erasure, erase=erasure.erase_time_notes))
