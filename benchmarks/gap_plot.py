"""A picture of how each solver's answer comes near to the best, over time."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib as mpl
from matplotlib import pyplot

from benchmarks.reference_solvers import SolverResult
from local.paths import REPOSITORY

PLOT_FILE = REPOSITORY / "docs" / "gap.png"
MIN_DRAWN_GAP_PERCENT = 1e-4  # per cent: what is drawn for a gap of nothing
LINE_STYLES = {
    "handraiser": ("#0b5394", "o-"),
    "HiGHS MIP, to its gap": ("#b45f06", "s--"),
    "CP-SAT": ("#38761d", "^:"),
    "greedy": ("#666666", "x"),
}


def draw_gap_plot(found: Mapping[str, SolverResult]) -> None:
    """Gap to the lowest bound that anybody proved, against seconds; who does not tell its course is a point."""
    bound = min(one.bound for one in found.values() if one.bound)
    mpl.use("Agg")
    figure, axes = pyplot.subplots(figsize=(6, 5), layout="constrained")
    for name, (colour, style) in LINE_STYLES.items():
        if name not in found or not found[name].value:
            continue
        one = found[name]
        course = one.progress or ((one.seconds, one.value),)
        seconds = [max(when, 1e-3) for when, _ in course]
        gaps = [max(MIN_DRAWN_GAP_PERCENT, 100 * (bound - value) / bound) for _, value in course]
        axes.plot(seconds, gaps, style, color=colour, label=name, markersize=4, drawstyle="steps-post")
    axes.set(xscale="log", yscale="log", xlabel="seconds", ylabel="per cent below the lowest proven bound")
    axes.set_title("How soon the answer is how good")
    axes.grid(visible=True, alpha=0.3)
    axes.legend(loc="upper left")
    figure.savefig(PLOT_FILE, dpi=110, metadata={"Software": None})
    pyplot.close(figure)
