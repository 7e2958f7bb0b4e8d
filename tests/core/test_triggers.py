import pytest
from django.db import connection

BEFORE_UPDATE_ROW_TRIGGERS_SQL = """
    SELECT trigger.tgrelid::regclass::text, function.prosrc
    FROM pg_trigger AS trigger JOIN pg_proc AS function ON function.oid = trigger.tgfoid
    WHERE NOT trigger.tgisinternal AND trigger.tgtype & 1 = 1 AND trigger.tgtype & 2 = 2 AND trigger.tgtype & 16 = 16
"""

WITHOUT_KEY_UPDATES = {"matching_match", "pghistory_context"}
"""Tables where such a trigger may stand: no row is saved whole, or only by the transaction that inserted it."""


@pytest.mark.django_db
def test_no_trigger_makes_an_update_lock_out_those_who_refer_to_the_row() -> None:
    # Before such a trigger PostgreSQL locks the row FOR UPDATE when the statement names a column with a unique index,
    # as a model's save() does. A transaction that stores a row with a key to it then waits, and can deadlock.
    with connection.cursor() as cursor:
        cursor.execute(BEFORE_UPDATE_ROW_TRIGGERS_SQL)
        rows = cursor.fetchall()
    refusing = {table for table, body in rows if "Cannot update" in body}
    assert refusing, "The append-only tables have such triggers, so the query must find them."
    assert {table for table, _ in rows} - refusing == WITHOUT_KEY_UPDATES
