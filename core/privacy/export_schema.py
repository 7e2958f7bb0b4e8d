"""The shape of a data export for the API's document, made from the registered sections, so that it cannot go stale."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from rest_framework import serializers

from core.api.operation_ids import to_pascal_case
from core.privacy.export_sections import ExportSection, list_export_sections, name_exported_column

_FIELD_TYPES: tuple[tuple[type[models.Field[Any, Any]], type[serializers.Field[Any, Any, Any, Any]]], ...] = (
    (models.BooleanField, serializers.BooleanField),
    (models.UUIDField, serializers.UUIDField),
    (models.DateTimeField, serializers.DateTimeField),
    (models.DateField, serializers.DateField),
    (models.TimeField, serializers.CharField),  # on a wall clock; as a format a time would need an offset
    (models.FloatField, serializers.FloatField),
    (models.IntegerField, serializers.IntegerField),
    (models.JSONField, serializers.JSONField),
    (models.CharField, serializers.CharField),
    (models.TextField, serializers.CharField),
)
"""By type of column, the more special first."""


def build_sections_serializer() -> type[serializers.Serializer[Any]]:
    """Return the serializer of all sections, each a list of rows. Raises TypeError for a column of an unknown type."""
    sections = {
        name: _build_row_serializer(section)(many=True, help_text=_describe_section(section))
        for name, section in list_export_sections().items()
    }
    return type(
        "ExportedSectionsSerializer",
        (serializers.Serializer,),
        {"__doc__": "The rows of each section; an empty list where there is none.", **sections},
    )


def _build_row_serializer(section: ExportSection) -> type[serializers.Serializer[Any]]:
    columns = {
        name_exported_column(column): _build_field(section, column)  # the key under which the export gives it
        for column in section.columns
    }
    name = f"Exported{to_pascal_case(section.name)}Serializer"
    doc = f"A row of the section “{section.name}” of an export."
    return type(name, (serializers.Serializer,), {"__doc__": doc, **columns})


def _describe_section(section: ExportSection) -> str:
    return f"Rows about the caller: {section.model._meta.verbose_name_plural}."


def _build_field(section: ExportSection, column: str) -> serializers.Field[Any, Any, Any, Any]:
    model: Any = section.model
    may_be_null = column in section.conditions
    field: Any = None
    for step in column.split("__"):
        field = model._meta.get_field(step)
        may_be_null = may_be_null or field.null
        model = field.related_model
    text = str(field.help_text or f"{field.verbose_name}.")
    options: dict[str, Any] = {"help_text": text[:1].upper() + text[1:]}
    if may_be_null:
        options["allow_null"] = True
    while field.is_relation:
        field = field.target_field
    return _build_typed_field(field, **options)


def _build_typed_field(field: Any, **options: Any) -> serializers.Field[Any, Any, Any, Any]:
    if isinstance(field, ArrayField):
        return serializers.ListField(child=_build_typed_field(field.base_field), **options)
    if choices := [choice for choice in field.flatchoices if choice[0] not in ("", None)]:
        return serializers.ChoiceField(choices=choices, allow_blank=field.blank and not field.null, **options)
    for column_type, field_type in _FIELD_TYPES:
        if isinstance(field, column_type):
            if field_type is serializers.JSONField:
                options.pop("allow_null", None)  # any value is JSON, null too
            return field_type(**options)
    raise TypeError(f"An export has no type yet for a column like {field}.")
