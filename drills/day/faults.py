"""The faults of the day: what each is called, what it does in words, and the function that makes it.

Each function returns when its trouble is over and everything runs again.
"""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connections

from campaigns.models import Request
from drills.held_request import holding_request
from drills.site import Site
from matching.models import Match
from matching.rules.states import MatchState

LETTERS_AT_ONCE = 2  # the threads of the worker of letters: each may have one letter under way
BEAT_SECONDS, HURRY_SECONDS = 20.0, 15.0  # a beat in a hurry sends the messages of 150 s in 15
MAIL_SECONDS, DYING_SECONDS = 20.0, 12.0
HANG_SECONDS, FULL_SECONDS, FORGET_SECONDS = 15.0, 15.0, 3.0
CUT_SECONDS, HOLD_SECONDS, SLOW_SECONDS = 8.0, 20.0, 20.0
AWAY_SECONDS = 3.0


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong once. `doubled_letters` is how many letters it may make leave twice."""

    name: str
    words: str
    make: Callable[[Site], None]
    doubled_letters: int = 0


def _kill(*names: str) -> Callable[[Site], None]:
    """Return what kills these processes, or all, and starts them again some seconds later."""

    def make(site: Site) -> None:
        site.kill(*names)
        time.sleep(AWAY_SECONDS)
        site.start(*names)

    return make


def _kill_beat(site: Site) -> None:
    site.kill("beat")
    time.sleep(BEAT_SECONDS)
    site.start("beat")


def _run_second_beat(site: Site) -> None:
    celery = ["celery", "-A", "drills.hasty_beat", "beat", "--pidfile=", "--max-interval", "0.2"]
    site.processes.start("second-beat", celery)
    time.sleep(HURRY_SECONDS)
    site.kill("second-beat")


def _kill_valkey(site: Site) -> None:
    site.valkey.kill()
    time.sleep(AWAY_SECONDS)
    site.valkey.start()


def _flush_valkey(site: Site) -> None:
    for _time in range(3):
        site.valkey.forget()
        time.sleep(FORGET_SECONDS / 3)


def _hang_valkey(site: Site) -> None:
    site.valkey.hang()
    time.sleep(HANG_SECONDS)
    site.valkey.wake()


def _fill_valkey(site: Site) -> None:
    site.valkey.fill()
    time.sleep(FULL_SECONDS)
    site.valkey.empty()


def _cut_database(site: Site) -> None:
    site.database.cut()
    time.sleep(CUT_SECONDS)
    site.database.mend()


def _crash_database(site: Site) -> None:
    """Kill one of its backends: PostgreSQL ends all sessions, and recovers as after a crash."""
    victim = connections["counters"].copy()
    with victim.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        os.kill(int(cursor.fetchone()[0]), signal.SIGKILL)
    victim.close()
    connections.close_all()
    time.sleep(AWAY_SECONDS)


def _hold_request(site: Site) -> None:
    busy = Match.objects.filter(state=MatchState.ACTIVE).order_by("-pk").values("request")[:1]
    with holding_request(Request.objects.get(pk__in=busy)):
        time.sleep(HOLD_SECONDS)


def _silence_mail(site: Site) -> None:
    site.mail.is_silent = True
    time.sleep(MAIL_SECONDS)
    site.mail.is_silent = False


def _refuse_mail(site: Site) -> None:
    site.mail.is_refusing = True
    time.sleep(MAIL_SECONDS)
    site.mail.is_refusing = False


def _die_after_data(site: Site) -> None:
    site.mail.is_dying = True
    time.sleep(DYING_SECONDS)
    site.mail.is_dying = False


def _slow_workers(site: Site) -> None:
    """Restart the workers with a clock that is an hour slow, and then with a right one."""
    workers = ("worker", "letters", "beat")
    site.kill(*workers)
    site.start(*workers, by="drills.slow_clock")
    time.sleep(SLOW_SECONDS)
    site.kill(*workers)
    site.start(*workers)


FAULTS = (
    Fault("web-killed", "the web process is killed, and starts again", _kill("web")),
    Fault("worker-killed", "the everyday worker is killed, and starts again", _kill("worker"), LETTERS_AT_ONCE),
    Fault("letters-killed", "the worker of letters is killed, and starts again", _kill("letters"), LETTERS_AT_ONCE),
    Fault("all-killed", "all processes are killed at once, and start again", _kill(), LETTERS_AT_ONCE),
    Fault("beat-killed", f"beat is killed, and is away for {BEAT_SECONDS:.0f} s", _kill_beat),
    Fault("two-beats", "a second beat runs beside the first, ten times as fast", _run_second_beat),
    Fault("valkey-killed", "Valkey is killed, and starts again, empty", _kill_valkey),
    Fault("valkey-flushed", "Valkey forgets all messages, three times", _flush_valkey),
    Fault("valkey-hangs", f"Valkey says nothing for {HANG_SECONDS:.0f} s", _hang_valkey),
    Fault("valkey-full", f"Valkey takes no message for {FULL_SECONDS:.0f} s", _fill_valkey),
    Fault("database-cut", f"the way to the database is cut for {CUT_SECONDS:.0f} s", _cut_database, LETTERS_AT_ONCE),
    Fault("database-crash", "PostgreSQL crashes, and recovers", _crash_database, LETTERS_AT_ONCE),
    Fault("row-held", f"a transaction holds a request for {HOLD_SECONDS:.0f} s", _hold_request),
    Fault("mail-silent", f"the mail server says nothing for {MAIL_SECONDS:.0f} s", _silence_mail),
    Fault("mail-refuses", f"the mail server sends us away for {MAIL_SECONDS:.0f} s", _refuse_mail),
    Fault("mail-dies", "the mail server takes letters, and dies before it says so", _die_after_data),
    Fault(
        "slow-clock", f"the workers' clock is an hour slow for {SLOW_SECONDS:.0f} s", _slow_workers, 2 * LETTERS_AT_ONCE
    ),
)
"""`worker-killed` counts too: without the guards, that worker sends the letters."""
