from django.db import migrations

# Only this forgets looks where the application's role may not delete them, and it keeps each for a year.
FORGET = """
CREATE FUNCTION core_forget_looks(before timestamptz, most integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH old AS (
        SELECT id FROM core_look WHERE at <= least(before, now() - interval '365 days') ORDER BY id LIMIT most
    ), gone AS (
        DELETE FROM core_look WHERE id IN (SELECT id FROM old) RETURNING 1
    )
    SELECT count(*)::integer FROM gone
$$;
"""

# While a request goes on its history learns who asks; afterwards it learns nothing any more.
SETTLED = """
CREATE FUNCTION core_context_is_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The history is not changed afterwards.';
END;
$$;
CREATE TRIGGER core_context_settled BEFORE UPDATE ON pghistory_context FOR EACH ROW
    WHEN (OLD.created_at < now() - interval '1 hour') EXECUTE FUNCTION core_context_is_settled();
CREATE TRIGGER core_context_stays BEFORE DELETE ON pghistory_context FOR EACH ROW
    EXECUTE FUNCTION core_context_is_settled();
"""

UNSETTLED = """
DROP TRIGGER core_context_settled ON pghistory_context;
DROP TRIGGER core_context_stays ON pghistory_context;
DROP FUNCTION core_context_is_settled();
"""


class Migration(migrations.Migration):
    """Two small guards, for every role."""

    dependencies = [
        ("core", "0008_personal_tokens"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.RunSQL(FORGET, "DROP FUNCTION core_forget_looks(timestamptz, integer)"),
        migrations.RunSQL(SETTLED, UNSETTLED),
    ]
