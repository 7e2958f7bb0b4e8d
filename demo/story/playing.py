"""Play the whole story of the demo up to the present moment."""

from datetime import datetime

from django.db import transaction

from core.notifications.delivery import deliver_due_notices
from demo.story.campaign_threads import CAMPAIGN_THREADS
from demo.story.ended_request_threads import ENDED_REQUEST_THREADS
from demo.story.interest_threads import INTEREST_THREADS
from demo.story.request_threads import REQUEST_THREADS
from demo.story.reviewer_threads import REVIEWER_THREADS
from demo.story.setting import read_setting
from demo.story.threads import play_threads
from demo.story.volunteer_threads import VOLUNTEER_THREADS
from demo.story.website_threads import WEBSITE_THREADS
from matching.lifecycle.actions.clocks import process_due_matches, send_due_reminders
from matching.lifecycle.actions.interests import end_settled_interests
from matching.models import Run


@transaction.atomic
def play_story(*, at: datetime) -> int:
    """Play the story on a database that was seeded, so that it ends at `at`; return how many events there were.

    Clocks, reminders and letters keep step with it, as on a server that has been up all the time.
    """
    setting = read_setting(at)
    threads = (
        *(*CAMPAIGN_THREADS, *REQUEST_THREADS, *WEBSITE_THREADS, *ENDED_REQUEST_THREADS),
        *(*VOLUNTEER_THREADS, *INTEREST_THREADS, *REVIEWER_THREADS),
    )
    event_count = play_threads((tell(setting) for tell in threads), until=at, in_lull=_keep_step)
    # No worker was up to execute these. The run over everything that follows considers all that they would have.
    Run.objects.filter(state=Run.State.QUEUED).delete()
    return event_count


def _keep_step(at: datetime) -> None:
    process_due_matches(at=at)
    send_due_reminders(at=at)
    end_settled_interests(at=at)
    deliver_due_notices(at=at)
