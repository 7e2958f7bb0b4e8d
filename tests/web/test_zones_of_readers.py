"""Every page on the clocks of far readers, in the week in which New York changes its own."""

import re
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from campaigns.models import Request
from core.notifications.moments import format_moment
from core.time_zones import name_time_zone
from tests.cast import Cast
from tests.web.every_page import undone
from tests.web.opened_pages import EVERY_PAGE
from tests.web.test_every_page import CLOCK_TIME, WEEK_FIGURE, list_bare_times
from tests.web.volunteers.reading import read_main
from volunteers.models import Volunteer

FRIDAY = datetime(2026, 3, 6, 12, tzinfo=UTC)
ZONES = ("Asia/Kathmandu", "Pacific/Honolulu", "America/New_York")
ON_NO_CLOCK_OF_A_READER = ("home", "reviewer-home", "design", "start-", "plan-published")
"""Examples, pages of which the reader has told no zone that is stored, and one that comes with the zone of its plan."""
MOMENT = re.compile(r'<time datetime="([^"]+)">(.*?)</time>', re.DOTALL)

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "counters"])]


def find_wrong_times(name: str, page: Any, zone: str) -> list[str]:
    """Return the times of a page that are on another clock, or that do not say on which."""
    html, label = page.content.decode(), str(name_time_zone(zone))
    page.content = WEEK_FIGURE.sub("", html)
    main = read_main(page)
    told = MOMENT.findall(html)
    wrong = [words for moment, words in told if format_moment(datetime.fromisoformat(moment), zone) not in words]
    if "message" in name or "incident" in name:  # there the zone stands once, above the first
        return wrong if label in main or not told else [*wrong, "no zone"]
    return wrong + list_bare_times(html, main, (label,))


def test_each_time_is_on_the_clock_of_its_reader_and_names_it(cast: Cast) -> None:
    wrong, told = [], 0
    with time_machine.travel(FRIDAY, tick=False):
        for name, reach in EVERY_PAGE.items():
            if name.startswith(ON_NO_CLOCK_OF_A_READER):
                continue
            with undone():
                reached = reach(deepcopy(cast), FRIDAY)
                for zone in ZONES:
                    Volunteer.objects.update(time_zone=zone)
                    Request.objects.update(time_zone=zone)
                    page = reached.ask()
                    if not CLOCK_TIME.search(page.content.decode()):
                        break
                    told += len(MOMENT.findall(page.content.decode()))
                    wrong += [f"{name} in {zone}: {time}" for time in find_wrong_times(name, page, zone)]
    assert not wrong, "\n".join(wrong)
    assert told > 30
