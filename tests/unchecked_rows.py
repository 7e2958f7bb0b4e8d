"""Rows that came past the constraints, as a hand at the database or an old version may have left them; and none."""

from django.db import connection, models


def drop_checks(*tables: type[models.Model]) -> None:
    """Drop the check constraints of these tables and disable their triggers, until the test's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            name = table._meta.db_table
            cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass", [name])
            for (constraint,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE "{name}" DROP CONSTRAINT "{constraint}"')
            cursor.execute(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')


def refuse_rows(table: type[models.Model]) -> None:
    """Let the database refuse each row of a table, as a trigger or another session would, until the test ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE EXCEPTION 'never' USING ERRCODE = 'check_violation'; END$$"
        )
        name = table._meta.db_table
        cursor.execute(
            f"CREATE TRIGGER refuse AFTER INSERT OR UPDATE ON {name} FOR EACH ROW EXECUTE FUNCTION pg_temp.refuse()"
        )
