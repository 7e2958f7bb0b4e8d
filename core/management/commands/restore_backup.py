"""`./run restore FILE --key KEYFILE`: let a backup take the place of the database."""

import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.backups.restore import restore_backup
from core.errors import HandraiserError
from core.management.interruption import ending_like_interrupted


class Command(BaseCommand):
    """Run as `./run restore FILE --key KEYFILE`."""

    help = "Restores a backup, repeats the erasures since, and replaces the database: all of it, or nothing."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the key."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, required=True, metavar="KEYFILE", help="the key file of the backup")
        parser.add_argument("--replace", action="store_true", help="even if the database holds accounts")
        parser.add_argument("--dry-run", action="store_true", help="do all of it beside the database, and take it back")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, and print what the database holds now."""
        try:
            with ending_like_interrupted():
                restored = restore_backup(
                    path=options["file"],
                    key_path=options["key"],
                    at=timezone.now(),
                    replaces_accounts=options["replace"],
                    is_dry_run=options["dry_run"],
                )
        except HandraiserError as error:
            raise CommandError(error.message) from error
        except KeyboardInterrupt as error:
            message = _("The restore was interrupted: the database is as it was. Start it again.")
            raise CommandError(message, returncode=128 + signal.SIGINT) from error
        self.stdout.write(f"Restored as of {restored.made_at}. Accounts: {restored.accounts:,}.")
        self.stdout.write(f"Rows: {restored.rows:,}, in {restored.tables} tables.")
        self.stdout.write(f"Erased again: {restored.erased_again}, of {restored.logged_erasures} in the erasure log.")
        if not restored.logged_erasures:
            self.stdout.write(
                f"The erasure log {settings.ERASURE_LOG} is missing or empty, so no erasure was repeated. If people "
                "were erased since the backup, bring it back and run `repeat_erasures` before any user returns."
            )
        if restored.unreadable_factors:
            self.stdout.write(
                f"Accounts whose second factor is stored under another SECRET_KEY: {restored.unreadable_factors}. They "
                "cannot sign in with it: add the key of the backup to SECRET_KEY_FALLBACKS, or reset their factors."
            )
        if options["dry_run"]:
            self.stdout.write("This was a dry run: the database is as it was.")
