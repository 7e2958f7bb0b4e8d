"""Where a set of local servers keeps its files."""

from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class ServerPaths:
    """The files of one set of servers: `root`/var/`name` holds their data, `root`/var/log their logs.

    Servers that are not `durable` are faster, and may lose everything when the machine stops: for tests.
    """

    root: Path
    name: str
    durable: bool = True

    @property
    def var(self) -> Path:
        """Everything that running the project makes; it can be deleted."""
        return self.root / "var"

    @property
    def folder(self) -> Path:
        """The data, locks and notes of these servers."""
        return self.var / self.name

    @property
    def state(self) -> Path:
        """What their supervisor reports; exists while they run."""
        return self.folder / "servers.json"

    @property
    def demo_port(self) -> Path:
        """The port to which the links in the letters of the demo lead."""
        return self.folder / "demo-port"

    def log(self, process: str) -> Path:
        """The log of one process."""
        return self.var / "log" / f"{self.name}-{process}.log"

    def make(self) -> None:
        """Make the folders that are missing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.var / "log").mkdir(exist_ok=True)


LOCAL_SERVERS = ServerPaths(REPOSITORY, "local")
TEST_SERVERS = ServerPaths(REPOSITORY, "test", durable=False)
