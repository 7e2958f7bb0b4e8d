"""A Handraiser of its own for a drill: servers, web, beat and workers, and some of the demo's people."""

import http.client
import json
import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import django
from django.core.management import call_command

from drills.cuttable_proxy import CuttableProxy
from drills.slow_mail_server import SlowMailServer
from local import postgres, valkey
from local.application import start_processes
from local.environment import build_child_environment
from local.paths import REPOSITORY, ServerPaths
from local.process_commands import list_commands
from local.process_group import PROCESS_KINDS, ProcessGroup
from local.servers import Servers, using_servers

DRILL_PATHS = ServerPaths(REPOSITORY, "drill", durable=False)
VOLUNTEERS, CAMPAIGNS, REQUESTS = 200, 6, 20
MAX_ANSWER_SECONDS = 60.0


@dataclass(frozen=True)
class Answer:
    """An answer of the web process, or none: then `status` is 0."""

    status: int
    seconds: float
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        """The body, if it is an object in JSON."""
        return dict(json.loads(self.body or b"{}"))


@dataclass(frozen=True)
class Site:
    """A running Handraiser. The drill's own process may use its models and actions."""

    servers: Servers
    processes: ProcessGroup
    mail: SlowMailServer
    database: CuttableProxy
    port: int
    is_unguarded: bool

    def start(self, *names: str) -> None:
        """Start these processes, or all of them, and wait until the web process answers."""
        commands = _list_processes(self.processes, self.port, is_guarded=not self.is_unguarded)
        start_processes(self.processes, {name: commands[name] for name in names or commands}, self.port)

    def stop(self) -> None:
        """Stop web, beat and workers. The servers go on."""
        self.processes.stop()

    def ask(self, method: str, path: str, token: str = "", key: str = "", **body: object) -> Answer:
        """Send a request, with a body in JSON when the method has one, and wait for its answer."""
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=MAX_ANSWER_SECONDS)
        headers = {"Host": f"localhost:{self.port}", "Content-Type": "application/json"}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        headers |= {"Idempotency-Key": key} if key else {}
        try:
            connection.request(method, path, json.dumps(body) if method != "GET" else None, headers)
            response = connection.getresponse()
            return Answer(response.status, time.monotonic() - began, dict(response.headers), response.read())
        except (OSError, http.client.HTTPException):
            return Answer(0, time.monotonic() - began, {}, b"")
        finally:
            connection.close()


@contextmanager
def running_site(*, is_guarded: bool) -> Iterator[Site]:
    """Start everything on an empty database with some of the demo's rows, and stop it at the end of the block.

    Without its guards each process waits as long as an operator's command, one worker does letters and runs, and the
    web process is that of `drills/unguarded.py`.
    """
    port = _find_free_port()
    kinds = PROCESS_KINDS if is_guarded else dict.fromkeys(PROCESS_KINDS, "command")
    with using_servers(DRILL_PATHS, [postgres.SERVER_NAME, valkey.SERVER_NAME]) as servers, SlowMailServer() as mail:
        servers.discard_data()
        extra = {"SITE_URL": f"http://localhost:{port}", "SECOND_FACTOR": "optional", "SECRET_KEY": "d" * 50}
        environment = build_child_environment(DRILL_PATHS, servers.environment, extra)
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{mail.port}"
        erasure_log = DRILL_PATHS.folder / "erasures.jsonl"
        erasure_log.unlink(missing_ok=True)
        environment["ERASURE_LOG"] = str(erasure_log)
        os.environ.update(environment)
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        sizes = {"volunteers": VOLUNTEERS, "campaigns": CAMPAIGNS, "requests": REQUESTS}
        call_command("seed_demo", without_story=True, verbosity=0, **sizes)
        with (
            CuttableProxy(servers.sockets / f".s.PGSQL.{postgres.SOCKET_PORT}") as database,
            ProcessGroup(DRILL_PATHS, _lead_through(database, environment), str(port), kinds=kinds) as group,
        ):
            site = Site(servers, group, mail, database, port, is_unguarded=not is_guarded)
            site.start()
            yield site


def _find_free_port() -> int:
    """Return a port that nothing listens to: two drills may run side by side."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _lead_through(database: CuttableProxy, environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which the database is reached through the proxy."""
    parts = urlsplit(environment["DATABASE_URL"])
    return {**environment, "DATABASE_URL": f"postgresql://{parts.username}@127.0.0.1:{database.port}{parts.path}"}


def _list_processes(group: ProcessGroup, port: int, *, is_guarded: bool) -> dict[str, list[str]]:
    commands = list_commands(group.suffix, port)
    if not is_guarded:
        commands["web"][commands["web"].index("config.wsgi")] = "drills.unguarded"
        del commands["letters"]
        commands["worker"][commands["worker"].index("-Q") + 1] = "celery,sweeps,letters,letter-sweeps"
    return commands
