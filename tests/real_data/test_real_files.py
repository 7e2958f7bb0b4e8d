"""The real files, which lie beside the project where it is developed and never in it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from campaigns.models import Campaign, Contest, Request, Role, Seat
from core.imports.file_import import ImportReport, import_file
from core.imports.importers import ImportOutcome, get_importer
from core.imports.mapping import load_mapping
from matching.models import Match
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run
from volunteers.models import Volunteer

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "data"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not REAL.exists(), reason="the real files do not lie beside this checkout"),
]


def imported(folder: Path, kind: str, file: str, mapping: str) -> ImportReport:
    importer = get_importer(kind)
    return import_file(
        REAL / file,
        importer=importer,
        mapping=load_mapping(ROOT / "demo" / "mappings" / mapping, importer, NOW.date()),
        # An import never writes over a file, so each of them names a new one.
        rejects=folder / f"rejects-{len([*folder.iterdir()])}.csv",
        at=NOW,
    )


def volunteers(folder: Path) -> ImportReport:
    return imported(
        folder, "volunteers", "volunteers_stackoverflow/so2018_subset_us.csv", "volunteers_stackoverflow.toml"
    )


def campaigns(folder: Path) -> ImportReport:
    return imported(
        folder, "campaigns", "candidates_medsl_2018/candidates_2018_general.csv", "campaigns_medsl_2018.toml"
    )


def requests(folder: Path) -> ImportReport:
    return imported(folder, "requests", "requests_hackforla/role_requests.csv", "requests_hackforla.toml")


@pytest.mark.slow
def test_everything_comes_in_and_a_dry_run_matches_it(tmp_path: Path) -> None:
    people, ballots, asked = volunteers(tmp_path), campaigns(tmp_path), requests(tmp_path)

    assert (dict(people.outcomes), people.rejected) == ({ImportOutcome.CREATED: 2414}, 37)
    # A candidate of several parties is entered for the first one. Their further lines come back, but for three alike.
    outcomes = {ImportOutcome.CREATED: 10054, ImportOutcome.JOINED: 3}
    assert (dict(ballots.outcomes), ballots.rejected) == (outcomes, 241)
    # Rows of one project that say different things of it, or of one role, come back.
    assert (sum(asked.outcomes.values()), asked.rejected) == (256, 49)
    assert Volunteer.objects.filter(user=None, adult=True).count() == 2412
    assert Campaign.objects.count() == 10054
    assert 4600 <= Contest.objects.count() <= 4638
    assert Request.objects.count() <= 36
    assert 150 <= Role.objects.count() <= 225
    assert 200 <= Seat.objects.count() <= 305

    run = queue_run(actor=None, at=NOW, dry_run=True, include_unclaimed=True)
    done = execute_run(run.pk, now=lambda: NOW, seconds=lambda: 0.0)

    assert done is not None
    assert (done.state, done.volunteer_count, done.seat_count, Match.objects.count()) == (
        *("done", 2412),
        *(Seat.objects.count(), 0),
    )
    assert done.filled_count is not None
    assert 100 <= done.filled_count <= 170
    assert done.gap is not None
    assert done.gap <= 0.02


def test_twice_doubles_nothing(tmp_path: Path) -> None:
    volunteers(tmp_path)

    again = volunteers(tmp_path)

    assert dict(again.outcomes) == {ImportOutcome.UNCHANGED: 2414}
