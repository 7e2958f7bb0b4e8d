"""Delete the stored arrays of runs, and unlink erased volunteers from them."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import structlog
from django.db import transaction

from matching.engine.digest import pack, unpack
from matching.models import RunArrays

log = structlog.get_logger(__name__)

ERASED_VOLUNTEER_ID = -1
"""The id in a run's arrays that replaces the id of an erased volunteer."""


def unlink_volunteers_from_arrays(volunteer_ids: set[int]) -> None:
    """Replace these volunteers' ids in the arrays of all runs by `ERASED_VOLUNTEER_ID`.

    Each run's arrays are locked and written in a transaction of their own. Arrays that cannot be read are deleted:
    nothing shows them any more, and an erasure must not wait for them. Those stored before `Problem` got a new array
    are such.
    """
    for run_id in RunArrays.objects.order_by("pk").values_list("pk", flat=True) if volunteer_ids else ():
        with transaction.atomic():  # one lock at a time: arrays are large, and a run may be writing its own
            arrays = RunArrays.objects.select_for_update(no_key=True).filter(pk=run_id).first()
            if arrays is None:
                continue
            try:
                problem = unpack(bytes(arrays.problem))
            except ValueError as error:
                log.warning("unreadable arrays deleted", run=str(arrays.run.public_id), error=str(error))
                arrays.delete()
                continue
            is_erased = np.isin(problem.volunteer_id, list(volunteer_ids))
            if is_erased.any():
                remaining_ids = np.where(is_erased, ERASED_VOLUNTEER_ID, problem.volunteer_id)
                RunArrays.objects.filter(pk=run_id).update(problem=pack(replace(problem, volunteer_id=remaining_ids)))


def delete_expired_arrays(*, at: datetime) -> int:
    """Delete the arrays of runs whose retention period is over. Return how many."""
    return RunArrays.objects.filter(delete_on__lte=at.date()).delete()[0]
