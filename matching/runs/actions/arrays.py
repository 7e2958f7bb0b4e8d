"""Delete what is kept of runs, or take erased volunteers out of it."""

from dataclasses import replace
from datetime import datetime

import numpy as np
from django.db import transaction

from matching.engine.digest import pack, unpack
from matching.models import RunArrays

ERASED_VOLUNTEER_ID = -1
"""The id of a volunteer in a run's arrays who has been erased since."""


def unlink_volunteers_from_arrays(volunteers: set[int]) -> None:
    """Takes these numbers out of what is kept of runs: what stands there is then about nobody."""
    for run in RunArrays.objects.order_by("pk").values_list("pk", flat=True) if volunteers else ():
        with transaction.atomic():
            arrays = RunArrays.objects.select_for_update(no_key=True).filter(pk=run).first()
            if arrays is None:
                continue
            problem = unpack(bytes(arrays.problem))
            gone = np.isin(problem.volunteer_id, list(volunteers))
            if gone.any():
                kept = np.where(gone, ERASED_VOLUNTEER_ID, problem.volunteer_id)
                RunArrays.objects.filter(pk=run).update(problem=pack(replace(problem, volunteer_id=kept)))


def delete_expired_arrays(*, at: datetime) -> int:
    """Deletes the arrays of runs whose days are over, and returns how many."""
    return RunArrays.objects.filter(delete_on__lte=at.date()).delete()[0]
