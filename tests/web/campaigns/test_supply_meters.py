import pytest

from core.enums import CountBand
from web.campaigns.supply_meters import SupplyMeter, describe_scarce_roles


@pytest.mark.parametrize(
    ("band", "places", "sentence"),
    [
        (CountBand.UNDER_FIVE, 1, "Under 5 people fit: hard to fill"),
        (CountBand.SOME, 1, "5 to 9 people fit: plenty for 1 place"),
        (CountBand.SOME, 2, "5 to 9 people fit: good for 2 places"),
        (CountBand.SOME, 3, "5 to 9 people fit: tight for 3 places"),
        (CountBand.SOME, 6, "5 to 9 people fit: hard to fill"),
        (CountBand.MANY, 5, "10 to 24 people fit: good for 5 places"),
        (CountBand.PLENTY, 5, "25 or more people fit: plenty for 5 places"),
    ],
)
def test_a_band_is_judged_by_the_least_people_that_it_can_mean(band: CountBand, places: int, sentence: str) -> None:
    assert SupplyMeter(band, places).sentence == sentence


def test_bad_news_is_one_sentence() -> None:
    good, bad = SupplyMeter(CountBand.MANY, 1), SupplyMeter(CountBand.UNDER_FIVE, 1)

    assert describe_scarce_roles([good, None]) == ""
    assert describe_scarce_roles([bad]) == "This role is hard to fill as it stands."
    assert describe_scarce_roles([bad, good, None]) == "1 of 3 roles is hard to fill as it stands."
    assert describe_scarce_roles([bad, bad, good]) == "2 of 3 roles are hard to fill as they stand."
