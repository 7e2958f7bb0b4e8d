"""Base classes of the admin: who sees which rows, which look-ups are allowed, and buttons that erase a person."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

import structlog
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.auth.models import Group
from django.core.exceptions import BadRequest, ImproperlyConfigured, ObjectDoesNotExist
from django.db import DataError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action
from unfold.enums import ActionVariant

from core.api.filters import MAX_SEARCH_LENGTH
from core.api.serializers import MAX_VERSION
from core.conflict_of_interest import no_part_in_contest
from core.enums import AccessPoint, ViewerKind
from core.errors import HandraiserError
from core.models import (
    User,
)
from core.models.contact_access import ContactSubject
from core.privacy.contact_access import record_contact_access
from core.privacy.erasure import UNSETTLED_MESSAGE, erase_on_written_request, preview_erasure
from core.privacy.erasure_handlers import DataSubject

log = structlog.get_logger(__name__)

ModelRow = TypeVar("ModelRow", bound=Model)


class DeclaredLookupsMixin:
    """Let an address filter a list only as the list's own filters do.

    Django lets it filter by every column of the table. So a reviewer could read a password's hash letter by letter.
    """

    model: Any
    date_hierarchy: str | None
    get_list_filter: Any

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Return whether a filter of the list, or its date hierarchy, sends this parameter."""
        dates = {f"{self.date_hierarchy}__{part}" for part in _DATE_HIERARCHY_PARTS} if self.date_hierarchy else set()
        filters = self.get_list_filter(request)
        return lookup in dates.union(*(_list_filter_parameters(self.model, entry) for entry in filters))


_DATE_HIERARCHY_PARTS = ("year", "month", "day")
_FIELD_FILTER_LOOKUPS = ("", "__exact", "__isnull")  # of booleans, choices and values


def _list_filter_parameters(model: type[Model], list_filter: Any) -> set[str]:
    """Return the parameters that an entry of `list_filter` sends."""
    if isinstance(list_filter, str):
        field: Any = get_fields_from_path(model, list_filter)[-1]
        if field.is_relation:
            return {f"{list_filter}__{field.target_field.name}__exact", f"{list_filter}__isnull"}
        return {f"{list_filter}{lookup}" for lookup in _FIELD_FILTER_LOOKUPS}
    name, filter_class = list_filter
    if filter_class is admin.EmptyFieldListFilter:
        return {f"{name}__isempty"}
    raise ImproperlyConfigured(f"Say in core/admin_base.py which parameters {filter_class.__name__} sends.")


class HiddenVersionField(forms.IntegerField):
    """The version that the reviewer saw, which a form sends back."""

    def __init__(self) -> None:
        super().__init__(min_value=1, max_value=MAX_VERSION, widget=forms.HiddenInput)


class BoundedSearchMixin:
    """Search lists for at most `MAX_SEARCH_LENGTH` characters: each word more is a condition more."""

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        """Return the rows that match; none, and a message, for a text that is too long."""
        if len(search_term) > MAX_SEARCH_LENGTH:
            message = _("This search is too long. Give at most %(limit)s characters.")
            messages.error(request, message % {"limit": MAX_SEARCH_LENGTH})
            return queryset.none(), False
        rows, may_repeat = super().get_search_results(request, queryset, search_term)  # type: ignore[misc]
        return rows, may_repeat


class UnreadableInputMixin:
    """Answer 400 to an address or a form that the database cannot read: NUL, a year of ten digits, a text as an id."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list. Raises BadRequest."""
        return self._answer_or_refuse(super().changelist_view, request, extra_context)  # type: ignore[misc]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page of a row, or save it. Raises BadRequest."""
        return self._answer_or_refuse(super().changeform_view, request, *args, **kwargs)  # type: ignore[misc]

    @staticmethod
    def _answer_or_refuse(view: Callable[..., HttpResponse], *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(*args, **kwargs)
            # A field that completes a choice reads it from the database while it is drawn.
            return response.render() if isinstance(response, SimpleTemplateResponse) else response
        except (DataError, ValueError, OverflowError) as error:
            log.warning("unreadable input in the admin", exc_info=True)
            raise BadRequest(
                _("Something in this address or form cannot be read. Go back and choose again.")
            ) from error


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
    value = getattr(row, path[0])
    for related in value.all() if hasattr(value, "all") else [value]:
        yield from _find_contact_subjects(related, path[1:])


class ReadOnlyInline(AllFieldsReadOnlyMixin, TabularInline):  # type: ignore[misc]
    """A read-only table of related rows."""

    extra = 0
    show_change_link = False


class ErasureRequestForm(forms.Form):
    """The reviewer's confirmation that the person has asked for the erasure."""

    asked = forms.BooleanField(required=False, label=gettext_lazy("They have asked for it in writing"))


class ErasureAdminMixin:
    """Add a button to the page of a row that erases its person, at their written request."""

    admin_site: Any
    opts: Any

    def get_data_subject(self, row: Any, at: datetime) -> DataSubject:
        """Return the person that the row is about."""
        raise NotImplementedError

    def get_erasable_rows(self) -> "QuerySet[Any]":
        """Return the rows that have the button."""
        raise NotImplementedError

    @action(description=gettext_lazy("Erase…"), url_path="erase", variant=ActionVariant.DANGER)  # type: ignore[untyped-decorator]
    def erase(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what goes and what stays; erase the person once the reviewer confirms."""
        at = timezone.now()
        url_name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        person = self.get_data_subject(get_row_or_404(self.get_erasable_rows(), object_id), at)
        form = ErasureRequestForm(request.POST or None)
        if form.is_valid():
            assert isinstance(request.user, User)
            try:
                erase_on_written_request(actor=request.user, person=person, at=at, **form.cleaned_data)
            except HandraiserError as error:
                form.add_error(error.field if error.field in form.fields else None, error.message)
            else:
                messages.success(request, _("They are erased."))
                return HttpResponseRedirect(reverse(f"{url_name}_changelist"))
        preview = preview_erasure(person)
        # What comes first may name a campaign in whose contest the reviewer has a part.
        blockers = [str(UNSETTLED_MESSAGE)] if preview.blockers else []
        stays = preview.retained or [_("nothing.")]
        context = {
            **self.admin_site.each_context(request),
            "form": form,
            "opts": self.opts,
            "danger": True,
            "title": _("Erase"),
            "summary": " ".join([*blockers, _("Goes:"), *preview.erased, _("Stays:"), *stays]),
            "back": reverse(f"{url_name}_change", args=[object_id]),
        }
        return render(request, "admin/move.html", context)


def get_row_or_404(rows: QuerySet[ModelRow], object_id: str) -> ModelRow:
    """Return the row with that id. Raises Http404."""
    try:
        return rows.get(pk=object_id)
    except (ObjectDoesNotExist, ValueError) as error:
        raise Http404 from error


class ReferenceAdmin(UnreadableInputMixin, DeclaredLookupsMixin, BoundedSearchMixin, ReviewerReadOnlyMixin, ModelAdmin):  # type: ignore[misc]
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
