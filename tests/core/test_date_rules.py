from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import models

from core.date_rules import (
    FIRST_DAY,
    LAST_DAY,
    MAX_PRIMARY_LEAD_DAYS,
    add_years,
    check_contest_days,
    check_day,
    check_request_days,
    check_time_off,
    check_vetting_end,
    limit_to_countable_days,
)
from core.errors import Invalid
from core.model_labels import OUR_APPS

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
ELECTION = date(2026, 11, 3)
LAST_AFTER_ELECTION = ELECTION + timedelta(weeks=8)

SET_BY_OUR_CLOCK = {
    "core.PersonalToken.last_used_on",
    "core.UnknownSkillWord.first_on",
    "core.UnknownSkillWord.last_on",
    "matching.EstimateAnswer.day",
    "matching.RunArrays.delete_on",
}
"""Days that no one gives."""


def _day_columns() -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_models():
        is_ours = model._meta.app_label in OUR_APPS and not hasattr(model, "pgh_tracked_model")
        for field in model._meta.get_fields():
            if is_ours and type(field) is models.DateField:
                yield model, field.name


def test_every_day_that_is_given_has_its_bounds_in_the_database() -> None:
    unbounded = set()
    for model, name in _day_columns():
        bounds = models.Q(**{f"{name}__range": (FIRST_DAY, LAST_DAY)})
        checks = [each.condition for each in model._meta.constraints if isinstance(each, models.CheckConstraint)]
        if bounds not in checks:
            unbounded.add(f"{model._meta.label}.{name}")

    assert unbounded == SET_BY_OUR_CLOCK


@pytest.mark.parametrize("day", [FIRST_DAY - DAY, LAST_DAY + DAY, date.min, date.max])
def test_a_day_that_cannot_be_stored_is_refused_by_name(day: date) -> None:
    with pytest.raises(Invalid) as refused:
        check_day(day, "until")
    assert refused.value.field == "until"
    check_day(FIRST_DAY, "until")
    check_day(LAST_DAY, "until")


@pytest.mark.parametrize(
    ("election_on", "primary_on", "field"),
    [
        (FIRST_DAY, None, None),
        (FIRST_DAY - DAY, None, "election_on"),
        (date(2038, 3, 2), None, None),
        (date(2038, 3, 3), None, "election_on"),
        (ELECTION, ELECTION - DAY, None),
        (ELECTION, ELECTION, "primary_on"),
        (ELECTION, FIRST_DAY - DAY, "primary_on"),
        (ELECTION, ELECTION - MAX_PRIMARY_LEAD_DAYS * DAY, None),
        (ELECTION, ELECTION - (MAX_PRIMARY_LEAD_DAYS + 1) * DAY, "primary_on"),
    ],
)
def test_an_election_is_from_2000_to_twelve_years_ahead_and_its_primary_before_it(
    election_on: date, primary_on: date | None, field: str | None
) -> None:
    assert _refused_field(lambda: check_contest_days(election_on=election_on, primary_on=primary_on, today=TODAY)) == (
        field
    )


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        (TODAY - 366 * DAY, TODAY, None),
        (TODAY - 367 * DAY, TODAY, "starts_on"),
        (TODAY, TODAY - DAY, "ends_on"),
        (TODAY, LAST_AFTER_ELECTION, None),
        (TODAY, LAST_AFTER_ELECTION + DAY, "ends_on"),
    ],
)
def test_a_request_starts_at_most_a_year_back_and_ends_soon_after_the_election(
    starts_on: date, ends_on: date, field: str | None
) -> None:
    assert (
        _refused_field(
            lambda: check_request_days(starts_on=starts_on, ends_on=ends_on, election_on=ELECTION, today=TODAY)
        )
        == field
    )


def test_a_request_takes_two_years_at_most() -> None:
    late = date(2030, 11, 5)
    ends_on = TODAY + 731 * DAY

    check_request_days(starts_on=TODAY, ends_on=ends_on, election_on=late, today=TODAY)
    with pytest.raises(Invalid, match="two years"):
        check_request_days(starts_on=TODAY, ends_on=ends_on + DAY, election_on=late, today=TODAY)


def test_a_start_that_stays_is_not_judged_by_today() -> None:
    began = TODAY - 500 * DAY

    check_request_days(starts_on=began, ends_on=TODAY, election_on=ELECTION, today=TODAY, is_start_new=False)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (FIRST_DAY, FIRST_DAY, None),
        (FIRST_DAY - DAY, TODAY, "1.starts_on"),
        (TODAY, date(2031, 3, 2), None),
        (TODAY, date(2031, 3, 3), "1.ends_on"),
        (TODAY, TODAY - DAY, "1.ends_on"),
    ],
)
def test_time_off_ends_within_five_years(first: date, last: date, field: str | None) -> None:
    assert _refused_field(lambda: check_time_off([(TODAY, TODAY), (first, last)], today=TODAY)) == field


@pytest.mark.parametrize(
    ("until", "refused"),
    [(TODAY, False), (TODAY - DAY, True), (date(2031, 3, 2), False), (date(2031, 3, 3), True)],
)
def test_a_vetting_mark_counts_for_five_years_at_most(until: date, refused: bool) -> None:
    assert _refused_field(lambda: check_vetting_end(until, today=TODAY)) == ("valid_until" if refused else None)


def test_a_leap_day_years_later_is_the_day_before_march() -> None:
    assert add_years(date(2028, 2, 29), 1) == date(2029, 2, 28)
    assert add_years(date(2028, 2, 29), 4) == date(2032, 2, 29)


def test_days_of_a_valid_request_are_counted_as_they_are() -> None:
    assert limit_to_countable_days(TODAY, ELECTION, on=TODAY) == (TODAY, ELECTION)


@pytest.mark.parametrize(("first", "last"), [(date.min, date.max), (TODAY, date.max), (date.max, date.max)])
def test_other_days_are_cut_to_two_years_that_can_be_counted(first: date, last: date) -> None:
    begins, ends = limit_to_countable_days(first, last, on=TODAY)

    assert FIRST_DAY <= begins <= ends <= min(begins + 731 * DAY, date(2038, 3, 2) + timedelta(weeks=8))


def _refused_field(judge: object) -> str | None:
    try:
        judge()  # type: ignore[operator]
    except Invalid as error:
        return error.field
    return None
