"""`./run manage import`: import an organisation's spreadsheet."""

import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from core.errors import HandraiserError
from core.imports.file_import import ImportReport, import_file
from core.imports.importers import get_importer, list_import_kinds
from core.imports.mapping import load_mapping
from core.imports.rejects_file import choose_rejects_path
from core.management.interruption import ending_like_interrupted


class Command(BaseCommand):
    """Run as `./run manage import volunteers FILE --mapping M.toml`."""

    help = (
        "Imports a CSV file. A mapping in TOML says what its columns mean; docs/how-to/import-a-spreadsheet.md shows "
        "how to write one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the kind of row, the file, its mapping, and where rejected rows go."""
        parser.add_argument("kind", choices=list_import_kinds())
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, required=True, help="the TOML file that says what the columns mean")
        parser.add_argument(
            "--rejects", type=Path, help="a new file for rows that cannot be taken; beside FILE if not said"
        )
        parser.add_argument("--dry-run", action="store_true", help="do all of it, and take it back")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file, and print how many rows had which outcome."""
        at = timezone.now()
        file: Path = options["file"]
        try:
            rejects: Path = options["rejects"] or choose_rejects_path(file)
            importer = get_importer(options["kind"])
            mapping = load_mapping(options["mapping"], importer, at.date())
            with ending_like_interrupted(), tqdm(desc=options["kind"], unit=" rows", disable=None) as bar:
                report = import_file(
                    file,
                    importer=importer,
                    mapping=mapping,
                    rejects=rejects,
                    at=at,
                    dry_run=options["dry_run"],
                    progress=bar.update,
                )
        except HandraiserError as error:
            raise CommandError(error.message) from error
        except KeyboardInterrupt as error:
            message = _("The import was interrupted: no row was loaded, and no file was left. Start it again.")
            raise CommandError(message, returncode=128 + signal.SIGINT) from error
        except OSError as error:
            raise CommandError(
                f"{error.filename or file} cannot be written: {error.strerror}. Name another with --rejects."
            ) from error
        self._print_report(report, rejects, dry_run=options["dry_run"])

    def _print_report(self, report: ImportReport, rejects: Path, *, dry_run: bool) -> None:
        for outcome, count in report.outcomes.items():
            self.stdout.write(f"{count:,} {outcome.value}")
        if report.rejected:
            self.stdout.write(f"{report.rejected:,} rejected: see {rejects} for the reason of each")
        for name, count in sorted(report.assumed_counts.items()):
            self.stdout.write(f"  {name} is assumed in {count:,} rows")
        if dry_run:
            self.stdout.write("This was a dry run: no row was loaded.")
