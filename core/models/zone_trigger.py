"""What the database holds of each column with a time zone."""

import pgtrigger

KNOWN_TIME_ZONE = pgtrigger.Trigger(
    name="known_time_zone",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("time_zone"),
    func="""
        IF (TG_OP = 'INSERT' OR NEW.time_zone <> OLD.time_zone) AND NOT core_is_time_zone(NEW.time_zone) THEN
            RAISE EXCEPTION '"%" is not a time zone.', NEW.time_zone USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
"""A zone is one that the database knows by exactly this name.

It looks only at zones that change or come with a new row: what is known differs from system to system, and a restore
refuses no row.
"""
