"""`bench growth`: how time and gap grow with the problem, and a picture of both in docs/."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot

from benchmarks import scale
from benchmarks.instances import ProblemSize
from local.paths import REPOSITORY

SIZE_STEPS = 5  # sizes, each twice the one before; the largest is what was asked for
PLOT_FILE = REPOSITORY / "docs" / "growth.png"


def measure_growth(size: ProblemSize) -> list[dict[str, object]]:
    """A row for each size up to this one, with the power of the feasible pairs by which time has grown up to there."""
    rows: list[dict[str, object]] = []
    for step in reversed(range(SIZE_STEPS)):
        part = 2**step
        smaller = ProblemSize(
            volunteers=max(1, size.volunteers // part),
            roles=max(1, size.roles // part),
            scarcity=size.scarcity,
            seed=size.seed,
            one_project_each=size.one_project_each,
        )
        rows += scale.measure_scale(smaller)
        rows[-1]["power"] = _fit_power(rows)
    _draw_growth_plot(rows)
    return rows


def _fit_power(rows: list[dict[str, object]]) -> float | None:
    if len(rows) < 2:
        return None
    pairs, seconds = (np.log([float(str(row[name])) for row in rows]) for name in ("pairs", "seconds"))
    return round(float(np.polyfit(pairs, seconds, 1)[0]), 2)


def _draw_growth_plot(rows: list[dict[str, object]]) -> None:
    mpl.use("Agg")
    pairs, ours, flow, gap = (
        [float(str(row[name])) for row in rows] for name in ("pairs", "seconds", "flow_seconds", "gap_percent")
    )
    # One above the other, so that a phone shows them large enough to read.
    figure, (time, share) = pyplot.subplots(2, 1, figsize=(6, 8), layout="constrained")
    time.loglog(pairs, ours, "o-", color="#0b5394", label="whole run, all pairs, proven")
    time.loglog(pairs, flow, "s--", color="#b45f06", label="OR-tools min-cost flow, 50 pairs a role, no hours")
    time.set(xlabel="feasible pairs", ylabel="seconds", title="Time")
    time.legend(loc="upper left")
    share.semilogx(pairs, gap, "o-", color="#0b5394")
    share.axhline(0.02, color="#666666", linestyle=":", label="0.02 %")
    share.set(xlabel="feasible pairs", ylabel="certified gap, per cent", title="Gap", ylim=(0, None))
    share.legend(loc="lower right")
    for axes in (time, share):
        axes.grid(visible=True, alpha=0.3)
    figure.savefig(PLOT_FILE, dpi=110, metadata={"Software": None})
    pyplot.close(figure)
