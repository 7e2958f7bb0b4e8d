"""Each volunteer's own time, cut where something begins or ends that matters, and the room there is on each piece."""

from __future__ import annotations

from matching.engine.kernels.compiled import kernel
from matching.engine.market import Small
from matching.engine.problem import Int


@kernel
def cut(
    begins: Int,
    ends: Int,
    request: Int,
    own_start: Int,
    own: Small,
    held_start: Int,
    held_request: Int,
    held_hours: Int,
    hours: Int,
    projects: Int,
    first: Small,
    last: Small,
    hours_left: Int,
    projects_left: Int,
    day: Int,
) -> int:
    """Cut everybody's time and say what room they have on each piece; returns how many pieces there are.

    `request` [n] is each pair's request, `own` lists the pairs of each person and `held_request` what each holds. A day
    matters when it is the last of some days on which things begin before the first of them ends: who has room on all
    of these has room on every day. `first` and `last` [n] get the pieces that a pair covers, `hours_left` and
    `projects_left` (as long as V and both lists together) the room. `day` is scratch, as long as one person's lists.
    """
    pieces = 0
    for volunteer in range(len(hours)):
        mine = own[own_start[volunteer] : own_start[volunteer + 1]]
        begin, end = held_start[volunteer], held_start[volunteer + 1]
        kept = _days(begins, ends, request, mine, held_request[begin:end], day)
        for at in range(kept):
            left, room = hours[volunteer], projects[volunteer]
            for place in range(begin, end):
                other = held_request[place]
                if begins[other] <= day[at] and day[at] <= ends[other]:
                    left -= held_hours[place]
                    room -= 1
            hours_left[pieces + at] = max(0, left)
            projects_left[pieces + at] = max(0, room)
        for pair in mine:
            first[pair], last[pair] = pieces + kept, pieces - 1
            for at in range(kept):
                if begins[request[pair]] <= day[at] and day[at] <= ends[request[pair]]:
                    first[pair] = min(first[pair], pieces + at)
                    last[pair] = pieces + at
        pieces += kept
    return pieces


@kernel
def _days(begins: Int, ends: Int, request: Int, mine: Small, held: Int, day: Int) -> int:
    """Writes one person's days that matter to `day`, ascending; how many there are."""
    latest, soonest, count = -1 << 60, 1 << 60, 0
    for pair in mine:
        latest, soonest = max(latest, begins[request[pair]]), min(soonest, ends[request[pair]])
    for other in held:
        latest, soonest = max(latest, begins[other]), min(soonest, ends[other])
    if latest <= soonest:  # all of it goes on at once
        day[0] = latest
        return 1
    for pair in mine:
        count = _insert(day, count, begins[request[pair]])
    for other in held:
        count = _insert(day, count, begins[other])
    kept = 0
    for at in range(count):
        following = day[at + 1] if at + 1 < count else 1 << 60
        matters = False
        for pair in mine:
            matters = matters or (day[at] <= ends[request[pair]] and ends[request[pair]] < following)
        for other in held:
            matters = matters or (day[at] <= ends[other] and ends[other] < following)
        if matters:
            day[kept] = day[at]
            kept += 1
    return kept


@kernel
def _insert(day: Int, count: int, new: int) -> int:
    """Insert a day into an ascending list of different days; how many there are then."""
    place = count
    while place > 0 and day[place - 1] > new:
        place -= 1
    if place > 0 and day[place - 1] == new:
        return count
    for at in range(count, place, -1):
        day[at] = day[at - 1]
    day[place] = new
    return count + 1
