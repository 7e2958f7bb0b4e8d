"""`./run drill NAME`: make trouble, print what held, and exit with 1 when something did not.

`--without-guard` switches off what keeps it: the drill must fail then, or it proves nothing.
"""

import argparse
import importlib
import secrets
import sys

from drills.report import DrillReport
from drills.site import running_site

DRILLS = {
    "stuck-transaction": "one transaction holds a request and does not end",
    "letters": "3,000 letters are due, and the mail server is slow",
    "mail-away": "the mail server says nothing while people sign up",
    "database-away": "the way to the database is cut for some seconds",
    "beat": "no worker has run for a day",
    "backup": "the database is destroyed, and comes back from a backup",
    "day": "everything of the others and more, once each, in an order that is drawn",
}


def main(arguments: list[str]) -> int:
    """Run the drill that the first argument names. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="./run drill", allow_abbrev=False)
    parser.add_argument("name", choices=DRILLS, help="; ".join(f"{name}: {words}" for name, words in DRILLS.items()))
    parser.add_argument("--without-guard", action="store_true", help="show that the drill fails without its guard")
    parser.add_argument("--seed", type=int, help="draw as in an earlier drill, which has printed this number")
    options = parser.parse_args(arguments)
    seed = secrets.randbelow(1_000_000) if options.seed is None else options.seed
    report = DrillReport()
    with running_site(is_guarded=not options.without_guard, seed=seed) as site:
        module = importlib.import_module(f"drills.{options.name.replace('-', '_')}")
        module.make_trouble(site, report)
    print(
        f"{len(report.failed)} broke: {', '.join(report.failed)}" if report.failed else "Everything held.", flush=True
    )
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
