"""A row of a spreadsheet is told all of its mistakes at once, and no value of it is lost."""

import csv
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from campaigns.models import Campaign, Contest, Request
from core.imports.file_import import import_file
from core.imports.importers import ImportOutcome, get_importer
from core.imports.mapping import load_mapping
from tests.cast import Cast
from tests.spreadsheets import Sheet

CAMPAIGNS = ("jurisdiction", "office", "level", "election_on", "candidate")
REQUESTS = ("title", "starts_on", "ends_on", "role", "skill", "hours_per_week")


def list_reasons(folder: Path, kind: str, columns: tuple[str, ...], cells: str, at: datetime) -> str:
    """The reason for which a file of one row is refused; the columns have the names of the fields."""
    fields = "".join(f'[fields.{name}]\ncolumn = "{name}"\n' for name in columns)
    (folder / "mapping.toml").write_text(f'[source]\nname = "sheet"\nkey = ["id"]\n{fields}')
    file = folder / "rows.csv"
    file.write_text(f"id,{','.join(columns)}\n1,{cells}\n")
    importer = get_importer(kind)
    mapping = load_mapping(folder / "mapping.toml", importer, at.date())
    report = import_file(file, importer=importer, mapping=mapping, rejects=folder / "rejects.csv", at=at)
    assert report.rejected == 1
    with (folder / "rejects.csv").open(newline="") as rejects:
        return next(csv.DictReader(rejects))["why rejected"]


@pytest.mark.parametrize(
    ("kind", "columns", "cells", "fields"),
    [
        ("campaigns", CAMPAIGNS, "US-WA,Mayor,galactic,2090-11-03,", ["level", "candidate", "election_on"]),
        ("requests", REQUESTS, "Site,2026-04-02,2026-04-01,One,juggling,99", ["skill", "hours_per_week", "ends_on"]),
    ],
)
def test_the_reason_names_every_field_that_is_wrong(
    cast: Cast, tmp_path: Path, now: datetime, kind: str, columns: tuple[str, ...], cells: str, fields: list[str]
) -> None:
    before = (Campaign.objects.count(), Request.objects.count())

    reason = list_reasons(tmp_path, kind, columns, cells, now)

    assert [name for name in fields if f"{name}: " in reason] == fields, reason
    assert (Campaign.objects.count(), Request.objects.count()) == before


@pytest.fixture
def sheet(cast: Cast, tmp_path: Path, now: datetime) -> Callable[..., Sheet]:
    """Makes the sheet of a kind, by the name of its source."""

    def make(kind: str, source: str = "sheet") -> Sheet:
        folder = tmp_path / f"{kind}-{source}"
        folder.mkdir()
        return Sheet(folder, kind, now, source)

    return make


@pytest.fixture
def campaigns(sheet: Callable[..., Sheet]) -> Sheet:
    """The sheet of campaigns, of which c1 and c2, two opponents, are imported."""
    campaigns = sheet("campaigns")
    rows = [line(campaigns, "c1", candidate="Ann One"), line(campaigns, "c2", candidate="Bo Two")]
    assert campaigns.load(*rows) == ([ImportOutcome.CREATED] * 2, [])
    return campaigns


@pytest.fixture
def requests(sheet: Callable[..., Sheet], campaigns: Sheet) -> Sheet:
    """The sheet of requests; the campaigns that it can name are here."""
    return sheet("requests")


def line(sheet: Sheet, key: str, **changes: str) -> dict[str, str]:
    """A row with a key, of the first text of every field, or as changed."""
    usual = {"party": "", "verified": "yes", "campaign_source": ""}
    return sheet.base() | {name: text for name, text in usual.items() if name in sheet.columns} | {"key": key} | changes


def describe_roles(key: str) -> list[tuple[str, str, int, int]]:
    """The roles of an imported request: name, skill, hours and open seats."""
    roles = Request.objects.get(source="sheet", source_key=key).roles.order_by("order")
    return [(role.name, role.skill.code, role.hours_per_week, role.seats.count()) for role in roles]


def test_a_role_that_two_rows_give_differently_comes_back(requests: Sheet) -> None:
    first = line(requests, "q", role="A", skill="front-end", hours_per_week="4", seat_count="2")
    others = [{"seat_count": "3"}, {"skill": "ui-design"}, {"hours_per_week": "9"}, {"seat_count": "1"}, {}]

    outcomes, reasons = requests.load(first, *(first | other for other in others))

    assert outcomes == [ImportOutcome.CREATED, ImportOutcome.UNCHANGED]
    assert [reason.split(": ")[1] for reason in reasons] == ["seat_count", "skill", "hours_per_week", "seat_count"]
    assert describe_roles("q") == [("A", "front-end", 4, 2)]


