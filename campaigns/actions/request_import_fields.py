"""The fields of a spreadsheet of requests, and what is checked of a row by itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from campaigns.draft_rules import check_windows
from campaigns.models.playbook import Staffing
from core.field_errors import FieldErrors
from core.imports import fields
from core.imports.fields import ImportField
from core.models import Skill
from core.time_zones import list_time_zones
from core.week_mask import Window


def list_request_fields() -> tuple[ImportField, ...]:
    """Return the fields of a spreadsheet of requests. A row is a role; rows of one key are one request."""
    skills = Skill.objects.filter(retired=False).values_list("code", flat=True)
    return (
        ImportField("campaign", fields.text_reader(200)),
        ImportField("campaign_source", fields.text_reader(64)),
        ImportField("title", fields.text_reader(160), required=True),
        ImportField("summary", fields.text_reader(2000)),
        ImportField("starts_on", fields.read_date, required=True),
        ImportField("ends_on", fields.read_date, required=True),
        ImportField("time_zone", fields.choice_reader(dict(list_time_zones()))),
        ImportField("priority", fields.integer_reader(1, 5)),
        ImportField("staffing", fields.choice_reader(Staffing.values)),
        ImportField("meetings", fields.read_windows, is_multiple=True),
        ImportField("published", fields.read_yes_no),
        ImportField("is_on_board", fields.read_yes_no),
        ImportField("role", fields.text_reader(80), required=True),
        ImportField("skill", fields.choice_reader(skills), required=True),
        ImportField("level", fields.integer_reader(1, 5)),
        ImportField("hours_per_week", fields.integer_reader(1, 60), required=True),
        ImportField("seat_count", fields.integer_reader(1, 50)),
    )


def check_request_values(values: Mapping[str, Any], today: date) -> None:
    """Check what a row says of a request, except its election. Raises Invalid."""
    errors = FieldErrors()
    with errors.collect():
        check_windows(list_meetings(values), "meetings")
    if "starts_on" in values and "ends_on" in values and values["ends_on"] < values["starts_on"]:
        errors.add("ends_on", _("The work ends before it starts. Correct one of the dates."))
    errors.raise_if_any()


def list_meetings(values: Mapping[str, Any]) -> list[Window]:
    """Return the meetings of a row as one list."""
    return [window for group in values.get("meetings", ()) for window in group]
