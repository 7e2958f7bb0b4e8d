import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from campaigns.models import Seat
from core.models import Notice, User
from matching.models import Match, Message
from volunteers.models import SkillClaim, Volunteer

pytestmark = pytest.mark.django_db

SMALL = ("--volunteers", "60", "--campaigns", "10", "--requests", "12", "--without-story")


def seed(*arguments: str) -> str:
    out = StringIO()
    call_command("seed_demo", *arguments, stdout=out)
    return out.getvalue()


def counts() -> list[int]:
    return [model._default_manager.count() for model in (User, Volunteer, SkillClaim, Seat, Match, Message, Notice)]


def test_seeding_twice_changes_nothing_and_a_reset_begins_anew() -> None:
    first = seed(*(argument for argument in SMALL if argument != "--without-story"))
    assert first.startswith("Invented 60 volunteers, 10 campaigns, and 12 requests with ")
    assert re.search(r", and played 1\d\d events ", first)
    before = counts()
    assert seed(*SMALL) == "The demo is in the database already; --reset replaces it.\n"
    assert counts() == before
    seed("--reset", "--volunteers", "30", "--campaigns", "5", "--requests", "5", "--without-story")
    assert Volunteer.objects.count() == 30
    assert not Message.objects.exists()


def test_it_ends_with_a_sentence_where_people_are_who_are_not_of_the_demo() -> None:
    User.objects.create_user("ana@campaign.org")
    with pytest.raises(CommandError, match="Name another database in DATABASE_URL"):
        seed(*SMALL)
    assert Volunteer.objects.count() == 0


def test_somebody_who_signed_up_to_the_demo_is_left_alone_by_the_next_start() -> None:
    seed(*SMALL)
    User.objects.create_user("ana@campaign.org")
    assert seed(*SMALL) == "The demo is in the database already; --reset replaces it.\n"


@pytest.mark.parametrize("count", ["0", "-3", "many"])
def test_a_size_that_is_no_number_of_things_is_refused(count: str) -> None:
    with pytest.raises(CommandError, match="not a whole number of 1 or more"):
        seed(f"--volunteers={count}")
