"""What is written about a person while they are erased goes with them, or is refused."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from core.errors import WrongState
from core.privacy.erasure import data_subject_of, erase_on_written_request
from matching.lifecycle.actions.locking import lock_rows
from matching.lifecycle.actions.problem_reports import report_problem
from matching.lifecycle.actions.vetoes import veto_pair
from matching.models import Match, ProblemReport, Veto
from matching.rules.states import MatchState
from tests.matching.lifecycle.races.scenario import RaceScenario, create_proposal

Act = Callable[[], Any]
MAX_LOOKS = 100_000  # at the locks, until the other one waits


def wait_until_blocked() -> None:
    """Look until another connection waits for a lock of this one."""
    for _ in range(MAX_LOOKS):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
            )
            if cursor.fetchone()[0]:
                return
    pytest.fail("No one waits.")


def erase_while(stage: RaceScenario, match: Match, act: Act) -> Exception | None:
    """Erase the volunteer while `act` waits for their row; return what `act` was told."""

    def run() -> Exception | None:
        try:
            act()
        except Exception as error:
            return error
        finally:
            connection.close()
        return None

    user = match.volunteer.user
    assert user is not None
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock_rows(volunteers=[match.volunteer_id])
            waiting = pool.submit(run)
            wait_until_blocked()
            person = data_subject_of(user, at=stage.at)
            erase_on_written_request(actor=stage.rita, person=person, asked=True, at=stage.at)
        return waiting.result()


@pytest.mark.parametrize("kind", ["veto", "report"])
def test_what_waits_for_an_erasure_is_refused(stage: RaceScenario, tmp_path: Path, kind: str) -> None:
    seat = stage.list_seats("texts")[0]
    match = create_proposal(stage.volunteers[0], seat, at=stage.at)
    # It is over, so that the erasure, which has the person's row already, locks no request after it.
    Match.objects.filter(pk=match.pk).update(state=MatchState.DECLINED, offered_at=stage.at)
    match = Match.objects.select_related("volunteer__user", "request__campaign").get(pk=match.pk)
    campaign = match.request.campaign
    acts: dict[str, Act] = {
        "veto": lambda: veto_pair(
            actor=stage.rita, volunteer=match.volunteer, campaign=campaign, reason="Winona", at=stage.at
        ),
        "report": lambda: report_problem(actor=stage.rita, match=match, kind="other", text="Winona", at=stage.at),
    }

    with override_settings(ERASURE_LOG=tmp_path / "erasures.jsonl"):
        error = erase_while(stage, match, acts[kind])

    assert isinstance(error, WrongState), error
    assert (Veto.objects.count(), ProblemReport.objects.count()) == (0, 0)