def test_another_spelling_of_a_role_is_the_same_role(requests: Sheet) -> None:
    row = line(requests, "q", role="Front end", skill="front-end", hours_per_week="4", seat_count="2")
    requests.load(row)

    for spelling in ("front-end", " FRONT  END ", "Frónt end", "Front end"):
        assert requests.load(row | {"role": spelling}) == ([ImportOutcome.UNCHANGED], [])
    outcomes, [reason] = requests.load(row, row | {"role": "FRONT-END", "hours_per_week": "6"})
    requests.load(row | {"role": "Front end 2"}, row | {"role": "!"}, row | {"role": "?"})

    assert outcomes == [ImportOutcome.UNCHANGED]
    assert "An earlier row gives this role another value." in reason
    assert [name for name, *_others in describe_roles("q")] == ["Front end", "Front end 2", "!", "?"]


def test_a_role_grows_in_a_later_import_and_does_not_shrink(requests: Sheet) -> None:
    row = line(requests, "q", role="A", skill="front-end", hours_per_week="4", seat_count="2", published="yes")
    requests.load(row)
    stored = Request.objects.get(source_key="q")
    changed_at = stored.terms_changed_at

    assert requests.load(row | {"seat_count": "4", "hours_per_week": "7"}) == ([ImportOutcome.UPDATED], [])
    _outcomes, [fewer] = requests.load(row | {"seat_count": "1", "hours_per_week": "7"})
    _outcomes, [many] = requests.load(row | {"seat_count": "50", "hours_per_week": "7", "skill": "ui-design"})

    assert fewer.startswith("Line 2: seat_count: This role has 4 seats here, and an import closes none.")
    assert many.startswith("Line 2: skill: This role is here with another skill")
    assert describe_roles("q") == [("A", "front-end", 7, 4)]
    stored.refresh_from_db()
    # Its people are asked about the new terms, as after any amendment.
    assert (changed_at, stored.terms_changed_at is not None) == (None, True)


def test_a_later_row_does_not_put_its_role_in_another_campaigns_request(requests: Sheet) -> None:
    first = line(requests, "q", role="A", title="First", campaign="c2")
    second = first | {"role": "B", "title": "Second", "starts_on": "+30", "ends_on": "+90", "campaign": "c1"}

    outcomes, [reason] = requests.load(first, second)

    assert outcomes == [ImportOutcome.CREATED]
    assert all(f"{name}: " in reason for name in ("title", "starts_on", "ends_on", "campaign"))
    assert [name for name, *_others in describe_roles("q")] == ["A"]


def test_when_the_first_row_is_refused_the_next_one_is_the_first(requests: Sheet, campaigns: Sheet) -> None:
    outcomes, [_reason] = requests.load(
        line(requests, "q", role="A", campaign="nowhere"), line(requests, "q", role="B", seat_count="3")
    )
    assert outcomes == [ImportOutcome.CREATED]
    assert [name for name, *_others in describe_roles("q")] == ["B"]

    taken = line(campaigns, "c9", candidate="Ann One")
    outcomes, [reason] = campaigns.load(taken, taken | {"candidate": "Cy Three"})
    assert (outcomes, "has a campaign here already" in reason) == ([ImportOutcome.CREATED], True)
    assert Campaign.objects.get(source_key="c9").candidate.name == "Cy Three"


def test_a_campaign_with_members_keeps_its_requests_and_gets_no_new_one(requests: Sheet, cast: Cast) -> None:
    campaign = Campaign.objects.get(source_key="c1")
    rows = [line(requests, "q", role=name) for name in ("A", "B", "C")]
    assert requests.load(*rows) == ([ImportOutcome.CREATED, *[ImportOutcome.JOINED] * 2], [])
    campaign.members.create(user=cast.dave, position="manager", since=campaign.created_at)

    assert requests.load(*rows, line(requests, "q", role="D")) == ([ImportOutcome.LEFT_ALONE] * 4, [])
    outcomes, [reason] = requests.load(line(requests, "new", role="A", published="yes"))

    assert (outcomes, "campaign: This campaign is left alone" in reason) == ([], True)
    assert [name for name, *_others in describe_roles("q")] == ["A", "B", "C"]
    assert not campaign.requests.filter(source_key="new").exists()


