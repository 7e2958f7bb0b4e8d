"""`bench growth`: how time and gap grow with the problem, as rows and as a plot in docs/."""

from __future__ import annotations

from dataclasses import replace

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot

from benchmarks import scale
from benchmarks.instances import ProblemSize
from local.paths import REPOSITORY

SIZE_STEPS = 5  # sizes, each twice the last one; the largest is the size given
PLOT_FILE = REPOSITORY / "docs" / "growth.png"


def measure_growth(size: ProblemSize) -> list[dict[str, object]]:
    """Return a row for each size up to this one.

    `power` is the exponent of the feasible pairs by which the time has grown up to that row.
    """
    rows: list[dict[str, object]] = []
    for step in reversed(range(SIZE_STEPS)):
        divisor = 2**step
        volunteers, roles = max(1, size.volunteers // divisor), max(1, size.roles // divisor)
        smaller = replace(size, volunteers=volunteers, roles=roles)
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
    names = ("pairs", "seconds", "flow_seconds", "gap_percent")
    pairs, ours, flow, gap = ([float(str(row[name])) for row in rows] for name in names)
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
