"""Where a set of local servers keeps its files."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """One set of servers: `root`/var/`name` holds their files, `root`/var/log what they say.

    Servers that are not `durable` are faster and may lose everything when the machine stops: for tests.
    """

    root: Path
    name: str
    durable: bool = True

    @property
    def var(self) -> Path:
        """Everything that is made by running; it can be deleted."""
        return self.root / "var"

    @property
    def folder(self) -> Path:
        """What these servers keep."""
        return self.var / self.name

    @property
    def state(self) -> Path:
        """What their keeper says of them; there while they run."""
        return self.folder / "servers.json"

    def log(self, process: str) -> Path:
        """Where a process says what it says."""
        return self.var / "log" / f"{self.name}-{process}.log"

    def make(self) -> None:
        """Make the folders, where they are missing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.var / "log").mkdir(exist_ok=True)

    def to_json(self) -> str:
        """The place as an argument of another process."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, text: str) -> "Place":
        """The place that `to_json` wrote down."""
        values = json.loads(text)
        return cls(root=Path(values["root"]), name=values["name"], durable=values["durable"])


DEMO = Place(REPOSITORY, "local")
TEST = Place(REPOSITORY, "test", durable=False)
