"""Personal data in the ledger."""

from django.db.models import Q

from core.models import User
from core.privacy.erasure_handlers import ErasureHandler
from core.privacy.export_sections import ExportSection
from ledger.actions import erasure
from ledger.models import Expense, TimeEntry


def _entries_of_user(user: User) -> Q:
    """Return a condition for entries of the user's own matches, or entered by the user."""
    return Q(match__volunteer__user=user) | Q(entered_by=user)


EXPORT_SECTIONS = (
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

ERASURE_HANDLER = ErasureHandler(preview=erasure.preview_erasure, erase=erasure.erase_time_notes)
