"""What a drill did and what held, a line each."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

POLL_SECONDS = 0.2


@dataclass
class DrillReport:
    """The lines of one drill; it fails when one of them does not hold."""

    failed: list[str] = field(default_factory=list)

    def say(self, words: str) -> None:
        """Print what the drill does."""
        print(words, flush=True)

    def judge(self, words: str, measured: object, *, holds: bool) -> None:
        """Print what must hold, what was measured, and whether it holds."""
        print(f"{'held ' if holds else 'BROKE'}  {words}: {measured}", flush=True)
        if not holds:
            self.failed.append(words)


def wait_until(is_done: Callable[[], bool], seconds: float) -> float:
    """Wait until a condition holds, for so many seconds at most; return how long it took, or infinity."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if is_done():
            return time.monotonic() - began
        time.sleep(POLL_SECONDS)
    return float("inf")
