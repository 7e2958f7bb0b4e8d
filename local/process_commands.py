"""The commands of all processes of Handraiser on this machine."""

from local.port import HOST
from local.process_group import WEB

ACCESS_LOG_FORMAT = '%(t)s "%(m)s %({handraiser.address}e)s" %(s)s %(b)s %({x-request-id}o)s'
"""The address is that of `config/logged_addresses.py`, the route of the page. The last is the request's id."""


def list_commands(suffix: str, port: int) -> dict[str, list[str]]:
    """Return the commands of all processes by name; `suffix` tells those of one group from those of another."""
    celery = ["celery", "-A", "config"]
    worker = [*celery, "worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    serving = ["--workers", "2", "--threads", "4", "--no-control-socket", "--access-logfile", "-"]
    serving += ["--access-logformat", ACCESS_LOG_FORMAT]
    return {
        WEB: ["gunicorn", "config.wsgi", "-b", f"{HOST}:{port}", *serving],
        "beat": [*celery, "beat", "--loglevel", "INFO", "--pidfile="],
        "worker": [
            *worker,
            "-Q",
            "celery,sweeps",
            "--pool",
            "threads",
            "--concurrency",
            "2",
            "-n",
            f"everyday-{suffix}@%h",
        ],
        "letters": [
            *worker,
            "-Q",
            "letters,letter-sweeps",
            "--pool",
            "threads",
            "--concurrency",
            "2",
            "-n",
            f"letters-{suffix}@%h",
        ],
        "matcher": [*worker, "-Q", "matching", "--pool", "solo", "-n", f"matching-{suffix}@%h"],
    }
