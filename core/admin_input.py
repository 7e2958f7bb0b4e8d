"""What lists and forms of the admin take from a browser: declared filters, bounded searches, readable values."""

from collections.abc import Callable
from typing import Any

import structlog
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup, DisallowedModelAdminToField
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import BadRequest, ImproperlyConfigured, ValidationError
from django.db import DataError, IntegrityError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.urls import get_resolver
from django.utils.translation import gettext as _

from core.api.filters import MAX_SEARCH_LENGTH
from core.api.serializers import MAX_VERSION
from core.one_line_texts import keep_forms_on_one_line

log = structlog.get_logger(__name__)


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
    if isinstance(list_filter, type) and issubclass(list_filter, admin.SimpleListFilter):
        return {str(list_filter.parameter_name)}
    name, filter_class = list_filter
    if filter_class is admin.EmptyFieldListFilter:
        return {f"{name}__isempty"}
    raise ImproperlyConfigured(f"Say in core/admin_input.py which parameters {filter_class.__name__} sends.")


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


class OneLineTextMixin:
    """Refuse line breaks in texts that a form shows on one line."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return the field of the form."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        keep_forms_on_one_line({db_field.name: field})
        return field


class ReadableChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among rows. A value that is no id is wrong, and drawn as none: some widgets read its row."""

    def prepare_value(self, value: Any) -> Any:
        """Return the id that the widget draws; None for a value that no row can have."""
        shown = super().prepare_value(value)
        try:
            if shown not in self.empty_values and self.queryset is not None:
                self.queryset.model._meta.pk.to_python(shown)
        except (ValidationError, ValueError, OverflowError):
            return None
        return shown


class RefusedByDatabaseMixin:
    """Show the form again, with an error, where the database refused to store it.

    Forms check what they show. Constraints over other columns, triggers, and what another session stored at the same
    moment are left to the database.
    """

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page of a row, or save it. What the database refuses is an error of the form."""
        try:
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc, no-any-return]
        except IntegrityError as error:
            log.warning("form refused by the database", exc_info=True)
            setattr(request, _REFUSAL, self._describe_refusal(error))
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc, no-any-return]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Return the class of the form; after a refusal, one that has this error."""
        form = super().get_form(request, *args, **kwargs)  # type: ignore[misc]
        refusal = getattr(request, _REFUSAL, None)
        return type(form.__name__, (_RefusedForm, form), {"refusal": refusal}) if refusal else form

    def _describe_refusal(self, error: IntegrityError) -> str:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        models: list[Any] = [self.model, *(inline.model for inline in self.inlines)]  # type: ignore[attr-defined]
        for constraint in [constraint for model in models for constraint in model._meta.constraints]:
            if constraint.name == name:
                return str(constraint.get_violation_error_message())
        return _("The database does not take these values together. Look at them, change one, and save again.")


_REFUSAL = "refused_by_database"


class _RefusedForm(forms.ModelForm):  # type: ignore[type-arg]
    refusal: str

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        self.add_error(None, self.refusal)
        return values


class UnreadableInputMixin:
    """Answer 400 to an address or a form that the database cannot read: NUL, a year of ten digits, a text as an id.

    A choice that is no id is an error of the form, as for any other wrong choice.
    """

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return the field of a choice."""
        kwargs.setdefault("form_class", ReadableChoiceField)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list. Raises BadRequest. A filter that the list does not have is answered with the page of a 400.

        The exception of a filter is not raised: Django would log it as an attack, with a traceback. The log has one
        warning, which names the list, and neither the filter nor its value.
        """
        try:
            return self._answer_or_refuse(super().changelist_view, request, extra_context)  # type: ignore[misc]
        except (DisallowedModelAdminLookup, DisallowedModelAdminToField):
            show_refusal: Callable[..., HttpResponse] = get_resolver().resolve_error_handler(400)
            return show_refusal(request, exception=_build_refusal())

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
            raise _build_refusal() from error


def _build_refusal() -> BadRequest:
    return BadRequest(_("Something in this address or form cannot be read. Go back and choose again."))
