"""The jurisdictions that Handraiser ships with."""

from __future__ import annotations

import re

from core.reference.jurisdictions import JURISDICTIONS

DISTRICT_AND_TERRITORIES = {"US-DC", "US-AS", "US-GU", "US-MP", "US-PR", "US-VI"}


def test_there_are_a_country_fifty_states_a_district_and_five_territories() -> None:
    codes = {place.code for place in JURISDICTIONS}
    assert len(codes) == len(JURISDICTIONS) == 1 + 50 + 6
    assert codes >= DISTRICT_AND_TERRITORIES


def test_the_country_stands_first_and_is_around_all_others() -> None:
    assert JURISDICTIONS[0] == ("US", "United States", "")
    assert {place.parent for place in JURISDICTIONS[1:]} == {"US"}


def test_codes_are_two_letters_below_the_country() -> None:
    assert [place.code for place in JURISDICTIONS[1:] if not re.fullmatch(r"US-[A-Z]{2}", place.code)] == []


def test_names_differ_and_the_states_are_in_alphabetical_order() -> None:
    names = [place.name for place in JURISDICTIONS]
    assert len(set(names)) == len(names)
    assert names[1:51] == sorted(names[1:51])
