"""Plot how the gap of each solver's answer shrinks over time."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib as mpl
from matplotlib import pyplot

from benchmarks.reference_solvers import SolverResult
from local.paths import REPOSITORY

PLOT_FILE = REPOSITORY / "docs" / "gap.png"
MIN_DRAWN_GAP_PERCENT = 1e-4  # drawn for a gap of 0, which a logarithmic axis cannot show
LINE_STYLES = {
    "handraiser": ("#0b5394", "o-"),
    "HiGHS MIP, to its gap": ("#b45f06", "s--"),
    "CP-SAT": ("#38761d", "^:"),
    "greedy": ("#666666", "x"),
}


def draw_gap_plot(results: Mapping[str, SolverResult]) -> None:
    """Plot the gap to the lowest proven bound against seconds. A solver without progress is one point."""
    bound = min(result.bound for result in results.values() if result.bound)
    mpl.use("Agg")
    figure, axes = pyplot.subplots(figsize=(6, 5), layout="constrained")
    for name, (colour, style) in LINE_STYLES.items():
        if name not in results or not results[name].value:
            continue
        result = results[name]
        progress = result.progress or ((result.seconds, result.value),)
        seconds = [max(moment, 1e-3) for moment, _ in progress]
        gaps = [max(MIN_DRAWN_GAP_PERCENT, 100 * (bound - value) / bound) for _, value in progress]
        axes.plot(seconds, gaps, style, color=colour, label=name, markersize=4, drawstyle="steps-post")
    axes.set(xscale="log", yscale="log", xlabel="seconds", ylabel="per cent below the lowest proven bound")
    axes.set_title("How soon the answer is how good")
    axes.grid(visible=True, alpha=0.3)
    axes.legend(loc="upper left")
    figure.savefig(PLOT_FILE, dpi=110, metadata={"Software": None})
    pyplot.close(figure)
