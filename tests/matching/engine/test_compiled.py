"""What was compiled is used again, and not by another version of the kernels."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CALLED = (
    "from matching.engine.kernels.compiled import kernel\n\n@kernel\ndef called(x: int) -> int:\n    return x + {}\n"
)
CALLER = """from matching.engine.kernels.compiled import kernel
from matching.engine.kernels.called import called

@kernel
def caller(x: int) -> int:
    return called(x)
"""
ASK = "from matching.engine.kernels.caller import caller as c; print(c(1), sum(c.stats.cache_hits.values()))"


def ask(home: Path) -> list[int]:
    """What the caller answers, and how much of it came from the disk."""
    told = subprocess.run([sys.executable, "-c", ASK], cwd=home, capture_output=True, text=True, check=True)
    return [int(word) for word in told.stdout.split()]


def test_a_kernel_is_compiled_once_and_anew_when_one_that_it_calls_has_changed(tmp_path: Path) -> None:
    kernels = tmp_path / "matching" / "engine" / "kernels"
    kernels.mkdir(parents=True)
    ours = Path(__file__).parents[3] / "matching" / "engine"
    for folder in (tmp_path / "matching", kernels.parent, kernels):
        (folder / "__init__.py").touch()
    (kernels / "compiled.py").write_text((ours / "kernels" / "compiled.py").read_text())
    for name in ("market", "postings", "problem"):
        (kernels.parent / f"{name}.py").touch()
    (kernels / "caller.py").write_text(CALLER)
    (kernels / "called.py").write_text(CALLED.format(1))

    assert ask(tmp_path) == [2, 0]
    assert ask(tmp_path) == [2, 1]

    (kernels / "called.py").write_text(CALLED.format(20))
    assert ask(tmp_path) == [21, 0]
