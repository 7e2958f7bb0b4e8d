"""One fault after the other, while people write; then what they were told is compared with what is there."""

import random
import time

from campaigns.models import Request
from drills.day.clocks import judge_clocks, start_clocks
from drills.day.faults import FAULTS
from drills.day.judgement import judge_invariants, judge_letters, judge_writes
from drills.day.load import Load
from drills.day.quiet import wait_until_settled
from drills.report import DrillReport
from drills.runs import queue_drill_run, warm_up_worker
from drills.site import Site

QUIET_SECONDS = 4.0
SECONDS_PER_FAULT = 17.0  # with the quiet after it, about


def make_trouble(site: Site, report: DrillReport) -> None:
    """Draw an order, make each fault once under load, and judge when all is quiet."""
    rng = random.Random(site.seed)
    faults = rng.sample(FAULTS, len(FAULTS))
    report.say(f"Seed {site.seed}: {', '.join(fault.name for fault in faults)}.")
    request = Request.objects.filter(state=Request.State.PUBLISHED).order_by("pk")[0]
    report.say(f"The worker is warm: a run over one request took {warm_up_worker(request):.1f} s.")
    clocks, threads = start_clocks(rng, seconds=len(FAULTS) * SECONDS_PER_FAULT)
    report.say(f"{len(clocks)} clocks run out during the drill. Five clients write all the time.")
    began = time.monotonic()
    with Load(site, rng, threads) as load:
        time.sleep(QUIET_SECONDS)
        is_done = queue_drill_run(request)
        for fault in faults:
            report.say(f"{time.monotonic() - began:5.0f} s  {fault.name}: {fault.words}.")
            fault.make(site)
            time.sleep(QUIET_SECONDS)
    report.say(f"{time.monotonic() - began:5.0f} s  The faults are over, and so is the load.")
    wait_until_settled(report, is_done, until=max(clock.due_at for clock in clocks))
    load.sign_ups.prove_addresses()
    judge_writes(report, load)
    judge_letters(report, site, faults, load)
    judge_clocks(report, clocks)
    judge_invariants(report)
