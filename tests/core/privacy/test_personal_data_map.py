"""The map of personal data lists the whole database, and export and map say the same."""

from django.apps import apps
from django.db import connection

from core.privacy.export_sections import list_export_sections
from tests.core.privacy.personal_data_map import ERASURE_VALUES, SUBJECT_VALUES, read_personal_data_map


def test_every_column_of_the_database_is_listed_and_every_line_is_a_column(db: None) -> None:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        there = [
            (table, column.name)
            for table in tables
            for column in connection.introspection.get_table_description(cursor, table)
        ]

    listed = [(line.table, line.column) for line in read_personal_data_map()]

    assert sorted(listed) == sorted(there)
    assert len(listed) == len(set(listed))


def test_every_model_has_its_columns_listed() -> None:
    # pghistory's model of all events together is a query, not a table.
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.db_table != "pghistory_events"]
    there = {(model._meta.db_table, field.column) for model in models for field in model._meta.concrete_fields}

    assert there - {(line.table, line.column) for line in read_personal_data_map()} == set()


def test_every_line_says_whose_it_is_and_what_becomes_of_it() -> None:
    for line in read_personal_data_map():
        assert line.subject in SUBJECT_VALUES, line
        assert line.export in ("yes", "no"), line
        assert line.erasure in ERASURE_VALUES, line
        assert line.retention, line
        assert line.reason, line
        if line.subject == "nobody":
            assert (line.export, line.erasure) == ("no", "none"), line
        else:
            assert line.erasure != "none", line


def test_the_export_holds_what_the_map_says_it_holds() -> None:
    exported = {
        (part.model._meta.db_table, part.model._meta.get_field(column.split("__")[0]).column)  # type: ignore[union-attr]
        for part in list_export_sections().values()
        for column in part.columns
    }

    assert exported == {(line.table, line.column) for line in read_personal_data_map() if line.export == "yes"}
