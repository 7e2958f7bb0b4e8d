"""Errors of one input are gathered at their paths, and name what was given."""

import pytest

from core.errors import Invalid
from core.field_errors import FieldErrors, check_unique

MISSING = "It is missing."


def refuse(field: str) -> None:
    raise Invalid("There is no such skill.", field=field)


def gather(errors: FieldErrors, *, given: set[str] | None = None) -> dict[str, str]:
    with pytest.raises(Invalid) as raised:
        errors.raise_if_any(given=given)
    return {error.path: error.message for error in raised.value.errors}


def test_what_is_raised_inside_is_gathered_below_its_prefix() -> None:
    errors = FieldErrors()
    errors.add("title", MISSING)
    with errors.collect("roles.1"):
        refuse("skill")
    with errors.collect("roles.1"):
        refuse("skill")  # found twice, told once

    assert gather(errors) == {"title": MISSING, "roles.1.skill": "There is no such skill."}


def test_one_error_for_all_has_every_sentence_once() -> None:
    errors = FieldErrors()
    for path in ("a", "b"):
        errors.add(path, MISSING)

    with pytest.raises(Invalid) as raised:
        errors.raise_if_any()
    assert (raised.value.message, raised.value.field) == (MISSING, "a")


def test_nothing_wrong_raises_nothing() -> None:
    FieldErrors().raise_if_any()


@pytest.mark.parametrize(
    ("given", "path"), [({"starts_on"}, "starts_on"), ({"starts_on", "ends_on"}, "ends_on"), ({"title"}, "ends_on")]
)
def test_an_error_names_the_day_that_was_given(given: set[str], path: str) -> None:
    errors = FieldErrors()
    errors.add("ends_on", "It ends before it starts.", reads=("starts_on",))

    assert gather(errors, given=given) == {path: "It ends before it starts."}


def test_what_a_playbook_filled_in_is_blamed_on_the_playbook() -> None:
    errors = FieldErrors()
    with errors.collect(blame={"roles": "playbook"}):
        refuse("roles.3.skill")

    assert gather(errors) == {"playbook": "There is no such skill."}


def test_the_later_of_two_equal_entries_is_named() -> None:
    with pytest.raises(Invalid) as raised:
        check_unique(["a", "b", "a", "a"], "name", "Twice.")

    assert [(error.path, error.reads) for error in raised.value.errors] == [
        ("2.name", ("0.name",)),
        ("3.name", ("0.name",)),
    ]
