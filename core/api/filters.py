"""Filters of lists: what is allowed is named, and everything else is refused by its name."""

from datetime import UTC, datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

MAX_SEARCH_LENGTH = 100


class _UTCDateTimeField(django_filters.fields.IsoDateTimeField):  # type: ignore[misc]
    """In UTC: an offset that nobody's clock has is no fault in a time, but PostgreSQL takes none of sixteen hours."""

    def to_python(self, value: Any) -> datetime | None:
        try:
            at: datetime | None = super().to_python(value)
            return at and at.astimezone(UTC)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class UTCDateTimeFilter(django_filters.IsoDateTimeFilter):  # type: ignore[misc]
    """A point in time, in ISO 8601."""

    field_class = _UTCDateTimeField


class SearchableFilterSet(django_filters.rest_framework.FilterSet):  # type: ignore[misc]
    """What a list may be asked for. `search_filter` looks in `search_columns`: only in what the caller sees."""

    search_columns: tuple[str, ...] = ()

    def filter_by_words(self, rows: "QuerySet[Model]", name: str, text: str) -> "QuerySet[Model]":
        """Rows in which every word stands in one of the columns."""
        for word in text.split():
            found = Q()
            for column in self.search_columns:
                found |= Q(**{f"{column}__icontains": word})
            rows = rows.filter(found)
        return rows


def search_filter() -> Any:
    """A field that looks for words in the `search_columns` of its set."""
    return django_filters.CharFilter(
        method="filter_by_words", max_length=MAX_SEARCH_LENGTH, help_text="Words, in any order."
    )


class StrictFilterBackend(DjangoFilterBackend):  # type: ignore[misc]
    """Filters lists, and refuses what a list cannot be asked for rather than to leave it out without a word.

    A detail is no list, so it is not filtered.
    """

    def filter_queryset(self, request: Request, queryset: "QuerySet[Model]", view: APIView) -> Any:
        """Those that are asked for. Raises ValidationError naming what there is no filter for."""
        if getattr(view, "action", "list") != "list":
            return queryset
        known = _known_parameters(self.get_filterset_class(view, queryset), view)
        others = sorted(set(request.query_params) - known)
        if others:
            told = _("This list cannot be asked for it. It knows: %(known)s.") % {"known": ", ".join(sorted(known))}
            raise ValidationError({name: [told] for name in others})
        return super().filter_queryset(request, queryset, view)


def _known_parameters(filters: type[SearchableFilterSet] | None, view: Any) -> set[str]:
    known = set(filters.base_filters) if filters else set()
    if getattr(view, "pagination_class", None) is not None:
        known |= {"cursor", "page_size"}
        known |= {"ordering"} if getattr(view, "orderings", ()) else set()
    return known
