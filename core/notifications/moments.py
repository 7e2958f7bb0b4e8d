"""Moments as letters and pages write them."""

from datetime import date, datetime, time

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from core.time_zones import name_time_zone
from core.zone_loading import load_time_zone


def format_time(moment: time | datetime) -> str:
    """Return a time of day as readers of the active language write it: “6:30 pm” in English, “18:30” in Spanish."""
    return time_format(moment, "TIME_FORMAT").replace("a.m.", "am").replace("p.m.", "pm")


def format_hour(hour: int) -> str:
    """Return an hour of a day, from 0 to 24, as `format_time` writes it."""
    return format_time(time(hour % 24))


def format_hours(first: int, last: int) -> str:
    """Return a stretch of hours of a day: “9 am–5 pm”, and “5–10 pm” where both are in one half of the day."""
    starts, ends = format_hour(first), format_hour(last)
    number, _space, half = starts.partition(" ")
    return f"{number if half and ends.endswith(half) else starts}–{ends}"


def format_moment(moment: datetime, zone: str) -> str:
    """Return weekday, day and time on the wall clock of `zone`, in the active language."""
    local = moment.astimezone(load_time_zone(zone))
    return _("%(day)s, %(time)s") % {"day": date_format(local, "l, j F"), "time": format_time(local)}


def describe_moment(moment: datetime, zone: str) -> str:
    """Return weekday, day and time on the wall clock of `zone`, with the name of the zone."""
    return _("%(moment)s, %(zone)s") % {"moment": format_moment(moment, zone), "zone": name_time_zone(zone)}


def find_day(moment: datetime, zone: str) -> date:
    """Return the day of a moment on the calendar of `zone`: a reader's today, which may not be that of UTC."""
    return moment.astimezone(load_time_zone(zone)).date()


def describe_day(moment: datetime, zone: str) -> str:
    """Return the day of a moment in `zone`, without its time: “2 September”."""
    return date_format(moment.astimezone(load_time_zone(zone)), "j F")


def describe_weekday(moment: datetime, zone: str) -> str:
    """Return the day of a moment in `zone` with its weekday, without its time: “Friday, 17 October”."""
    return date_format(moment.astimezone(load_time_zone(zone)), "l, j F")