def test_a_request_without_a_campaign_goes_to_none_with_members(requests: Sheet, cast: Cast) -> None:
    ours, theirs = (Campaign.objects.get(source_key=key) for key in ("c1", "c2"))
    theirs.members.create(user=cast.dave, position="manager", since=theirs.created_at)

    requests.load(*(line(requests, key, campaign="") for key in ("q1", "q2", "q3")))

    assert {request.campaign for request in Request.objects.filter(source="sheet")} == {ours}


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_a_request_that_is_over_is_not_published_again(requests: Sheet, state: str) -> None:
    row = line(requests, "q", role="A", published="yes")
    requests.load(row)
    Request.objects.filter(source_key="q").update(state=state)

    assert requests.load(row) == ([ImportOutcome.UNCHANGED], [])
    for change in ({"title": "New"}, {"role": "B"}, {"seat_count": "9"}):
        _outcomes, [reason] = requests.load(row | change)
        assert f"{next(iter(change))}: This request is {state}" in reason
    assert Request.objects.get(source_key="q").state == state


def test_a_contest_that_is_here_keeps_its_day_and_level(campaigns: Sheet) -> None:
    day = Campaign.objects.get(source_key="c1").candidate.contest.election_on
    other_day = {"election_on": (day + timedelta(days=1)).isoformat()}
    rows = [
        line(campaigns, "c3", candidate="Cy Three", level="state", **other_day),
        line(campaigns, "c1", candidate="Ann One", party="Green"),
        line(campaigns, "c2", candidate="Bo Two", election_on="+700"),
        line(campaigns, "y1", candidate="Al", office="New Seat"),
        line(campaigns, "y2", candidate="Mo", office="New Seat", **other_day),
    ]

    outcomes, reasons = campaigns.load(*rows)

    assert outcomes == [ImportOutcome.CREATED]
    assert "level: This contest is here at another level." in reasons[0]
    assert "election_on: The list of contests has another day for this one." in reasons[0]
    assert reasons[1].startswith("Line 3: party: This candidate is here with another party")
    assert reasons[2].startswith(f"Line 4: election_on: This campaign is in a contest of {day.year} here")
    assert "election_on: The list of contests has another day" in reasons[3]
    assert not Contest.objects.filter(cycle__gt=day.year, office=rows[2]["office"]).exists()


def test_a_campaign_with_requests_stays_in_its_contest(requests: Sheet, campaigns: Sheet) -> None:
    requests.load(line(requests, "q", role="A", campaign="c1"))

    _outcomes, [reason] = campaigns.load(line(campaigns, "c1", candidate="Ann One", district="5"))

    assert reason.startswith("Line 2: district: This campaign has requests here")


def test_a_candidate_keeps_their_spelling_and_a_party_has_a_letter(campaigns: Sheet) -> None:
    outcomes, reasons = campaigns.load(
        line(campaigns, "c1", candidate="Ánn One"), line(campaigns, "c3", candidate="Cy", party="***")
    )

    assert outcomes == []
    assert reasons[0].startswith("Line 3: party: This party has no letter")
    assert reasons[1].startswith("Line 2: candidate: This candidate is here as “Ann One”.")


@pytest.mark.parametrize("party", ["ﬃ" * 40, "ß" * 50, "½" * 40])
def test_a_party_whose_letters_become_several_is_bounded_before_the_database(campaigns: Sheet, party: str) -> None:
    _outcomes, [reason] = campaigns.load(line(campaigns, "c3", candidate="Cy", party=party))

    assert reason.startswith("Line 2: party: “")
    assert reason.endswith("characters: shorten it to 80.")


def test_the_key_of_a_campaign_is_looked_up_in_its_own_source(
    requests: Sheet, campaigns: Sheet, sheet: Callable[..., Sheet]
) -> None:
    others = sheet("campaigns", "elsewhere")
    others.load(line(others, "c2", candidate="Di Four"), line(others, "c5", candidate="Ed Five"))

    def owner(key: str) -> str:
        return Request.objects.get(source_key=key).campaign.candidate.name

    mine, named = line(requests, "q1", campaign="c2"), line(requests, "q2", campaign="c2", campaign_source="elsewhere")
    assert requests.load(mine, named) == ([ImportOutcome.CREATED] * 2, [])
    assert (owner("q1"), owner("q2")) == ("Bo Two", "Di Four")
    _outcomes, [reason] = requests.load(line(requests, "q3", campaign="c5"))
    assert reason.startswith("Line 2: campaign: No campaign of the source “sheet” has the key “c5”.")
    # Without a key the turn goes round among the campaigns of that source.
    requests.load(line(requests, "q4", campaign="", campaign_source="elsewhere"))
    assert owner("q4") in ("Di Four", "Ed Five")


def test_a_sheet_verifies_a_campaign_and_does_not_take_it_back(campaigns: Sheet) -> None:
    row = line(campaigns, "c3", candidate="Cy Three", verified="no")
    campaigns.load(row)

    assert campaigns.load(row | {"verified": "yes"}) == ([ImportOutcome.UPDATED], [])
    _outcomes, [reason] = campaigns.load(row)

    assert reason.startswith("Line 2: verified: This campaign is verified here.")
    assert Campaign.objects.get(source_key="c3").state == "verified"
