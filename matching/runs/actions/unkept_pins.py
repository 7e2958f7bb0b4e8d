"""Record which pins a run did not keep, and tell the reviewers who made them."""

from datetime import datetime

import structlog
from django.db import DataError, transaction

from core.notifications.outbox import PendingNotice, enqueue_notices
from matching.models import Pin, Run, UnkeptPin
from matching.rules.notice_types import MatchingNotice
from matching.rules.pin_obstacles import PinObstacle
from matching.runs.queries.pin_obstacles import find_pin_obstacle, pins_in_scope, without_match
from matching.snapshot.scope import RunScope

log = structlog.get_logger(__name__)


@transaction.atomic
def record_unkept_pins(run: Run, *, at: datetime) -> int:
    """Store on a run, and on each pin that it considered, what keeps the pin from becoming a match.

    Return how many pins were not kept. The reviewer who made a pin gets a notice when its obstacle is a new one.
    """
    pins = pins_in_scope(RunScope.of_run(run))
    locked = pins.select_related("created_by").order_by("pk").select_for_update(no_key=True, of=("self",))
    rows = list(locked)
    unkept_ids = set(without_match(pins).values_list("pk", flat=True))
    unkept, notices = [], []
    for pin in rows:
        obstacle = _find_obstacle(pin, run, at) if pin.pk in unkept_ids else ""
        if obstacle:
            unkept.append(UnkeptPin(run=run, pin=pin, obstacle=obstacle))
        if obstacle == pin.obstacle:
            continue
        Pin.objects.filter(pk=pin.pk).update(
            obstacle=obstacle, waits_since=(pin.waits_since or at) if obstacle else None
        )
        if obstacle and pin.created_by is not None:
            cause = f"{MatchingNotice.UNKEPT_PIN}:{pin.public_id}:{obstacle}:{at:%Y%m%d}"
            notices.append(PendingNotice(pin.created_by, MatchingNotice.UNKEPT_PIN, cause, {"pin": str(pin.public_id)}))
    UnkeptPin.objects.bulk_create(unkept)
    enqueue_notices(notices, at=at)
    Run.objects.filter(pk=run.pk).update(unkept_pin_count=len(unkept))
    return len(unkept)


def _find_obstacle(pin: Pin, run: Run, at: datetime) -> str:
    """Return what keeps a pin from becoming a match. A row with which nothing can be computed stops no run."""
    try:
        with transaction.atomic():
            # Read here and alone: a row that cannot even be read is an error of this pin.
            read = Pin.objects.select_related("volunteer", "seat__role__request__campaign__candidate").get(pk=pin.pk)
            return find_pin_obstacle(read, policy=run.policy, at=at)
    except (ArithmeticError, DataError, LookupError, ValueError):
        log.warning("pin that cannot be judged", pin=str(pin.public_id), exc_info=True)
        return PinObstacle.CHANGED
