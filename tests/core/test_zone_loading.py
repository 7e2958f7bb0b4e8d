"""A time zone is checked by the database, and one that came past it is read as UTC."""

import pytest
import structlog
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import translation

from campaigns.models import Request
from core.time_zones import list_time_zones, name_time_zone
from core.zone_loading import load_time_zone
from matching.models import Policy
from tests.cast import Cast, create_volunteer
from volunteers.models import Volunteer

NO_ZONES = [
    *("", " ", "Mars/Phobos", "America", "America/", "america/new_york", "America/New_York ", "PST", "EST9", "est5edt"),
    *("Foo/Bar8", "Etc/GMT+99", "UTC+3", "+05:30", "5", "<+05>-05", "Factory", "localtime", "../UTC", "/etc/passwd"),
    *("default", "local", "x" * 64, "America/New_York'; --"),
]


def is_stored_zone(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_is_time_zone(%s), current_setting('timezone')", [name])
        known, zone = cursor.fetchone()
    assert zone == "UTC", "The setting of the session stays."
    return bool(known)


@pytest.mark.django_db
def test_the_database_knows_each_zone_that_can_be_chosen_and_no_other() -> None:
    assert [name for name, _label in list_time_zones() if not is_stored_zone(name)] == []
    assert [name for name in NO_ZONES if is_stored_zone(name)] == []


@pytest.mark.parametrize("model", [Volunteer, Request, Policy])
def test_no_row_holds_an_unknown_zone(cast: Cast, now: object, model: type[models.Model]) -> None:
    create_volunteer(cast.alice, now)  # type: ignore[arg-type]
    rows = model._default_manager.all()

    assert rows.update(time_zone="Asia/Kathmandu")
    for name in ("Mars/Phobos", "asia/kathmandu", ""):
        with pytest.raises(IntegrityError, match="is not a time zone"), transaction.atomic():
            rows.update(time_zone=name)


def test_each_column_with_a_zone_has_the_trigger() -> None:
    holders = {
        model
        for model in apps.get_models()
        if any(field.name == "time_zone" for field in model._meta.concrete_fields) and not hasattr(model, "pgh_obj")
    }
    assert holders == {Volunteer, Request, Policy}


def test_an_unknown_zone_is_read_as_utc_and_told_in_the_log() -> None:
    load_time_zone.cache_clear()
    with structlog.testing.capture_logs() as logs:
        for name in ("Mars/Phobos", "America", "", "../UTC", "New York\0"):
            assert load_time_zone(name).key == "UTC"
        assert load_time_zone("Asia/Kathmandu").key == "Asia/Kathmandu"

    assert {line["log_level"] for line in logs} == {"warning"}
    assert [line["time_zone"] for line in logs] == ["Mars/Phobos", "America", "", "../UTC", "New York\0"]
    assert name_time_zone("Mars/Phobos") == name_time_zone("UTC")


def test_a_zone_is_named_for_its_place_in_the_readers_language() -> None:
    zones = ("America/Mexico_City", "America/Indiana/Knox", "Asia/Kathmandu")
    assert [name_time_zone(zone) for zone in zones] == ["Mexico City time", "Knox, Indiana time", "Kathmandu time"]
    assert name_time_zone("Etc/GMT+5") == "GMT+5 (Etc)"
    with translation.override("es"):
        assert name_time_zone("America/Mexico_City") == "hora de Ciudad de México"
