"""Filters of lists. Each list names its filters; `core/api/strict_query.py` refuses any other query parameter."""

from datetime import UTC, date, datetime
from typing import Any, TypeVar

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.views import APIView

from core.api.pagination import QueryErrors, gather_list_errors
from core.api.serializers import MomentField
from core.api.strict_json import describe_unreadable_text
from core.date_rules import check_day, has_offset
from core.errors import Invalid

MAX_SEARCH_LENGTH = 100


class _UTCDateTimeField(django_filters.fields.IsoDateTimeField):  # type: ignore[misc]
    # PostgreSQL refuses offsets of sixteen hours and more, which ISO 8601 allows. So every time is converted to UTC.

    def to_python(self, value: Any) -> datetime | None:
        try:
            at: datetime | None = super().to_python(value)
            at = at and at.astimezone(UTC)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
        if at and not has_offset(str(value)):
            raise forms.ValidationError(MomentField.default_error_messages["no_offset"], code="invalid")
        return at and _check_filter_day(at, at.date())


class UTCDateTimeFilter(django_filters.IsoDateTimeFilter):  # type: ignore[misc]
    """Filter by a timestamp in ISO 8601."""

    field_class = _UTCDateTimeField


class _DayField(forms.DateField):
    def to_python(self, value: Any) -> date | None:
        day: date | None = super().to_python(value)
        return day and _check_filter_day(day, day)


class DayFilter(django_filters.DateFilter):  # type: ignore[misc]
    """Filter by a date that can be stored."""

    field_class = _DayField


class WholeNumberFilter(django_filters.NumberFilter):  # type: ignore[misc]
    """Filter by a whole number; a fraction is refused."""

    field_class = forms.IntegerField


class _TrueOrFalseField(forms.Field):
    # Django's own field reads nonsense as None, which would leave the list unfiltered.

    def to_python(self, value: Any) -> bool | None:
        text = str(value or "").lower()
        if text not in ("", "true", "false"):
            raise forms.ValidationError(_("This is neither true nor false. Give one of them."), code="invalid")
        return text == "true" if text else None


class BooleanFilter(django_filters.BooleanFilter):  # type: ignore[misc]
    """Filter by true or false; anything else is refused."""

    field_class = _TrueOrFalseField


class _ChoicesField(django_filters.fields.MultipleChoiceField):  # type: ignore[misc]
    def to_python(self, value: Any) -> list[str]:
        values = [choice for choice in value or () if choice != ""]
        # More values than there are choices only cost time.
        if len(values) > self.most_values:
            raise forms.ValidationError(_("These are too many. Give %(limit)s at most.") % {"limit": self.most_values})
        chosen: list[str] = super().to_python(values)
        return chosen

    def validate(self, value: list[str]) -> None:
        """Raise ValidationError for each value that is no choice."""
        message, code = self.error_messages["invalid_choice"], "invalid_choice"
        errors = [
            forms.ValidationError(message, code, {"value": choice} | ({"index": index} if len(value) > 1 else {}))
            for index, choice in enumerate(value)
            if not self.valid_value(choice)
        ]
        if errors:
            raise forms.ValidationError(errors)

    @property
    def most_values(self) -> int:
        """Return how many values may be given."""
        return len(list(self.choices))


class ChoicesFilter(django_filters.MultipleChoiceFilter):  # type: ignore[misc]
    """Filter by choices: the parameter may come several times, and a row needs to have one of the values."""

    field_class = _ChoicesField

    def filter(self, rows: "QuerySet[Model]", values: list[str]) -> Any:
        """Return the rows that have one of the values, or all rows where there are no values."""
        return rows.filter(**{f"{self.field_name}__in": sorted(set(values))}) if values else rows


_Moment = TypeVar("_Moment", date, datetime)


def _check_filter_day(moment: _Moment, day: date) -> _Moment:
    try:
        check_day(day, "")
    except Invalid as error:
        raise forms.ValidationError(error.message, code="invalid") from error
    return moment


class SearchableFilterSet(django_filters.rest_framework.FilterSet):  # type: ignore[misc]
    """Filters of a list. `search_filter` searches in `search_columns`, which must be visible to the caller."""

    search_columns: tuple[str, ...] = ()

    def filter_by_words(self, rows: "QuerySet[Model]", name: str, text: str) -> "QuerySet[Model]":
        """Return the rows in which each word stands in one of the columns."""
        for word in text.split():
            matches_word = Q()
            for column in self.search_columns:
                matches_word |= Q(**{f"{column}__icontains": word})
            rows = rows.filter(matches_word)
        return rows


def search_filter() -> Any:
    """Return a filter that searches for words in the `search_columns` of its filter set."""
    return django_filters.CharFilter(
        method="filter_by_words", max_length=MAX_SEARCH_LENGTH, help_text="Words, in any order."
    )


def find_filter_errors(filterset: django_filters.FilterSet | None) -> QueryErrors:
    """Return what is wrong with each filter; where one was given several times, at the index of the value."""
    errors: QueryErrors = {}
    for name, found in filterset.form.errors.as_data().items() if filterset is not None else ():
        for error in found:
            path = f"{name}.{error.params['index']}" if error.params and "index" in error.params else name
            errors.setdefault(path, []).extend(error.messages)
    return errors | (_find_unreadable_texts(filterset, errors) if filterset is not None else {})


def _find_unreadable_texts(filterset: django_filters.FilterSet, errors: QueryErrors) -> QueryErrors:
    """Return what is wrong with texts that cannot be shown, such as a search: as in a body, they are refused."""
    found: QueryErrors = {}
    for name in filterset.filters.keys() - {path.partition(".")[0] for path in errors}:
        messages = [describe_unreadable_text(text) for text in filterset.data.getlist(name)]
        if any(messages):
            found[name] = [message for message in messages if message]
    return found


class ListFilterBackend(DjangoFilterBackend):  # type: ignore[misc]
    """Filter lists. Views of one object are not filtered."""

    def filter_queryset(self, request: Request, queryset: "QuerySet[Model]", view: APIView) -> Any:
        """Return the rows that match. Raises ValidationError, which names each parameter with a wrong value."""
        if getattr(view, "action", "list") != "list":
            return queryset
        filters = getattr(getattr(view, "filterset_class", None), "base_filters", {})
        # No filter acts without its parameter, and to make the form of all of them takes a while.
        is_filtered = not filters.keys().isdisjoint(request.query_params)
        filterset = self.get_filterset(request, queryset, view) if is_filtered else None
        found = find_filter_errors(filterset)
        if errors := gather_list_errors(view.paginator, request.query_params, view, found):  # type: ignore[attr-defined]
            raise exceptions.ValidationError(errors)
        return queryset if filterset is None else filterset.qs
