import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.paths import ServerPaths


@pytest.fixture
def paths() -> Iterator[ServerPaths]:
    """Paths in a folder that every account can reach, unlike pytest's own temporary folders."""
    root = Path(tempfile.mkdtemp(prefix="handraiser-test-", dir="/tmp"))
    root.chmod(0o755)
    yield ServerPaths(root, "test", durable=False)
    shutil.rmtree(root)
