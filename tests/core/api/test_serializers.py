from datetime import date

import pytest
from rest_framework.exceptions import ValidationError

from core.api.serializers import DayField


@pytest.mark.parametrize("text", ["20261103", "2026-W45-2", "2026-11-3", "2026-11-03T00:00", "２０２６-11-03", ""])
def test_a_day_in_another_form_of_iso_8601_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="YYYY-MM-DD"):
        DayField().run_validation(text)


def test_a_day_is_year_month_and_day() -> None:
    assert DayField().run_validation("2026-11-03") == date(2026, 11, 3)
