"""Check the names of time zones, and name them for people."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.reference_texts import ReferenceKind, translate_references
from core.unknown_codes import unknown_code_error
from core.zone_loading import UTC_ZONE

COMMON_TIME_ZONES: dict[str, str | Promise] = {
    "America/New_York": _("Eastern time (New York)"),
    "America/Chicago": _("Central time (Chicago)"),
    "America/Denver": _("Mountain time (Denver)"),
    "America/Phoenix": _("Arizona (Phoenix)"),
    "America/Los_Angeles": _("Pacific time (Los Angeles)"),
    "America/Anchorage": _("Alaska (Anchorage)"),
    "Pacific/Honolulu": _("Hawaii (Honolulu)"),
    "America/Puerto_Rico": _("Atlantic time (Puerto Rico)"),
    "Pacific/Guam": _("Chamorro time (Guam)"),
    "Pacific/Pago_Pago": _("Samoa (Pago Pago)"),
}
"""The zones of the jurisdictions that we ship, by the names that people there use. Forms show them first."""


def check_time_zone(name: str) -> None:
    """Raise Invalid unless `name` is an IANA time zone."""
    if not is_time_zone(name):
        raise unknown_code_error("time_zone", name, field="time_zone")


def list_time_zones() -> list[tuple[str, str | Promise]]:
    """Return every zone that `check_time_zone` accepts with its label: the common ones first, the others by name.

    The label of one that is not common is made of IANA's name, so that no two are the same.
    """
    others = sorted(_iana_time_zones() - COMMON_TIME_ZONES.keys())
    return [*COMMON_TIME_ZONES.items(), *((name, _describe_zone(name)) for name in others)]


def name_time_zone(name: str) -> str | Promise:
    """Return a zone as pages and letters name it: “Mexico City time”; an unknown one is read as UTC, and named so."""
    name = name if is_time_zone(name) else UTC_ZONE
    if name in COMMON_TIME_ZONES:
        return COMMON_TIME_ZONES[name]
    return name_place_of_zone(name) if name in _zones_with_people() else _describe_zone(name)


def name_place_of_zone(name: str) -> str:
    """Return “Knox, Indiana time” for America/Indiana/Knox, in the active language."""
    places = translate_references(list_zone_parts(name), ReferenceKind.PLACE)
    return gettext("%(place)s time") % {"place": ", ".join(reversed(places))}


@cache
def _zones_with_people() -> frozenset[str]:
    return frozenset(zone for zones in map_zones_of_countries().values() for zone in zones)


def _describe_zone(name: str) -> str:
    """Return “Indiana, Knox (America)” for America/Indiana/Knox. The names are IANA's, which are not translated."""
    area, *places = name.replace("_", " ").split("/")
    return f"{', '.join(places)} ({area})" if places else area


def is_time_zone(name: str) -> bool:
    """Return whether `name` is an IANA time zone."""
    return name in _iana_time_zones()


@cache
def _iana_time_zones() -> frozenset[str]:
    # Cached, because the names are read from a directory of files. Two of them name no place.
    return frozenset(available_timezones()) - {"localtime", "Factory"}


_UNPEOPLED = frozenset({"AQ", "BV", "GS", "HM", "TF"})
"""Codes of Antarctica and of islands with stations or without people."""


@cache
def map_zones_of_countries() -> Mapping[str, tuple[str, ...]]:
    """Return the zones of each country with people by its English name, from the tables of the zone database."""
    folder = files("tzdata") / "zoneinfo"
    rows = [line.split("\t") for line in (folder / "iso3166.tab").read_text().splitlines() if line[:1] != "#"]
    names = dict(row[:2] for row in rows if len(row) > 1)
    zones: dict[str, list[str]] = defaultdict(list)
    for line in (folder / "zone.tab").read_text().splitlines():
        if line[:1] != "#" and line[:2] not in _UNPEOPLED:
            code, _place, zone = line.split("\t")[:3]
            zones[names.get(code, code)].append(zone)
    return {country: tuple(sorted(zones[country])) for country in sorted(zones)}


def list_places_of_zones() -> list[str]:
    """Return the places by which the zones of countries with people are named, each once, as `list_zone_parts` does."""
    zones = {zone for names in map_zones_of_countries().values() for zone in names}
    return sorted({place for zone in zones for place in list_zone_parts(zone)})


def list_zone_parts(name: str) -> list[str]:
    """Return “Indiana” and “Knox” for America/Indiana/Knox: the English words below the part of the world."""
    return name.replace("_", " ").split("/")[1:]
