"""The shape of a data export for the API's document, made from the registered sections, so that it cannot go stale."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.openapi_components import refer_to_shape
from core.api.operation_ids import to_pascal_case
from core.privacy.export_sections import ExportSection, list_export_sections
from core.reference.vocabulary import list_vocabulary_enums

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
        section.name_column(column): _build_field(section, column)  # the key under which the export gives it
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
    text = f"{text[:1].upper()}{text[1:].rstrip('.')}."
    options: dict[str, Any] = {"help_text": text}
    if may_be_null:
        options |= {"allow_null": True, "help_text": f"{text} Null without one."}
    elif field.empty_strings_allowed and field.blank and not field.is_relation:
        options["help_text"] = f"{text} Empty without one."
    while field.is_relation:
        field = field.target_field
    if column in section.shapes:
        return _build_shaped_field(section.shapes[column], **options)
    return _build_typed_field(field, **options)


def _find_enum_component(field: Any) -> str | None:
    """Return the component of a column's values in the API's document; None where the vocabulary has no such enum."""
    choices = [(value, str(label)) for value, label in field.flatchoices if value not in ("", None)]
    if not choices:
        return None
    enums = list_vocabulary_enums().items()
    names = (name for name, enum in enums if [(value, str(label)) for value, label in enum.choices] == choices)
    name = next(names, None)
    return name and f"{to_pascal_case(name)}Enum"


def _build_enum_field_type(shapes: list[dict[str, Any]]) -> type[serializers.Field[Any, Any, Any, Any]]:
    field_type = type("ExportedEnumField", (serializers.CharField,), {})
    return extend_schema_field(shapes[0] if len(shapes) == 1 else {"anyOf": shapes})(field_type)


def _build_shaped_field(component: str, **options: Any) -> serializers.Field[Any, Any, Any, Any]:
    field_type = type("ExportedShapedField", (serializers.CharField,), {})
    add_shape = extend_schema_field(refer_to_shape(component))
    shaped_type: type[serializers.Field[Any, Any, Any, Any]] = add_shape(field_type)
    return shaped_type(**options)


def _build_typed_field(field: Any, **options: Any) -> serializers.Field[Any, Any, Any, Any]:
    if isinstance(field, ArrayField):
        return serializers.ListField(child=_build_typed_field(field.base_field), **options)
    component = _find_enum_component(field)
    if component is not None:
        shapes = [{"$ref": f"#/components/schemas/{component}"}]
        shapes += [{"type": "string", "const": ""}] if field.blank else []
        return _build_enum_field_type(shapes)(**options)
    for column_type, field_type in _FIELD_TYPES:
        if isinstance(field, column_type):
            if field_type is serializers.JSONField:
                options.pop("allow_null", None)  # any value is JSON, null too
            return field_type(**options)
    raise TypeError(f"An export has no type yet for a column like {field}.")
