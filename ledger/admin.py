"""Admin pages of hours and expenses, for reviewers."""

from django.contrib import admin

from core.admin_base import ReadOnlyAdmin
from ledger.models import Expense, TimeEntry
from matching.lifecycle.queries.matches import CONTEST_OF_MATCH


@admin.register(TimeEntry)
class TimeEntryAdmin(ReadOnlyAdmin):
    """Hours that volunteers worked, read-only."""

    contest_path = f"match__{CONTEST_OF_MATCH}"
    detail_contact_paths = ("entered_by_id",)
    list_display = ("match", "day", "minutes", "kind")
    list_filter = ("kind",)


@admin.register(Expense)
class ExpenseAdmin(ReadOnlyAdmin):
    """Expenses of volunteers, read-only."""

    contest_path = f"match__{CONTEST_OF_MATCH}"
    detail_contact_paths = ("entered_by_id",)
    list_display = ("match", "day", "cents", "currency", "what")
