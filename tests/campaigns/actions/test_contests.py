"""One contest has one row, whatever the spelling of its office and district."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from campaigns.actions.campaign_ends import end_campaign
from campaigns.actions.campaign_imports import check_campaign_values
from campaigns.actions.registration import register_campaign
from campaigns.models import Campaign, Contest
from campaigns.models.contest_fold import fold_contest
from core.conflict_of_interest import is_impartial_reviewer
from core.errors import Invalid, NotAllowed
from core.models import Party
from tests.ballots import import_ballot
from tests.cast import Cast, build_candidacy

SAME_CONTESTS = [
    [("State Treasurer", ""), ("STATE TREASURER", ""), ("State  Treasurer", " "), ("State-Treasurer", "–")],
    [("Alcalde de Bogotá", ""), ("alcalde de Bogota", ""), ("Alcalde de Bogota\u0301", "")],
    [("US House", "3"), ("U.S. House", "No. 3"), ("U. S. House", "#3"), ("US House", "03"), ("US House", "3rd")],
    [("US House", "3"), ("United States House", "District 3"), ("US House", "Dist. 3"), ("US House", "3rd District")],
    [("US House", "3"), ("US House District 3", ""), ("US House, District No. 3", ""), ("US HOUSE", "dist.3")],
    [("US House", "3"), ("US House", "District Number 003"), ("US House", "№ 3"), ("US House", "\uff13")],
    [("Veterans’ Court", "A"), ("Veterans' court", "District A"), ("Veterans Court", "a.")],
    [("Parks & Roads", "1-A"), ("Parks and Roads", "District 1-A"), ("Parks and roads", "1 a")],
]

OTHER_CONTESTS = [
    [("US House", "3"), ("US House", "13"), ("US House", "30"), ("US House", "3A"), ("US House", "Ward 3")],
    [("State Senate", "1-2"), ("State Senate", "12"), ("State Senate", "1"), ("State Senate", "")],
    [("District Attorney", ""), ("Attorney", ""), ("District Attorney", "1")],
    [("State House", ""), ("State Senate", ""), ("Statehouse", "")],
    [("Мэр", ""), ("市長", ""), ("Mayor", "")],
]


def fold(office: str, district: str) -> str:
    """What the database makes of an office and a district."""
    folded: str = Party.objects.annotate(folded=fold_contest(office, district)).values_list("folded", flat=True)[0]
    return folded


@pytest.fixture
def row(cast: Cast) -> None:
    """A row of which the database can be asked for an expression."""
    Party.objects.create(code="any", name="Any")


@pytest.mark.parametrize("names", SAME_CONTESTS)
def test_spellings_of_one_contest_are_one_text(row: None, names: list[tuple[str, str]]) -> None:
    assert len({fold(*name) for name in names}) == 1, [fold(*name) for name in names]


@pytest.mark.parametrize("names", OTHER_CONTESTS)
def test_other_contests_are_other_texts(row: None, names: list[tuple[str, str]]) -> None:
    assert len({fold(*name) for name in names}) == len(names), [fold(*name) for name in names]


def create_other(stored: Contest, **changes: Any) -> Contest:
    """Another contest beside a stored one, of the same facts or as changed."""
    names = ("jurisdiction", "level", "office", "district", "cycle", "special", "primary_on", "election_on")
    return Contest.objects.create(**{name: getattr(stored, name) for name in names} | changes)


def test_the_database_refuses_a_second_contest_of_another_spelling(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="campaigns_contest_once_folded"):
        create_other(cast.campaign.candidate.contest, office="STATE  SENATE", district="No. 5")


def test_an_office_of_the_longest_characters_can_be_stored(cast: Cast) -> None:
    """One of them alone becomes 18 characters, and an entry of an index has a limit."""
    longest = "\ufdfa" * 80

    contest = create_other(cast.campaign.candidate.contest, office=longest, district=longest)

    assert contest.office == longest


@pytest.mark.parametrize(
    ("office", "district"),
    [("STATE SENATE", "5"), ("State  Senate", "District 05"), ("State Senate, 5th district", "")],
)
def test_a_contest_typed_in_another_spelling_is_the_one_that_is_here(
    cast: Cast, now: datetime, office: str, district: str
) -> None:
    candidacy = build_candidacy("Pat Roe", now, office=office, district=district)

    campaign = register_campaign(actor=cast.rita, candidacy=candidacy, name="Roe", at=now)

    stored = cast.campaign.candidate.contest
    assert campaign.candidate.contest == stored
    assert (campaign.candidate.contest.office, campaign.candidate.contest.district) == ("State Senate", "5")
    assert not is_impartial_reviewer(cast.rita, stored.pk)
    with pytest.raises(NotAllowed, match="a part in this contest"):
        end_campaign(actor=cast.rita, campaign=cast.campaign, at=now)


def test_an_office_without_a_word_is_refused(cast: Cast, now: datetime) -> None:
    with pytest.raises(Invalid, match="This office has no letter and no digit") as refusal:
        register_campaign(actor=cast.dave, candidacy=build_candidacy("Pat Roe", now, office="–"), name="Roe", at=now)
    assert [error.path for error in refusal.value.errors] == ["office"]

    with pytest.raises(Invalid, match="This office has no letter and no digit"):
        check_campaign_values({"office": "***"}, now.date())


def test_a_campaign_of_a_ballot_is_taken_over_by_who_types_its_contest_otherwise(cast: Cast, now: datetime) -> None:
    import_ballot(now, {"candidate": "Pat Roe"})
    imported = Campaign.objects.get(candidate__name="Pat Roe")
    typed = {"jurisdiction": "US-OR", "office": "STATE HOUSE", "district": "Dist. 12"}
    candidacy = build_candidacy("Pat Roe", now, election_on=imported.candidate.contest.election_on, **typed)

    assert register_campaign(actor=cast.dave, candidacy=candidacy, name="Roe", at=now) == imported


def test_a_ballot_joins_a_contest_in_another_spelling_and_gives_it_its_own(cast: Cast, now: datetime) -> None:
    """What a campaign typed would tell, in the public list, that this campaign is here."""
    typed = {"jurisdiction": "US-OR", "office": "sTATE hOUSE", "district": "#12"}
    election_on = (now + timedelta(weeks=30)).date()
    register_campaign(
        actor=cast.dave, candidacy=build_candidacy("Lee Roe", now, election_on=election_on, **typed), name="R", at=now
    )

    import_ballot(now, {}, {"office": "STATE HOUSE", "district": "012"})

    contest = Contest.objects.get(jurisdiction__code="US-OR")
    assert (contest.office, contest.district, contest.candidates.count()) == ("State House", "12", 3)


def test_a_row_in_another_spelling_changes_nothing(cast: Cast, now: datetime) -> None:
    import_ballot(now, {})
    before = Campaign.objects.filter(source="ballot").values().get()

    import_ballot(now, {"office": "STATE HOUSE", "district": "No. 12"})

    assert Campaign.objects.filter(source="ballot").values().get() == before


def test_a_party_is_found_by_its_code_and_its_name_in_any_spelling(cast: Cast, now: datetime) -> None:
    Party.objects.create(code="dem", name="Démocrates Unis")

    import_ballot(now, {"party": "DEM"}, {"party": "democrates  unis"}, {"party": "Verts"}, {"party": "VERTS."})

    assert sorted(Party.objects.values_list("code", flat=True)) == ["dem", "verts"]
