"""Count covered lines in some tests only, in a run that counts them: counting makes a test two thirds slower.

What counts is whether the apps are covered by their own tests. Tests that walk over all of the code again are left out,
and so is each case of a test but its first: it runs the same lines with other values.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parent
NOT_COUNTED_PATHS = {
    *(TESTS / name for name in ("access", "api", "docs", "flow", "local", "pseudo_locale", "real_data", "web")),
    TESTS / "core" / "api",
    TESTS / "core" / "privacy" / "test_stored_responses.py",
    TESTS / "core" / "test_week_mask.py",
    TESTS / "matching" / "engine",
    TESTS / "matching" / "races",
    TESTS / "matching" / "lifecycle" / "races",
}


@contextmanager
def counting_lines(item: pytest.Item) -> Iterator[None]:
    """Pause the counting, if there is one, while a test runs that is not counted."""
    controller: Any = getattr(item.config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    is_paused = controller is not None and controller.started and not is_counted(item)
    if is_paused:
        controller.pause()
    try:
        yield
    finally:
        if is_paused:
            controller.resume()


def is_counted(item: pytest.Item) -> bool:
    """Return whether the test is the first of its cases: each parameter has the first of its values."""
    case = getattr(item, "callspec", None)
    is_first = case is None or not any(case.indices.values())
    return is_first and not NOT_COUNTED_PATHS & {item.path, *item.path.parents}
