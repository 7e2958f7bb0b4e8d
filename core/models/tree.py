"""What the database holds of tables whose rows have a parent in the same table."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext


def build_circle_trigger(table: str) -> pgtrigger.Trigger:
    """Return the trigger that refuses a row that would stand below itself.

    The parents of a table change one after another, so that two changes do not make a circle together.
    """
    return pgtrigger.Trigger(
        name="no_circle",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id"),
        condition=pgtrigger.Q(new__parent__isnull=False),
        func=f"""
            PERFORM pg_advisory_xact_lock('{table}'::regclass::oid::bigint);
            IF EXISTS (
                WITH RECURSIVE above(id) AS (
                    SELECT NEW.parent_id
                    UNION
                    SELECT entry.parent_id FROM {table} AS entry JOIN above ON above.id = entry.id
                )
                SELECT FROM above WHERE above.id = NEW.id
            ) THEN
                RAISE EXCEPTION 'A row of {table} would stand below itself.' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def check_parent(row: models.Model) -> None:
    """Raise ValidationError, for the field `parent`, if the row would stand below itself."""
    parents = dict(type(row)._default_manager.values_list("pk", "parent_id"))
    seen: set[int] = set()
    above: int | None = row.parent_id  # type: ignore[attr-defined]
    while above is not None and above not in seen and row.pk is not None:
        if above == row.pk:
            raise ValidationError({"parent": gettext("This would stand below itself. Choose another one.")})
        seen.add(above)
        above = parents.get(above)
