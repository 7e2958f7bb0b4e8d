"""Hours and expenses, as reviewers see them."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from ledger.models import Expense, TimeEntry


@admin.register(TimeEntry)
class TimeEntryAdmin(ReadOnlyAdmin):
    """What people gave."""

    detail_contact_paths = ("entered_by_id",)
    list_display = ("match", "day", "minutes", "kind")
    list_filter = ("kind",)


@admin.register(Expense)
class ExpenseAdmin(ReadOnlyAdmin):
    """What people spent."""

    detail_contact_paths = ("entered_by_id",)
    list_display = ("match", "day", "cents", "currency", "what")
