"""Tell reviewers which rows a run left out."""

from collections.abc import Sequence
from datetime import datetime

from core.notifications.outbox import PendingNotice, enqueue_notices
from core.reviewers import list_reviewers
from matching.models import Run
from matching.rules.notice_types import MatchingNotice
from matching.snapshot.unusable_rows import MAX_LEFT_OUT_ROWS, LeftOutRow


def notify_reviewers_of_left_out_rows(run: Run, rows: Sequence[LeftOutRow], *, at: datetime) -> None:
    """Enqueue a notice about each row to every reviewer, once a week, however many runs leave it out."""
    reviewers = list(list_reviewers()) if rows else []
    subjects = {"run": str(run.public_id)}
    enqueue_notices(
        [
            PendingNotice(
                reviewer,
                MatchingNotice.RUN_ROWS_LEFT_OUT,
                f"{MatchingNotice.RUN_ROWS_LEFT_OUT}:{row.id}:{reviewer.pk}:{at:%G-%V}",
                subjects,
            )
            for row in rows[:MAX_LEFT_OUT_ROWS]
            for reviewer in reviewers
        ],
        at=at,
    )
