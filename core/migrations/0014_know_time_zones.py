"""The function that tells whether a text is a time zone."""

from django.db import migrations

# The setting is read back, because the database also takes other spellings ("america/new_york", "EST5"), which Python
# does not. It ends with the function. The view with all names reads hundreds of files: it is for the few other names.
KNOW = r"""
CREATE FUNCTION core_is_time_zone(zone text) RETURNS boolean LANGUAGE plpgsql SET timezone = 'UTC' AS $$
BEGIN
    IF zone = 'UTC' THEN
        RETURN true;
    END IF;
    IF zone !~ '^[A-Za-z]+(/[A-Za-z_-]+)+$' THEN
        RETURN zone NOT IN ('Factory', 'localtime') AND EXISTS (SELECT FROM pg_timezone_names WHERE name = zone);
    END IF;
    PERFORM set_config('timezone', zone, true);
    RETURN current_setting('timezone') = zone;
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN false;
END;
$$;
"""


class Migration(migrations.Migration):
    """Create the function; triggers of other apps call it."""

    dependencies = [("core", "0013_refuse_circles")]

    operations = [migrations.RunSQL(KNOW, "DROP FUNCTION core_is_time_zone(text)")]
