"""Moments as letters write them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format


def format_moment(moment: datetime, zone: str) -> str:
    """Return weekday, day and time on the wall clock of `zone`, in the active language."""
    return date_format(moment.astimezone(ZoneInfo(zone)), "l, j F, H:i")
