"""Base classes of the admin: which rows a reviewer sees, and which contacts that records."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from unfold.admin import ModelAdmin, TabularInline

from core.admin_input import (
    BoundedSearchMixin,
    DeclaredLookupsMixin,
    OneLineTextMixin,
    RefusedByDatabaseMixin,
    UnreadableInputMixin,
)
from core.conflict_of_interest import no_part_in_contest
from core.enums import AccessPoint, ViewerKind
from core.models import (
    User,
)
from core.models.contact_access import ContactSubject
from core.privacy.contact_access import record_contact_access

ModelRow = TypeVar("ModelRow", bound=Model)


class ReviewerReadOnlyMixin:
    """Reviewers may read the rows; forms cannot add, change or delete them.

    `contest_path` is the lookup path from a row to its contest. Rows of a contest in which the reviewer has a part do
    not exist on any page: neither in lists, searches and choices nor for buttons. A model that leads to a contest must
    declare it.
    """

    contest_path: str = ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows that the reviewer may see."""
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        assert isinstance(request.user, User)
        return rows.filter(no_part_in_contest(request.user, self.contest_path)) if self.contest_path else rows

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return whether the user is a reviewer."""
        return isinstance(request.user, User) and request.user.is_reviewer

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the user is a reviewer."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: actions change these rows, not forms."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: actions change these rows, not forms."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: actions change these rows, not forms."""
        return False


class AllFieldsReadOnlyMixin(ReviewerReadOnlyMixin):
    """Show the columns of `fields`, or all columns, also those that are not editable."""

    fields: Any = None
    model: Any

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return the columns to show."""
        return list(self.fields or (field.name for field in self.model._meta.fields if field.name != "id"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return the same columns: all are read-only."""
        return self.get_fields(request, obj)


class ReadOnlyAdmin(UnreadableInputMixin, DeclaredLookupsMixin, BoundedSearchMixin, AllFieldsReadOnlyMixin, ModelAdmin):  # type: ignore[misc]
    """Pages of rows that actions write.

    `list_contact_paths` and `detail_contact_paths` are dotted paths from a row to the people whose contact its list and
    its own page show. `search_contact_paths` lead to those whose contact a search of the list compares, and so tells.
    The contact access log records that the reviewer was shown them.
    """

    list_per_page = 50
    show_full_result_count = False
    list_contact_paths: tuple[str, ...] = ()
    detail_contact_paths: tuple[str, ...] = ()
    search_contact_paths: tuple[str, ...] = ()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list, and record the contacts in it."""
        response: HttpResponse = super().changelist_view(request, extra_context)
        changelist = (getattr(response, "context_data", None) or {}).get("cl")
        if changelist is not None:
            paths = self.list_contact_paths + (self.search_contact_paths if changelist.query else ())
            self._record_contacts_shown(request, list(changelist.result_list), paths)
        return response

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Show the page of a row, and record the contacts in it."""
        if kwargs.get("obj") is not None:
            self._record_contacts_shown(request, [kwargs["obj"]], self.detail_contact_paths)
        response: HttpResponse = super().render_change_form(request, context, **kwargs)
        return response

    def _record_contacts_shown(self, request: HttpRequest, rows: Sequence[Model], paths: tuple[str, ...]) -> None:
        subjects = [
            subject for row in rows for path in paths for subject in _find_contact_subjects(row, path.split("."))
        ]
        assert isinstance(request.user, User)
        record_contact_access(request.user, ViewerKind.REVIEWER, subjects, AccessPoint.REVIEW, at=timezone.now())


def _find_contact_subjects(row: Any, path: list[str]) -> Iterator[ContactSubject | None]:
    """Yield the values at the end of a path of attributes; a relation to many rows yields one for each."""
    if row is None or not path:
        yield row
        return
    try:
        value = getattr(row, path[0])
    except ObjectDoesNotExist:  # a row of its own that is not there yet
        return
    for related in value.all() if hasattr(value, "all") else [value]:
        yield from _find_contact_subjects(related, path[1:])


class ReadOnlyInline(AllFieldsReadOnlyMixin, TabularInline):  # type: ignore[misc]
    """A read-only table of related rows."""

    extra = 0
    show_change_link = False


def get_row_or_404(rows: QuerySet[ModelRow], object_id: str) -> ModelRow:
    """Return the row with that id. Raises Http404."""
    try:
        return rows.get(pk=object_id)
    except (ObjectDoesNotExist, ValueError) as error:
        raise Http404 from error


class ReferenceAdmin(
    UnreadableInputMixin,
    RefusedByDatabaseMixin,
    OneLineTextMixin,
    DeclaredLookupsMixin,
    BoundedSearchMixin,
    ReviewerReadOnlyMixin,
    ModelAdmin,  # type: ignore[misc]
):
    """Pages of reference data, which reviewers edit; rows that others refer to cannot be deleted."""

    list_per_page = 50

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the user is a reviewer."""
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the user is a reviewer."""
        return self.has_module_permission(request)


# Their own admin pages could change accounts behind the back of our actions.
for unused_model in (Group, EmailAddress, Authenticator):
    admin.site.unregister(unused_model)
