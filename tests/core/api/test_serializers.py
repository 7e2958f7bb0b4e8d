from datetime import date

import pytest
from rest_framework.exceptions import ValidationError

from core.api.serializers import DayField, OptionalChoiceField, StrictSerializer
from core.enums import VettingArea


@pytest.mark.parametrize("text", ["20261103", "2026-W45-2", "2026-11-3", "2026-11-03T00:00", "２０２６-11-03", ""])
def test_a_day_in_another_form_of_iso_8601_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="YYYY-MM-DD"):
        DayField().run_validation(text)


def test_a_day_is_year_month_and_day() -> None:
    assert DayField().run_validation("2026-11-03") == date(2026, 11, 3)


class Form(StrictSerializer):
    area = OptionalChoiceField(choices=VettingArea.choices, required=False)


def validate(**sent: object) -> dict[str, object] | None:
    form = Form(data=sent)
    return dict(form.validated_data) if form.is_valid() else None


def test_a_choice_that_may_be_missing_is_null_outside_and_empty_inside() -> None:
    assert validate(area="money") == {"area": "money"}
    assert validate(area=None) == {"area": ""}
    assert validate() == {}
    assert Form({"area": ""}).data == {"area": None}
    assert Form({"area": "money"}).data == {"area": "money"}


def test_an_empty_text_is_no_choice() -> None:
    assert validate(area="") is None
