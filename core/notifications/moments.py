"""Days, times and lists as letters and pages write them, in the reader's language.

A catalogue translates the formats of days, in Django's letters: “j F” is “j \\d\\e F” in Spanish.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from core.time_zones import name_time_zone
from core.zone_loading import load_time_zone

_I_SOUND = re.compile(r"h?[ií](?!e)", re.IGNORECASE)


def format_day(day: date) -> str:
    """Return a day without its year: “20 October”."""
    return date_format(day, pgettext("format of a day", "j F"))


def format_day_with_year(day: date) -> str:
    """Return a day with its year: “20 October 2026”."""
    return date_format(day, pgettext("format of a day", "j F Y"))


def format_weekday(day: date) -> str:
    """Return a day with its weekday, without its year: “Friday, 17 October”."""
    return date_format(day, pgettext("format of a day", "l, j F"))


def format_weekday_with_year(day: date) -> str:
    """Return a day with its weekday and its year: “Friday, 17 October 2026”."""
    return date_format(day, pgettext("format of a day", "l, j F Y"))


def format_month(day: date) -> str:
    """Return the month of a day with its year: “October 2026”."""
    return date_format(day, pgettext("format of a day", "F Y"))


def format_days(first: date, last: date, *, on: date | None = None) -> str:
    """Return two days as a range, such as “7 to 13 December”, without what both of them say.

    The year is left out where it is that of `on`; without `on` the last day has it always.
    """
    last_words = format_day(last) if on is not None and on.year == last.year else format_day_with_year(last)
    if (first.year, first.month) == (last.year, last.month):
        first_words = str(first.day)
    else:
        first_words = format_day(first) if first.year == last.year else format_day_with_year(first)
    return _("%(first)s to %(last)s") % {"first": first_words, "last": last_words}


def format_time(moment: time | datetime) -> str:
    """Return a time of day as readers in the United States write it: “6:30 pm”, and “6:30 p. m.” in Spanish."""
    written = time_format(moment, pgettext("format of a time", "P"))
    written = written.replace("a.m.", pgettext("half of a day", "am")).replace("p.m.", pgettext("half of a day", "pm"))
    return written.removeprefix("0")


def _find_spoken_hour(written: str) -> int:
    """Return the hour that a written time begins with; some words stand for twelve."""
    digits = re.match(r"\d+", written)
    return int(digits[0]) if digits else 12


def format_hour(hour: int) -> str:
    """Return an hour of a day, from 0 to 24, as `format_time` writes it."""
    return format_time(time(hour % 24))


def format_hours(first: int, last: int) -> str:
    """Return a stretch of hours of a day: “9 am–5 pm”, and “5–10 pm” where both are in one half of the day."""
    starts, ends = format_hour(first), format_hour(last)
    number, half = re.search(r"\d[\d:]*", starts), starts.partition(" ")[2]
    return f"{number[0] if number and half and ends.endswith(half) else starts}–{ends}"


def format_number(number: float) -> str:
    """Return a number with the marks of the active language, without a fraction that is zero: “2.5”, “1,200”."""
    return number_format(int(number) if number == int(number) else number, force_grouping=True)


def format_weekly_time(weekday: int, moment: time) -> str:
    """Return a time of each week, where 0 is Monday: “Monday 6:30 pm”."""
    written = format_time(moment)
    hour = _find_spoken_hour(written)
    text = npgettext("a time of each week", "%(weekday)s %(time)s", "%(weekday)s %(time)s", hour)
    return text % {"weekday": WEEKDAYS[weekday], "time": written}


def format_moment(moment: datetime, zone: str) -> str:
    """Return weekday, day and time on the wall clock of `zone`, in the active language."""
    local = moment.astimezone(load_time_zone(zone))
    # Some languages have one hour and several: “a la 1:00”, “a las 9:00”.
    written = format_time(local)
    text = npgettext("a moment", "%(day)s, %(time)s", "%(day)s, %(time)s", _find_spoken_hour(written))
    return text % {"day": format_weekday(local), "time": written}


def describe_moment(moment: datetime, zone: str) -> str:
    """Return weekday, day and time on the wall clock of `zone`, with the name of the zone."""
    return _("%(moment)s, %(zone)s") % {"moment": format_moment(moment, zone), "zone": name_time_zone(zone)}


def find_day(moment: datetime, zone: str) -> date:
    """Return the day of a moment on the calendar of `zone`: a reader's today, which may not be that of UTC."""
    return moment.astimezone(load_time_zone(zone)).date()


def describe_day(moment: datetime, zone: str) -> str:
    """Return the day of a moment in `zone`, without its time: “2 September”."""
    return format_day(find_day(moment, zone))


def describe_weekday(moment: datetime, zone: str) -> str:
    """Return the day of a moment in `zone` with its weekday, without its time: “Friday, 17 October”."""
    return format_weekday(find_day(moment, zone))


def join_phrases(phrases: Iterable[str]) -> str:
    """Return phrases as a list in words: “a”, “a and b”, “a, b and c”."""
    *others, last = [*phrases] or [""]
    if not others:
        return last
    words = {"others": _(", ").join(others), "last": last}
    if _I_SOUND.match(last):
        # As “y” becomes “e” in Spanish: “español e inglés”.
        return pgettext("a list whose last word begins with an i", "%(others)s and %(last)s") % words
    return pgettext("a list", "%(others)s and %(last)s") % words
