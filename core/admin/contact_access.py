"""The admin page of the contact access log."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from core.admin_base import ReadOnlyAdmin
from core.conflict_of_interest import list_contests_of, users_with_part
from core.enums import ViewerKind
from core.models import ContactAccess, User


@admin.register(ContactAccess)
class ContactAccessAdmin(ReadOnlyAdmin):
    """The contact access log: which user was shown whose contact, by id."""

    list_display = ("at", "viewer_id", "viewer_kind", "subject_id", "subject_public_id", "access_point")
    list_filter = ("viewer_kind", "access_point")
    search_fields = ("=viewer_id", "=subject_id", "=subject_public_id")
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Exclude what people in the reviewer's own contests saw of each other: it tells which side a person works for.

        What other reviewers saw is left out whole: a list of members that one of them opened names each of its people.
        """
        rows = super().get_queryset(request)
        assert isinstance(request.user, User)
        contest_ids = list_contests_of(request.user)
        if not contest_ids:
            return rows
        people = users_with_part(contest_ids).exclude(pk=request.user.pk).values("pk")
        is_hidden = Q(viewer_id__in=people) | Q(subject_id__in=people)
        is_of_others = ~is_hidden & ~Q(viewer_kind=ViewerKind.REVIEWER)
        return rows.filter(Q(viewer_id=request.user.pk) | is_of_others)
