"""A Handraiser of its own for a drill: servers, web, beat and workers, and some of the demo's people."""

import http.client
import json
import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from drills.cuttable_proxy import CuttableProxy
from drills.slow_mail_server import SlowMailServer
from drills.valkey_server import ValkeyServer
from local import postgres
from local.application import start_processes
from local.environment import build_child_environment
from local.paths import REPOSITORY, ServerPaths
from local.process_commands import list_commands
from local.process_control import kill_process_group
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
    valkey: ValkeyServer
    port: int
    is_unguarded: bool
    seed: int

    def start(self, *names: str, by: str = "") -> None:
        """Start these processes, or all of them, and wait until the web process answers; `by` is a module to run them.

        A name that does not exist without the guards is passed over.
        """
        commands = _list_processes(self.processes, self.port, is_guarded=not self.is_unguarded)
        runner = [by] if by else []
        chosen = {name: [*runner, *command] for name, command in commands.items() if name in (names or commands)}
        start_processes(self.processes, chosen, self.port)

    def kill(self, *names: str) -> None:
        """Kill these processes, or all of them, with everything that they started."""
        for name in tuple(self.processes.processes):
            if name in (names or self.processes.processes):
                kill_process_group(self.processes.processes.pop(name))

    def stop(self) -> None:
        """Stop web, beat and workers. The servers go on."""
        self.processes.stop()

    def ask(
        self, method: str, path: str, token: str = "", idempotency_key: str = "", *, session: str = "", **body: object
    ) -> Answer:
        """Send a request, with a body in JSON when the method has one, and wait for its answer.

        `token` is a personal token, and `session` the token of a session.
        """
        began = time.monotonic()
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=MAX_ANSWER_SECONDS)
        try:
            client.request(
                method,
                path,
                json.dumps(body) if method != "GET" else None,
                self._headers(token, idempotency_key, session),
            )
            response = client.getresponse()
            return Answer(response.status, time.monotonic() - began, dict(response.headers), response.read())
        except (OSError, http.client.HTTPException):
            return Answer(0, time.monotonic() - began, {}, b"")
        finally:
            client.close()

    def ask_and_leave(self, method: str, path: str, token: str, key: str, **body: object) -> None:
        """Send a request and go before its answer comes, as a client whose connection is cut."""
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=MAX_ANSWER_SECONDS)
        with suppress(OSError):
            client.request(method, path, json.dumps(body), self._headers(token, key))
        client.close()

    def _headers(self, token: str, key: str, session: str = "") -> dict[str, str]:
        headers = {"Host": f"localhost:{self.port}", "Content-Type": "application/json"}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        headers |= {"X-Session-Token": session} if session else {}
        return headers | ({"Idempotency-Key": key} if key else {})


@contextmanager
def running_site(*, is_guarded: bool, seed: int = 0) -> Iterator[Site]:
    """Start everything on an empty database with some of the demo's rows, and stop it at the end of the block.

    Without its guards each process waits as long as an operator's command, one worker does letters and runs, and the
    web process is that of `drills/unguarded.py`.
    """
    port = _find_free_port()
    kinds = PROCESS_KINDS if is_guarded else dict.fromkeys(PROCESS_KINDS, "command")
    with (
        using_servers(DRILL_PATHS, [postgres.SERVER_NAME]) as servers,
        ValkeyServer(DRILL_PATHS, servers.sockets) as valkey,
        SlowMailServer() as mail,
    ):
        servers.discard_data()
        extra = {"SITE_URL": f"http://localhost:{port}", "SECOND_FACTOR": "optional", "SECRET_KEY": "d" * 50}
        urls = {**servers.environment, "REDIS_URL": valkey.url}
        environment = build_child_environment(DRILL_PATHS, urls, extra)
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{mail.port}"
        erasure_log = DRILL_PATHS.folder / "erasures.jsonl"
        erasure_log.unlink(missing_ok=True)
        environment["ERASURE_LOG"] = str(erasure_log)
        os.environ.update(environment)
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        _keep_what_is_committed()
        sizes = {"volunteers": VOLUNTEERS, "campaigns": CAMPAIGNS, "requests": REQUESTS}
        call_command("seed_demo", without_story=True, verbosity=0, **sizes)
        apps.get_model("matching", "Policy").objects.update(undo_minutes=0)  # the drills time what comes after an offer
        with (
            CuttableProxy(servers.sockets / f".s.PGSQL.{postgres.SOCKET_PORT}") as database,
            ProcessGroup(DRILL_PATHS, _lead_through(database, environment), str(port), kinds=kinds) as group,
        ):
            site = Site(servers, group, mail, database, valkey, port, is_unguarded=not is_guarded, seed=seed)
            site.start()
            yield site


def _keep_what_is_committed() -> None:
    """Have PostgreSQL write each commit before it answers: these servers are not durable, and a drill may kill them."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {postgres.DATABASE} SET synchronous_commit TO on")
    connection.close()


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
