from core.api.serializers import OptionalChoiceField, StrictSerializer
from core.enums import VettingArea


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
