"""`bench lighthouse`: what Lighthouse says of four pages on a slow phone, medians of three."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from benchmarks.page_readers import ReadPage, list_pages
from local.paths import REPOSITORY
from local.user_facing_error import UserFacingError

PACKAGE_FILES = REPOSITORY / "benchmarks" / "node"
JUDGED_PAGES = ("home", "start-fits", "volunteer-offer", "volunteer-desk", "campaign-desk")
BARS = {"performance": 95, "accessibility": 100, "best-practices": 100}
ROUND_COUNT = 3
TRY_COUNT = 3
PORT = 8197
START_SECONDS = 120.0


def measure_with_lighthouse() -> list[dict[str, object]]:
    """Return a row for each page with its three medians. Raises UserFacingError when Chromium or Node is missing."""
    programs = {name: shutil.which(name) for name in ("chromium", "node", "npm")}
    if missing := [name for name, path in programs.items() if path is None]:
        raise UserFacingError(f"Lighthouse needs {' and '.join(missing)}: install it and start again.")
    folder = _install_lighthouse()
    pages = {page.name: page for page in list_pages()}
    with _serving():
        return [_judge_page(pages[name], folder, str(programs["chromium"])) for name in JUDGED_PAGES]


def _install_lighthouse() -> Path:
    """Install what the lock lists, once; return the folder."""
    digest = hashlib.sha256((PACKAGE_FILES / "package-lock.json").read_bytes()).hexdigest()[:16]
    folder = REPOSITORY / "var" / "node" / digest
    if not (folder / "installed").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PACKAGE_FILES / name, folder)
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
        subprocess.run(["npm", "ci", *options], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (folder / "installed").touch()
    return folder


@contextmanager
def _serving() -> Iterator[None]:
    """Serve the benchmark's database for the length of the block, as `./run serve` does."""
    command = [str(Path(sys.executable).parent / "gunicorn"), "config.wsgi", "-b", f"127.0.0.1:{PORT}"]
    environment = os.environ | {"SITE_URL": f"http://localhost:{PORT}"}
    process = subprocess.Popen([*command, "--workers", "2", "--threads", "4"], cwd=REPOSITORY, env=environment)
    try:
        until = time.monotonic() + START_SECONDS
        while not _is_healthy():
            if time.monotonic() > until or process.poll() is not None:
                raise UserFacingError(f"The web process did not answer on port {PORT}: is it taken?")
            time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait()


def _is_healthy() -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{PORT}"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _judge_page(page: ReadPage, folder: Path, chromium: str) -> dict[str, object]:
    scores: dict[str, list[float]] = {category: [] for category in BARS}
    faults: set[str] = set()
    for _ in range(ROUND_COUNT):
        report = _run_lighthouse(page, folder, chromium)
        for category in BARS:
            scores[category].append(100 * (report["categories"][category]["score"] or 0))
        faults |= set(_list_faults(report))
    medians = {category: round(statistics.median(values)) for category, values in scores.items()}
    return {
        "page": page.name,
        **medians,
        "kept": all(medians[category] >= bar for category, bar in BARS.items()),
        "faults": ", ".join(sorted(faults)),
    }


def _list_faults(report: Any) -> Iterator[str]:
    """Yield the audits on which accessibility and best practices lost points."""
    for category in ("accessibility", "best-practices"):
        for part in report["categories"][category]["auditRefs"]:
            score = report["audits"][part["id"]]["score"]
            if part["weight"] and score is not None and score < 1:
                yield part["id"]


def _run_lighthouse(page: ReadPage, folder: Path, chromium: str) -> Any:
    """Return the report on one page as its reader gets it. The session travels as a header of each request."""
    cookie = page.client.cookies.get(settings.SESSION_COOKIE_NAME)
    headers = json.dumps({"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie.value}"} if cookie else {})
    with TemporaryDirectory() as place:
        output = Path(place) / "report.json"
        command = [str(folder / "node_modules" / ".bin" / "lighthouse"), f"http://localhost:{PORT}{page.address}"]
        command += ["--quiet", "--output=json", f"--output-path={output}", f"--extra-headers={headers}"]
        command += [f"--only-categories={','.join(BARS)}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
        # On a busy machine the browser now and then records nothing of a page: NO_NAVSTART.
        for _ in range(TRY_COUNT):
            if not subprocess.run(
                command, check=False, env=os.environ | {"CHROME_PATH": chromium}, cwd=place
            ).returncode:
                break
        else:
            raise UserFacingError(f"Lighthouse could not judge {page.name}: its reason stands above.")
        report = json.loads(output.read_text())
    asked, seen = page.address.partition("?")[0], urlsplit(report["finalDisplayedUrl"]).path
    if seen != asked:
        raise UserFacingError(f"The browser was led from {asked} to {seen}: {page.name} was not judged.")
    return report
