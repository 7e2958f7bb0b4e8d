"""Time zones as a form lists them: the most used ones first, then by country in alphabetical order."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.notifications.moments import format_time
from core.reference_texts import ReferenceKind, translate_reference, translate_references
from core.text_folding import fold_text
from core.time_zones import (
    COMMON_TIME_ZONES,
    is_time_zone,
    list_time_zones,
    list_zone_parts,
    map_zones_of_countries,
    name_time_zone,
)
from core.zone_loading import load_time_zone

ZoneChoice = tuple[str, str | Promise]

_FIRST_COUNTRY = "United States"


def list_zones_by_country(chosen: str = "") -> list[tuple[str, list[ZoneChoice]]]:
    """Return the zones in groups, each with the name of its country: first the most used ones and the other American.

    Where no people live for good, no zone is listed. A `chosen` zone of no country, or of such a place, stands last.
    """
    labels = dict(list_time_zones())
    groups: list[tuple[str, list[ZoneChoice]]] = [(_("Most used"), list(COMMON_TIME_ZONES.items()))]
    listed = set(COMMON_TIME_ZONES)
    countries = {country: translate_reference(country, ReferenceKind.COUNTRY) for country in map_zones_of_countries()}
    for country in sorted(countries, key=lambda name: (name != _FIRST_COUNTRY, fold_text(countries[name]))):
        names = map_zones_of_countries()[country]
        zones: list[ZoneChoice] = [(name, _name_place(name)) for name in names if name in labels and name not in listed]
        if zones:
            groups.append((countries[country], sorted(zones, key=lambda zone: fold_text(str(zone[1])))))
            listed.update(name for name, _label in zones)
    if chosen and chosen not in listed and is_time_zone(chosen):
        groups.append((_("Other"), [(chosen, labels[chosen])]))
    return groups


def describe_zone(name: str) -> str:
    """Return the words for a zone; empty for an unknown one."""
    return str(name_time_zone(name)) if is_time_zone(name) else ""


def describe_clock(name: str, *, at: datetime) -> str:
    """Return the hour that it is in a zone now, such as `6:42 pm`; empty for an unknown zone."""
    return format_time(at.astimezone(load_time_zone(name))) if is_time_zone(name) else ""


def _name_place(name: str) -> str:
    """Return “Knox, Indiana” for America/Indiana/Knox: the group has the country already."""
    places = translate_references(list_zone_parts(name), ReferenceKind.PLACE)
    return ", ".join(reversed(places)) or name
